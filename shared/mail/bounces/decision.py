"""What a mail in the mailbox would change, and why. Nothing is written here."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown
from shared.mail.bounces.matching import BY_KEY, NOT_OURS, match
from shared.mail.bounces.recipient import ReportedRecipient
from shared.mail.bounces.report import Report
from shared.mail.bounces.verdict import BounceVerdict
from shared.mail.queue.opt_outs import find_by_key
from shared.storage.models import Mail
from shared.storage.sealing.tokens import Seal

_MEANING = {
    BounceVerdict.HARD: "The address takes no mail, so its person is flagged.",
    BounceVerdict.SOFT: "The mail did not arrive, but the address is not to blame.",
    BounceVerdict.DELAYED: "The server goes on trying.",
    BounceVerdict.COMPLAINED: "Its reader complained of it, and gets no more mail.",
    BounceVerdict.OPTED_OUT: "Its reader wants no more invitations and reminders.",
    BounceVerdict.IGNORED: "It says that the mail arrived.",
}

UNPROVEN = "It carries nothing that only our mail has, so a person is asked whether to believe it."


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
    # If not, a person decides whether to believe it.
    is_proven: bool = True
    # Of the person who opts out.
    opt_out_key: str = ""


def decide(
    session: Session,
    seal: Seal,
    report: Report | str,
    now: datetime,
    account_id: int | None = None,
    *,
    at_exchange: bool = False,
) -> Decision:
    """What `report`, as `read_report` returned it, means for the mails in this database.

    `account_id`, `at_exchange`: see `match`.
    """
    if isinstance(report, str):
        return _ignored(report)
    if report.opts_out:
        return _opting_out(session, seal, report)
    found = match(session, seal, report, now, account_id, at_exchange=at_exchange)
    if isinstance(found, str):
        return replace(_ignored(found), key=report.key)
    decided = _decided(found.recipient, report, found.why, found.mail)
    if found.is_proven or decided.verdict not in (BounceVerdict.HARD, BounceVerdict.SOFT):
        return decided
    return replace(decided, is_proven=False, why=(*decided.why, UNPROVEN))


def _opting_out(session: Session, seal: Seal, report: Report) -> Decision:
    (key,) = report.opt_out_keys
    verdict = BounceVerdict.OPTED_OUT
    try:
        person = find_by_key(session, seal, key)
    except InvitationUnknown:
        return replace(_ignored(NOT_OURS), key=report.key)
    why = (BY_KEY, _MEANING[verdict])
    return Decision(verdict, why, email=person.email, key=report.key, opt_out_key=key)


def decide_by_words(report: Report | str) -> Decision:
    """What `report` says, without looking up a mail; of several recipients, the worst."""
    if isinstance(report, str):
        return _ignored(report)
    if report.opts_out:
        verdict = BounceVerdict.OPTED_OUT
        return Decision(verdict, (_MEANING[verdict],), key=report.key)
    order = list(BounceVerdict)
    worst = min(report.recipients, key=lambda one: order.index(one.verdict()))
    return _decided(worst, report)


def _ignored(why: str) -> Decision:
    return Decision(BounceVerdict.IGNORED, (why,))


def _decided(
    recipient: ReportedRecipient, report: Report, why: str = "", mail: Mail | None = None
) -> Decision:
    verdict = BounceVerdict.COMPLAINED if report.is_complaint else recipient.verdict()
    return Decision(
        verdict=verdict,
        why=(*filter(None, [why]), _MEANING[verdict]),
        mail_id=mail.id if mail else None,
        email=mail.address if mail else "",
        message_id=mail.message_id if mail else "",
        code=recipient.code,
        answer=recipient.text,
        key=report.key,
    )
