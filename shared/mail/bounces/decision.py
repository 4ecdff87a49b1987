"""What a mail in the mailbox would change, and why. Nothing is written here."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from shared.mail.bounces.matching import Match, match
from shared.mail.bounces.recipient import BounceVerdict
from shared.mail.bounces.report import Report, read_report

_MEANING = {
    BounceVerdict.HARD: "The address takes no mail, so its person is flagged.",
    BounceVerdict.SOFT: "The mail did not arrive, but the address is not to blame.",
    BounceVerdict.DELAYED: "The server goes on trying.",
    BounceVerdict.IGNORED: "It says that the mail arrived.",
}


@dataclass(frozen=True)
class Decision:
    """`why` are msgids, one per sentence; the rest is empty if the mail names nothing of ours."""

    verdict: BounceVerdict
    why: tuple[str, ...]
    mail_id: int | None = None
    email: str = ""
    message_id: str = ""
    code: int = 0
    answer: str = ""
    # Of the report.
    key: str = ""


def decide(
    session: Session, content: bytes, now: datetime, account_id: int | None = None
) -> Decision:
    """What the mail `content` (RFC 5322, perhaps cut off) means for the mails in this database."""
    return decide_on(session, read_report(content), now, account_id)


def decide_on(
    session: Session,
    report: Report | str,
    now: datetime,
    account_id: int | None = None,
    *,
    ids_may_change: bool = False,
) -> Decision:
    """The same for a mail that was already read. `account_id`, `ids_may_change`: see `match`."""
    if isinstance(report, str):
        return _ignored(report)
    found = match(session, report, now, account_id, ids_may_change=ids_may_change)
    if isinstance(found, str):
        return replace(_ignored(found), key=report.key)
    return _decided(found, report)


def _ignored(why: str) -> Decision:
    return Decision(BounceVerdict.IGNORED, (why,))


def _decided(found: Match, report: Report) -> Decision:
    verdict = found.recipient.verdict()
    return Decision(
        verdict=verdict,
        why=(found.why, _MEANING[verdict]),
        mail_id=found.mail.id,
        email=found.mail.address,
        message_id=found.mail.message_id,
        code=found.recipient.code,
        answer=found.recipient.text,
        key=report.key,
    )
