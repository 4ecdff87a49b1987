"""Carrying jobs out: they are claimed with a lease, as mails are, and done in turns that also store
their progress.

A turn is done if and only if the job's place says so, since both are one transaction. A dead
process's job is due when its lease ends, and continues after that place.
"""

import logging
import secrets
import threading
import time
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import liveness
from shared.access import sessions
from shared.access.roles import Permission
from shared.acts import Context, Tally, Turn
from shared.acts.data import from_data
from shared.acts.run import Keeper, carry_out
from shared.errors import EventUnknown, ProductError
from shared.events import alive
from shared.events.installation import Installation
from shared.jobs.asking import end, not_held
from shared.language import N_
from shared.storage.clock import database_time
from shared.storage.database import DATABASE_AWAY, note_fault
from shared.storage.models import Event, Job
from shared.storage.models.job import GOING_ON

log = logging.getLogger(__name__)

_EVERY_SECONDS = 0.5
# The time for one job before others get a turn.
_LONGEST_SECONDS = 5.0
# While mails are sent, a job waits after each turn for so many times its duration, so that they are
# sent nearly as fast as without a job (`make bench`).
_LEFT_TO_MAILS = 15
# A job is claimed so often without a single turn, by processes that end on it or find a defect.
_MOST_TRIES = 5
_MORE = N_(
    "This now affects {now} people, but you confirmed {confirmed}. Check the new number "
    "and press again."
)
_DEFECT = N_("A bug ended this early. It was written to the worker's log.")


class _Lost(Exception):
    """Another process has the job, or it may not continue."""


class _Stopped(Exception):
    """Somebody pressed *Stop*."""


class _Enough(Exception):
    """The job's time is over, or this process ends."""


class Carrier(threading.Thread):
    """A thread that carries jobs out, and ends with its process. While the process `is_sending`
    mails, those come first."""

    def __init__(
        self,
        installation: Installation,
        stop: threading.Event,
        *,
        is_needed: Callable[[Session], bool] = lambda _: True,
        is_sending: Callable[[], bool] = lambda: False,
    ) -> None:
        super().__init__(daemon=True, name="jobs")
        self._installation, self._stopped = installation, stop
        self._is_needed, self._is_sending = is_needed, is_sending

    def run(self) -> None:
        while not self._stopped.wait(_EVERY_SECONDS):
            try:
                with self._installation.database.reading() as session:
                    is_needed = self._is_needed(session)
                if is_needed:
                    carry_out_due(self._installation, self._stopped, self._is_sending)
            except DATABASE_AWAY as fault:
                note_fault(fault)
            except Exception:
                # A bug must be seen, but other jobs have to be done.
                log.exception("a defect in carrying out jobs")


def carry_out_due(
    installation: Installation,
    stop: threading.Event | None = None,
    is_sending: Callable[[], bool] = lambda: False,
) -> None:
    """Carry out jobs until none is due, or `stop` is set."""
    stop = stop or threading.Event()
    while not stop.is_set():
        with installation.database.reading() as session:
            is_due = session.scalar(_due(session)) is not None
        claimed = _Claimed.next(installation, stop) if is_due else None
        if claimed is None:
            return
        claimed.is_sending = is_sending
        with liveness.working_on(f"job {claimed.job_id}"):
            claimed.carry_out()


def _due(session: Session) -> Any:
    """Return the job that has waited longest."""
    at = database_time(session)
    waits = select(Job).where(GOING_ON, Job.lease_until <= at, not_held())
    return waits.order_by(Job.lease_until, Job.id).limit(1)


