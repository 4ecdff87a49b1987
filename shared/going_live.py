"""From rehearsal to real mails: what the rehearsal left is forgotten, list and design stay."""

from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from shared.models import (
    Attempt,
    Certificate,
    Event,
    Mail,
    MailKind,
    MailState,
    RehearsalMail,
    Status,
    Volunteer,
)


def count_rehearsed(session: Session, event: Event) -> int:
    """How many people have got mails in rehearsal only, now that there is an account.

    0 as soon as one real mail was tried, and while rehearsal mails are on their way.
    """
    if event.account is None:
        return 0
    was_real = select(exists().where(*_attempts(event), Attempt.account != ""))
    is_busy = select(
        exists().where(
            Mail.event_id == event.id,
            Mail.volunteer_id.is_not(None),
            Mail.state.in_([MailState.QUEUED, MailState.SENDING]),
        )
    )
    if session.scalar(was_real) or session.scalar(is_busy):
        return 0
    rehearsed = select(func.count(Mail.volunteer_id.distinct())).where(
        Mail.event_id == event.id, Mail.state == MailState.SENT
    )
    return session.scalars(rehearsed).one()


def forget_rehearsal(session: Session, event: Event) -> int:
    """Put everybody back to status 0, as if nothing had been sent; call with the event locked.

    Mails, names that were entered and certificates of the rehearsal are removed, and so is what
    lies in its mailbox: the links in there open nothing any more, everybody gets a new one. The
    names that came with the list stay.
    Returns how many people it concerned: 0, with nothing changed, when `count_rehearsed` says 0.
    """
    count = count_rehearsed(session, event)
    if not count:
        return 0
    of_people = [Mail.event_id == event.id, Mail.kind != MailKind.TEST]
    mails = select(Mail.id).where(*of_people)
    _without_sync(session, delete(Attempt).where(Attempt.mail_id.in_(mails)))
    _without_sync(session, delete(Mail).where(*of_people))
    _without_sync(session, delete(RehearsalMail).where(RehearsalMail.event_id == event.id))
    _without_sync(session, delete(Certificate).where(Certificate.event_id == event.id))
    everybody = update(Volunteer).where(Volunteer.event_id == event.id)
    submitted = everybody.where(Volunteer.submitted_at.is_not(None))
    _without_sync(session, submitted.values(given_name="", submitted_at=None))
    cleared = {"token": None, "status": Status.NEW, "problem": None, "problem_text": ""}
    _without_sync(session, everybody.values(**cleared))
    return count


def _attempts(event: Event) -> list[Any]:
    """Tries of mails to people: an organizer's test mail to themselves begins nothing."""
    mails = select(Mail.id).where(Mail.event_id == event.id, Mail.kind != MailKind.TEST)
    return [Attempt.mail_id.in_(mails)]


def _without_sync(session: Session, statement: Any) -> None:
    session.execute(statement.execution_options(synchronize_session=False))
