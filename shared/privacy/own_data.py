"""The privacy statement of an event, and all that is held about a person, as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.certificates.issuing import record_links
from shared.errors import SettingRefused
from shared.events.groups import group_of
from shared.events.settings import one_line
from shared.language import LANGUAGES, N_, translate
from shared.log import audit
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.models import (
    Action,
    Attempt,
    Certificate,
    Event,
    Mail,
    RehearsalMail,
    Volunteer,
)
from shared.storage.models.volunteer import FACTS
from shared.storage.rows import count_where
from shared.volunteers.lists.list_columns import public_titles, secret_titles, veiled
from shared.volunteers.people.list_changes import kept_until
from shared.volunteers.people.stood import Stood

LONGEST_TEXT = 5_000

# True for every event; organizers who keep or pass on more write their own text.
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
        "The organizers of the event and the administrator of this program can see it. People with "
        "the link or the code of your certificate can see the certificate."
    ),
    N_(
        "It is kept for as long as certificates are to be verified, or until you have it erased. "
        "You can read and download all of it on this page, have it corrected, and have it erased."
    ),
)


@dataclass(frozen=True)
class PrivacyStatement:
    """The statement that a person reads; `paragraphs` are plain text, `contact` may be empty."""

    organization: str
    contact: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StatementChange:
    """An organizer's change: None keeps a value, an empty one restores our text.

    `texts` are by language; a single one serves readers of both.
    """

    responsible: str | None = None
    contact: str | None = None
    texts: Mapping[str, str] | None = None


def statement_of(event: Event, language: str) -> PrivacyStatement:
    """Return the statement for a reader of `language`: the organizer's own text, or else ours."""
    organization = _responsible(event)
    contact = event.privacy_contact or event.contact_address
    own = event.privacy_texts.get(language) or next(iter(event.privacy_texts.values()), "")
    paragraphs = tuple(own.split("\n\n")) if own else default_text(event, language)
    return PrivacyStatement(organization, contact, paragraphs)


def default_text(event: Event, language: str) -> tuple[str, ...]:
    """Return the paragraphs that people read if the organizer enters none."""
    values = {"organization": _responsible(event), "event": event.name}
    return tuple(translate(paragraph, language, **values) for paragraph in _DEFAULT)


def _responsible(event: Event) -> str:
    return event.responsible_organization or event.organization or event.name


def update_statement(session: Session, event: Event, change: StatementChange) -> None:
    """Change the statement of the event, which is locked. Raises SettingRefused."""
    checked: dict[str, object] = {}
    if change.responsible is not None:
        given = one_line("responsible_organization", change.responsible)
        checked["responsible_organization"] = given
    if change.contact is not None:
        checked["privacy_contact"] = one_line("privacy_contact", change.contact)
    if change.texts is not None:
        texts = {language: _checked(change.texts.get(language, "")) for language in LANGUAGES}
        checked["privacy_texts"] = {language: text for language, text in texts.items() if text}
    for field, value in checked.items():
        setattr(event, field, value)
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


def held_about(session: Session, volunteer: Volunteer, language: str) -> dict[str, Any]:
    """Return everything in their event that names them or is about them; times are ISO 8601, UTC.

    Words of other people or programs, such as a mail server's answers, are unchanged. Secret values
    are masked, since a link may be passed on and does not prove who asks; the organizer named on
    the page knows the person.
    """
    statement = statement_of(volunteer.event, language)
    issued = select(Certificate).where(Certificate.volunteer_id == volunteer.id)
    certificates = session.scalars(issued.order_by(Certificate.revision)).all()
    sent = select(Mail).where(Mail.volunteer_id == volunteer.id)
    mails = session.scalars(sent.order_by(Mail.id)).all()
    rehearsed = RehearsalMail.event_id == volunteer.event_id
    rehearsed &= RehearsalMail.recipient == volunteer.email
    stood = Stood.of(volunteer)
    return {
        "as_of": _written(database_time(session)),
        "event": volunteer.event.name,
        "responsible": {"organization": statement.organization, "contact": statement.contact},
        "person": {
            "address": volunteer.email,
            "name_on_the_list": volunteer.listed_name,
            "name_given": volunteer.given_name,
            "number": volunteer.number,
            "further_columns_of_the_list": veiled(volunteer.event, volunteer.columns),
            "on_the_list_before_it_was_corrected": {
                "address": stood.key,
                "name": stood.name,
                "further_columns": veiled(volunteer.event, stood.columns),
                "known_by_a_hash": sorted(stood.hashes),
            },
            "secret_columns": sorted(secret_titles(volunteer.event)),
            "public_columns": public_titles(volunteer.event),
            "group": group.name if (group := group_of(volunteer)) else "",
            "status": int(volunteer.status),
            "problem": volunteer.problem_text,
            "added_at": _written(volunteer.created_at),
        }
        | {
            fact.told_as.get(column.key, column.key): _written(getattr(volunteer, column.key))
            for fact in FACTS
            for column in fact.columns
        },
        "certificates": [
            {
                "id": certificate.public_id,
                "name": certificate.name,
                "name_from": certificate.name_from,
                "number": certificate.number,
                "date": certificate.date.isoformat(),
                "further_columns": certificate.columns,
                "numbers_and_dates": certificate.values or {},
                "public_columns": certificate.public_columns,
                "issued_at": _written(certificate.created_at),
                "replaced_at": _written(certificate.replaced_at),
                "taken_back_at": _written(certificate.taken_back_at),
                "withdrawn_at": _written(certificate.withdrawn_at),
                "withdrawn_because": certificate.withdrawal_reason,
                "shown_on_the_events_page_since": _written(certificate.on_wall_at),
                **hooks.features().held_about(session, certificate),
            }
            for certificate in certificates
        ],
        "mails": [
            {
                "kind": mail.kind,
                "state": mail.state.value,
                "queued_at": _written(mail.created_at),
                "sent_at": _written(mail.sent_at),
                "sent_all_the_same_because": mail.despite,
                "tries": _tries(session, mail),
            }
            for mail in mails
        ],
        "links_to_all_that_you_did_asked_for_at": [
            _written(at) for at in record_links.asked_at(session, volunteer.email_key)
        ],
        "earlier_values_of_the_list_kept_until": _written(kept_until(session, volunteer.id)),
        "mails_in_rehearsal_mailbox": count_where(session, rehearsed),
    }


def _tries(session: Session, mail: Mail) -> list[dict[str, Any]]:
    tries = select(Attempt).where(Attempt.mail_id == mail.id).order_by(Attempt.id)
    return [
        {"at": _written(row.at), "address": row.address, "code": row.code, "answer": row.answer}
        for row in session.scalars(tries)
    ]


def _written(value: Any) -> Any:
    return value.isoformat(timespec="seconds") if isinstance(value, datetime) else value
