"""The slots of a worker: threads that take claimed messages from a queue, compose them and hand
them over one by one, by connections that they share."""

import logging
import queue
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared import liveness, logs
from shared.errors import AccountChanged, NameProblem, SettingRefused, explain
from shared.events.installation import Installation
from shared.mail.accounts.credentials import opened_account
from shared.mail.queue import settle
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.reasons import RESTS
from shared.mail.rehearsal import RehearsalServer
from shared.mail.transport.outcome import HELD_BACK, Outcome
from shared.mail.transport.own_answers import CUT_HERE
from shared.mail.transport.protocol import Account, Transport
from shared.mail.transport.transports import open_transport
from shared.storage.clock import database_time
from shared.storage.database import DATABASE_AWAY, Database, cause
from shared.storage.models import Event, Phase, Problem, Verdict
from shared.worker.batcher import Batcher

log = logging.getLogger(__name__)

# The kind under which a mail that is being composed is noted (`liveness.working_on`).
MAIL = "mail"
_NO_DATABASE = "mail %d: the database does not answer: %s"
# Servers hang up on idle clients: close such connections before they do.
_IDLE_SECONDS = 20.0
# The interval at which a slot without a mail closes idle connections.
_LOOK_SECONDS = 5.0


class SlotQueue:
    """The claimed mails that wait for a slot: first come, first served, unless those of one account
    would keep too many slots waiting.

    A server may take ten minutes for each mail. While mails of other accounts are due, one account
    gets at most half of the slots.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._share = max(1, slots // 2)
        self._change = threading.Condition()
        self._waiting: deque[Claimed] = deque()
        self._served: Counter[int | None] = Counter()
        # The only account with mails that are due.
        self._alone: int | None = None
        self._is_over = False

    def put(self, claimed: Claimed) -> None:
        with self._change:
            if claimed.account_id != self._alone:
                self._alone = None
            self._waiting.append(claimed)
            self._change.notify()

    def take(self, timeout: float = 0.0) -> Claimed | None:
        """Return the next mail for a slot, to be handled in `served`; None once the queue is over.

        Raises queue.Empty if there is none within `timeout` seconds.
        """
        deadline = time.monotonic() + timeout
        with self._change:
            while not self._is_over:
                if item := next(filter(self._may_be_served, self._waiting), None):
                    self._waiting.remove(item)
                    self._served[item.account_id] += 1
                    return item
                if not self._change.wait(deadline - time.monotonic()):
                    raise queue.Empty
            return None

    @contextmanager
    def served(self, claimed: Claimed) -> Iterator[None]:
        """Let a mail that was taken keep its slot while the block lasts."""
        try:
            yield
        finally:
            with self._change:
                self._served[claimed.account_id] -= 1
                self._change.notify_all()

    def close(self) -> list[Claimed]:
        """Close the queue, and return the mails that were waiting."""
        with self._change:
            self._is_over = True
            self._change.notify_all()
            return list(self._waiting)

    def count(self) -> int:
        """Return the number of mails that wait or are served."""
        with self._change:
            return len(self._waiting) + self._served.total()

    def has_free_slot(self) -> bool:
        with self._change:
            return self._served.total() < self._slots

    def crowding(self) -> int | None:
        """Return the only account that has its share of several slots, if there is one."""
        with self._change:
            full = [account for account, count in self._served.items() if count >= self._share]
            return full[0] if len(full) == 1 and self._slots > 1 else None

    def leave_to(self, account_id: int | None) -> None:
        """Let this account, the only one with due mails, take all slots; None ends that."""
        with self._change:
            self._alone = account_id
            self._change.notify_all()

    def _may_be_served(self, item: Claimed) -> bool:
        account = item.account_id
        if self._served[account] < self._share or account is None:
            return True
        return account == self._alone


@dataclass(frozen=True)
class _KeptConnection:
    account: Account
    transport: Transport
    since: float = field(default_factory=time.monotonic)


class Pool:
    """Open connections to mail servers (`make bench`: an invitation).

    Each transport is lent to one thread at a time, and kept for its account's next message.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: list[_KeptConnection] = []

    @contextmanager
    def lent(self, account: Account) -> Iterator[Transport]:
        """Lend the account's connection that was used last, so that others become idle, or a new
        one. Raises SettingRefused, see `open_transport`."""
        with self._lock:
            fitting = [kept for kept in self._kept if kept.account == account]
            if fitting:
                self._kept.remove(fitting[-1])
        transport = fitting[-1].transport if fitting else open_transport(account)
        try:
            yield transport
        finally:
            if transport.is_open():
                with self._lock:
                    self._kept.append(_KeptConnection(account, transport))

    def close_idle(self) -> None:
        """Close connections that have been idle for some time."""
        self._close(time.monotonic() - _IDLE_SECONDS)

    def close(self) -> None:
        """Close all connections that are not in use."""
        self._close(time.monotonic())

    def _close(self, last: float) -> None:
        with self._lock:
            idle = [kept for kept in self._kept if kept.since <= last]
            self._kept = [kept for kept in self._kept if kept.since > last]
        for kept in idle:
            kept.transport.close()


