"""An event's public page, and the poster that leads to it or to people's own links.

The page exists only while its organizers publish it. Its address cannot be guessed, so nobody finds
it without the address, unless search engines may list it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown, SettingRefused
from shared.language import N_, translate
from shared.log import audit
from shared.rendering.pdf import PosterTexts, print_poster
from shared.settings import Settings
from shared.storage.clock import database_time
from shared.storage.models import ALIVE, Action, Event
from shared.storage.sealing.tokens import new_public_id
from shared.storage.traits import holds

LONGEST_THANKS = 2000
_LEAD = N_("Did you help? Get your certificate.")
_NOTE = N_(
    "Scan the code and enter the e-mail address on our list. Your personal link is sent only to "
    "that address."
)
_ALT = N_("QR code: {link}")
_LEAD_TO_PAGE = N_("Thank you to everybody who helped.")
_NOTE_OF_PAGE = N_(
    "Scan the code to see who helped. You can also get your own certificate there, with the e-mail "
    "address on our list."
)


def publish(session: Session, event: Event, *, thanks: str, is_listed: bool) -> None:
    """Publish the event's page, at the same address as before; call with the event locked.

    Raises SettingRefused.
    """
    if len(thanks) > LONGEST_THANKS:
        raise SettingRefused(field="page_thanks", reason=N_("is too long"))
    event.page_id = event.page_id or new_public_id()
    event.page_thanks, event.page_is_listed = thanks.strip(), is_listed
    event.page_published_at = event.page_published_at or database_time(session)
    audit.record(session, Action.PAGE_PUBLISHED, event.id)


def close(session: Session, event: Event) -> None:
    """Close the page; people's consent to be shown stays noted. Call with the event locked."""
    event.page_published_at = None
    audit.record(session, Action.PAGE_CLOSED, event.id)


def published(session: Session, page_id: str) -> Event:
    """Return the event whose page has this id. Raises InvitationUnknown, also if it was closed."""
    event = session.scalar(select(Event).where(Event.page_id == page_id))
    if event is None or not holds(ALIVE, event) or event.page_published_at is None:
        raise InvitationUnknown()
    return event


def page_link(settings: Settings, event: Event) -> str:
    """The address of the page of an event that has published it."""
    return f"{settings.public_url}/event/{event.page_id}"


def poster(settings: Settings, event: Event, language: str, *, of_page: bool = False) -> bytes:
    """Return an A4 poster as PDF. Its QR code leads to the form that mails people their own link,
    or, with `of_page`, to the event's page if published; the code itself opens nothing."""
    of_page = of_page and event.page_published_at is not None
    link = page_link(settings, event) if of_page else f"{settings.public_url}/"
    return print_poster(
        PosterTexts(
            language=language,
            title=event.name,
            lead=translate(_LEAD_TO_PAGE if of_page else _LEAD, language),
            link=link,
            note=translate(_NOTE_OF_PAGE if of_page else _NOTE, language),
            organization=event.organization,
            alt=translate(_ALT, language, link=link),
        )
    )
