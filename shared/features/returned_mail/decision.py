"""The decision which of our mails one in the mailbox is about, what it would change, and why.
Nothing is written here."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown
from shared.features.returned_mail.recipient import BounceVerdict, DeliveryAction, ReportedRecipient
from shared.features.returned_mail.report import Report
from shared.mail.queue.opt_outs import find_by_key, opt_out_key
from shared.storage.models import Attempt, Event, Mail, MailState, Volunteer
from shared.storage.sealing.tokens import Seal

# Mail systems give up after five days (RFC 5321, 4.5.4.1); the rest allows for clock differences.
_LATEST = timedelta(days=7)
# A report's time is in whole seconds, by another clock.
_CLOCKS = timedelta(minutes=1)

NOT_OURS = "It is about a mail that this program has not sent."
UNKNOWN_ID = "It carries an id like ours, but no mail here has it."
NOBODY_NAMED = "It names neither a mail of ours nor an address that one went to lately."
AMBIGUOUS = "It may be about more than one of our mails, so nobody is flagged."
EARLIER_ADDRESS = "It is about an earlier address of this person."
BY_ID = "It carries the id of this mail."
BY_ADDRESS = "It names the address of this mail, the only one that went there lately."
BY_KEY = "It carries a key that only this person's mails have."
OF_EXCHANGE = "It names the address of this mail, and the account's own service wrote it."

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
    """The meaning of a report for our mails. `why` are msgids, one per sentence; the rest is empty
    if the report names nothing of ours."""

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
    """Return what `report`, as `read_report` returned it, means for the mails in this database.

    `account_id` is the account of the mailbox, among whose events' people a bare address is looked
    up; None searches all. `at_exchange`: an Exchange server keeps the mailbox, which may have given
    the mail another id, so that a foreign one proves nothing, and whose mark nobody else sets.
    """
    if isinstance(report, str):
        return _ignored(report)
    if report.opts_out:
        return _opting_out(session, seal, report)
    if report.ids:
        return _among(session, report, _with_ids(session, report))
    if keyed := _by_key(session, seal, report, now):
        return keyed
    # Who merely names an address may not complain for it.
    if report.is_complaint or (report.is_about_another and not at_exchange):
        return _ignored(NOT_OURS, report)
    found = _by_address(session, report, now, account_id)
    if isinstance(found, str):
        return _ignored(found, report)
    if at_exchange and report.bears_mark_of_exchange:
        return _decided(*found, report, OF_EXCHANGE)
    # Anybody may have written it, who knows or guesses the address.
    decided = _decided(*found, report, BY_ADDRESS)
    if decided.verdict not in (BounceVerdict.HARD, BounceVerdict.SOFT):
        return decided
    return replace(decided, is_proven=False, why=(*decided.why, UNPROVEN))


def decide_by_words(report: Report | str) -> Decision:
    """Return what `report` says, without looking up a mail; of several recipients, the worst."""
    if isinstance(report, str):
        return _ignored(report)
    if report.opts_out:
        verdict = BounceVerdict.OPTED_OUT
        return Decision(verdict, (_MEANING[verdict],), key=report.key)
    order = list(BounceVerdict)
    worst = min(report.recipients, key=lambda one: order.index(one.verdict()))
    return _decided(worst, None, report)


def _opting_out(session: Session, seal: Seal, report: Report) -> Decision:
    person, why = None, BY_KEY
    for key in report.opt_out_keys:
        with suppress(InvitationUnknown):
            person = find_by_key(session, seal, key)
    if person is None:
        mails, why = _with_ids(session, report), BY_ID
        person = mails[0].volunteer if len(mails) == 1 else None
    if person is None or person.token is None:
        return _ignored(NOT_OURS, report)
    verdict = BounceVerdict.OPTED_OUT
    return Decision(
        verdict=verdict,
        why=(why, _MEANING[verdict]),
        email=person.email,
        key=report.key,
        opt_out_key=opt_out_key(person.id, seal.open_token(person.token)),
    )


def _with_ids(session: Session, report: Report) -> list[Mail]:
    # Servers may change the case of a domain; ours are stored as they were sent.
    forms = {form for id in report.ids for form in (id, id.lower())}
    return list(session.scalars(select(Mail).where(Mail.message_id.in_(forms))))


def _by_key(session: Session, seal: Seal, report: Report, now: datetime) -> Decision | None:
    """Return the newest mail of the person whose key the report carries, if it is about their
    address."""
    for key in report.opt_out_keys:
        with suppress(InvitationUnknown):
            person = find_by_key(session, seal, key)
            about = (
                recipient
                for recipient in report.recipients
                if person.email_key in recipient.addresses
            )
            # Providers may leave out who complained.
            named = next(about, report.recipients[0] if report.is_complaint else None)
            mails = _lately_sent(min(report.at or now, now)).where(Mail.volunteer_id == person.id)
            mail = session.scalar(mails.order_by(Mail.sent_at.desc()).limit(1))
            if named and mail:
                return _decided(named, mail, report, BY_KEY)
    return None


def _among(session: Session, report: Report, mails: list[Mail]) -> Decision:
    if not mails:
        return _ignored(UNKNOWN_ID, report)
    if len(mails) > 1:
        mails = [mail for mail in mails if _named(report, mail.address)]
    if len(mails) != 1:
        return _ignored(AMBIGUOUS, report)
    (mail,) = mails
    if named := _named(report, mail.address):
        return _decided(named, mail, report, BY_ID)
    # Our mails have one recipient: any other address is where they forward it to.
    if len(report.recipients) != 1:
        return _ignored(AMBIGUOUS, report)
    recipient = report.recipients[0]
    tries = session.scalars(select(Attempt.address).where(Attempt.mail_id == mail.id))
    if any(address.lower() in recipient.addresses for address in tries):
        return _ignored(EARLIER_ADDRESS, report)
    return _decided(recipient, mail, report, BY_ID)


def _named(report: Report, address: str) -> ReportedRecipient | None:
    said = (recipient for recipient in report.recipients if address.lower() in recipient.addresses)
    return next(said, None)


def _by_address(
    session: Session, report: Report, now: datetime, account_id: int | None
) -> tuple[ReportedRecipient, Mail] | str:
    """Return the only mail that lately went to an address in the report, or why there is none."""
    events = select(Event.id)
    if account_id is not None:
        events = events.where(Event.account_id == account_id)
    lately = _lately_sent(min(report.at or now, now))
    found: list[tuple[ReportedRecipient, Mail]] = []
    for recipient in report.recipients:
        if recipient.action is not DeliveryAction.ARRIVED:
            named = select(Volunteer.id).where(
                Volunteer.event_id.in_(events), Volunteer.email_key.in_(recipient.addresses)
            )
            mails = session.scalars(lately.where(Mail.volunteer_id.in_(named)))
            found += ((recipient, mail) for mail in mails)
    if len({mail.id for _, mail in found}) > 1:
        return AMBIGUOUS
    return found[0] if found else NOBODY_NAMED


def _lately_sent(at: datetime) -> Select[Mail]:
    """Return the mails that a report of this time may be about."""
    lately = Mail.sent_at.between(at - _LATEST, at + _CLOCKS)
    return select(Mail).where(Mail.state == MailState.SENT, lately)


def _ignored(why: str, report: Report | None = None) -> Decision:
    return Decision(BounceVerdict.IGNORED, (why,), key=report.key if report else "")


def _decided(
    recipient: ReportedRecipient, mail: Mail | None, report: Report, why: str = ""
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
