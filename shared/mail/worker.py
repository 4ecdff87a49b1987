"""The worker: takes due mails, hands them over, writes down what became of them."""

import logging
import os
import queue
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.orm import Session

from shared import certificates, links
from shared.database import Database, database_time
from shared.errors import NameProblem, NoGlyph, explain
from shared.installation import Installation
from shared.mail import messages, outbox, outcomes
from shared.mail.outbox import Claimed
from shared.mail.rehearsal import RehearsalServer
from shared.mail.smtp import HELD_BACK, Account, Connection, Outcome
from shared.mail.verdicts import Verdict
from shared.models import Certificate, MailKind, Problem, Worker

log = logging.getLogger(__name__)

# What passes by itself: a restart, a lock, a full disk. Other errors of a database are defects.
_DATABASE_AWAY = (OperationalError, InterfaceError, InternalError, NoConnectionFree)
_POLL_SECONDS = 0.2
_HEARTBEAT_SECONDS = 5.0
_DATABASE_WAIT_SECONDS = 1.0
# Of the five seconds in which a stopped worker has to be gone.
_GRACE_SECONDS = 3.0
_AFTER_CUT_SECONDS = 1.0
# Longer than the three time-outs that a whole hand-over may take.
_LEASE_IN_TIMEOUTS = 5
_FORGET_WORKERS_AFTER = timedelta(days=1)


def run_worker(installation: Installation, stop: threading.Event) -> None:
    """Work until `stop` is set; then finish the mails in hand or give them back within 5 s."""
    server = RehearsalServer(installation.database)
    server.start()
    try:
        _Dispatcher(installation, server).run(stop)
    finally:
        server.stop()


class _Dispatcher:
    """Claims for the free slots; each slot is a thread with its own connections."""

    def __init__(self, installation: Installation, server: RehearsalServer) -> None:
        settings = installation.settings
        self._database = installation.database
        self._lease = timedelta(seconds=settings.mail_timeout * _LEASE_IN_TIMEOUTS)
        _end_sleeping_transactions(installation.database, self._lease)
        self._id = secrets.token_hex(8)
        self._next_beat = 0.0
        self._tasks: queue.SimpleQueue[Claimed | None] = queue.SimpleQueue()
        self._free = threading.Semaphore(settings.worker_slots)
        self._slots = [
            _Slot(installation, server, self._lease, self._tasks, self._free)
            for _ in range(settings.worker_slots)
        ]

    def run(self, stop: threading.Event) -> None:
        for slot in self._slots:
            slot.start()
        log.info("worker %s started with %d slots", self._id, len(self._slots))
        while not stop.is_set():
            try:
                pause = self._one_round()
            except _DATABASE_AWAY as fault:
                log.warning("the database does not answer, waiting: %s", _cause(fault))
                pause = _DATABASE_WAIT_SECONDS
            stop.wait(pause)
        self._end()

    def _one_round(self) -> float:
        """Claim for the free slots; seconds until the next round."""
        self._beat()
        free = self._take_free_slots()
        claimed: list[Claimed] = []
        try:
            claimed = self._claim(free) if free else []
        finally:
            if unused := free - len(claimed):
                self._free.release(unused)
        for task in claimed:
            self._tasks.put(task)
        # While all slots are busy one of them will soon be free.
        return 0.01 if claimed or not free else _POLL_SECONDS

    def _take_free_slots(self) -> int:
        free = 0
        while self._free.acquire(blocking=False):
            free += 1
        return free

    def _claim(self, free: int) -> list[Claimed]:
        with self._database.reading() as session:
            if not outbox.is_anything_due(session):
                return []
        with self._database.writing() as session:
            return outbox.claim(session, free, self._lease)

    def _beat(self) -> None:
        if time.monotonic() < self._next_beat:
            return
        with self._database.writing() as session:
            now = database_time(session)
            session.execute(delete(Worker).where(Worker.seen_at < now - _FORGET_WORKERS_AFTER))
            row = session.get(Worker, self._id) or Worker(
                id=self._id, host=socket.gethostname(), process_id=os.getpid(), started_at=now
            )
            row.seen_at = now
            session.add(row)
        self._next_beat = time.monotonic() + _HEARTBEAT_SECONDS

    def _end(self) -> None:
        for _ in self._slots:
            self._tasks.put(None)
        _join(self._slots, _GRACE_SECONDS)
        for slot in self._slots:
            slot.cut()
        _join(self._slots, _AFTER_CUT_SECONDS)
        try:
            with self._database.writing() as session:
                for slot in self._slots:
                    if slot.task:
                        outbox.give_back(session, slot.task)
                session.execute(delete(Worker).where(Worker.id == self._id))
        except _DATABASE_AWAY as fault:
            log.warning("the database does not answer, leases will end: %s", _cause(fault))
        log.info("worker %s ended", self._id)


