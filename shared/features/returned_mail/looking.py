"""A look into the mailbox that reports come to: what is new since the last one, and what follows
from it; and a mail of ours, taken back from there."""

import logging
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.errors import (
    AccountChanged,
    MailboxAway,
    MailboxTrouble,
    ProductError,
    SettingRefused,
)
from shared.events.installation import Installation
from shared.features.returned_mail.decision import Decision, decide
from shared.features.returned_mail.imap import ImapInbox
from shared.features.returned_mail.models import BounceMailbox, BounceWebhook
from shared.features.returned_mail.report_reader import ReportReader
from shared.features.returned_mail.settling import settle_reports
from shared.mail.accounts import health, recent_mails
from shared.mail.accounts.credentials import opened_account
from shared.mail.transport.answers import for_logs, without_addresses
from shared.mail.transport.protocol import Inbox
from shared.mail.transport.transports import kind_of
from shared.mail.transport.watchdog import watchdog
from shared.settings import settings
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Mail, SendingAccount

log = logging.getLogger(__name__)

# How far back to read a mailbox that was never read, or whose UIDs are new.
_FIRST_LOOK = timedelta(days=14)
# Even if each of them takes as long as it may, a look ends behind some.
_MAILS_AT_ONCE = 25
# For a whole look: a server that answers a byte at a time begins each wait anew.
_LONGEST_LOOK_SECONDS = 600.0
# When somebody looks again after what a person has to mend: servers lock accounts with too many
# failed sign-ins.
_AFTER_TROUBLE = timedelta(hours=1)
# After the first, second … failure that passes: 1, 2, 4 … minutes, and at last this many.
_LONGEST_PAUSE = 64
# For each answer of a service that keeps an inbox.
_SECONDS = 30.0


def is_due(session: Session) -> bool:
    """Return whether `claim_due` would find one, without taking the writers' lock."""
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
    """Read what is new in a mailbox; return how many reports about our mails there were.

    Failures are stored with the mailbox, for its screen; what was found before one counts.
    """
    with installation.database.reading() as session:
        began = database_time(session)
    trouble: ProductError | None = None
    found = 0
    with ReportReader() as reader:
        try:
            inbox = opened(installation, mailbox)
            # Until it is closed, for which a server is asked as well.
            with watchdog().watching(inbox, _LONGEST_LOOK_SECONDS), closing(inbox):
                for headers, read in inbox.batches(began - _FIRST_LOOK, mailbox.read_until):
                    decisions = _decisions(installation, mailbox, inbox, reader, headers)
                    found += _settle(installation, mailbox, decisions.values(), read)
                    inbox.put_away([name for name, made in decisions.items() if made.mail_id])
        except (MailboxTrouble, SettingRefused) as fault:
            trouble = fault
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
    """Return one decision per mail fetched whole; for the others, the headers suffice."""
    wanted = [name for name, said in headers.items() if reader.may_be_report(said)]
    decided: dict[Any, Decision] = {}
    for at in range(0, len(wanted), _MAILS_AT_ONCE):
        contents = inbox.beginnings(wanted[at : at + _MAILS_AT_ONCE]).items()
        reports = {name: reader.report(content) for name, content in contents}
        who, here = mailbox.account_id, inbox.at_exchange
        with installation.database.reading() as session:
            now, seal = database_time(session), installation.seal
            for name, said in reports.items():
                decided[name] = decide(session, seal, said, now, who, at_exchange=here)
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


def note_look(
    database: Database, mailbox: BounceMailbox, trouble: ProductError | None, began: datetime
) -> None:
    """Store how a look into `mailbox` ended that began then, and what it says about its account."""
    said = str(trouble.details["reason"]) if trouble else ""
    with database.writing() as session:
        row = session.get(BounceMailbox, mailbox.id, with_for_update=True)
        if row is None or _entered(row) != _entered(mailbox):
            return  # What was entered in the meantime is still to be read.
        now = database_time(session)
        row.trouble = without_addresses(said, [row.username])
        if trouble is None:
            row.looked_at, row.failed_looks = now, 0
        elif isinstance(trouble, MailboxAway):
            row.failed_looks += 1
            minutes = min(2 ** (row.failed_looks - 1), _LONGEST_PAUSE)
            row.next_look_at = now + timedelta(minutes=minutes)
        else:
            row.failed_looks, row.next_look_at = 0, now + _AFTER_TROUBLE
    if trouble:
        log.warning("mailbox %d of account %d: %s", mailbox.id, mailbox.account_id, for_logs(said))
    else:
        judge_returned(database, mailbox.account_id, began)


def judge_returned(database: Database, account_id: int, began: datetime) -> None:
    """Let an account stop, or leave faster or slower, after what was known then of returned mail,
    however it came. Call when its reports are stored."""
    with database.reading() as session:
        account = session.get(SendingAccount, account_id)
        if account is None:
            return
        seen = recent_mails.judged(session, account, began)
    with database.writing() as session:
        locked = session.get(SendingAccount, account_id, with_for_update={"key_share": True})
        if locked is not None:
            health.judge_mails(session, locked, seen, began)


def judge_told(database: Database) -> None:
    """Judge accounts whose mails wait for news, and that have no mailbox: a webhook tells of what
    comes back, and nothing of what does not."""
    told = select(BounceWebhook.account_id).join(
        SendingAccount, SendingAccount.id == BounceWebhook.account_id
    )
    looked_into = select(BounceMailbox.account_id)
    waiting = [SendingAccount.tokens < 1, BounceWebhook.heard_at.is_not(None)]
    with database.reading() as session:
        now = database_time(session)
        ids = session.scalars(told.where(*waiting, SendingAccount.id.not_in(looked_into))).all()
    for account_id in ids:
        judge_returned(database, account_id, now)


def bring_back(session: Session) -> None:
    """Look again as soon as after any failure, not when a time comes that the clock had before."""
    latest = database_time(session) + max(
        timedelta(seconds=settings().mailbox_interval), _AFTER_TROUBLE
    )
    for mailbox in session.scalars(select(BounceMailbox).order_by(BounceMailbox.id)):
        mailbox.next_look_at = min(mailbox.next_look_at, latest)


def _entered(row: BounceMailbox) -> tuple[object, ...]:
    place = (row.way, row.host, row.port, row.security)
    return (*place, row.username, row.sealed_password, row.folder, row.move_to)


def opened(installation: Installation, mailbox: BounceMailbox) -> Inbox:
    """Return what `mailbox` stands for, to be closed at the end: one that an organizer entered, or
    the inbox of the account. Raises MailboxTrouble if the account is gone by now."""
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
    """Return the source of a sent mail up to `most` bytes, as it arrived; None if it is not there.

    Asks the mail server: some seconds. Raises MailboxTrouble.
    """
    with closing(opened(installation, mailbox)) as inbox:
        return inbox.source(mail.message_id, mail.created_at, most)
