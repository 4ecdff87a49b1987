"""What organizers say to somebody with their certificate, as text."""

from shared.certificates.designs import designs
from shared.certificates.issuing.pipeline import facts_on
from shared.rendering.fields.texts import Text
from shared.settings import Settings
from shared.storage.models import Certificate

# Shorter texts on a sheet are what its fields are called: “is presented to”.
_SHORTEST = 30


def words_of(settings: Settings, certificate: Certificate) -> list[str]:
    """Their thanks, paragraph by paragraph: those on the event's page as long as it is published,
    otherwise the longest text on the sheet. Empty if there are none."""
    event = certificate.event
    if event.page_published_at is not None and event.page_thanks:
        return [line.strip() for line in event.page_thanks.splitlines() if line.strip()]
    facts = facts_on(settings, certificate, event)
    fields = designs.layout_of(certificate.design).fields
    texts = [
        field.sample(facts).strip()
        for field in fields
        if isinstance(field, Text) and field.shown and not field.title
    ]
    longest = max(texts, key=len, default="")
    return [longest] if len(longest) >= _SHORTEST else []
