"""The worker: takes due mails, hands them over, writes down what became of them."""

import logging
import queue
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.orm import Session

from shared import logs
from shared.errors import AccountChanged, NameProblem, NoGlyph, SettingRefused, explain
from shared.events.installation import Installation
from shared.mail.accounts import health
from shared.mail.accounts.credentials import show_password
from shared.mail.queue import claim, due, hand_over, settle
from shared.mail.queue.claimed import Claimed
from shared.mail.rehearsal import going_live
from shared.mail.rehearsal.mailbox import RehearsalServer
from shared.mail.transport.pool import Connections
from shared.mail.transport.protocol import HELD_BACK, Outcome
from shared.mail.transport.smtp import Account, Connection
from shared.storage.database import DATABASE_AWAY, cause, database_time
from shared.storage.models import Event, Phase, Problem, Verdict
from shared.worker import composing
from shared.worker.batcher import Books
from shared.worker.heartbeat import Heartbeat

log = logging.getLogger(__name__)

# What waits for a slot, with the moment (monotonic) before its claim; None ends the slot.
_Tasks = queue.SimpleQueue[tuple[Claimed, float] | None]

_POLL_SECONDS = 0.2
# Mails are due, but their accounts rest: looking takes the right to write.
_HELD_SECONDS = 0.5
# While there is much to send, how often to look whether the slots can take more.
_BUSY_SECONDS = 0.005
# The same while mails on their way may be all that their account allows at once.
_FULL_SECONDS = 0.05
# Mails in hand for each slot: one on its way and some that wait. A claim takes about as long as
# sending a mail, for one mail or for many; but what is in hand of a process that is killed waits
# for the end of its lease. So many as leave in about a tenth of a second.
_FEWEST_IN_HAND, _MOST_IN_HAND = 2, 8
_SOON_SECONDS, _LATE_SECONDS = 0.1, 0.5
_CONNECTIONS_SECONDS = 5.0
_DATABASE_WAIT_SECONDS = 1.0
# Of the five seconds in which a stopped worker has to be gone.
_GRACE_SECONDS = 3.0
_AFTER_CUT_SECONDS = 1.0


def run_worker(installation: Installation, stop: threading.Event) -> None:
    """Work until `stop` is set; then finish the mails in hand or give them back within 5 s."""
    server = RehearsalServer(installation.database, installation.seal)
    server.start()
    try:
        _Dispatcher(installation, server).run(stop)
    finally:
        server.stop()


