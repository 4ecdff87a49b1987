"""The thread of a worker that reads the mailboxes for returned mail."""

import logging
import threading
from datetime import timedelta

from shared.errors import MailboxTrouble
from shared.events.installation import Installation
from shared.mail.bounces.looking import (
    claim_due,
    is_due,
    look,
    look_into_inbox,
    note_trouble,
)
from shared.mail.bounces.retrieval import own_inbox, sign_in_by_token
from shared.storage.database import DATABASE_AWAY, note_fault
from shared.storage.models import BounceMailbox

log = logging.getLogger(__name__)

# How long it sleeps when no look is due.
_POLL_SECONDS = 5.0


class MailboxReader(threading.Thread):
    """Ends after `stop` is set, without waiting for a look under way."""

    def __init__(self, installation: Installation, stop: threading.Event) -> None:
        # A daemon: after an interruption, reading again changes nothing.
        super().__init__(daemon=True, name="read-mailboxes")
        self._installation = installation
        self._stop_asked = stop
        self._every = timedelta(seconds=installation.settings.mailbox_interval)

    def run(self) -> None:
        pause = min(_POLL_SECONDS, self._every.total_seconds())
        while not self._stop_asked.wait(pause):
            try:
                while self._look() and not self._stop_asked.is_set():
                    pass
            except DATABASE_AWAY as fault:
                note_fault(fault)
            except Exception:
                # A defect: it must be seen, and the other mailboxes are still to be read.
                log.exception("a mailbox could not be read")

    def _look(self) -> bool:
        """Whether a look was due."""
        database = self._installation.database
        with database.reading() as session:
            if not is_due(session):
                return False
        with database.writing() as session:
            mailbox = claim_due(session, self._every)
        if mailbox is None:
            return False
        found = self._read(mailbox)
        log.info("mailbox %d: %d reports about mails of ours", mailbox.id, found)
        return True

    def _read(self, mailbox: BounceMailbox) -> int:
        installation = self._installation
        try:
            inbox = own_inbox(installation, mailbox)
        except MailboxTrouble as fault:
            note_trouble(installation.database, mailbox, fault)
            return 0
        if inbox:
            return look_into_inbox(installation.database, installation.seal, mailbox, inbox)
        reach = installation.settings.organizers_reach
        sign_in = sign_in_by_token(installation, mailbox)
        return look(installation.database, installation.seal, mailbox, reach, sign_in)
