"""The dispatcher of a worker: it claims due messages for the slots, and ends in time."""

import logging
import secrets
import threading
import time
from collections.abc import Sequence

from shared import features, liveness, logs
from shared.acts.go_live import go_live_after_test
from shared.events.installation import Installation
from shared.garbage import keep_what_is_loaded
from shared.jobs.carrying import Carrier
from shared.mail.accounts import allowance
from shared.mail.accounts.own import fill_from_settings
from shared.mail.queue import claim, hold, settle
from shared.mail.queue.attempts import Claimed
from shared.mail.queue.claim import message_ids
from shared.mail.rehearsal import RehearsalServer
from shared.storage.database import DATABASE_AWAY, cause, note_fault
from shared.worker.batcher import Batcher
from shared.worker.composing import compose
from shared.worker.heartbeat import Heartbeat
from shared.worker.slot import MAIL, Content, Pool, Slot, SlotQueue
from shared.worker.upkeep import Upkeep

log = logging.getLogger(__name__)

# The pause between rounds, if no mail is due.
_POLL_SECONDS = 0.2
# If mails are due whose accounts are resting: a claim needs the write lock.
_RESTING_SECONDS = 0.5
# If there is much to send.
_BUSY_SECONDS = 0.005
# If the mails in hand may be all that their account allows at once.
_FULL_SECONDS = 0.05
# Mails in hand for each slot: one being handed over, and others that wait. A claim takes about as
# long as sending a mail, for one mail or for many; but what a killed process has in hand waits for
# the end of its lease. Half of them are sent in about a tenth of a second. With two at most, a mail
# takes a third more (`make bench`: processor's time per invitation).
_FEWEST_IN_HAND, _MOST_IN_HAND = 2, 16
_SOON_SECONDS, _LATE_SECONDS = 0.1, 0.5
_SENDING_SECONDS = 1.0
_DATABASE_WAIT_SECONDS = 1.0
# A stopped worker has to end within five seconds: these are for its slots.
_GRACE_SECONDS = 3.0
_AFTER_CUT_SECONDS = 1.0
# For the chores, which were stopped at the same time and commit in short turns.
_UPKEEP_SECONDS = 0.5
_CONTENT = Content(compose, go_live_after_test)


def run_worker(installation: Installation, stop: threading.Event) -> None:
    """Work until `stop` is set; then finish the mails in hand or give them back within 5 s."""
    features.load()
    keep_what_is_loaded()
    # Leave mails on which the last two workers got stuck to a person.
    named = (what.partition(" ") for what in liveness.stuck_on_twice)
    if mails := [int(number) for kind, _, number in named if kind == MAIL]:
        with installation.database.writing() as session:
            claim.set_aside(session, mails)
    server = RehearsalServer(installation.database, installation.seal)
    server.start()
    dispatcher = _Dispatcher(installation, server)
    fill_from_settings(installation)
    chores = [
        Upkeep(installation, stop),
        *(Upkeep(installation, stop, its) for its in features.chores(stop)),
        Carrier(installation, stop, is_sending=dispatcher.is_sending),
    ]
    for chore in chores:
        chore.start()
    try:
        dispatcher.run(stop)
    finally:
        _join(chores, _UPKEEP_SECONDS)
        server.stop()


class _RestoredUnderneath(Exception):
    """An attempt got an id that was used before, though ids only grow: the claim is undone."""


