"""The account's last mails with the reports about them.

Many servers accept every address and report only later, in a mail, that nobody has it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.mail.accounts import bucket
from shared.mail.accounts.sharing import attempts_of, attempts_since_checked
from shared.mail.accounts.speed import SentMail
from shared.mail.transport.own_answers import ONLY_ASCII
from shared.mail.transport.phrases import Meaning, meaning
from shared.settings import settings
from shared.storage import hooks
from shared.storage.clock import database_time
from shared.storage.hooks import ReturnedMail
from shared.storage.models import Attempt, Event, SendingAccount, Verdict

# Mails that are judged: those sent between two readings of returned mail, and the stretch before.
_MOST_JUDGED = 3250
# Values of `features.returned_mail.recipient.BounceVerdict`: nobody has the address; the mail did
# not arrive this time; it arrived, and its reader complained.
_HARD, _SOFT, _COMPLAINED = "hard", "soft", "complained"
# The mail did not arrive because of how it was sent.
_BLAMED = "blamed"


@dataclass(frozen=True, kw_only=True)
class JudgedMail(SentMail):
    """A mail that a server took or refused: `refusal` is what says that nobody has its address, if
    anything does, the others the newest reports that blame how it was sent, or of a complaint."""

    refusal: Attempt | ReturnedMail
    blamed: ReturnedMail | None
    complaint: ReturnedMail | None


def reports_come_within() -> timedelta:
    """Return how long after a mail was sent reports about it arrive, by the settings."""
    return timedelta(seconds=settings().reports_within)


def expect_strangers(session: Session, event: Event) -> None:
    """Slow the event's account down, since people with untested addresses were added."""
    account = event.account
    if account is not None and not account.vouched:
        session.refresh(account, with_for_update={"key_share": True})
        bucket.heed(session, account, database_time(session), afresh=True)


def judged(
    session: Session, account: SendingAccount, before: datetime, most: int = _MOST_JUDGED
) -> list[JudgedMail]:
    """Return at most `most` of the account's mails that were sent before `before` and since a
    person checked it, newest first. Call once the reports about them are stored."""
    attempts = select(Attempt).where(
        attempts_since_checked(account),
        Attempt.verdict.in_([Verdict.SENT, Verdict.REJECTED]),
        # No server was asked about these addresses.
        Attempt.answer != ONLY_ASCII,
        Attempt.at < before,
    )
    tries = session.scalars(attempts.order_by(Attempt.at.desc()).limit(most)).all()
    newest: dict[tuple[object, ...], ReturnedMail] = {}
    for report in hooks.features().returned(session, [attempt.mail_id for attempt in tries]):
        if not report.counts:
            continue
        # The sender (SPF, DKIM, DMARC, the address in From) or the network that the mail came from
        # (block lists, PTR).
        is_blamed = meaning(report.answer) in (Meaning.SENDER, Meaning.SENDING)
        said = _BLAMED if report.verdict == _SOFT and is_blamed else report.verdict
        newest[report.mail_id, said] = newest[report.mail_id, said, report.address] = report
    found = []
    for attempt in tries:
        hard = newest.get((attempt.mail_id, _HARD, attempt.address))
        reported_at = hard.found_at if hard else None
        bad_at = attempt.ended_at if attempt.verdict is Verdict.REJECTED else reported_at
        blamed, complaint = (newest.get((attempt.mail_id, said)) for said in (_BLAMED, _COMPLAINED))
        known = JudgedMail(
            attempt.at, bad_at, refusal=hard or attempt, blamed=blamed, complaint=complaint
        )
        found.append(known)
    return found


def last_left(session: Session, account: SendingAccount) -> datetime | None:
    """Return when the account's last mail that a server accepted was sent."""
    left = select(Attempt.at).where(attempts_of(account), Attempt.verdict == Verdict.SENT)
    return session.scalar(left.order_by(Attempt.at.desc()).limit(1))
