"""A look into a mailbox: what is new in it since the last one, and what follows from that."""

import logging
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from imap_tools import BaseMailBox
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from shared.destinations import ANYWHERE, Reach
from shared.errors import MailboxTrouble, SettingRefused
from shared.mail.bounces.decision import Decision, decide_on
from shared.mail.bounces.imap import ImapMailbox, ImapServer, SignIn
from shared.mail.bounces.report import Report, may_be_report, read_report
from shared.mail.bounces.settling import settle_reports
from shared.mail.transport.quoted_addresses import without_addresses
from shared.storage.database import Database, database_time
from shared.storage.models import BounceMailbox
from shared.storage.sealing.passwords import open_mailbox_password
from shared.storage.sealing.tokens import Seal

log = logging.getLogger(__name__)

# Of a mailbox that was never read, or whose numbers are new, what is not older than this.
_FIRST_LOOK = timedelta(days=14)
_HEADERS_AT_ONCE, _MAILS_AT_ONCE = 200, 25
# After trouble the next look is later: servers lock accounts that fail to sign in too often.
_AFTER_TROUBLE = timedelta(hours=1)
_Item = TypeVar("_Item")


def is_due(session: Session) -> bool:
    """Whether `claim_due` would find one, without the right to write."""
    due = select(BounceMailbox.id).where(BounceMailbox.next_look_at <= database_time(session))
    return session.scalar(due.limit(1)) is not None


def claim_due(session: Session, every: timedelta) -> BounceMailbox | None:
    """A mailbox whose look is due; the next one of others is `every` from now."""
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
    """Read what is new in a mailbox; how many reports about our mails there were.

    Without `sign_in` it signs in with the stored password. Trouble is stored with the mailbox, for
    its screen; the next look is later then. `reach` is the organizers'.
    """
    server = ImapServer(
        mailbox.host,
        mailbox.port,
        mailbox.security,
        ANYWHERE if mailbox.host_by_owner else reach,
    )
    trouble, found = "", 0
    try:
        with ImapMailbox(server, sign_in or _with_password(seal, mailbox)) as opened:
            found = _read_new(database, mailbox, opened)
    except (MailboxTrouble, SettingRefused) as fault:
        trouble = str(fault.details["reason"])
        log.warning("mailbox %d: %s", mailbox.id, trouble)
    _note_look(database, mailbox, trouble)
    return found


def _with_password(seal: Seal, mailbox: BounceMailbox) -> SignIn:
    password = open_mailbox_password(seal, mailbox)

    def sign_in(box: BaseMailBox) -> None:
        is_plain = mailbox.username.isascii() and password.isascii()
        (box.login if is_plain else box.login_utf8)(mailbox.username, password, None)

    return sign_in


def _read_new(database: Database, mailbox: BounceMailbox, opened: ImapMailbox) -> int:
    validity = opened.open(mailbox.folder, to_move=bool(mailbox.move_to))
    is_known = mailbox.uid_validity == validity and mailbox.last_uid > 0
    with database.reading() as session:
        now = database_time(session)
    since = None if is_known else (now - _FIRST_LOOK).date()
    uids = opened.uids(mailbox.last_uid if is_known else 0, since)
    found = 0
    for some in _chunks(uids, _HEADERS_AT_ONCE):
        decisions = dict(_decisions(database, mailbox, opened, some, now))
        found += _settle(database, mailbox, list(decisions.values()), (validity, some[-1]))
        if mailbox.move_to:
            about_ours = [uid for uid, decision in decisions.items() if decision.mail_id]
            opened.move(about_ours, mailbox.move_to)
    return found


def _decisions(
    database: Database,
    mailbox: BounceMailbox,
    opened: ImapMailbox,
    uids: Sequence[int],
    now: datetime,
) -> Iterator[tuple[int, Decision]]:
    """What each report among these mails means; of the others only the headers are fetched."""
    headers = opened.headers(uids)
    wanted = [uid for uid in uids if may_be_report(headers.get(uid, b""))]
    for some in _chunks(wanted, _MAILS_AT_ONCE):
        reports = {uid: _read(content) for uid, content in opened.beginnings(some).items()}
        with database.reading() as session:
            for uid, report in reports.items():
                yield uid, decide_on(session, report, now, mailbox.account_id)


def _read(content: bytes) -> Report | str:
    try:
        return read_report(content)
    # Anybody may write to the mailbox: what nobody foresaw in a mail must not end the look.
    except Exception as fault:
        log.warning("a mail could not be read: %s", type(fault).__name__)
        return "It could not be read."


def _settle(
    database: Database,
    mailbox: BounceMailbox,
    decisions: Sequence[Decision],
    read: tuple[int, int],
) -> int:
    """What follows, and how far the mailbox was read, in one short turn."""
    with database.writing() as session:
        found = settle_reports(session, decisions)
        as_it_was = [
            BounceMailbox.id == mailbox.id,
            BounceMailbox.host == mailbox.host,
            BounceMailbox.username == mailbox.username,
            BounceMailbox.folder == mailbox.folder,
        ]
        values = {"uid_validity": read[0], "last_uid": read[1]}
        session.execute(update(BounceMailbox).where(*as_it_was).values(**values))
    return found


def _note_look(database: Database, mailbox: BounceMailbox, trouble: str) -> None:
    with database.writing() as session:
        row = session.get(BounceMailbox, mailbox.id, with_for_update=True)
        if row is None:
            return
        now = database_time(session)
        row.looked_at, row.trouble = now, without_addresses(trouble, [row.username])
        if trouble:
            row.next_look_at = max(row.next_look_at, now + _AFTER_TROUBLE)


def _chunks(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    return (items[at : at + size] for at in range(0, len(items), size))
