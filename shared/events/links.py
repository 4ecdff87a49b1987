"""The addresses that people are sent to."""

from urllib.parse import quote

from shared.settings import Settings
from shared.storage.models import Event

# The QR code of a preview leads nowhere yet, but is as dense as the real one.
PREVIEW_PUBLIC_ID = "preview-preview-preview"[:22]


def volunteer_link(settings: Settings, event: Event, token: str) -> str:
    """A volunteer's personal page: the event's own frontend where it has one, else ours."""
    page = event.frontend_url or f"{settings.public_url}/certificate"
    return f"{page}{'&' if '?' in page else '?'}token={quote(token)}"


def sample_page_link(settings: Settings, token: str, language: str) -> str:
    """Our own page for volunteers with a sample (`certificates.issuing.samples`)."""
    return f"{settings.public_url}/sample/certificate?token={quote(token)}&lang={language}"


def reminders_link(settings: Settings, key: str) -> str:
    """The page for unsubscribing from invitations and reminders (`opt_outs`)."""
    return f"{settings.public_url}/reminders/{key}"


def erasure_link(settings: Settings, key: str) -> str:
    """The page that confirms an erasure; the key is in the query, which is never logged."""
    return f"{settings.public_url}/erase?key={key}"


def record_link(settings: Settings, key: str) -> str:
    """The page with somebody's record (`record_links`); the key is in the query, never logged."""
    return f"{settings.public_url}/record?key={key}"


def sample_link(settings: Settings) -> str:
    """A link as long as the one in a certificate's QR code, but leading nowhere."""
    return verification_link(settings, PREVIEW_PUBLIC_ID)


def certificate_link(settings: Settings, public_id: str, format: str = "jpg") -> str:
    """The address at which a certificate's file is drawn on demand (`pic_url`)."""
    return f"{settings.public_url}/certificates/{public_id}.{format}"


def verification_link(settings: Settings, public_id: str) -> str:
    """The public page that shows what was issued; also in the QR code."""
    return f"{settings.public_url}/verify/{public_id}"


def join_link(settings: Settings, token: str) -> str:
    """The console's page on which an invited colleague joins an event."""
    return f"{settings.console_url}/join/{token}"