class _Dispatcher:
    """Claims more mails than there are slots; each slot is a thread."""

    def __init__(self, installation: Installation, server: RehearsalServer) -> None:
        settings = installation.settings
        self._database = installation.database
        self._lease = settings.lease
        self._id = secrets.token_hex(8)
        self._heartbeat = Heartbeat(installation, self._id)
        with installation.database.writing() as session:
            self._ids = message_ids(session, installation.seal)
        self._last_attempt = 0
        self._line = SlotQueue(settings.worker_slots)
        self._look_for_others_at = 0.0
        self._in_hand = _FEWEST_IN_HAND
        self._claimed_at = 0.0
        stops: dict[int | None, float] = {}
        pool = Pool()
        self._batcher = Batcher(
            self._database, self._lease, settings.lease_of_content, self._heartbeat.mark
        )
        self._slots = [
            Slot(installation, _CONTENT, server, self._id, self._line, self._batcher, pool, stops)
            for _ in range(settings.worker_slots)
        ]

    def is_sending(self) -> bool:
        """Whether mails were claimed within the last second."""
        return time.monotonic() < self._claimed_at + _SENDING_SECONDS

    def run(self, stop: threading.Event) -> None:
        with logs.about(worker=self._id):
            for slot in self._slots:
                slot.start()
            log.info("worker %s started with %d slots", self._id, len(self._slots))
            while not stop.is_set():
                try:
                    pause = self._one_round()
                except DATABASE_AWAY as fault:
                    note_fault(fault)
                    self._heartbeat.soon()
                    pause = _DATABASE_WAIT_SECONDS
                stop.wait(pause)
            self._end()

    def _one_round(self) -> float:
        """Claim if half of the places are free; return the seconds until the next round."""
        # Outcomes that waited for a next mail, while mail servers are slow.
        self._batcher.write_overdue()
        self._heartbeat.beat()
        places = self._in_hand * len(self._slots)
        self._serve_others(places)
        room = places - self._line.count()
        if room < places // 2:
            return _BUSY_SECONDS
        at = time.monotonic()
        with self._database.reading() as session:
            is_due = claim.is_anything_due(session)
        claimed = self._claim(room) if is_due else []
        if claimed:
            # Claim more at once while mails are sent fast, fewer while mail servers are slow.
            if at - self._claimed_at < _SOON_SECONDS:
                self._in_hand = min(2 * self._in_hand, _MOST_IN_HAND)
            elif at - self._claimed_at > _LATE_SECONDS:
                self._in_hand = max(self._in_hand // 2, _FEWEST_IN_HAND)
            self._claimed_at = at
            return _BUSY_SECONDS
        if is_due:
            pause = _RESTING_SECONDS if room == places else _FULL_SECONDS
            # Until an account that pauses between two mails takes the next one.
            with self._database.reading() as session:
                left = allowance.next_claim(session)
            until_next_claim = _RESTING_SECONDS if left is None else left.total_seconds()
            return min(pause, until_next_claim)
        return _POLL_SECONDS

    def _serve_others(self, places: int) -> None:
        """Keep half of the slots for other accounts if the mails of one with a slow server fill
        them."""
        crowding = self._line.crowding()
        at = time.monotonic()
        if crowding is None:
            self._look_for_others_at = 0.0
        if crowding is None or at < self._look_for_others_at:
            return
        self._look_for_others_at = at + _RESTING_SECONDS
        with self._database.reading() as session:
            is_alone = not claim.is_anything_due(session, besides=crowding)
        if not is_alone and self._line.has_free_slot():
            is_alone = not self._claim(places // 2, besides=crowding)
        if not is_alone:
            self._look_for_others_at = at + _FULL_SECONDS
        self._line.leave_to(crowding if is_alone else None)

    def _claim(self, room: int, besides: int | None = None) -> list[Claimed]:
        """Claim up to `room` mails for the slots, and return them."""
        try:
            with self._database.writing() as session:
                claimed = claim.claim(session, room, self._lease, self._ids, besides)
                if claimed and min(task.attempt_id for task in claimed) <= self._last_attempt:
                    raise _RestoredUnderneath
        except _RestoredUnderneath:
            log.error("the database was restored while mails were leaving: mails are held")
            with self._database.writing() as session:
                hold.hold(session)
            claimed = []
        if claimed:
            self._last_attempt = max(task.attempt_id for task in claimed)
            self._heartbeat.mark.note_claimed(self._last_attempt)
        for task in claimed:
            self._line.put(task)
        return claimed

    def _end(self) -> None:
        waiting = self._line.close()
        _join(self._slots, _GRACE_SECONDS)
        for slot in self._slots:
            slot.cut()
        _join(self._slots, _AFTER_CUT_SECONDS)
        self._batcher.write_waiting()
        in_hand = [task for slot in self._slots if (task := slot.task)]
        try:
            with self._database.writing() as session:
                for task in [*waiting, *in_hand]:
                    settle.give_back(session, task)
                self._heartbeat.end(session)
        except DATABASE_AWAY as fault:
            log.warning("the database does not answer, leases will end: %s", cause(fault))
        log.info("worker %s ended", self._id)


def _join(threads: Sequence[threading.Thread], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
