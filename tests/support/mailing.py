"""Helpers for tests of sending: a running worker, an account at the sink, passing time."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from psycopg.errors import LockNotAvailable
from sqlalchemy import func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Security,
    SendingAccount,
    Volunteer,
    now,
)
from shared.storage.models.base import Base
from shared.volunteers.people import roster
from shared.worker.dispatcher import run_worker
from tests.support.acting import queue_invitations
from tests.support.lists import read_call
from tests.support.smtp_sink import SmtpSink


@contextmanager
def working(installation: Installation) -> Iterator[None]:
    """A worker that runs for as long as the block lasts."""
    stop = threading.Event()
    worker = threading.Thread(target=run_worker, args=(installation, stop))
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join(10)
        assert not worker.is_alive()


def wait_until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def send_through(session: Session, event: Event, sink: SmtpSink, **changes: Any) -> SendingAccount:
    """The event is live, its account at the sink, which asks for no password.

    `changes` are columns of the account, or the event's own `from_address`.
    """
    values: dict[str, Any] = {
        "username": "thanks@example.org",
        "host": sink.host,
        "port": sink.port,
        "security": Security.NONE,
        "skip_auth": True,
    }
    event.from_address = changes.pop("from_address", "thanks@example.org")
    account = event.account = SendingAccount(**values | changes)
    event.live_at = now()
    session.flush()
    return account


def invite(installation: Installation, event_id: int, count: int = 3) -> list[str]:
    """Queue invitations for v0@example.org and so on; the addresses in that order."""
    addresses = [f"v{number}@example.org" for number in range(count)]
    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        roster.add_volunteers(session, event, read_call("\n".join(addresses)))
        queue_invitations(session, installation.seal, event)
    return addresses


def hold_still(session: Session) -> None:
    """Keep workers from holding some rows and waiting for others, before many rows are changed.

    A claim locks accounts before mails, an outcome mails before accounts, so waiting for one table
    while holding another would deadlock with one of them: lock all at once, or none.
    """
    if session.get_bind().dialect.name == "postgresql":
        wait_until(lambda: _holds_all(session))


def _holds_all(session: Session) -> bool:
    try:
        with session.begin_nested():
            session.execute(
                text("LOCK TABLE mail, sending_account, attempt IN EXCLUSIVE MODE NOWAIT")
            )
    except OperationalError as held:
        if isinstance(held.orig, LockNotAvailable):
            return False
        raise
    return True


def pass_time(database: Database, time_passed: timedelta) -> None:
    """Move everything that is stored into the past."""
    _move(database, time_passed, _DATED)


def set_clock_back(database: Database, by: timedelta) -> None:
    """As if all that is stored had happened while the clock was ahead by this much."""
    more = {"mail": (*_DATED["mail"], "created_at"), "worker": ("seen_at", "started_at")}
    _move(database, -by, _DATED | more)


# By their tables, of which those of a feature that was taken out are passed over.
_DATED: dict[str, tuple[str, ...]] = {
    "mail": ("due_at", "waits_since"),
    "attempt": ("at", "ended_at"),
    "sending_account": ("paused_until", "next_at", "bad_counted_from", "filled_at", "learned_at"),
    "speed_change": ("at",),
    "bounce_mailbox": ("next_look_at", "looked_at"),
    "bounce_report": ("found_at",),
}


def _move(database: Database, time_passed: timedelta, dated: dict[str, tuple[str, ...]]) -> None:
    with database.writing() as session:
        hold_still(session)
        for mapper in Base.registry.mappers:
            if columns := dated.get(mapper.class_.__tablename__):
                for row in session.scalars(select(mapper.class_)):
                    for column in columns:
                        moment = getattr(row, column)
                        setattr(row, column, moment and moment - time_passed)


def statuses(database: Database) -> list[int]:
    with database.reading() as session:
        return [int(s) for s in session.scalars(select(Volunteer.status).order_by(Volunteer.id))]


def use_sink(installation: Installation, event_id: int, sink: SmtpSink, **changes: Any) -> None:
    with installation.database.writing() as session:
        send_through(session, session.get_one(Event, event_id), sink, **changes)


def count_mails(installation: Installation, state: MailState) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).where(Mail.state == state)).one()


def have_left(installation: Installation, count: int) -> bool:
    """Whether exactly this many mails were accepted by the server."""
    return count_mails(installation, MailState.SENT) == count


def token_of_first(installation: Installation) -> str:
    with installation.database.reading() as session:
        volunteer = session.scalars(select(Volunteer).order_by(Volunteer.id)).first()
        assert volunteer is not None
        assert volunteer.token is not None
        return installation.seal.open_token(volunteer.token)
