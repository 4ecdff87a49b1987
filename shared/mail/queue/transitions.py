"""All changes of a message's state and of a volunteer's problem, named after their causes.

Nothing else writes these columns. Callers (claim, settle, an organizer's commands, a volunteer's
page) decide what happened, and lock the row.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CursorResult,
    Update,
    and_,
    bindparam,
    case,
    literal,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from shared.mail.queue.attempts import Claimed, waits_to_leave
from shared.mail.transport.outcome import Outcome
from shared.mail.transport.own_answers import STUCK
from shared.storage.models import Mail, MailState, Problem, Status, StatusNumber, Verdict, Volunteer
from shared.storage.models.volunteer import HELD_FOR_NAME
from shared.storage.prepared import Prepared

_NO_PROBLEM: dict[str, Any] = {"problem": None, "problem_text": ""}
_MAIL_PROBLEMS = (Problem.REFUSED_ADDRESS, Problem.MAIL_FAILED, Problem.UNKNOWN_OUTCOME)

# The states that may follow each: `_to` checks one mail, and statements of `_into` change no other
# mails.
EDGES: Mapping[MailState, Sequence[MailState]] = {
    MailState.HELD: (MailState.QUEUED, MailState.UNSURE, MailState.CANCELLED),
    MailState.QUEUED: (
        *(MailState.HELD, MailState.QUEUED, MailState.SENDING),
        *(MailState.FAILED, MailState.UNSURE, MailState.CANCELLED),
    ),
    MailState.SENDING: (
        *(MailState.HELD, MailState.QUEUED, MailState.SENDING, MailState.SENT),
        *(MailState.FAILED, MailState.UNSURE, MailState.CANCELLED),
    ),
    MailState.SENT: (MailState.FAILED,),
    MailState.FAILED: (MailState.QUEUED, MailState.CANCELLED),
    MailState.UNSURE: (
        *(MailState.QUEUED, MailState.SENT, MailState.FAILED, MailState.UNSURE),
        MailState.CANCELLED,
    ),
    MailState.CANCELLED: (
        *(MailState.HELD, MailState.QUEUED, MailState.FAILED),
        MailState.CANCELLED,
    ),
}


def _to(mail: Mail, state: MailState) -> None:
    if state not in EDGES[mail.state]:
        raise ValueError(f"mail {mail.id}: {state} cannot follow {mail.state}")
    mail.state = state


def may_become(state: MailState) -> ColumnElement[bool]:
    """Return whether a mail is in a state that this one may follow."""
    return Mail.state.in_([before for before, after in EDGES.items() if state in after])


def _into(state: MailState, *which: ColumnElement[bool]) -> Update:
    return update(Mail).where(*which, may_become(state)).values(state=state)


# A worker's claims


def claimed(mail: Mail, message_id: str, lease_end: datetime) -> None:
    """Note that a worker took the mail; it is due again when the lease ends."""
    _to(mail, MailState.SENDING)
    mail.due_at, mail.tries = lease_end, mail.tries + 1
    mail.address = mail.volunteer.email if mail.volunteer else mail.address
    mail.message_id = message_id


def overtaken(mail: Mail) -> None:
    """Cancel a mail that is no longer wanted."""
    _to(mail, MailState.CANCELLED)


def left_alone(session: Session, until: datetime, *which: ColumnElement[bool]) -> None:
    """Put mails of kinds that this program does not know off until then."""
    _change(session, update(Mail).where(*which).values(due_at=until))


def clock_set_back(
    session: Session, now: datetime, lease: timedelta, *which: ColumnElement[bool]
) -> int:
    """Make mails due that a wrong, later time put off; return how many. Those in a worker's hands
    are due after `lease`."""
    due_at = case((Mail.state == MailState.SENDING, now + lease), else_=now)
    waits_since = case((Mail.waits_since > now, now), else_=Mail.waits_since)
    changed = update(Mail).where(*which).values(due_at=due_at, waits_since=waits_since)
    return _change(session, changed)


def renewing_lease(*still: ColumnElement[bool]) -> Prepared:
    """Return a statement that renews the leases of mails for which `still` holds.

    It has the parameters "mail", "try", "now" and "ends", and changes only rows that the worker
    still has.
    """
    in_these_hands = [
        Mail.id == bindparam("mail"),
        Mail.tries == bindparam("try"),
        Mail.state == MailState.SENDING,
        Mail.due_at > bindparam("now"),
    ]
    renewed = update(Mail).where(*in_these_hands, *still)
    return Prepared(renewed.values(due_at=bindparam("ends")))


def given_back(mail: Mail, now: datetime) -> None:
    """Queue a mail again that the worker did not hand over."""
    _to(mail, MailState.QUEUED)
    mail.due_at = now


# Outcomes of attempts


def is_open() -> ColumnElement[bool]:
    """Return whether an outcome may still change the mail: an unsure one can turn out to be
    sent."""
    return may_become(MailState.SENT)


_ITS_TRY = Mail.id == bindparam("mail"), Mail.tries == bindparam("try")
_ACCEPTED = Prepared(
    _into(MailState.SENT, *_ITS_TRY).values(verdict=Verdict.SENT), *("sent_at", "code", "answer")
)


def accepted(session: Session, tries: Iterable[tuple[Claimed, Outcome]], now: datetime) -> int:
    """Mark mails as sent that the server accepted; return how many were still in these hands."""
    rows = [
        {**claimed.names, "sent_at": now, "code": outcome.code, "answer": outcome.text}
        for claimed, outcome in tries
    ]
    return _ACCEPTED.run(session.connection(), rows)


def reaching(
    status: Status | None, condition: ColumnElement[bool], *, clears: ColumnElement[bool]
) -> Prepared:
    """Return a statement for the volunteers whose mails were accepted, with the parameters "mail"
    and "try".

    Volunteers who meet `condition` get `status`, if there is one; where `clears` holds, earlier
    problems with mails end.
    """
    had_problem = and_(Volunteer.problem.in_(_MAIL_PROBLEMS), clears)
    whose = select(Mail.volunteer_id).where(*_ITS_TRY, Mail.state == MailState.SENT)
    return Prepared(
        update(Volunteer)
        .where(Volunteer.id == whose.scalar_subquery(), or_(condition, had_problem))
        .values(
            status=case((condition, literal(status, StatusNumber())), else_=Volunteer.status),
            problem=case((had_problem, null()), else_=Volunteer.problem),
            problem_text=case((had_problem, ""), else_=Volunteer.problem_text),
        )
    )


def answered(mail: Mail, outcome: Outcome) -> None:
    """Store the answer of a server that did not accept the mail; its consequence is another
    transition."""
    mail.verdict, mail.code, mail.answer = outcome.verdict, outcome.code, outcome.text


def refused_for_a_while(mail: Mail, again_at: datetime, since: datetime) -> None:
    """Queue the mail for another attempt at `again_at`; it was first tried in vain at `since`."""
    _to(mail, MailState.QUEUED)
    mail.due_at, mail.waits_since = again_at, since


def stopped_with_account(mail: Mail, now: datetime) -> None:
    """Queue a mail that is not to blame: it stays due, and its account decides when it is sent."""
    _to(mail, MailState.QUEUED)
    mail.due_at = now


def refused_for_good(mail: Mail, problem: Problem) -> None:
    """Give the mail up, and note why on the volunteer's row, in the server's words."""
    _to(mail, MailState.FAILED)
    _flag(mail, problem)


def not_drawn(mail: Mail, problem: Problem, reason: str) -> None:
    """Give a mail up whose certificate cannot be drawn."""
    mail.answer = reason
    refused_for_good(mail, problem)


def set_aside(mail: Mail) -> None:
    """Give a mail up on which the program got stuck repeatedly; a person decides about it."""
    mail.answer = STUCK
    refused_for_good(mail, Problem.MAIL_FAILED)


def outcome_unknown(mail: Mail) -> None:
    """Note that the mail was handed over and the answer lost: from now on it may arrive twice."""
    mail.maybe_duplicate, mail.unseen_since = True, None


def left_to_a_person(mail: Mail) -> None:
    """Let the organizer decide whether a mail that may have arrived is sent again."""
    _to(mail, MailState.UNSURE)
    mail.unseen_since = None
    _flag(mail, Problem.UNKNOWN_OUTCOME)


def worker_vanished(mail: Mail) -> None:
    """Let a person decide about a mail whose worker stopped while handing it over."""
    mail.answer = "The worker stopped while it handed this mail over."
    left_to_a_person(mail)


def asked_since_the_restore(mail: Mail) -> None:
    """Let a person decide about a mail that may have been sent before the database was restored."""
    mail.answer = "The database was restored: the mail may have left before that."
    mail.verdict, mail.maybe_duplicate = Verdict.UNSURE, True
    left_to_a_person(mail)


def came_back(mail: Mail, code: int, answer: str, at: datetime, problem: Problem | None) -> None:
    """Note a report that the mail did not arrive, in the server's words.

    With a `problem`, its address is to blame, and the volunteer's row says so, too.
    """
    _to(mail, MailState.FAILED)
    mail.returned_at, mail.unseen_since = at, None
    mail.code, mail.answer = code, answer
    if problem:
        _flag(mail, problem)


# An organizer's commands


def taken_back(session: Session, *which: ColumnElement[bool]) -> int:
    """Cancel mails whose content is not being sent yet, also those in a worker's hands; return how
    many."""
    # Locked first, so that a worker that is about to hand one over finishes its commit. In the
    # order in which outcomes are settled, so that the two never deadlock.
    session.execute(
        select(Mail.id)
        .where(*which, Mail.state == MailState.SENDING)
        .order_by(Mail.id)
        .with_for_update()
    )
    return _change(session, _into(MailState.CANCELLED, *which, waits_to_leave()))


def held(session: Session, *which: ColumnElement[bool]) -> int:
    """Hold waiting mails until they are released; return how many."""
    return _change(session, _into(MailState.HELD, *which))


def certificates_taken_back(session: Session, *whose: ColumnElement[bool]) -> None:
    """Reset people whom nothing of a certificate has reached to before it was issued."""
    as_before = {"status": Status.NEW, "given_name": "", **_NO_PROBLEM}
    _change(session, update(Volunteer).where(*whose).values(as_before))


def certificate_mails_cancelled(session: Session, *which: ColumnElement[bool]) -> None:
    """Cancel the mails of certificates that were taken back."""
    cancelled = _into(MailState.CANCELLED, *which, Mail.certificate_id.is_not(None))
    _change(session, cancelled.values(unseen_since=None))


def may_have_been_seen(session: Session, *which: ColumnElement[bool]) -> None:
    """Note that a link or a file may have reached these mails' people in another way."""
    unseen = update(Mail).where(*which, Mail.unseen_since.is_not(None))
    _change(session, unseen.values(unseen_since=None))


