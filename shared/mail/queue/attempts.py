"""Attempts: what a worker has in hand, the outcome of every hand-over, and questions about a mail's
earlier attempts.

An account's budget is counted from them, see `accounts.limits`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, insert, or_, select, update
from sqlalchemy.orm import Session

from shared.mail.accounts import sharing
from shared.mail.kinds.registry import Kind
from shared.mail.transport.outcome import Outcome
from shared.storage.models import Attempt, Event, Mail, MailState, Phase, SendingAccount, Verdict
from shared.storage.prepared import Prepared


@dataclass(frozen=True)
class Claimed:
    """A message in a worker's hands until the lease ends. The rows are for reading only."""

    mail_id: int
    try_number: int
    attempt_id: int
    kind: Kind
    address: str
    message_id: str
    event: Event
    account: SendingAccount | None
    # Its subject is up to its kind: the queue does not read it.
    mail: Mail
    # Taken before the claim, which may miss what an account's answers change from then on
    # (monotonic, as the next).
    claimed_at: float
    # The end of its account's pause after the previous mail.
    not_before: float

    @property
    def account_id(self) -> int | None:
        """The account's id; None in rehearsal."""
        return self.account.id if self.account else None

    @property
    def names(self) -> dict[str, int]:
        """The parameters by which statements find this attempt."""
        return {"mail": self.mail_id, "try": self.try_number, "attempt": self.attempt_id}

    @property
    def is_proof(self) -> bool:
        """Whether the event goes live when the server accepts this mail."""
        is_test = self.kind.for_organizer and self.account is not None
        return is_test and self.event.live_at is None


# After so many lost hand-overs of a mail, a person decides. Without a limit, a defect in settling
# would send it again and again.
_UNKNOWN_OUTCOMES = 3
# The phase of an attempt once the server may have the mail.
HANDED_OVER = Phase.CONTENT

_BEGIN = insert(Attempt).returning(Attempt.mail_id, Attempt.id)
_HAND_OVER = Prepared(
    update(Attempt)
    .where(Attempt.id == bindparam("attempt"))
    .values(phase=HANDED_OVER, at=bindparam("now"))
)
# An attempt ends once: a late answer does not bring back the address of somebody erased.
_OPEN = update(Attempt).where(Attempt.id == bindparam("attempt"), Attempt.ended_at.is_(None))
_END = Prepared(_OPEN, "ended_at", "verdict", "phase", "code", "answer")


def begin(
    session: Session, mails: Sequence[Mail], account: SendingAccount | None, now: datetime
) -> dict[int, int]:
    """Note an attempt for each claimed mail with one statement, and return their ids by mail id.

    They are stored in no particular order: to keep one, SQLAlchemy would store the rows one by one.
    """
    name = sharing.account_name(account) if account else ""
    rows = [
        {
            "mail_id": mail.id,
            "account": name,
            "try_number": mail.tries,
            "address": mail.address,
            "at": now,
        }
        for mail in mails
    ]
    if not rows:
        return {}
    return {mail: attempt for mail, attempt in session.connection().execute(_BEGIN, rows)}


def hand_over(session: Session, tries: Iterable[Claimed], now: datetime) -> None:
    """Note that contents are being sent: from now on, a lost answer leaves the outcome unknown."""
    if noted := [{**claimed.names, "now": now} for claimed in tries]:
        _HAND_OVER.run(session.connection(), noted)


def end(session: Session, tries: Iterable[tuple[Claimed, Outcome]], now: datetime) -> None:
    """Store the outcomes of these attempts."""
    rows = [
        {
            **claimed.names,
            "ended_at": now,
            "verdict": outcome.verdict,
            "phase": outcome.phase,
            "code": outcome.code,
            "answer": outcome.text,
        }
        for claimed, outcome in tries
    ]
    _END.run(session.connection(), rows)


def end_unasked(session: Session, claimed: Claimed, now: datetime) -> None:
    """Note that an attempt ended before the server got anything of it."""
    ended = _OPEN.values(verdict=Verdict.GIVEN_BACK, ended_at=now)
    session.connection().execute(ended, {"attempt": claimed.attempt_id})


