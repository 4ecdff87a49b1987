"""How many mails leave an account between two looks at its mailbox for returned mail.

Many servers accept every address and report only later, in a mail, that nobody has it. Where such
reports are read, a list of strangers leaves in batches, each twice as large as the one before, with
a look between them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, or_, select, update
from sqlalchemy.orm import Session

from shared.mail.accounts.sharing import attempts_of, attempts_since_looked
from shared.mail.transport.verdicts import ONLY_ASCII
from shared.settings import settings
from shared.storage.models import (
    Attempt,
    BounceMailbox,
    BounceReport,
    Event,
    SendingAccount,
    Verdict,
)

FIRST_BATCH, LARGEST_BATCH = 200, 3200
# How many mails are judged: a batch, and what a stretch within it began with.
_MOST_JUDGED = LARGEST_BATCH + 50
# Of `mail.bounces.recipient.BounceVerdict`: nobody has the address.
_HARD = "hard"
# And: it arrived, and its reader complained of it.
_COMPLAINED = "complained"
# Large providers judge senders by how many of their last readers complained.
COMPLAINTS_AMONG = 1000


@dataclass(frozen=True)
class Seen:
    """What is known when a look has ended, about mails that left before it began.

    `mails` are their ids, the newest first. `refused` says of each whether its address was refused,
    at once or in a report; `refused_mail` is the newest of those. `unsettled` is how many left too
    late for their reports to be there, `last_left` when the last mail of all left.
    """

    mails: list[int]
    refused: list[bool]
    refused_mail: int | None
    unsettled: int
    last_left: datetime | None


def _reports_come_within() -> timedelta:
    return timedelta(seconds=settings().reports_within)


def may_leave(mailbox: BounceMailbox | None, now: datetime) -> int | None:
    """How many mails may be claimed before the next look; None: any number."""
    if mailbox is None or mailbox.trouble or mailbox.may_leave is None:
        return None
    at = _goes_on_at(mailbox)
    return None if at and at <= now else max(0, mailbox.may_leave)


def waits_until(mailbox: BounceMailbox | None, now: datetime) -> datetime | None:
    """When an account that waits for a look goes on at the latest; None if it does not wait."""
    return _goes_on_at(mailbox) if mailbox and may_leave(mailbox, now) == 0 else None


def is_neglected(mailbox: BounceMailbox, now: datetime) -> bool:
    """Whether mails leave without a look, because one did not come in time."""
    return not mailbox.trouble and may_leave(mailbox, now) is None


def note_claimed(mailbox: BounceMailbox | None, count: int, now: datetime) -> None:
    """Count what was claimed; the last of a batch brings the next look forward. Call with the
    account's row locked."""
    if mailbox is None or mailbox.trouble or mailbox.may_leave is None:
        return
    if may_leave(mailbox, now) is None:
        mailbox.may_leave = mailbox.used_up_at = None
        return
    mailbox.may_leave -= count
    if mailbox.may_leave <= 0:
        mailbox.used_up_at = now
        mailbox.next_look_at = min(mailbox.next_look_at, now + _reports_come_within())


def expect_strangers(session: Session, event: Event) -> None:
    """People were added to the event, whose addresses nobody knows yet."""
    of_account = update(BounceMailbox).where(BounceMailbox.account_id == event.account_id)
    smaller = or_(BounceMailbox.may_leave.is_(None), BounceMailbox.may_leave > FIRST_BATCH)
    fewer = of_account.where(smaller).values(may_leave=FIRST_BATCH)
    for statement in (of_account.values(batch=FIRST_BATCH), fewer):
        session.execute(statement.execution_options(synchronize_session=False))


def start_over(mailbox: BounceMailbox) -> None:
    """The account was stopped, and begins with a small batch again."""
    mailbox.batch = mailbox.may_leave = FIRST_BATCH
    mailbox.used_up_at = None


def seen(session: Session, account: SendingAccount, began: datetime) -> Seen:
    """What a look that began then has shown; call when its reports are stored."""
    came_back = exists().where(
        BounceReport.mail_id == Attempt.mail_id,
        BounceReport.verdict == _HARD,
        BounceReport.counts,
        BounceReport.address == Attempt.address,
    )
    judged = (
        select(Attempt.mail_id, or_(Attempt.verdict == Verdict.REJECTED, came_back))
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
    unsettled = select(func.count()).where(
        attempts_of(account),
        Attempt.at > began - _reports_come_within(),
        Attempt.verdict != Verdict.GIVEN_BACK,
    )
    return Seen(
        mails=[mail for mail, _ in rows],
        refused=[is_refused for _, is_refused in rows],
        refused_mail=next((mail for mail, is_refused in rows if is_refused), None),
        unsettled=session.scalars(unsettled).one(),
        last_left=last_left(session, account),
    )


def complaints(session: Session, account: SendingAccount) -> tuple[int, int]:
    """How many of the account's last thousand mails were complained of, and how many those are,
    since a person looked."""
    is_sent = Attempt.verdict == Verdict.SENT
    sent = select(Attempt.mail_id).where(attempts_since_looked(account), is_sent)
    last = sent.order_by(Attempt.at.desc()).limit(COMPLAINTS_AMONG).subquery()
    complained = exists().where(
        BounceReport.mail_id == last.c.mail_id,
        BounceReport.verdict == _COMPLAINED,
        BounceReport.counts,
    )
    counted = select(func.count(), func.count().filter(complained)).select_from(last)
    total, of_them = session.execute(counted).one()
    return of_them, total


def last_left(session: Session, account: SendingAccount) -> datetime | None:
    """When the account's last mail left that a server accepted."""
    left = select(Attempt.at).where(attempts_of(account), Attempt.verdict == Verdict.SENT)
    return session.scalar(left.order_by(Attempt.at.desc()).limit(1))


def was_looked_since(session: Session, account: SendingAccount) -> bool | None:
    """Whether the mailbox was looked at since the last mail left; None if none is read."""
    mailbox, left = account.mailbox, last_left(session, account)
    if mailbox is None or left is None:
        return None
    return mailbox.looked_at is not None and mailbox.looked_at > left and not mailbox.trouble


def note_clean(mailbox: BounceMailbox, found: Seen, began: datetime) -> None:
    """A look found nothing that stops the account: the next batch may leave."""
    is_used_up = mailbox.may_leave is not None and mailbox.may_leave <= 0
    settled = began - _reports_come_within()
    if is_used_up and found.last_left and found.last_left > settled:
        again = found.last_left + _reports_come_within()
        mailbox.next_look_at = min(mailbox.next_look_at, again)
        return
    left = mailbox.batch - (mailbox.may_leave or 0)
    if left > found.unsettled:
        mailbox.batch = min(2 * mailbox.batch, LARGEST_BATCH)
    mailbox.may_leave = mailbox.batch - found.unsettled
    mailbox.used_up_at = None


def _goes_on_at(mailbox: BounceMailbox) -> datetime | None:
    """When mails leave without a look that did not come in time."""
    patience = timedelta(seconds=settings().look_patience)
    return mailbox.used_up_at + patience if mailbox.used_up_at else None
