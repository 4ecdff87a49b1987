"""What the slots of one worker store about their mails, several in one transaction.

A commit costs as much processor and disk as the rest of a mail, whether for one mail or many: while
one slot commits for all that came before, the others add their entries for the next commit.
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
from shared.mail.transport.protocol import Outcome
from shared.storage.database import DATABASE_AWAY, Database, cause
from shared.worker.mark import Mark

log = logging.getLogger(__name__)

# How long an outcome waits for the next mail: a process killed in the meantime loses it.
_LONGEST_WAIT_SECONDS = 0.02


@dataclass(eq=False)
class _Entry:
    """An entry of one slot; `outcome` is None before the mail is handed over.

    Until `keep_until` it is retried; None for entries that a slot waits for. `written` then says
    whether the mail may go out.
    """

    claimed: Claimed
    outcome: Outcome | None
    # When it came (monotonic, like the next).
    since: float = field(default_factory=time.monotonic)
    keep_until: float | None = None
    written: Future[bool] = field(default_factory=Future)


class Batcher:
    """Shared by all slots of a worker."""

    def __init__(
        self,
        database: Database,
        lease: timedelta,
        lease_of_content: timedelta | None = None,
        mark: Mark | None = None,
    ) -> None:
        """`lease_of_content` is for mails whose content goes out; by default it is as long as that
        of the claim. What is committed is noted in `mark`."""
        self._database = database
        self._lease_of_content = lease_of_content or lease
        # Shortly before the lease ends the mail may belong to another worker.
        self.patience = 0.8 * lease.total_seconds()
        self._committing = threading.Lock()
        self._waiting: deque[_Entry] = deque()
        self._mark = mark

    def begin_hand_over(self, claimed: Claimed) -> bool:
        """Whether this mail may go out now, see `settle.begin_hand_overs`; committed by then.

        Everything that this slot knows is committed with it, so a kill leaves at most one open
        outcome.
        """
        return self._written(_Entry(claimed, None))

    def settle(self, claimed: Claimed, outcome: Outcome) -> None:
        """Store an outcome for which the slot has to wait, see `settle.settle`."""
        self._written(_Entry(claimed, outcome))

    def settle_soon(self, claimed: Claimed, outcome: Outcome) -> None:
        """Have an outcome stored with the next mail that goes out, or by `write_overdue`.

        With a separate commit for each outcome a mail takes 3.0 ms instead of 2.3 (`make bench`:
        processor's time per invitation). It does not raise if the database is unreachable, but
        retries.
        """
        now = time.monotonic()
        self._waiting.append(_Entry(claimed, outcome, now, now + self.patience))

    def write_overdue(self) -> None:
        """Write everything waiting, once some of it has waited so long that no mail follows."""
        with suppress(IndexError):
            if time.monotonic() - self._waiting[0].since > _LONGEST_WAIT_SECONDS:
                self.write_waiting()

    def write_waiting(self) -> None:
        """Write entries that nobody waits for; those that cannot be written now stay."""
        with self._committing:
            self._commit_or_separate(self._take_waiting())

    def _written(self, entry: _Entry) -> bool:
        self._waiting.append(entry)
        with self._committing:
            if not entry.written.done():
                self._commit_or_separate(self._take_waiting())
        return entry.written.result()

    def _take_waiting(self) -> list[_Entry]:
        # The slots add theirs meanwhile.
        return [self._waiting.popleft() for _ in range(len(self._waiting))]

    def _commit_or_separate(self, entries: list[_Entry]) -> None:
        """One transaction; after a defect one each, so that it affects only its own mail."""
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
            settle.settle(session, settled)
            session.flush()
            allowed = settle.begin_hand_overs(session, outgoing, self._lease_of_content)
        # What went to a rehearsal is forgotten with it, and nobody could get it twice.
        begun = [one for one in outgoing if one.attempt_id in allowed and one.account]
        ended = [one for one, _ in settled if one.account]
        if self._mark and (begun or ended):
            self._mark.note_stored((begun or ended)[-1].attempt_id, ended=not begun)
        for entry in entries:
            entry.written.set_result(entry.claimed.attempt_id in allowed)

    def _fail(self, entry: _Entry, fault: Exception) -> None:
        entry.written.set_exception(fault)
        if entry.keep_until:  # Nobody else will report it.
            log.error("mail %d: its outcome is lost: %s", entry.claimed.mail_id, cause(fault))
