"""What a look at returned mail says about an account.

Many servers accept every address and report only later, in a mail, that nobody has it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from shared.mail.accounts import bucket
from shared.mail.accounts.sharing import attempts_of, attempts_since_looked
from shared.mail.accounts.speed import Left
from shared.mail.transport.verdicts import ONLY_ASCII
from shared.settings import settings
from shared.storage.database import database_time
from shared.storage.models import (
    Attempt,
    BounceMailbox,
    BounceReport,
    Event,
    Mail,
    SendingAccount,
    Verdict,
)

# How many mails are judged: what leaves between two looks, and what a stretch within it began with.
_MOST_JUDGED = 3250
# Of `mail.bounces.recipient.BounceVerdict`: nobody has the address.
_HARD = "hard"
# And: it arrived, and its reader complained of it.
_COMPLAINED = "complained"
# Large providers judge senders by how many of their last readers complained.
COMPLAINTS_AMONG = 1000


@dataclass(frozen=True)
class Seen:
    """What is known when a look has ended, about mails that left before it began: their ids, the
    newest first, and of each when it left and since when it is known that nobody has its address;
    `refused_mail` is the newest of those."""

    ids: list[int]
    mails: list[Left]
    refused_mail: int | None

    @property
    def refused(self) -> list[bool]:
        return [one.bad_at is not None for one in self.mails]


def reports_come_within() -> timedelta:
    return timedelta(seconds=settings().reports_within)


def expect(mailbox: BounceMailbox | None, now: datetime) -> None:
    """Nothing more leaves without news: look as soon as it can be there."""
    if mailbox is not None and not mailbox.failed_looks:
        mailbox.next_look_at = min(mailbox.next_look_at, now + reports_come_within())


def expect_strangers(session: Session, event: Event) -> None:
    """People were added to the event, whose addresses nobody knows yet."""
    account = event.account
    if account is not None and not account.vouched:
        session.refresh(account, with_for_update={"key_share": True})
        bucket.heed(session, account, database_time(session), afresh=True)


def seen(session: Session, account: SendingAccount, began: datetime) -> Seen:
    """What a look that began then has shown; call when its reports are stored."""
    reported_at = (
        select(func.max(BounceReport.found_at))
        .where(
            BounceReport.mail_id == Attempt.mail_id,
            BounceReport.verdict == _HARD,
            BounceReport.counts,
            BounceReport.address == Attempt.address,
        )
        .scalar_subquery()
    )
    refused_at = case((Attempt.verdict == Verdict.REJECTED, Attempt.ended_at), else_=reported_at)
    judged = (
        select(Attempt.mail_id, Attempt.at, refused_at)
        .where(
            attempts_since_looked(account),
            Attempt.verdict.in_([Verdict.SENT, Verdict.REJECTED]),
            # No server was asked about these addresses.
            Attempt.answer != ONLY_ASCII,
            Attempt.at < began,
        )
        .order_by(Attempt.at.desc())
        .limit(_MOST_JUDGED)
    )
    rows = session.execute(judged).all()
    return Seen(
        ids=[mail for mail, _, _ in rows],
        mails=[Left(at, bad_at) for _, at, bad_at in rows],
        refused_mail=next((mail for mail, _, bad_at in rows if bad_at), None),
    )


def said_of(session: Session, mail_id: int | None) -> tuple[int | None, str]:
    """The code and the words with which a mail's address was refused: those of the report, since it
    may have been sent again by now."""
    reports = select(BounceReport.code, BounceReport.answer).where(
        BounceReport.mail_id == mail_id, BounceReport.verdict == _HARD, BounceReport.counts
    )
    if report := session.execute(reports.order_by(BounceReport.id.desc()).limit(1)).first():
        return report.code, report.answer
    mail = session.get(Mail, mail_id)
    return (mail.code, mail.answer) if mail else (None, "")


def complaints(session: Session, account: SendingAccount) -> tuple[int, int, datetime | None]:
    """How many of the account's last thousand mails were complained of, how many those are, since a
    person looked, and when the last complaint came."""
    complained_at = (
        select(func.max(BounceReport.found_at))
        .where(
            BounceReport.mail_id == Attempt.mail_id,
            BounceReport.verdict == _COMPLAINED,
            BounceReport.counts,
        )
        .scalar_subquery()
    )
    is_sent = Attempt.verdict == Verdict.SENT
    sent = select(complained_at.label("at")).where(attempts_since_looked(account), is_sent)
    last = sent.order_by(Attempt.at.desc()).limit(COMPLAINTS_AMONG).subquery()
    counted = select(func.count(last.c.at), func.count(), func.max(last.c.at)).select_from(last)
    of_them, total, newest = session.execute(counted).one()
    return of_them, total, newest


def last_left(session: Session, account: SendingAccount) -> datetime | None:
    """When the account's last mail left that a server accepted."""
    left = select(Attempt.at).where(attempts_of(account), Attempt.verdict == Verdict.SENT)
    return session.scalar(left.order_by(Attempt.at.desc()).limit(1))


def was_looked_since(session: Session, account: SendingAccount) -> bool | None:
    """Whether the mailbox was looked at since the last mail left; None if none is read."""
    mailbox, left = account.mailbox, last_left(session, account)
    if mailbox is None or left is None:
        return None
    return mailbox.looked_at is not None and mailbox.looked_at > left