def queued_again(
    session: Session, state: MailState, at: datetime, *which: ColumnElement[bool]
) -> int:
    """Queue or hold mails again that were taken back, due at this time; return how many."""
    again = _into(state, *which, Mail.state == MailState.CANCELLED)
    return _change(session, again.values(due_at=at, waits_since=None))


def released(session: Session, *which: ColumnElement[bool]) -> int:
    """Queue mails that were held behind the first few; return how many."""
    return _count(session, _into(MailState.QUEUED, *which, Mail.state == MailState.HELD))


def brought_forward(mail: Mail, now: datetime) -> None:
    """Make a waiting mail due at once, before the others."""
    _to(mail, MailState.QUEUED)
    mail.due_at, mail.urgent = now, True


def retried(
    session: Session,
    failed: Sequence[ColumnElement[bool]],
    flagged: Sequence[ColumnElement[bool]],
    now: datetime,
) -> int:
    """Queue failed mails again and clear these volunteers' problems; returns how many mails."""
    session.execute(update(Volunteer).where(*flagged).values(_NO_PROBLEM))
    return _count(session, _into(MailState.QUEUED, *failed).values(**_afresh(now)))


def sent_again(mail: Mail, now: datetime) -> None:
    """Queue an unsure mail again; it may arrive twice, with the same Message-ID."""
    _to(mail, MailState.QUEUED)
    for field, value in _afresh(now).items():
        setattr(mail, field, value)
    mail.maybe_duplicate = True
    _outcome_is_known(mail)


