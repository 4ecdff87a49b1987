"""Group commit: what the slots of one worker store about their mails, several in one transaction.

A commit costs as much processor and disk time as the rest of a mail, for one mail or for many:
while one slot commits all earlier entries, the others add theirs for the next commit.
"""

import logging
import threading
import time
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from shared.mail.queue import settle
from shared.mail.queue.attempts import Claimed
from shared.mail.transport.outcome import Outcome
from shared.storage.database import DATABASE_AWAY, Database, cause
from shared.worker.mark import Mark

log = logging.getLogger(__name__)

# The time for which an outcome waits for the next mail: a killed process loses it.
_LONGEST_WAIT_SECONDS = 0.02


@dataclass(eq=False)
class _Entry:
    """An entry of one slot; `outcome` is None before the mail is handed over.

    It is retried until `keep_until`, which is None for entries that a slot waits for. `written`
    then says whether the mail may go out. Times are monotonic.
    """

    claimed: Claimed
    outcome: Outcome | None
    since: float = field(default_factory=time.monotonic)
    keep_until: float | None = None
    written: Future[bool] = field(default_factory=Future)


class Batcher:
    """The group commit of a worker, shared by all of its slots."""

    def __init__(
        self,
        database: Database,
        lease: timedelta,
        lease_of_content: timedelta | None = None,
        mark: Mark | None = None,
    ) -> None:
        """`lease_of_content` is for mails whose content goes out, by default the claim's. Commits
        are noted in `mark`."""
        self._database = database
        self._lease_of_content = lease_of_content or lease
        # Shortly before the lease ends the mail may belong to another worker.
        self.patience = 0.8 * lease.total_seconds()
        self._committing = threading.Lock()
        self._waiting: deque[_Entry] = deque()
        self._mark = mark

    def begin_hand_over(self, claimed: Claimed) -> bool:
        """Commit the beginning of a hand-over; return whether the mail may go out now (see
        `settle.begin_hand_overs`).

        Everything that this slot knows is committed as well, so after a kill at most one outcome is
        unknown.
        """
        return self._written(_Entry(claimed, None))

    def settle(self, claimed: Claimed, outcome: Outcome) -> None:
        """Store an outcome, and wait until it is committed; see `settle.settle`."""
        self._written(_Entry(claimed, outcome))

    def settle_soon(self, claimed: Claimed, outcome: Outcome) -> None:
        """Have an outcome stored with the next mail that goes out, or by `write_overdue`.

        With a separate commit for each outcome, a mail takes 3.0 ms instead of 2.3 (`make bench`:
        processor's time per invitation). If the database is unreachable, it is retried.
        """
        now = time.monotonic()
        self._waiting.append(_Entry(claimed, outcome, now, now + self.patience))

    def write_overdue(self) -> None:
        """Write everything that waits, once the oldest entry has waited too long for a mail."""
        with suppress(IndexError):
            if time.monotonic() - self._waiting[0].since > _LONGEST_WAIT_SECONDS:
                self.write_waiting()

    def write_waiting(self) -> None:
        """Write everything that waits; entries that cannot be written now stay."""
        with self._committing:
            self._commit_or_separate(self._take_waiting())

    def _written(self, entry: _Entry) -> bool:
        self._waiting.append(entry)
        with self._committing:
            if not entry.written.done():
                self._commit_or_separate(self._take_waiting())
        return entry.written.result()

    def _take_waiting(self) -> list[_Entry]:
        # The slots may add more at the same time.
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def _commit_or_separate(self, entries: list[_Entry]) -> None:
        """Commit all entries in one transaction; after a defect, each in its own, so that it
        affects only its own mail."""
        if not entries:
            return
        try:
            self._commit(entries)
        except DATABASE_AWAY as fault:
            for entry in entries:
                if entry.keep_until and time.monotonic() < entry.keep_until:
                    self._waiting.append(entry)
                else:
                    self._fail(entry, fault)
        except Exception as defect:
            if len(entries) > 1:
                log.exception("%d mails cannot be written together", len(entries))
                for entry in entries:
                    self._commit_or_separate([entry])
            else:
                self._fail(entries[0], defect)

    def _commit(self, entries: list[_Entry]) -> None:
        outgoing = [entry.claimed for entry in entries if entry.outcome is None]
        settled = [(entry.claimed, entry.outcome) for entry in entries if entry.outcome]
        with self._database.writing() as session:
            if settled:
                settle.settle(session, settled)
                session.flush()
            allowed = (
                settle.begin_hand_overs(session, outgoing, self._lease_of_content)
                if outgoing
                else set()
            )
        # Mails of a rehearsal are not noted: nobody could get one twice.
        begun = [mail for mail in outgoing if mail.attempt_id in allowed and mail.account]
        ended = [mail for mail, _ in settled if mail.account]
        if self._mark and (begun or ended):
            self._mark.note_stored((begun or ended)[-1].attempt_id, ended=not begun)
        for entry in entries:
            entry.written.set_result(entry.claimed.attempt_id in allowed)

    def _fail(self, entry: _Entry, fault: Exception) -> None:
        entry.written.set_exception(fault)
        if entry.keep_until:  # Nobody else will report it.
            log.error("mail %d: its outcome is lost: %s", entry.claimed.mail_id, cause(fault))
