"""From rehearsal to real mails: when they begin, and what the rehearsal left is forgotten.

An account alone changes nothing. An event is live once the account has passed a test: a sign-in
and a sender that its server accepts, or a test mail that it takes. A person may overrule a server
that is down.
"""

from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from shared.database import Database, database_time
from shared.destinations import Reach
from shared.events import event_for_change
from shared.language import N_
from shared.mail.account_check import try_stored_account
from shared.mail.findings import Finding, Level
from shared.mail.outbox import Claimed, take_back
from shared.mail.outcomes import opens_the_same
from shared.models import (
    Attempt,
    Certificate,
    Event,
    Mail,
    MailAccount,
    MailKind,
    MailState,
    RehearsalMail,
    Status,
    Volunteer,
)
from shared.tokens import Seal


def go_live(session: Session, event: Event) -> bool:
    """From now on mails leave from the event's account; call with the event locked.

    Invitations of the rehearsal that have not left are taken back: they must not reach people
    unasked. Certificates still leave, because who has entered a name was promised one.
    Returns False, with nothing changed, for an event that is live or has no account.
    """
    if event.live_at or event.account is None:
        return False
    event.live_at = database_time(session)
    inviting = Mail.kind.in_([MailKind.INVITATION, MailKind.REMINDER])
    take_back(session, Mail.event_id == event.id, inviting)
    return True


def check_and_go_live(
    database: Database, seal: Seal, event_id: int, reach: Reach, language: str
) -> Finding:
    """Try the stored account, some seconds; what passes is live from then on.

    Returns what the server said: red when a person has to mend something, amber when it is down
    or asks for patience. `reach` is the organizers'; the words are in `language`.
    Raises EventUnknown.
    """
    with database.reading() as session:
        tried = session.get(MailAccount, event_id)
    if tried is None:
        return Finding(Level.RED, N_("Mail account"), N_("There is no mail account yet."))
    found, works = try_stored_account(database, seal, tried, reach, language)
    if works:
        with database.writing() as session:
            _go_live_with(session, event_id, tried)
    return found


def go_live_after_test(session: Session, claimed: Claimed) -> None:
    """A test mail was taken by the server of its event's account, which is the proof."""
    if claimed.account:
        _go_live_with(session, claimed.event.id, claimed.account)


def _go_live_with(session: Session, event_id: int, tried: MailAccount) -> None:
    event = event_for_change(session, event_id)
    # What was entered meanwhile has passed no test.
    if event.account and opens_the_same(event.account, tried):
        go_live(session, event)


def count_rehearsed(session: Session, event: Event) -> int:
    """How many people have got mails in rehearsal only, now that the event is live.

    0 as soon as one real mail was tried, and while rehearsal mails are on their way.
    """
    if event.live_account is None:
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
