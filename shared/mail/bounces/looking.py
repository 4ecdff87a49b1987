"""A look into the mailbox that reports come to: what is new since the last one, and what follows
from it; and a mail of ours, taken back from there."""

import logging
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.errors import AccountChanged, MailboxTrouble, SettingRefused
from shared.events.installation import Installation
from shared.mail.accounts import health, looks
from shared.mail.accounts.credentials import opened_account
from shared.mail.bounces.decision import Decision, decide
from shared.mail.bounces.imap import ImapInbox
from shared.mail.bounces.report_reader import ReportReader
from shared.mail.bounces.settling import faults_of_the_sender, settle_reports
from shared.mail.transport.answers import for_logs, without_addresses
from shared.mail.transport.protocol import Inbox
from shared.mail.transport.transports import kind_of
from shared.mail.transport.watchdog import watchdog
from shared.storage.database import Database, database_time
from shared.storage.models import BounceMailbox, Mail, SendingAccount

log = logging.getLogger(__name__)

# How far back to read a mailbox that was never read, or whose UIDs are new.
_FIRST_LOOK = timedelta(days=14)
# Even if each of them takes as long as it may, a look ends behind some.
_MAILS_AT_ONCE = 25
# For a whole look: a server that answers a byte at a time begins each wait anew.
_LONGEST_LOOK_SECONDS = 600.0
# After a failure the next look is later: servers lock accounts with too many failed sign-ins.
AFTER_TROUBLE = timedelta(hours=1)
# For each answer of a service that keeps an inbox.
_SECONDS = 30.0


def is_due(session: Session) -> bool:
    """Whether `claim_due` would find one, without taking the writers' lock."""
    due = select(BounceMailbox.id).where(BounceMailbox.next_look_at <= database_time(session))
    return session.scalar(due.limit(1)) is not None


def claim_due(session: Session, every: timedelta) -> BounceMailbox | None:
    """Claim a mailbox whose look is due; its next look is `every` from now."""
    now = database_time(session)
    due = select(BounceMailbox).where(BounceMailbox.next_look_at <= now)
    first = due.order_by(BounceMailbox.next_look_at).limit(1).with_for_update(skip_locked=True)
    mailbox = session.scalar(first)
    if mailbox is not None:
        mailbox.next_look_at = now + every
    return mailbox


def look(installation: Installation, mailbox: BounceMailbox) -> int:
    """Read what is new in a mailbox; returns how many reports about our mails there were.

    Failures are stored with the mailbox, for its screen, and delay the next look; what was found
    before one counts.
    """
    with installation.database.reading() as session:
        began = database_time(session)
    trouble, found = "", 0
    with ReportReader() as reader:
        try:
            inbox = opened(installation, mailbox)
            # Until it is closed, for which a server is asked as well.
            with watchdog().watching(inbox, _LONGEST_LOOK_SECONDS), closing(inbox):
                for headers, read in inbox.batches(mailbox, began - _FIRST_LOOK):
                    decisions = _decisions(installation, mailbox, inbox, reader, headers)
                    found += _settle(installation, mailbox, decisions.values(), read)
                    inbox.put_away([one for one, made in decisions.items() if made.mail_id])
        except (MailboxTrouble, SettingRefused) as fault:
            trouble = str(fault.details["reason"])
    if reader.unreadable:
        told = "mailbox %d: %d mails were passed over: no report takes as long to read"
        log.warning(told, mailbox.id, reader.unreadable)
    note_look(installation.database, mailbox, trouble, began)
    return found


def _decisions(
    installation: Installation,
    mailbox: BounceMailbox,
    inbox: Inbox,
    reader: ReportReader,
    headers: Mapping[Any, bytes],
) -> dict[Any, Decision]:
    """One decision per mail fetched whole; for the others, the headers suffice."""
    wanted = [one for one, said in headers.items() if reader.may_be_report(said)]
    decided: dict[Any, Decision] = {}
    for at in range(0, len(wanted), _MAILS_AT_ONCE):
        contents = inbox.beginnings(wanted[at : at + _MAILS_AT_ONCE]).items()
        reports = {one: reader.report(content) for one, content in contents}
        who, here = mailbox.account_id, inbox.at_exchange
        with installation.database.reading() as session:
            now, seal = database_time(session), installation.seal
            for one, said in reports.items():
                decided[one] = decide(session, seal, said, now, who, at_exchange=here)
    return decided


def _settle(
    installation: Installation,
    mailbox: BounceMailbox,
    decisions: Iterable[Decision],
    read: Mapping[str, Any],
) -> int:
    """Store the consequences, and how far the mailbox was read, in one short turn."""
    with installation.database.writing() as session:
        found = settle_reports(session, installation.seal, decisions)
        as_it_was = [
            getattr(BounceMailbox, name) == getattr(mailbox, name)
            for name in ("id", "host", "username", "folder")
        ]
        session.execute(update(BounceMailbox).where(*as_it_was).values(**read))
    return found


def note_look(database: Database, mailbox: BounceMailbox, trouble: str, began: datetime) -> None:
    """Store how a look into `mailbox` ended that began then, and what it says about its account."""
    with database.reading() as session:
        sender = session.get(SendingAccount, mailbox.account_id)
        seen = looks.seen(session, sender, began) if sender and not trouble else None
        faults = faults_of_the_sender(session, seen.mails) if seen else []
    with database.writing() as session:
        # The account before its mailbox, as in a claim, so that the two never deadlock.
        account = session.get(
            SendingAccount, mailbox.account_id, with_for_update={"key_share": True}
        )
        row = session.get(BounceMailbox, mailbox.id, with_for_update=True)
        if row is None or _entered(row) != _entered(mailbox):
            return  # What was entered in the meantime is still to be read.
        now = database_time(session)
        row.looked_at, row.trouble = now, without_addresses(trouble, [row.username])
        if trouble:
            told = "mailbox %d of account %s: %s"
            log.warning(told, row.id, row.account_id, for_logs(trouble))
            row.next_look_at = max(row.next_look_at, now + AFTER_TROUBLE)
        elif account and seen:
            health.note_look(session, account, row, seen, began, faults)


def _entered(row: BounceMailbox) -> tuple[object, ...]:
    place = (row.way, row.host, row.port, row.security)
    return (*place, row.username, row.sealed_password, row.folder, row.move_to)


def opened(installation: Installation, mailbox: BounceMailbox) -> Inbox:
    """What `mailbox` stands for, to be closed at the end: one that an organizer entered, or the
    inbox of the account. Raises MailboxTrouble if the account is gone by now."""
    opens = kind_of(mailbox.way).inbox
    if opens is None:
        return ImapInbox(installation, mailbox)
    with installation.database.reading() as session:
        row = session.get(SendingAccount, mailbox.account_id)
    try:
        if row is None:
            raise AccountChanged
        return opens(opened_account(installation, row, "", _SECONDS))
    except (AccountChanged, SettingRefused) as refusal:
        raise MailboxTrouble(reason=refusal.details.get("reason", refusal.message)) from None


def source_of(
    installation: Installation, mailbox: BounceMailbox, mail: Mail, most: int
) -> bytes | None:
    """The source of a sent mail up to `most` bytes, as it arrived; None if it is not there.

    Asks the mail server: some seconds. Raises MailboxTrouble.
    """
    with closing(opened(installation, mailbox)) as inbox:
        return inbox.source(mail.message_id, mail.created_at, most)