def seen_to_have_arrived(mail: Mail, now: datetime) -> None:
    """Mark an unsure mail as sent, since a person knows that it arrived."""
    _to(mail, MailState.SENT)
    mail.sent_at = now
    _outcome_is_known(mail)


def name_not_drawn(session: Session, volunteer_id: int, problem: Problem, reason: str) -> None:
    """Hold only this person, since the name on the list cannot be drawn."""
    flagged = update(Volunteer).where(Volunteer.id == volunteer_id, Volunteer.problem.is_(None))
    session.execute(flagged.values(problem=problem, problem_text=reason))


def names_to_try_again(session: Session, *which: ColumnElement[bool]) -> None:
    """Release people held for a name that could not be drawn: design or name is another."""
    held = update(Volunteer).where(*which, HELD_FOR_NAME)
    _change(session, held.values(_NO_PROBLEM))


# A volunteer's page


def name_submitted(volunteer: Volunteer) -> None:
    """Clear problems with an earlier certificate: the volunteer had the invitation."""
    volunteer.problem, volunteer.problem_text = None, ""


def same_name_submitted(mail: Mail, volunteer: Volunteer, now: datetime) -> None:
    """Retry the certificate's mail that failed."""
    _to(mail, MailState.QUEUED)
    mail.due_at, mail.waits_since = now, None
    volunteer.problem, volunteer.problem_text = None, ""


