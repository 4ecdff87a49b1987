"""Repairs after the database's clock was set back: mails would wait until the wrong, later time.

All times are of the database's clock, so all are wrong together while it is ahead. Once it is
right, anything dated later than now was written before, and what was to follow at once follows now.
A time that an organizer chose is kept.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from shared.mail.accounts.sharing import account_name
from shared.mail.queue import transitions
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Attempt, Mail, SendingAccount, Worker
from shared.storage.models.message import OPEN
from shared.storage.turns import write_in_turns

# Clocks of machines that share a database differ by less; a smaller step delays little.
UNNOTICED = timedelta(seconds=30)


def count_put_off(session: Session, event_id: int) -> int:
    """Return how many of an event's mails wait for a time that the clock had already reached."""
    put_off = _is_put_off(database_time(session))
    return session.scalars(select(func.count()).where(Mail.event_id == event_id, put_off)).one()


def bring_back(database: Database, lease: timedelta) -> int:
    """Make everything due now that the wrong time put off, and return how many mails that were.

    `lease` is the longest one: mails in a worker's hands become due after it.
    """

    def bring_mails_back(session: Session, ids: Sequence[int]) -> int:
        return transitions.clock_set_back(session, now, lease, Mail.id.in_(ids), _is_put_off(now))

    def bring_attempts_back(session: Session, ids: Sequence[int]) -> int:
        # Otherwise budgets would count them until that time is over.
        ended = update(Attempt).where(Attempt.id.in_(ids), Attempt.ended_at.is_not(None))
        session.execute(ended.values(at=now, ended_at=now))
        return 0

    with database.reading() as session:
        now = database_time(session)
        names = {account_name(account) for account in session.scalars(select(SendingAccount))}
        put_off = select(Mail.id).where(_is_put_off(now)).order_by(Mail.id)
        mails = session.scalars(put_off).all()
        early = Attempt.account.in_(names), Attempt.at > now + UNNOTICED
        attempts = session.scalars(select(Attempt.id).where(*early).order_by(Attempt.id)).all()
        last = session.scalar(select(func.max(Attempt.at)).where(*early))
    count = write_in_turns(database, mails, bring_mails_back)
    with database.writing() as session:
        # Every worker runs this at its start, and must not wait for one that sleeps while it holds
        # an account.
        if last:
            _bring_accounts_back(session, last - now, now)
        hooks.features().clock_set_back(session)
    write_in_turns(database, attempts, bring_attempts_back)
    return count


def _is_put_off(now: datetime) -> ColumnElement[bool]:
    later = now + UNNOTICED
    since_queued = and_(Mail.created_at > later, Mail.due_at <= Mail.created_at)
    tried = exists().where(Attempt.mail_id == Mail.id, Attempt.at > later).correlate(Mail)
    by_index = [OPEN, Mail.urgent.in_([True, False]), Mail.due_at > later]
    return and_(*by_index, or_(since_queued, tried))


def _bring_accounts_back(session: Session, ahead: timedelta, now: datetime) -> None:
    in_order = select(SendingAccount).order_by(SendingAccount.id)
    for account in session.scalars(in_order.with_for_update(key_share=True)):
        for name in ("next_at", "paused_until", "bad_counted_from", "filled_at", "learned_at"):
            at = getattr(account, name)
            setattr(account, name, at - ahead if at and at > now else at)


# Workers have a heartbeat every few seconds.
_SILENCE = timedelta(seconds=20)


def running_workers(session: Session) -> int:
    """Return how many workers had a recent heartbeat."""
    since = database_time(session) - _SILENCE
    return session.scalars(select(func.count()).where(Worker.seen_at >= since)).one()