class _Claimed(Keeper):
    """A job that belongs to this process until its lease ends."""

    def __init__(
        self, installation: Installation, stop: threading.Event, job: Job, me: str
    ) -> None:
        self.job_id, self._me = job.id, me
        self._event_id, self._needed = job.event_id, Permission(job.needed)
        self._installation, self._stop = installation, stop
        self._turn_began = time.monotonic()
        self._until = self._turn_began + _LONGEST_SECONDS
        self.is_sending: Callable[[], bool] = lambda: False

    @classmethod
    def next(cls, installation: Installation, stop: threading.Event) -> "_Claimed | None":
        """Claim the next job that is due, and return it; a job with which all processes failed is
        ended first."""
        me = secrets.token_hex(8)
        with installation.database.writing() as session:
            job: Job | None = session.scalar(_due(session).with_for_update(skip_locked=True))
            if job is None:
                return None
            job.tries += 1
            if job.tries > _MOST_TRIES or f"job {job.id}" in liveness.stuck_on_twice:
                end(session, job, ProductError(_DEFECT))
            else:
                job.claimed_by = me
                job.lease_until = database_time(session) + installation.settings.lease
        return cls(installation, stop, job, me)

    def carry_out(self) -> None:
        """Carry the job out until it ends, others wait, or somebody stops it."""
        try:
            while self._one_act():
                pass
        except _Lost:
            pass
        except _Enough:
            self._let_go(lambda session, job: None)
        except _Stopped:
            self._let_go(end)
        except ProductError as refusal:
            reason = refusal
            self._let_go(lambda session, job: end(session, job, reason))

    def _one_act(self) -> bool:
        """Do what is left of the act whose turn it is; return whether there was one."""
        database = self._installation.database
        with database.reading() as session:
            job = session.get(Job, self.job_id)
            if job is None or job.ended_at is not None:
                return False
            event = alive(session.get(Event, self._event_id))
            act = from_data(job.acts[job.step])
            ids = _behind(job.place, act.ids(Turn(session, event, act, self._context)))
            is_begun = len(job.tallies) > job.step
            concerned = len(ids)
            if job.step:
                concerned += sum(tally["done"] for tally in job.tallies)
            else:
                later = map(from_data, job.acts[1:])
                concerned += sum(act.count(session, event) for act in later)
        if is_begun:
            collected = TypeAdapter(act.tally).validate_python(job.tallies[job.step])
        elif not act.may_grow and concerned > job.confirmed:
            raise ProductError(_MORE, now=concerned, confirmed=job.confirmed)
        else:
            collected = act.tally(looked_at=len(ids))
            with database.writing() as session:
                job = self._held(session)
                job.tallies = [*job.tallies, _written(collected)]
        carry_out(
            database, act, self._event_id, self._context, ids, collected,
            keeper=self, progress=self._between_turns,
        )  # fmt: skip
        return True

    @cached_property
    def _context(self) -> Context:
        return Context(self._installation.seal, self._installation.settings)

    def turn(self, session: Session, ids: Sequence[int], collected: Tally) -> None:
        job = self._held(session)
        job.done += len(ids)
        job.place, job.tallies = ids[-1], [*job.tallies[:-1], _written(collected)]
        job.lease_until, job.tries = database_time(session) + self._installation.settings.lease, 0

    def end(self, session: Session, collected: Tally) -> None:
        job = self._held(session)
        job.tallies = [*job.tallies[:-1], _written(collected)]
        job.step, job.place = job.step + 1, None
        if job.step == len(job.acts):
            end(session, job)

    def _held(self, session: Session) -> Job:
        """Lock and return the job, after its event, if its person may still do it. Raises _Lost and
        _Stopped, and what `_require` raises."""
        mine = Job.id == self.job_id, Job.claimed_by == self._me, GOING_ON, not_held()
        locked = select(Job).where(*mine).with_for_update(of=Job)
        job = session.scalar(locked.execution_options(populate_existing=True))
        if job is None:
            raise _Lost
        if job.is_stopped:
            raise _Stopped
        self._require(session, job)
        return job

    def _require(self, session: Session, job: Job) -> None:
        """Check that the person who requested the job may still do so. Raises NotAllowed,
        RoleTooLow and EventUnknown."""
        if job.secret_hash is None and job.issuer is None:
            return
        settings = self._installation.settings
        opened = sessions.accesses(session, settings, job)
        access = next(
            (access for access in opened if access.event_id in (None, job.event_id)), None
        )
        if access is None:
            raise EventUnknown()
        access.require(self._needed)

    def _between_turns(self, _: float) -> None:
        """Wait while mails are sent. Raises _Enough if other jobs are to get a turn."""
        if self.is_sending():
            took = time.monotonic() - self._turn_began
            self._stop.wait(min(_LEFT_TO_MAILS * took, _LONGEST_SECONDS))
        self._turn_began = time.monotonic()
        if self._stop.is_set() or time.monotonic() > self._until:
            raise _Enough

    def _let_go(self, how: Callable[[Session, Job], None]) -> None:
        """Give the job up, and let `how` change its row."""
        with self._installation.database.writing() as session:
            mine = Job.id == self.job_id, Job.claimed_by == self._me
            if job := session.scalar(select(Job).where(*mine).with_for_update()):
                job.claimed_by, job.lease_until = None, database_time(session)
                # In this transaction, before another process claims it.
                how(session, job)


def _behind(place: int | None, ids: Sequence[int]) -> Sequence[int]:
    """Return the ids after the one that was done last, whether they ascend or descend."""
    if place is None or not ids:
        return ids
    is_descending = ids[0] > ids[-1]
    return [id for id in ids if (id < place if is_descending else id > place)]


def _written(tally: Tally) -> dict[str, Any]:
    """Return a tally as JSON."""
    written: dict[str, Any] = TypeAdapter(type(tally)).dump_python(tally, mode="json")
    return written
