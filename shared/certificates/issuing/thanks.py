"""The organizers' thanks with a certificate, and what its holder says back."""

from sqlalchemy.orm import Session

from shared.certificates.designs import designs
from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.making import facts_on
from shared.certificates.issuing.submission import find_volunteer
from shared.errors import ProductError
from shared.language import N_
from shared.rendering.fields.texts import Text
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import Certificate
from shared.storage.models.volunteer import HAS_SUBMITTED
from shared.storage.sealing.tokens import Seal
from shared.storage.traits import holds

LONGEST_THANKS = 280

# Shorter texts on a sheet are labels, such as “is presented to”.
_SHORTEST = 30


def words_of(settings: Settings, certificate: Certificate) -> list[str]:
    """Return the organizers' thanks in paragraphs: those on the event's page while it is published,
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


def say_back(session: Session, seal: Seal, token: str, words: str) -> None:
    """Store what the person with the link of `token` says to the organizers. Only the first time
    counts, and nobody else reads it.

    Raises InvitationUnknown, and ProductError for words that are too long, and for somebody without
    a certificate that counts.
    """
    # One line, without characters that change how it is shown.
    said = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if len(said) > LONGEST_THANKS:
        raise ProductError(N_("Your thanks have more than 280 characters. Please shorten them."))
    person = find_volunteer(session, seal, token, lock=True)
    certificate = current_certificate(session, person)
    if certificate is None or certificate.is_void or not holds(HAS_SUBMITTED, person):
        raise ProductError(N_("There is no certificate that you could thank for."))
    if said and person.thanked_at is None:
        person.thanked_at, person.thanks = database_time(session), said
