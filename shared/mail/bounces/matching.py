"""Which of our mails a report is about, if any."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from shared.errors import InvitationUnknown
from shared.mail.bounces.recipient import Action, ReportedRecipient
from shared.mail.bounces.report import Report
from shared.mail.queue import opt_outs
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


@dataclass(frozen=True)
class Match:
    """A mail, and what the report says about its recipient; `why` is a msgid.

    `is_proven`: the report carries what strangers do not know, or cannot forge; otherwise anybody
    may have written it, who knows or guesses the address.
    """

    mail: Mail
    recipient: ReportedRecipient
    why: str
    is_proven: bool = True


def match(
    session: Session,
    seal: Seal,
    report: Report,
    now: datetime,
    account_id: int | None,
    *,
    at_exchange: bool = False,
) -> Match | str:
    """The mail that `report` is about, or the msgid of the reason why it is none of ours.

    `account_id` is the account of the mailbox, among whose events' people a bare address is looked
    up; None searches all. `at_exchange`: an Exchange server keeps the mailbox, which may have given
    the mail another id, so that a foreign one proves nothing, and whose mark nobody else sets.
    """
    if report.ids:
        # Servers may change the case of a domain; ours are stored as they were sent.
        forms = {form for one in report.ids for form in (one, one.lower())}
        with_ids = list(session.scalars(select(Mail).where(Mail.message_id.in_(forms))))
        return _among(session, report, with_ids)
    if keyed := _by_key(session, seal, report, now):
        return keyed
    # Who merely names an address may not complain for it.
    if report.is_complaint or (report.is_about_another and not at_exchange):
        return NOT_OURS
    found = _by_address(session, report, now, account_id)
    if isinstance(found, Match) and at_exchange and report.bears_mark_of_exchange:
        return replace(found, why=OF_EXCHANGE, is_proven=True)
    return found


def _by_key(session: Session, seal: Seal, report: Report, now: datetime) -> Match | None:
    """The newest mail of the person whose key the report carries, if it is about their address."""
    for key in report.opt_out_keys:
        with suppress(InvitationUnknown):
            person = opt_outs.find_by_key(session, seal, key)
            about = (one for one in report.recipients if person.email_key in one.addresses)
            # Providers may leave out who complained.
            named = next(about, report.recipients[0] if report.is_complaint else None)
            mails = _lately_sent(min(report.at or now, now)).where(Mail.volunteer_id == person.id)
            mail = session.scalar(mails.order_by(Mail.sent_at.desc()).limit(1))
            if named and mail:
                return Match(mail, named, BY_KEY)
    return None


def _among(session: Session, report: Report, mails: list[Mail]) -> Match | str:
    if not mails:
        return UNKNOWN_ID
    if len(mails) > 1:
        mails = [mail for mail in mails if _named(report, mail.address)]
    if len(mails) != 1:
        return AMBIGUOUS
    (mail,) = mails
    if named := _named(report, mail.address):
        return Match(mail, named, BY_ID)
    # Our mails have one recipient: any other address is where they forward it to.
    if len(report.recipients) != 1:
        return AMBIGUOUS
    recipient = report.recipients[0]
    tries = session.scalars(select(Attempt.address).where(Attempt.mail_id == mail.id))
    went_before = any(address.lower() in recipient.addresses for address in tries)
    if went_before:
        return EARLIER_ADDRESS
    return Match(mail, report.recipients[0], BY_ID)


def _named(report: Report, address: str) -> ReportedRecipient | None:
    said = (one for one in report.recipients if address.lower() in one.addresses)
    return next(said, None)


def _by_address(
    session: Session, report: Report, now: datetime, account_id: int | None
) -> Match | str:
    failed = [one for one in report.recipients if one.action is not Action.ARRIVED]
    found = [
        Match(mail, one, BY_ADDRESS, is_proven=False)
        for one in failed
        for mail in _sent_to(session, one, min(report.at or now, now), account_id)
    ]
    if len({one.mail.id for one in found}) > 1:
        return AMBIGUOUS
    return found[0] if found else NOBODY_NAMED


def _sent_to(
    session: Session, recipient: ReportedRecipient, at: datetime, account_id: int | None
) -> list[Mail]:
    events = select(Event.id)
    if account_id is not None:
        events = events.where(Event.account_id == account_id)
    people = select(Volunteer.id).where(
        Volunteer.event_id.in_(events), Volunteer.email_key.in_(recipient.addresses)
    )
    return list(session.scalars(_lately_sent(at).where(Mail.volunteer_id.in_(people))))


def _lately_sent(at: datetime) -> Select[Mail]:
    """Mails that a report of this time may be about."""
    lately = Mail.sent_at.between(at - _LATEST, at + _CLOCKS)
    return select(Mail).where(Mail.state == MailState.SENT, lately)
