"""The chores of returned mail in each worker, besides sending."""

import logging
import threading
from collections.abc import Mapping
from datetime import timedelta

from shared.events.installation import Installation
from shared.features.returned_mail import looking, own_mailbox
from shared.worker.upkeep import Chore

log = logging.getLogger(__name__)


def chores(stop: threading.Event) -> Mapping[str, Chore]:
    """Return the chores, which go on until `stop` is set: mail servers may take their time."""
    return {
        "mailboxes": lambda one: _read_mailboxes(one, stop),
        "webhooks": lambda one: looking.judge_told(one.database),
    }


def _read_mailboxes(installation: Installation, stop: threading.Event) -> None:
    """Read the mailboxes for returned mail whose look is due, accounts' own ones from when their
    password was accepted. After an interruption, reading again changes nothing."""
    own_mailbox.read_due(installation)
    database = installation.database
    every = timedelta(seconds=installation.settings.mailbox_interval)
    while not stop.is_set():
        with database.reading() as session:
            if not looking.is_due(session):
                return
        with database.writing() as session:
            mailbox = looking.claim_due(session, every)
        if mailbox is None:
            return
        found = looking.look(installation, mailbox)
        log.info("mailbox %d: %d reports about mails of ours", mailbox.id, found)
