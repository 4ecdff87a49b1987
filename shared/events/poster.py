"""The poster of an event: where its people ask for their own link, which comes only by mail."""

from shared.language import N_, translate
from shared.rendering.pdf.poster import PosterTexts, print_poster
from shared.settings import Settings
from shared.storage.models import Event

_LEAD = N_("Have you helped? Fetch your certificate.")
_NOTE = N_(
    "Scan the code and enter the e-mail address that we know you by. Your personal link is sent "
    "to that address, and to nobody else."
)
_ALT = N_("QR code: {link}")


def poster(settings: Settings, event: Event, language: str) -> bytes:
    """A4, as PDF, in one of `LANGUAGES`. The QR code names nobody and opens nothing by itself."""
    link = f"{settings.public_url}/"
    return print_poster(
        PosterTexts(
            language=language,
            title=event.name,
            lead=translate(_LEAD, language),
            link=link,
            note=translate(_NOTE, language),
            organization=event.organization,
            alt=translate(_ALT, language, link=link),
        )
    )