class _Dispatcher:
    """Claims some mails more than there are slots; each slot is a thread with its connections."""

    def __init__(self, installation: Installation, server: RehearsalServer) -> None:
        settings = installation.settings
        self._database = installation.database
        self._lease = settings.lease
        self._id = secrets.token_hex(8)
        self._heartbeat = Heartbeat(installation.database, self._id, self._lease)
        self._tasks: _Tasks = queue.SimpleQueue()
        self._found_some = False
        self._in_hand = _FEWEST_IN_HAND
        self._claimed_at = 0.0
        rests: dict[int | None, float] = {}
        connections = Connections()
        self._books = Books(installation.database, self._lease)
        self._slots = [
            _Slot(installation, server, self._id, self._tasks, self._books, connections, rests)
            for _ in range(settings.worker_slots)
        ]

    def run(self, stop: threading.Event) -> None:
        with logs.about(worker=self._id):
            self._run(stop)

    def _run(self, stop: threading.Event) -> None:
        for slot in self._slots:
            slot.start()
        log.info("worker %s started with %d slots", self._id, len(self._slots))
        while not stop.is_set():
            try:
                pause = self._one_round()
            except DATABASE_AWAY as fault:
                log.warning("the database does not answer, waiting: %s", cause(fault))
                pause = _DATABASE_WAIT_SECONDS
            stop.wait(pause)
        self._end()

    def _one_round(self) -> float:
        """Claim when half of the places are free; seconds until the next round."""
        # What the slots left to each other, while mail servers take their time.
        self._books.write_waiting()
        self._heartbeat.beat()
        places = self._in_hand * len(self._slots)
        room = places - self._tasks.qsize() - sum(slot.task is not None for slot in self._slots)
        if room < places // 2:
            return _BUSY_SECONDS
        # Before the claim: what an account's answer changes from now on, it may not have seen.
        at = time.monotonic()
        is_more_likely = self._found_some
        is_due = is_more_likely or self._is_anything_due()
        claimed = self._claim(room) if is_due else []
        for task in claimed:
            self._tasks.put((task, at))
        self._found_some = bool(claimed)
        if claimed:
            self._keep_pace(at)
        if claimed or is_more_likely:
            return _BUSY_SECONDS
        if is_due:
            return _HELD_SECONDS if room == places else _FULL_SECONDS
        return _POLL_SECONDS

    def _keep_pace(self, at: float) -> None:
        """Claim more at once while mails leave fast, fewer while mail servers take their time."""
        if at - self._claimed_at < _SOON_SECONDS:
            self._in_hand = min(2 * self._in_hand, _MOST_IN_HAND)
        elif at - self._claimed_at > _LATE_SECONDS:
            self._in_hand = max(self._in_hand // 2, _FEWEST_IN_HAND)
        self._claimed_at = at

    def _is_anything_due(self) -> bool:
        with self._database.reading() as session:
            return due.is_anything_due(session)

    def _claim(self, room: int) -> list[Claimed]:
        with self._database.writing() as session:
            return claim.claim(session, room, self._lease)

    def _end(self) -> None:
        waiting = self._take_back()
        for _ in self._slots:
            self._tasks.put(None)
        _join(self._slots, _GRACE_SECONDS)
        for slot in self._slots:
            slot.cut()
        _join(self._slots, _AFTER_CUT_SECONDS)
        self._books.write_waiting()
        in_hand = [task for slot in self._slots if (task := slot.task)]
        try:
            with self._database.writing() as session:
                for task in [*waiting, *in_hand]:
                    hand_over.give_back(session, task)
                self._heartbeat.end(session)
        except DATABASE_AWAY as fault:
            log.warning("the database does not answer, leases will end: %s", cause(fault))
        log.info("worker %s ended", self._id)

    def _take_back(self) -> list[Claimed]:
        waiting = []
        with suppress(queue.Empty):
            while item := self._tasks.get_nowait():
                waiting.append(item[0])
        return waiting


class _Slot(threading.Thread):
    def __init__(
        self,
        installation: Installation,
        server: RehearsalServer,
        worker_id: str,
        tasks: "_Tasks",
        books: Books,
        connections: Connections,
        rests: dict[int | None, float],
    ) -> None:
        """`rests`: when the accounts that stopped were last told to, shared by all slots."""
        # A daemon: a resolver that hangs must not keep the process from ending.
        super().__init__(daemon=True)
        self._installation = installation
        self._database = installation.database
        self._server = server
        self._worker_id = worker_id
        self._tasks = tasks
        self._books = books
        self._connections = connections
        self._rests = rests
        self._connection: Connection | None = None
        self._cut = False
        self.task: Claimed | None = None

    def run(self) -> None:
        while item := self._next_task():
            self.task, claimed_at = item
            with logs.about(
                worker=self._worker_id, event=self.task.event.id, mail=self.task.mail_id
            ):
                self._work(self.task, claimed_at)
            self.task = None
            if self._tasks.empty():
                # No next mail will soon bring this one's outcome along.
                self._books.write_waiting()
        self._connections.leave()

    def _next_task(self) -> tuple[Claimed, float] | None:
        while True:
            with suppress(queue.Empty):
                return self._tasks.get(timeout=_CONNECTIONS_SECONDS)
            self._connections.leave_worn()

    def cut(self) -> None:
        """Called by the dispatcher when time is up."""
        self._cut = True
        if connection := self._connection:
            connection.cut()

    def _work(self, task: Claimed, claimed_at: float) -> None:
        try:
            if claimed_at < self._rests.get(task.account_id, 0.0):
                self._give_back(task)
            else:
                self._send_and_settle(task)
        except DATABASE_AWAY as fault:
            # Tried for long: the lease will end.
            log.warning("mail %d: the database does not answer: %s", task.mail_id, cause(fault))
        except Exception:
            # A defect in settling. The slot lives on for the mails of everybody else.
            self._log_defect(task)

    def _send_and_settle(self, task: Claimed) -> None:
        try:
            outcome = self._send(task)
        except DATABASE_AWAY as fault:
            # Nothing was handed over.
            log.warning("mail %d: the database does not answer: %s", task.mail_id, cause(fault))
            self._give_back(task)
            return
        except NameProblem as problem:
            self._refuse_to_draw(task, problem)
            return
        except SettingRefused as refusal:
            # The key does not open what it sealed: no mail is to blame, and a person has to act.
            words = explain(refusal, task.event.language)
            outcome = Outcome(Verdict.NEEDS_OPERATOR, Phase.COMPOSE, None, words)
        except AccountChanged:
            outcome = HELD_BACK
        except Exception:
            # A bug: it must be seen, but it must not stop the mails of everybody else.
            self._log_defect(task)
            outcome = Outcome(Verdict.RETRY, Phase.COMPOSE, None, "a defect, see the log")
        was_cut = self._cut and outcome.code is None and outcome.verdict is not Verdict.UNSURE
        if was_cut or outcome == HELD_BACK:
            self._give_back(task)
            # What waits behind it is probably held back as well; if not, it is claimed again.
            self._let_rest(task)
        else:
            self._settle(task, outcome)

    def _give_back(self, task: Claimed) -> None:
        self._persist(lambda session: hand_over.give_back(session, task))

    def _let_rest(self, task: Claimed) -> None:
        """What was claimed for this account until now is given back instead of being tried."""
        self._rests[task.account_id] = time.monotonic()

    def _settle(self, task: Claimed, outcome: Outcome) -> None:
        if outcome.verdict is Verdict.SENT:
            self._books.settle_soon(task, outcome)
        else:
            self._persistently(lambda: self._books.settle(task, outcome))
        log.info(
            "mail %d of event %d: %s (%s)",
            task.mail_id,
            task.event.id,
            outcome.verdict,
            outcome.code,
        )
        if outcome.verdict is not Verdict.SENT and self._has_stopped(task):
            self._let_rest(task)
        if outcome.verdict is Verdict.SENT and task.is_proof:
            # Apart from the outcome: it locks the event, which is locked before mails.
            self._persistently(lambda: going_live.go_live_after_test(self._database, task))

    def _has_stopped(self, task: Claimed) -> bool:
        """Whether the account rests or waits for a person: after the answer of this mail."""
        if task.account is None:
            return False
        with self._database.reading() as session:
            account = session.get_one(Event, task.event.id).account
            return account is not None and health.is_held(account, database_time(session))

    def _log_defect(self, task: Claimed) -> None:
        log.exception("mail %d of event %d: a defect", task.mail_id, task.event.id)

    def _send(self, task: Claimed) -> Outcome:
        message = composing.compose(self._installation, task)
        account = self._account(task)
        self._connections.leave_worn()
        with self._connections.lent(account) as self._connection:
            try:
                return self._connection.deliver(
                    task.address, message, before_content=lambda: self._books.begin_hand_over(task)
                )
            finally:
                self._connection = None

    def _account(self, task: Claimed) -> Account:
        settings = self._installation.settings
        if task.account is None:
            return self._server.account(settings.mail_timeout)
        password = show_password(self._database, self._installation.seal, task.account)
        return Account.of(
            task.account,
            task.event.from_address,
            password,
            settings.organizers_reach,
            settings.mail_timeout,
        )

    def _refuse_to_draw(self, task: Claimed, problem: NameProblem) -> None:
        flag = Problem.NO_GLYPH if isinstance(problem, NoGlyph) else Problem.NAME_DOES_NOT_FIT
        words = explain(problem, task.event.language)
        self._persist(lambda session: settle.refuse_to_draw(session, task, flag, words))
        log.warning("mail %d of event %d: %s", task.mail_id, task.event.id, flag)

    def _persist(self, write: Callable[[Session], object]) -> None:
        def commit() -> None:
            with self._database.writing() as session:
                write(session)

        self._persistently(commit)

    def _persistently(self, commit: Callable[[], None]) -> None:
        """Write down what happened, also when the database is away for a while.

        Given up shortly before the lease ends, because then the mail is in other hands.
        """
        deadline = time.monotonic() + self._books.patience
        while True:
            try:
                commit()
                return
            except DATABASE_AWAY:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)


def _join(slots: list[_Slot], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for slot in slots:
        slot.join(max(0.0, deadline - time.monotonic()))
