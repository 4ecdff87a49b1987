"""A look into a mailbox: what is new since the last one, and what follows from it."""

import logging
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from imap_tools import BaseMailBox
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.destinations import ANYWHERE, Reach
from shared.errors import MailboxTrouble, SettingRefused
from shared.mail.accounts import health, looks
from shared.mail.bounces.decision import Decision, decide
from shared.mail.bounces.imap import ImapMailbox, ImapServer, SignIn
from shared.mail.bounces.mailbox import EXCHANGE_ONLINE
from shared.mail.bounces.report_reader import ReportReader
from shared.mail.bounces.settling import faults_of_the_sender, settle_reports
from shared.mail.transport.protocol import Inbox
from shared.mail.transport.quoted_addresses import for_logs, without_addresses
from shared.mail.transport.watchdog import watchdog
from shared.storage.database import Database, database_time
from shared.storage.models import BounceMailbox, SendingAccount
from shared.storage.sealing.passwords import open_mailbox_password
from shared.storage.sealing.tokens import Seal

log = logging.getLogger(__name__)

# How far back to read a mailbox that was never read, or whose UIDs are new.
_FIRST_LOOK = timedelta(days=14)
# Two mails that arrive at once may be filed the other way round.
_LATE = timedelta(minutes=2)
# Even if each of them takes as long as it may, a look ends behind some.
_HEADERS_AT_ONCE, _MAILS_AT_ONCE = 50, 25
# For a whole look: a server that answers a byte at a time begins each wait anew.
_LONGEST_LOOK_SECONDS = 600.0
# After a failure the next look is later: servers lock accounts with too many failed sign-ins.
AFTER_TROUBLE = timedelta(hours=1)
_Item = TypeVar("_Item")
# The headers of some mails, by what the mailbox calls each, and how far it is read with them.
_Batch = tuple[Mapping[Any, bytes], Mapping[str, Any]]


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


def look(
    database: Database,
    seal: Seal,
    mailbox: BounceMailbox,
    reach: Reach,
    sign_in: SignIn | None = None,
) -> int:
    """Read what is new in a mailbox; returns how many reports about our mails there were.

    Without `sign_in` it signs in with the stored password. Failures are stored with the mailbox,
    for its screen, and delay the next look. `reach` is the organizers'.
    """
    opened = imap_mailbox(seal, mailbox, reach, sign_in)

    def batches() -> Generator[_Batch]:
        with opened:
            validity = opened.open(mailbox.folder, to_move=bool(mailbox.move_to))
            is_known = mailbox.uid_validity == validity and mailbox.last_uid > 0
            since = None if is_known else (_now(database) - _FIRST_LOOK).date()
            uids = opened.uids(mailbox.last_uid if is_known else 0, since)
            for some in _chunks(uids, _HEADERS_AT_ONCE):
                read = {"uid_validity": validity, "last_uid": some[-1]}
                yield opened.headers(some), read

    return _Look(database, seal, mailbox, opened, mailbox.host == EXCHANGE_ONLINE).through(
        batches()
    )


def look_into_inbox(database: Database, seal: Seal, mailbox: BounceMailbox, opened: Inbox) -> int:
    """Read what is new in the account's own inbox, which is closed afterwards."""

    def batches() -> Generator[_Batch]:
        with closing(opened):
            first = _now(database) - _FIRST_LOOK
            since = mailbox.read_until - _LATE if mailbox.read_until else first
            for page in filter(None, opened.pages(since)):
                headers = {mail.id: mail.headers for mail in page}
                yield headers, {"read_until": page[-1].received_at}

    return _Look(database, seal, mailbox, opened, opened.at_exchange).through(batches())


def imap_mailbox(
    seal: Seal, mailbox: BounceMailbox, reach: Reach, sign_in: SignIn | None = None
) -> ImapMailbox:
    """The mailbox, opened over IMAP."""
    may_reach = ANYWHERE if mailbox.host_by_owner else reach
    server = ImapServer(mailbox.host, mailbox.port, mailbox.security, may_reach)

    def with_password(box: BaseMailBox) -> None:
        password = open_mailbox_password(seal, mailbox)
        is_plain = mailbox.username.isascii() and password.isascii()
        (box.login if is_plain else box.login_utf8)(mailbox.username, password, None)

    return ImapMailbox(server, sign_in or with_password)


def _now(database: Database) -> datetime:
    with database.reading() as session:
        return database_time(session)


@dataclass(frozen=True)
class _Look:
    database: Database
    seal: Seal
    mailbox: BounceMailbox
    opened: ImapMailbox | Inbox
    at_exchange: bool

    def through(self, batches: Generator[_Batch]) -> int:
        """How many reports there were; those before a failure count, too."""
        trouble, found, began = "", 0, _now(self.database)
        with ReportReader() as reader, watchdog().watching(self.opened, _LONGEST_LOOK_SECONDS):
            try:
                with closing(batches):
                    for headers, read in batches:
                        decisions = self._decisions(reader, headers)
                        found += self._settle(decisions.values(), read)
                        if self.mailbox.move_to and isinstance(self.opened, ImapMailbox):
                            about_ours = [one for one, made in decisions.items() if made.mail_id]
                            self.opened.move(about_ours, self.mailbox.move_to)
            except (MailboxTrouble, SettingRefused) as fault:
                trouble = str(fault.details["reason"])
        if reader.unreadable:
            told = "mailbox %d: %d mails were passed over: no report takes as long to read"
            log.warning(told, self.mailbox.id, reader.unreadable)
        note_look(self.database, self.mailbox, trouble, began)
        return found

    def _decisions(self, reader: ReportReader, headers: Mapping[Any, bytes]) -> dict[Any, Decision]:
        """One decision per mail fetched whole; for the others, the headers suffice."""
        wanted = [one for one, said in headers.items() if reader.may_be_report(said)]
        decided: dict[Any, Decision] = {}
        for some in _chunks(wanted, _MAILS_AT_ONCE):
            contents = self.opened.beginnings(some).items()
            reports = {one: reader.report(content) for one, content in contents}
            who, here = self.mailbox.account_id, self.at_exchange
            with self.database.reading() as session:
                now = database_time(session)
                for one, said in reports.items():
                    decided[one] = decide(session, self.seal, said, now, who, at_exchange=here)
        return decided

    def _settle(self, decisions: Iterable[Decision], read: Mapping[str, Any]) -> int:
        """Store the consequences, and how far the mailbox was read, in one short turn."""
        mailbox = self.mailbox
        with self.database.writing() as session:
            found = settle_reports(session, self.seal, decisions)
            as_it_was = [
                BounceMailbox.id == mailbox.id,
                BounceMailbox.host == mailbox.host,
                BounceMailbox.username == mailbox.username,
                BounceMailbox.folder == mailbox.folder,
            ]
            session.execute(update(BounceMailbox).where(*as_it_was).values(**read))
        return found


def note_trouble(database: Database, mailbox: BounceMailbox, trouble: MailboxTrouble) -> None:
    """Store that a look into `mailbox` could not begin."""
    note_look(database, mailbox, str(trouble.details["reason"]), _now(database))


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


def _chunks(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[at : at + size] for at in range(0, len(items), size))
