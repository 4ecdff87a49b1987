"""The changes that a report makes: to its mail, its person's flag, and the record of the report."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session, joinedload

from shared.errors import InvitationUnknown
from shared.features.returned_mail.decision import Decision
from shared.features.returned_mail.models import BounceReport
from shared.features.returned_mail.recipient import BounceVerdict
from shared.mail.accounts import suppressions
from shared.mail.queue import transitions
from shared.mail.queue.opt_outs import end_reminders
from shared.mail.transport.answers import for_logs, without_addresses
from shared.storage.clock import database_time
from shared.storage.hooks import ReturnedMail
from shared.storage.many_values import among
from shared.storage.models import Mail, MailState, Problem, Suppression
from shared.storage.sealing.tokens import Seal

log = logging.getLogger(__name__)

# For a mail that was queued again, only a later report counts.
_HANDED_OVER = (MailState.SENT, MailState.UNSURE)
# Why an address gets no more mail.
_REASONS = {
    BounceVerdict.HARD.value: Suppression.DEAD,
    BounceVerdict.COMPLAINED.value: Suppression.COMPLAINED,
}


def settle_reports(session: Session, seal: Seal, decisions: Iterable[Decision]) -> int:
    """Store what these reports say about our mails; return how many are new."""
    judged = list(decisions)
    ours = {
        decision.key: decision
        for decision in judged
        if decision.mail_id and decision.verdict is not BounceVerdict.IGNORED
    }
    # Locked first: two workers may read the same mailbox, and the second has to see the first's.
    mails = _locked(session, {decision.mail_id for decision in ours.values()})
    known = select(BounceReport.key).where(BounceReport.key.in_(ours))
    seen, now = set(session.scalars(known)), database_time(session)
    new = [decision for key, decision in ours.items() if key not in seen]
    gone, found = _Gone(set), 0
    # All at once: storing each one before looking at the next took half of the time (`make bench`:
    # reports read).
    with session.no_autoflush:
        for decision in new:
            if mail := mails.get(decision.mail_id):
                found += 1
                report = BounceReport(
                    mail_id=mail.id,
                    key=decision.key,
                    verdict=decision.verdict.value,
                    address=decision.email,
                    answer=without_addresses(decision.answer, [decision.email]),
                    code=decision.code,
                    found_at=now,
                    is_open=not decision.is_proven,
                    counts=decision.is_proven,
                )
                session.add(report)
                if decision.is_proven and decision.verdict is not BounceVerdict.DELAYED:
                    _apply(gone, mail, report, now)
    _suppress(session, seal, gone, now)
    for key in sorted({decision.opt_out_key for decision in judged if decision.opt_out_key}):
        with suppress(InvitationUnknown):
            end_reminders(session, seal, key)
    return found


# Whose addresses (`email_key`) get no more mail, by the account, and why.
_Gone = defaultdict[tuple[int, Suppression], set[str]]


def _suppress(session: Session, seal: Seal, gone: _Gone, at: datetime) -> None:
    session.flush()
    for (account, reason), addresses in sorted(gone.items()):
        suppressions.suppress(session, seal, account, addresses, reason, at)


def _locked(session: Session, ids: set[int | None]) -> dict[int | None, Mail]:
    # In the order in which outcomes are settled, so the two never deadlock.
    mails = select(Mail).where(Mail.id.in_(ids)).order_by(Mail.id).with_for_update(of=Mail)
    whole = mails.options(joinedload(Mail.volunteer)).execution_options(populate_existing=True)
    return {mail.id: mail for mail in session.scalars(whole)}


def _apply(gone: _Gone, mail: Mail, report: BounceReport, now: datetime) -> None:
    if mail.address != report.address or mail.state not in _HANDED_OVER:
        return
    # People who have another address by now are not flagged for the old one.
    person = mail.volunteer if mail.volunteer and mail.volunteer.email == mail.address else None
    # The installation's own mails go to addresses, not to people of its event.
    reason = _REASONS.get(report.verdict) if person or mail.event.is_own else None
    if reason and mail.event.account_id is not None:
        key = person.email_key if person else mail.address.lower()
        gone[mail.event.account_id, reason].add(key)
    if report.verdict == BounceVerdict.COMPLAINED:
        return
    problem = Problem.CAME_BACK if reason else None
    transitions.came_back(mail, report.code, report.answer, now, problem)
    told = "mail %d of event %d came back: %s %s"
    log.warning(told, mail.id, mail.event_id, report.code, for_logs(report.answer))


def reports_about(session: Session, mail_ids: Sequence[int]) -> Iterator[ReturnedMail]:
    """Return the reports about these mails, the oldest first."""
    columns = [getattr(BounceReport, of.name) for of in fields(ReturnedMail)]
    about_them = select(*columns).where(among(BounceReport.mail_id, mail_ids))
    for report in session.execute(about_them.order_by(BounceReport.id)):
        yield ReturnedMail(*report)


def forget_reports(session: Session, mail_ids: Sequence[int]) -> None:
    """Delete the reports about these mails: they name a recipient."""
    session.execute(delete(BounceReport).where(BounceReport.mail_id.in_(mail_ids)))


def open_reports(event_id: int) -> Select[BounceReport]:
    """Return the reports that carry no proof, about which a person has not decided yet, oldest
    first."""
    of_event = select(BounceReport).join(Mail, Mail.id == BounceReport.mail_id)
    undecided = [BounceReport.is_open, Mail.event_id == event_id]
    return of_event.where(*undecided).order_by(BounceReport.id)


def believe(
    session: Session, seal: Seal, event_id: int, ids: Iterable[int], *, believed: bool
) -> int:
    """Let open reports count as if they were proven, or as nothing; return how many."""
    chosen = open_reports(event_id).where(BounceReport.id.in_(list(ids)))
    mails = _locked(session, set(session.scalars(chosen.with_only_columns(Mail.id))))
    # Read again now that their mails are locked: a colleague may have decided meanwhile.
    reports, now, gone = session.scalars(chosen).all(), database_time(session), _Gone(set)
    for report in reports:
        report.is_open, report.counts = False, believed
        mail = mails.get(report.mail_id)
        if believed and mail:
            _apply(gone, mail, report, now)
    _suppress(session, seal, gone, now)
    return len(reports)