def certificate_replaced(session: Session, *its_mails: ColumnElement[bool]) -> None:
    """Cancel the mail of an older certificate if it is not sent yet."""
    unsent = Mail.state.in_([MailState.HELD, MailState.QUEUED, MailState.FAILED, MailState.UNSURE])
    session.execute(_into(MailState.CANCELLED, *its_mails, unsent))


def reopened(session: Session, volunteer: Volunteer, *its_mails: ColumnElement[bool]) -> None:
    """Cancel mails with certificates that are not sent yet, and clear the volunteer's problem."""
    # Mails before people, as when an outcome is settled, so that the two never deadlock.
    taken_back(session, *its_mails)
    session.execute(_into(MailState.CANCELLED, *its_mails, Mail.state == MailState.FAILED))
    # People with a problem are not reminded.
    volunteer.problem, volunteer.problem_text = None, ""


def certificates_withdrawn(session: Session, *their_mails: ColumnElement[bool]) -> None:
    """Cancel mails with a certificate that no longer counts; a person still decides about one that
    may have arrived."""
    unsent = Mail.state.in_([MailState.HELD, MailState.QUEUED, MailState.FAILED])
    _change(session, _into(MailState.CANCELLED, *their_mails, unsent))


def withdrawals_undone(session: Session, now: datetime, *their_mails: ColumnElement[bool]) -> int:
    """Queue unsent mails again, since the certificates count again; return how many. A person
    decides again about mails that bounced."""
    cancelled = Mail.state == MailState.CANCELLED, Mail.returned_at.is_not(None)
    _change(session, _into(MailState.FAILED, *their_mails, *cancelled))
    # By `returned_at`, since a mail that bounced and was queued again keeps its first `sent_at`.
    return queued_again(session, MailState.QUEUED, now, *their_mails, Mail.returned_at.is_(None))


def rehearsal_forgotten(session: Session, people: Sequence[int]) -> None:
    """Clear the problems of these volunteers, whose mails are deleted."""
    _change(session, update(Volunteer).where(Volunteer.id.in_(people)).values(_NO_PROBLEM))


def person_erased(volunteer: Volunteer, mails: Iterable[Mail]) -> None:
    """Cancel the mails of an erased person, even one that a worker has in hand.

    Their number of tries grows, so that nothing more is stored about a mail that is being sent.
    """
    for mail in mails:
        mail.tries += 1
        if mail.state is not MailState.SENT:
            _to(mail, MailState.CANCELLED)
    volunteer.problem, volunteer.problem_text = None, ""


def answer_forgotten(volunteer: Volunteer) -> None:
    """Clear a server's answer, which may repeat an address that is no longer known here."""
    volunteer.problem_text = ""


def _flag(mail: Mail, problem: Problem) -> None:
    if mail.volunteer:
        mail.volunteer.problem, mail.volunteer.problem_text = problem, mail.answer


def _outcome_is_known(mail: Mail) -> None:
    if mail.volunteer and mail.volunteer.problem == Problem.UNKNOWN_OUTCOME:
        mail.volunteer.problem, mail.volunteer.problem_text = None, ""


def _afresh(now: datetime) -> dict[str, Any]:
    # The number of tries is kept: it protects from a late worker with an old outcome.
    return {
        "due_at": now,
        "waits_since": None,
        "verdict": Verdict.NONE,
        "code": None,
        "answer": "",
        "returned_at": None,
    }


def _change(session: Session, statement: Update) -> int:
    """Change rows of which the session has read none; return how many."""
    return _count(session, statement.execution_options(synchronize_session=False))


def _count(session: Session, statement: Update) -> int:
    result = session.execute(statement)
    return result.rowcount if isinstance(result, CursorResult) else 0