def note_drawing(session: Session, claimed: Claimed, seconds: float) -> None:
    """Note how long the certificate of this attempt took to draw."""
    drawn = update(Attempt).where(Attempt.id == claimed.attempt_id)
    session.execute(drawn.values(drawing_ms=seconds * 1000))


def forget(session: Session, mails: Sequence[int], now: datetime) -> None:
    """Forget the addresses and answers of these mails' attempts, but not that they were made."""
    ended = func.coalesce(Attempt.ended_at, now)
    forgotten = update(Attempt).where(Attempt.mail_id.in_(mails))
    session.execute(forgotten.values(address="", answer="", ended_at=ended))


def has_begun_to_leave() -> ColumnElement[bool]:
    """Return whether the worker that claimed a mail has begun to hand over its content."""
    # A value, not EXISTS, for which PostgreSQL may collect all attempts of that phase.
    handed_over = (
        select(Attempt.id)
        .where(
            Attempt.mail_id == Mail.id,
            Attempt.try_number == Mail.tries,
            Attempt.phase == HANDED_OVER,
        )
        .limit(1)
        .correlate(Mail)
        .scalar_subquery()
    )
    return and_(Mail.state == MailState.SENDING, handed_over.is_not(None))


def waits_to_leave() -> ColumnElement[bool]:
    """Return whether a mail can still be stopped: no worker has begun to hand over its content."""
    in_hand = and_(Mail.state == MailState.SENDING, ~has_begun_to_leave())
    return or_(Mail.state.in_([MailState.HELD, MailState.QUEUED]), in_hand)


def may_have_left() -> ColumnElement[bool]:
    """Return whether a server ever took a mail, or may have."""
    return or_(Mail.sent_at.is_not(None), Mail.maybe_duplicate)


def was_handed_over(session: Session, mail: Mail) -> bool:
    """Return whether the newest attempt has begun to hand the mail's content over."""
    newest = select(Attempt.phase).where(Attempt.mail_id == mail.id).order_by(Attempt.id.desc())
    return session.scalar(newest.limit(1)) == HANDED_OVER


def is_undecided() -> ColumnElement[bool]:
    """Return whether a person has to decide before a mail with an unknown outcome is sent again."""
    its_event = select(Event.ask_when_unsure).where(Event.id == Mail.event_id)
    asked = its_event.correlate(Mail).scalar_subquery()
    lost = Attempt.mail_id == Mail.id, Attempt.phase == HANDED_OVER, Attempt.ended_at.is_(None)
    times = select(func.count()).where(*lost).correlate(Mail).scalar_subquery()
    # A person who sends it again clears the verdict.
    is_unsure = and_(Mail.state == MailState.QUEUED, Mail.verdict == Verdict.UNSURE)
    is_lost = and_(has_begun_to_leave(), or_(asked, times >= _UNKNOWN_OUTCOMES))
    return or_(and_(is_unsure, asked), is_lost)


def newest_at(session: Session, mail: Mail) -> datetime:
    """Return when the newest try of a mail was made."""
    newest = Attempt.mail_id == mail.id, Attempt.try_number == mail.tries
    return session.scalars(select(Attempt.at).where(*newest)).one()


def count_since(session: Session, mail: Mail, since: datetime, *verdicts: Verdict) -> int:
    """Return how many attempts of a mail since then ended with one of these verdicts."""
    return session.scalars(
        select(func.count()).where(
            Attempt.mail_id == mail.id, Attempt.verdict.in_(verdicts), Attempt.at >= since
        )
    ).one()


def stops_account_alone(session: Session, mail: Mail, account: SendingAccount, times: int) -> bool:
    """Return whether this mail stopped the account that often while others were accepted."""
    stopping = select(Attempt.id).where(
        Attempt.mail_id == mail.id,
        Attempt.verdict.in_([Verdict.PAUSE, Verdict.NEEDS_OPERATOR]),
        Attempt.phase.in_([Phase.COMPOSE, Phase.RCPT, Phase.CONTENT]),
    )
    stops = session.scalars(stopping.order_by(Attempt.id)).all()
    if len(stops) < times:
        return False
    taken = exists().where(
        sharing.attempts_of(account), Attempt.id > stops[0], Attempt.verdict == Verdict.SENT
    )
    return bool(session.scalar(select(taken)))
