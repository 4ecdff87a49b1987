"""Withdrawing certificates, and undoing it if that was a mistake.

Nothing is deleted: the verification page says that it was withdrawn, and its files are gone as long
as it is (410).
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.certificates import chosen
from shared.certificates.issuing import mails_of
from shared.errors import SettingRefused
from shared.events.event import hold_event
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.mail.queue.long_commands import Told, in_turns
from shared.storage.database import Database, database_time
from shared.storage.models import Action, Certificate, Volunteer

LONGEST_REASON = 500


def checked_reason(reason: str) -> str:
    """The reason that the certificate's owner will read. Raises SettingRefused if it is empty or
    too long."""
    text = " ".join(reason.split())
    if not text:
        raise SettingRefused(field="reason", reason=N_("must say why"))
    if len(text) > LONGEST_REASON:
        raise SettingRefused(field="reason", reason=N_("is too long"))
    return text


def withdraw(session: Session, event_id: int, people: Collection[int], reason: str) -> int:
    """Withdraw the certificates of these people of the event; returns how many.

    Mails that still carry them stay unsent. Raises SettingRefused.
    """
    reason, at = checked_reason(reason), database_time(session)
    found = _of(session, event_id, people, is_withdrawn=False)
    for certificate in found:
        certificate.withdrawn_at, certificate.withdrawal_reason = at, reason
    session.flush()
    transitions.certificates_withdrawn(session, *mails_of(found))
    return len(found)


def undo_withdrawal(session: Session, event_id: int, people: Collection[int]) -> int:
    """Make the certificates of these people valid again; returns how many.

    Mails that stayed unsent leave now.
    """
    at = database_time(session)
    found = _of(session, event_id, people, is_withdrawn=True)
    for certificate in found:
        assert certificate.withdrawn_at is not None
        ended = _ended(certificate.withdrawn_at, at, certificate.withdrawal_reason)
        certificate.undone_withdrawals = [*certificate.undone_withdrawals, ended]
        certificate.withdrawn_at, certificate.withdrawal_reason = None, ""
    session.flush()
    transitions.withdrawals_undone(session, at, *mails_of(found))
    return len(found)


def withdraw_from(session: Session, person: Volunteer, reason: str) -> None:
    """`withdraw` one person's. Raises SettingRefused."""
    withdraw(session, person.event_id, [person.id], reason)
    action = Action.CERTIFICATES_WITHDRAWN
    audit.record(session, action, person.event_id, volunteer_id=person.id)


def give_back_to(session: Session, person: Volunteer) -> None:
    """`undo_withdrawal` for one person."""
    undo_withdrawal(session, person.event_id, [person.id])
    audit.record(session, Action.WITHDRAWALS_UNDONE, person.event_id, volunteer_id=person.id)


def withdraw_in_turns(
    database: Database, event_id: int, people: Select[int], reason: str, by: Actor, told: Told
) -> int:
    """`withdraw` for all of these people, in turns between which others can write.

    After an interruption, another call withdraws the rest. Raises SettingRefused before anything is
    changed.
    """
    reason = checked_reason(reason)
    with database.writing(by=by) as session:
        planned = chosen.count(session, people)
        audit.record(session, Action.CERTIFICATES_WITHDRAWN, event_id, count=planned)
    return in_turns(
        database, people, lambda session, some: withdraw(session, event_id, some, reason), told
    )


def undo_in_turns(
    database: Database, event_id: int, people: Select[int], by: Actor, told: Told
) -> int:
    """`undo_withdrawal` for all of these people, like `withdraw_in_turns`."""
    with database.writing(by=by) as session:
        planned = chosen.count(session, people)
        audit.record(session, Action.WITHDRAWALS_UNDONE, event_id, count=planned)
    return in_turns(
        database, people, lambda session, some: undo_withdrawal(session, event_id, some), told
    )


def _of(
    session: Session, event_id: int, people: Collection[int], *, is_withdrawn: bool
) -> Sequence[Certificate]:
    """Their current certificates, locked by their people, as by somebody who submits."""
    hold_event(session, event_id)
    of_event = [Volunteer.event_id == event_id, Volunteer.erased_at.is_(None)]
    whom = select(Volunteer.id).where(*of_event, Volunteer.id.in_(people))
    locked = session.scalars(whom.order_by(Volunteer.id).with_for_update()).all()
    when = Certificate.withdrawn_at
    # Not those of erased people, which nothing brings back.
    by_organizer = Certificate.withdrawal_reason != ""
    current = select(Certificate).where(
        Certificate.volunteer_id.in_(locked),
        Certificate.replaced_at.is_(None),
        *([when.is_not(None), by_organizer] if is_withdrawn else [when.is_(None)]),
    )
    return session.scalars(current.execution_options(populate_existing=True)).all()


def _ended(since: datetime, until: datetime, reason: str) -> dict[str, str]:
    return {"at": since.isoformat(), "undone_at": until.isoformat(), "reason": reason}