class _Slot(threading.Thread):
    def __init__(
        self,
        installation: Installation,
        server: RehearsalServer,
        lease: timedelta,
        tasks: "queue.SimpleQueue[Claimed | None]",
        free: threading.Semaphore,
    ) -> None:
        # A daemon: a resolver that hangs must not keep the process from ending.
        super().__init__(daemon=True)
        self._installation = installation
        self._database = installation.database
        self._server = server
        self._lease = lease
        self._tasks = tasks
        self._free = free
        self._connections: dict[Account, Connection] = {}
        self._cut = False
        self.task: Claimed | None = None

    def run(self) -> None:
        while (task := self._tasks.get()) is not None:
            self.task = task
            try:
                self._work(task)
            except _DATABASE_AWAY as fault:
                # Nothing was handed over, or settling was tried for long: the lease will end.
                log.warning(
                    "mail %d: the database does not answer: %s", task.mail_id, _cause(fault)
                )
            except Exception:
                # A defect in settling. The slot lives on for the mails of everybody else.
                log.exception("mail %d of event %d: a defect", task.mail_id, task.event.id)
            self.task = None
            self._free.release()
        for connection in self._connections.values():
            connection.leave()

    def cut(self) -> None:
        """Called by the dispatcher when time is up."""
        self._cut = True
        for connection in list(self._connections.values()):
            connection.cut()

    def _work(self, task: Claimed) -> None:
        try:
            outcome = self._send(task)
        except _DATABASE_AWAY:
            raise
        except NameProblem as problem:
            self._refuse_to_draw(task, problem)
            return
        except Exception:
            # A bug: it must be seen, but it must not stop the mails of everybody else.
            log.exception("mail %d of event %d: a defect", task.mail_id, task.event.id)
            outcome = Outcome(Verdict.RETRY, "compose", None, "a defect, see the log")
        was_cut = self._cut and outcome.code is None and outcome.verdict is Verdict.RETRY
        if was_cut or outcome == HELD_BACK:
            self._persist(lambda session: outbox.give_back(session, task))
            return
        self._persist(lambda session: outcomes.settle(session, task, outcome))
        log.info(
            "mail %d of event %d: %s (%s)",
            task.mail_id,
            task.event.id,
            outcome.verdict,
            outcome.code,
        )

    def _send(self, task: Claimed) -> Outcome:
        message = self._compose(task)
        return self._connection(task).deliver(
            task.address, message, before_content=lambda: self._begin_hand_over(task)
        )

    def _begin_hand_over(self, task: Claimed) -> bool:
        with self._database.writing() as session:
            return outbox.begin_hand_over(session, task, self._lease)

    def _connection(self, task: Claimed) -> Connection:
        timeout = self._installation.settings.mail_timeout
        if task.account is None:
            account = self._server.account(timeout)
        else:
            sealed = task.account.sealed_password
            password = self._installation.seal.open_secret(sealed) if sealed else None
            account = Account.of(task.account, password, timeout)
        self._leave_idle_servers()
        if account not in self._connections:
            self._connections[account] = Connection(account)
        return self._connections[account]

    def _leave_idle_servers(self) -> None:
        for account, connection in list(self._connections.items()):
            if connection.is_worn():
                connection.leave()
                del self._connections[account]

    def _compose(self, task: Claimed) -> bytes:
        envelope = messages.Envelope(outbox.sender_of(task.account), task.address, task.message_id)
        if task.kind is MailKind.TEST or task.volunteer is None:
            shown = MailKind(task.wording_of or MailKind.TEST)
            return messages.compose_test(task.event, shown, envelope)
        page = self._page(task)
        if task.kind is MailKind.INVITATION:
            return messages.compose_invitation(task.event, task.volunteer, page, envelope)
        if task.kind is MailKind.REMINDER:
            return messages.compose_reminder(task.event, task.volunteer, page, envelope)
        assert task.certificate is not None
        settings, public_id = self._installation.settings, task.certificate.public_id
        addresses = messages.CertificateLinks(
            download=links.certificate_link(settings, public_id),
            verification=links.verification_link(settings, public_id),
            page=page,
        )
        picture = self._picture(task)
        return messages.compose_certificate(
            task.event, task.certificate, addresses, picture, envelope
        )

    def _page(self, task: Claimed) -> str:
        assert task.volunteer is not None
        assert task.volunteer.token is not None
        token = self._installation.seal.open_token(task.volunteer.token)
        return links.volunteer_link(self._installation.settings, task.event, token)

    def _picture(self, task: Claimed) -> bytes:
        """Draw, and say so before the mail leaves: the picture is there from then on."""
        assert task.certificate is not None
        assert task.volunteer is not None
        with self._database.reading() as session:
            certificate = session.get_one(Certificate, task.certificate.id)
            start = time.monotonic()
            picture = certificates.render(session, self._installation.settings, certificate)
            duration = time.monotonic() - start
        with self._database.writing() as session:
            outcomes.note_picture_made(session, task, duration)
        return picture

    def _refuse_to_draw(self, task: Claimed, problem: NameProblem) -> None:
        flag = Problem.NO_GLYPH if isinstance(problem, NoGlyph) else Problem.NAME_DOES_NOT_FIT
        words = explain(problem, task.event.language)
        self._persist(lambda session: outcomes.refuse_to_draw(session, task, flag, words))
        log.warning("mail %d of event %d: %s", task.mail_id, task.event.id, flag)

    def _persist(self, write: Callable[[Session], object]) -> None:
        """Write down what happened, also when the database is away for a while.

        Given up shortly before the lease ends, because then the mail is in other hands.
        """
        deadline = time.monotonic() + 0.8 * self._lease.total_seconds()
        while True:
            try:
                with self._database.writing() as session:
                    write(session)
                return
            except _DATABASE_AWAY:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)


def _end_sleeping_transactions(database: Database, lease: timedelta) -> None:
    """A worker that is suspended inside a transaction must not lock the account for the others."""
    if database.is_sqlite:
        return  # Its workers are on one machine and sleep together.

    def limit(connection: DBAPIConnection, _: object) -> None:
        cursor = connection.cursor()
        milliseconds = int(lease.total_seconds() * 1000)
        cursor.execute(f"SET idle_in_transaction_session_timeout = {milliseconds}")
        cursor.close()
        connection.commit()

    event.listen(database.engine, "connect", limit)
    database.engine.dispose()  # Connections from before have no limit.


def _cause(fault: SQLAlchemyError) -> object:
    """Without the statement and its values, which may be addresses."""
    return getattr(fault, "orig", None) or fault


def _join(slots: list[_Slot], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for slot in slots:
        slot.join(max(0.0, deadline - time.monotonic()))
