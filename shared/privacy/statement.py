"""Who is responsible for the data of an event's people, and what they are told about it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.events import one_line
from shared.language import LANGUAGES, N_, translate
from shared.log import audit
from shared.storage.models import Action, Event

LONGEST_TEXT = 5_000

# True for every event; an organizer who keeps or passes on more says so in their own text.
_DEFAULT = (
    N_(
        "{organization} invited you to enter your name for a certificate of {event}, and is "
        "responsible for what is kept of you here."
    ),
    N_(
        "Kept are your address, your name, your number, what {organization} noted about your help, "
        "the mails that were sent to you with what mail servers answered, and your certificate. "
        "It serves to thank you with a certificate, and nothing else."
    ),
    N_(
        "It is seen by those who organize the event and by who runs this program. Whoever gets the "
        "link or the code of your certificate sees your certificate."
    ),
    N_(
        "It is kept for as long as certificates are to be verified, or until you have it erased. "
        "You can read and download all of it on this page, have it corrected, and have it erased."
    ),
)


@dataclass(frozen=True)
class Statement:
    """What a person reads; `paragraphs` are plain text, `contact` may be empty."""

    organization: str
    contact: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StatementChange:
    """All that an organizer enters; an empty value stands for our text.

    `texts`: by language; one of them serves readers of both.
    """

    responsible: str
    contact: str
    texts: Mapping[str, str]


def statement_of(event: Event, language: str) -> Statement:
    """The statement for a reader of `language`: the organizer's own text if there is one, otherwise
    ours."""
    organization = event.responsible_organization or event.organization or event.name
    contact = event.privacy_contact or event.contact_address
    own = event.privacy_texts.get(language) or next(iter(event.privacy_texts.values()), "")
    paragraphs = tuple(own.split("\n\n")) if own else default_text(event, language)
    return Statement(organization, contact, paragraphs)


def default_text(event: Event, language: str) -> tuple[str, ...]:
    """What people read if the organizer enters nothing, paragraph by paragraph."""
    organization = event.responsible_organization or event.organization or event.name
    values = {"organization": organization, "event": event.name}
    return tuple(translate(paragraph, language, **values) for paragraph in _DEFAULT)


def update_statement(session: Session, event: Event, change: StatementChange) -> None:
    """Call with the event locked. Raises SettingRefused, with nothing changed."""
    responsible = one_line("responsible_organization", change.responsible)
    contact = one_line("privacy_contact", change.contact)
    given = {language: _checked(change.texts.get(language, "")) for language in LANGUAGES}
    event.responsible_organization, event.privacy_contact = responsible, contact
    event.privacy_texts = {language: text for language, text in given.items() if text}
    audit.record_change(session, Action.PRIVACY_CHANGED, event.id, event)


def _checked(text: str) -> str:
    lines = (line.strip() for line in text.replace("\r\n", "\n").strip().split("\n"))
    checked = "\n".join(lines)
    if len(checked) > LONGEST_TEXT:
        raise SettingRefused(field="privacy_text", reason=N_("is longer than 5000 characters"))
    if not checked.replace("\n", "").isprintable():
        reason = N_("contains characters that cannot be printed")
        raise SettingRefused(field="privacy_text", reason=reason)
    return checked