@dataclass(frozen=True)
class Content:
    """Functions that compose a mail's message, and that act after a server has accepted the mail
    that proves an account."""

    compose: Callable[[Installation, Claimed], bytes]
    proven: Callable[[Database, Claimed], None]


class Slot(threading.Thread):
    """A thread that ends when the queue is closed. `task` is its current mail."""

    def __init__(
        self,
        installation: Installation,
        content: Content,
        server: RehearsalServer,
        worker_id: str,
        line: SlotQueue,
        batcher: Batcher,
        pool: Pool,
        stops: dict[int | None, float],
    ) -> None:
        """`stops`: when each account was last stopped (monotonic), shared by all slots."""
        # A daemon: a resolver that hangs must not keep the process from ending.
        super().__init__(daemon=True)
        self._installation = installation
        self._content = content
        self._database = installation.database
        self._server = server
        self._worker_id = worker_id
        self._line = line
        self._batcher = batcher
        self._pool = pool
        self._stops = stops
        self._transport: Transport | None = None
        self._cut = False
        self.task: Claimed | None = None

    def run(self) -> None:
        while task := self._next_task():
            self.task = task
            about = {"event": task.event.id, "mail": task.mail_id}
            with self._line.served(task), logs.about(worker=self._worker_id, **about):
                try:
                    if task.claimed_at < self._stops.get(task.account_id, 0.0):
                        self._give_back(task)
                    else:
                        self._send_and_settle(task)
                except DATABASE_AWAY as fault:
                    # It was retried for long: the lease will end.
                    log.warning(_NO_DATABASE, task.mail_id, cause(fault))
                except Exception:
                    # A defect in settling. The slot goes on for everybody else's mails.
                    self._log_defect(task)
            self.task = None
        self._pool.close()

    def _next_task(self) -> Claimed | None:
        with suppress(queue.Empty):
            return self._line.take()
        # No next mail will soon be committed along with the last outcome.
        self._batcher.write_waiting()
        while True:
            with suppress(queue.Empty):
                return self._line.take(_LOOK_SECONDS)
            self._pool.close_idle()

    def cut(self) -> None:
        """Break off the hand-over; the dispatcher calls this when time is up."""
        self._cut = True
        if transport := self._transport:
            transport.cut()

    def _send_and_settle(self, task: Claimed) -> None:
        try:
            outcome = self._send(task)
        except DATABASE_AWAY as fault:
            # Nothing was handed over.
            log.warning(_NO_DATABASE, task.mail_id, cause(fault))
            self._give_back(task)
            return
        except NameProblem as problem:
            flag, text = Problem.of(problem), explain(problem, task.event.language)
            self._persist(lambda session: settle.refuse_to_draw(session, task, flag, text))
            log.warning("mail %d of event %d: %s", task.mail_id, task.event.id, flag)
            return
        except SettingRefused as refusal:
            # The key does not open a sealed value: no mail is to blame, and a person has to act.
            text = explain(refusal, task.event.language)
            outcome = Outcome(Verdict.NEEDS_OPERATOR, Phase.COMPOSE, None, text)
        except AccountChanged:
            outcome = HELD_BACK
        except Exception:
            # A bug: it must be seen, but must not stop everybody else's mails.
            self._log_defect(task)
            outcome = Outcome(Verdict.RETRY, Phase.COMPOSE, None, "a defect, see the log")
        was_cut = self._cut and outcome.code is None
        if was_cut and outcome.verdict is Verdict.UNSURE:
            # It was not the server that broke off.
            self._settle(task, replace(outcome, text=CUT_HERE))
        elif was_cut or outcome == HELD_BACK:
            self._give_back(task)
            # The account's next mails are probably held back as well, or are claimed again.
            self._stop_account(task)
        else:
            self._settle(task, outcome)

    def _give_back(self, task: Claimed) -> None:
        self._persist(lambda session: settle.give_back(session, task))

    def _stop_account(self, task: Claimed) -> None:
        """Let all slots give back what was claimed for this account so far."""
        self._stops[task.account_id] = time.monotonic()

    def _settle(self, task: Claimed, outcome: Outcome) -> None:
        outcome = replace(outcome, known_at=time.monotonic())
        # The pause until the account's next mail begins when this one is settled.
        is_paced = task.account is not None and task.account.max_second > 0
        if outcome.verdict is Verdict.SENT and not is_paced:
            self._batcher.settle_soon(task, outcome)
        else:
            self._persistently(lambda: self._batcher.settle(task, outcome))
        words = "mail %d of event %d: %s (%s)"
        log.info(words, task.mail_id, task.event.id, outcome.verdict, outcome.code)
        if outcome.verdict is not Verdict.SENT:
            if self._has_stopped(task):
                self._stop_account(task)
        elif task.is_proof:
            # In its own transaction: it locks the event, which is locked before mails.
            self._persistently(lambda: self._content.proven(self._database, task))

    def _has_stopped(self, task: Claimed) -> bool:
        """Whether the account pauses or waits for a person, after the answer to this mail."""
        if task.account is None:
            return False
        with self._database.reading() as session:
            resting = select(Event.id).join(Event.account).where(Event.id == task.event.id, RESTS)
            return session.scalar(resting, {"now": database_time(session)}) is not None

    def _log_defect(self, task: Claimed) -> None:
        log.exception("mail %d of event %d: a defect", task.mail_id, task.event.id)

    def _send(self, task: Claimed) -> Outcome:
        with liveness.working_on(f"{MAIL} {task.mail_id}"):
            message = self._content.compose(self._installation, task)
        timeout = self._installation.settings.mail_timeout
        if task.account is None:
            account = self._server.account(timeout)
        else:
            sender = task.event.from_address
            account = opened_account(self._installation, task.account, sender, timeout)
        self._pool.close_idle()
        time.sleep(max(0.0, task.not_before - time.monotonic()))
        with self._pool.lent(account) as self._transport:
            try:
                return self._transport.deliver(
                    message, task.address, lambda: self._batcher.begin_hand_over(task)
                )
            finally:
                self._transport = None

    def _persist(self, write: Callable[[Session], object]) -> None:
        def commit() -> None:
            with self._database.writing() as session:
                write(session)

        self._persistently(commit)

    def _persistently(self, commit: Callable[[], None]) -> None:
        """Store what happened, with retries while the database is unreachable.

        It raises shortly before the lease ends, because then the mail belongs to another worker.
        """
        deadline = time.monotonic() + self._batcher.patience
        while True:
            try:
                commit()
                return
            except DATABASE_AWAY:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)
