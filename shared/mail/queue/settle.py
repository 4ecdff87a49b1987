"""What an outcome changes: the mail, its volunteer and the account, in one transaction."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Update,
    and_,
    bindparam,
    case,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.orm import Session

from shared.mail.accounts import health, sharing
from shared.mail.queue.claim import Claimed
from shared.mail.transport.smtp import Outcome
from shared.mail.transport.verdicts import Verdict
from shared.storage.database import database_time
from shared.storage.models import (
    Attempt,
    Certificate,
    Mail,
    MailAccount,
    MailKind,
    MailState,
    Problem,
    Status,
    StatusNumber,
    Volunteer,
)

_Try = tuple[Claimed, Outcome]

# After the first, second … temporary refusal; then the address is given up.
RETRIES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)
# So often a mail may stop its account, when others are taken meanwhile; then it is given up.
_STOPS_BY_ONE_MAIL = 3
# What a server answers in these phases, it answers to who has signed in.
_SIGNED_IN = ("mail", "rcpt", "data", "content")
_MAIL_PROBLEMS = (Problem.REFUSED_ADDRESS, Problem.MAIL_FAILED, Problem.UNKNOWN_OUTCOME)


def settle(session: Session, tries: Iterable[_Try]) -> int:
    """Write down what became of tries; the number of mails that were not in other hands by then.

    The try number is the fence: a worker that comes late changes nothing but its own attempt.
    A try that was given up as unsure can still turn out to have been sent.
    """
    now = database_time(session)
    # In this order mails are taken back, too, so that the two never wait for each other.
    tries = sorted(tries, key=lambda each: each[0].mail_id)
    sent = [each for each in tries if each[1].verdict is Verdict.SENT]
    if 0 < len(sent) < len(tries):
        _lock_in_order(session, tries)
    changed = _settle_sent(session, sent, now) if sent else 0
    for claimed, outcome in tries:
        if outcome.verdict is not Verdict.SENT:
            changed += _settle_unsent(session, claimed, outcome, now)
    return changed


def _lock_in_order(session: Session, tries: list[_Try]) -> None:
    # Those that were sent are settled before the others, which is another order.
    mails = select(Mail.id).where(Mail.id.in_([claimed.mail_id for claimed, _ in tries]))
    session.execute(mails.order_by(Mail.id).with_for_update())


def _settle_unsent(session: Session, claimed: Claimed, outcome: Outcome, now: datetime) -> bool:
    mail = session.scalar(
        select(Mail)
        .where(Mail.id == claimed.mail_id, Mail.tries == claimed.try_number, _is_open())
        .with_for_update()
    )
    session.connection().execute(_ATTEMPT, _attempt_values(claimed, outcome, now))
    _tell_the_account(session, claimed, outcome)
    if mail is None:
        return False
    mail.verdict, mail.code, mail.answer = outcome.verdict, outcome.code, outcome.text
    _CONSEQUENCES[outcome.verdict](session, mail, now)
    return True


def refuse_to_draw(session: Session, claimed: Claimed, problem: Problem, words: str) -> None:
    """The certificate cannot be drawn: its mail fails, and the volunteer's row says why."""
    now = database_time(session)
    mail = session.get(Mail, claimed.mail_id, with_for_update=True)
    if mail is None:
        return  # The rehearsal that it belonged to was forgotten.
    session.connection().execute(_ATTEMPT, _attempt_values(claimed, None, now))
    if mail.tries == claimed.try_number and mail.state is MailState.SENDING:
        mail.state, mail.answer = MailState.FAILED, words
        _flag(session, mail, problem)


def note_picture_made(session: Session, claimed: Claimed, seconds: float) -> None:
    """The certificate of a claimed mail is drawn, which took so many seconds."""
    assert claimed.volunteer is not None
    assert claimed.certificate is not None
    session.execute(
        update(Volunteer)
        .where(
            Volunteer.id == claimed.volunteer.id,
            Volunteer.status == Status.SUBMITTED,
            is_current(claimed.certificate.id),
        )
        .values(status=Status.PICTURE_MADE)
    )
    session.execute(
        update(Attempt).where(Attempt.id == claimed.attempt_id).values(drawing_ms=seconds * 1000)
    )


def _attempt_values(claimed: Claimed, outcome: Outcome | None, now: datetime) -> dict[str, object]:
    values: dict[str, object] = {"attempt": claimed.attempt_id, "ended_at": now}
    if outcome is None:
        return values | {"verdict": health.GIVEN_BACK}
    return values | {
        "verdict": outcome.verdict,
        "phase": outcome.phase,
        "code": outcome.code,
        "answer": outcome.text,
    }


def _is_open() -> ColumnElement[bool]:
    # Not IN: statements for many mails at once cannot have a list among their values.
    return or_(Mail.state == MailState.SENDING, Mail.state == MailState.UNSURE)


def _tell_the_account(session: Session, claimed: Claimed, outcome: Outcome) -> None:
    if claimed.account and outcome.phase in _SIGNED_IN and outcome.code is not None:
        sharing.note_sign_in(session, claimed.account)
    account = session.get(MailAccount, claimed.event.id)
    if account and claimed.account and opens_the_same(account, claimed.account):
        health.note_answer(session, account, outcome)


_SETTINGS = (
    "host",
    "port",
    "security",
    "username",
    "sealed_password",
    "skip_auth",
    "from_address",
)


def opens_the_same(account: MailAccount, earlier: MailAccount) -> bool:
    """Whether nothing that a server judges has changed since `earlier` was read.

    An answer to the old password says nothing about the one that was entered meanwhile."""
    return all(getattr(account, field) == getattr(earlier, field) for field in _SETTINGS)


def _settle_sent(session: Session, sent: list[_Try], now: datetime) -> int:
    """What nearly every mail comes to: kept statements, each once for all mails."""
    connection = session.connection()
    values = [
        {
            "mail": claimed.mail_id,
            "try": claimed.try_number,
            "sent_at": now,
            "code": outcome.code,
            "answer": outcome.text,
        }
        for claimed, outcome in sent
    ]
    changed = connection.execute(_SENT, values).rowcount
    connection.execute(_ATTEMPT, [_attempt_values(*each, now) for each in sent])
    for kind, statement in _REACHED.items():
        reached = [
            _reached_values(claimed, claimed.volunteer)
            for claimed, _ in sent
            if claimed.kind is kind and claimed.volunteer
        ]
        if reached:
            connection.execute(statement, reached)
    for claimed, outcome in sent:
        if claimed.account and _is_news_for(claimed.account):
            _tell_the_account(session, claimed, outcome)
    return changed


def _is_news_for(account: MailAccount) -> bool:
    """Whether a mail that was taken ends a pause, begins a delay or proves a password."""
    return bool(account.pauses_in_a_row or account.max_second or sharing.awaits_proof(account))


def _reached_values(claimed: Claimed, volunteer: Volunteer) -> dict[str, object]:
    values: dict[str, object] = {
        "volunteer": volunteer.id,
        "mail": claimed.mail_id,
        "try": claimed.try_number,
    }
    return values | {"certificate": claimed.certificate.id} if claimed.certificate else values


def is_current(certificate_id: Any) -> ColumnElement[bool]:
    """Whether no later certificate has replaced the one of this id."""
    return exists().where(Certificate.id == certificate_id, Certificate.replaced_at.is_(None))


def _reaches(
    status: Status, condition: ColumnElement[bool], *, clears: ColumnElement[bool]
) -> Update:
    """A volunteer's step to `status`, and the end of what went wrong with mails before."""
    had_problem = and_(or_(*(Volunteer.problem == problem for problem in _MAIL_PROBLEMS)), clears)
    was_sent = exists().where(
        Mail.id == bindparam("mail"),
        Mail.tries == bindparam("try"),
        Mail.state == MailState.SENT,
    )
    return (
        update(Volunteer)
        .where(Volunteer.id == bindparam("volunteer"), or_(condition, had_problem), was_sent)
        .values(
            status=case((condition, literal(status, StatusNumber())), else_=Volunteer.status),
            problem=case((had_problem, null()), else_=Volunteer.problem),
            problem_text=case((had_problem, ""), else_=Volunteer.problem_text),
        )
    )


# What stands in the SET clause is what is handed over with them, beside the bound names.
_ATTEMPT = update(Attempt).where(Attempt.id == bindparam("attempt"))
_SENT = (
    update(Mail)
    .where(Mail.id == bindparam("mail"), Mail.tries == bindparam("try"), _is_open())
    .values(state=MailState.SENT, verdict=Verdict.SENT)
)
# A link that arrives says nothing about a certificate that did not.
_NO_CERTIFICATE_IN_TROUBLE = ~(
    exists()
    .where(
        Mail.volunteer_id == Volunteer.id,
        Mail.kind == MailKind.CERTIFICATE,
        or_(Mail.state == MailState.FAILED, Mail.state == MailState.UNSURE),
    )
    .correlate(Volunteer)
)
_REACHED = {
    MailKind.INVITATION: _reaches(
        Status.INVITED, Volunteer.status == Status.NEW, clears=_NO_CERTIFICATE_IN_TROUBLE
    ),
    MailKind.REMINDER: _reaches(Status.INVITED, false(), clears=_NO_CERTIFICATE_IN_TROUBLE),
    MailKind.CERTIFICATE: _reaches(
        Status.MAILED,
        and_(Volunteer.status >= Status.SUBMITTED, is_current(bindparam("certificate"))),
        clears=true(),
    ),
}


def _retry(session: Session, mail: Mail, now: datetime) -> None:
    # A mail that a person queues again after it was given up gets the whole schedule again.
    failures = max(0, _temporary_failures(session, mail) - 1)
    round_ = failures % (len(RETRIES) + 1)
    if round_ < len(RETRIES):
        mail.state, mail.due_at = MailState.QUEUED, now + RETRIES[round_]
    elif mail.maybe_duplicate:
        _leave_to_a_person(session, mail)
    else:
        mail.state = MailState.FAILED
        _flag(session, mail, Problem.MAIL_FAILED)


def _temporary_failures(session: Session, mail: Mail) -> int:
    return session.scalars(
        select(func.count()).where(
            Attempt.mail_id == mail.id, Attempt.verdict.in_([Verdict.RETRY, Verdict.UNSURE])
        )
    ).one()


def _wait_for_the_account(session: Session, mail: Mail, now: datetime) -> None:
    """The mail is not to blame: it stays due, and the account says when it may leave."""
    is_test = mail.kind is MailKind.TEST
    account = mail.event.account if is_test else mail.event.live_account
    if account is None:
        _retry(session, mail, now)  # In rehearsal nothing holds it back.
    elif _alone_is_to_blame(session, mail, account):
        mail.state = MailState.FAILED
        _flag(session, mail, Problem.MAIL_FAILED)
    else:
        mail.state, mail.due_at = MailState.QUEUED, now


def _alone_is_to_blame(session: Session, mail: Mail, account: MailAccount) -> bool:
    """Whether the account was stopped by this mail again and again while others were taken."""
    stops = session.execute(
        select(func.min(Attempt.id), func.count()).where(
            Attempt.mail_id == mail.id,
            Attempt.verdict.in_([Verdict.PAUSE, Verdict.FIX]),
            Attempt.phase.in_(["compose", "rcpt", "content"]),
        )
    )
    first, count = stops.one()
    if count < _STOPS_BY_ONE_MAIL:
        return False
    taken = exists().where(
        sharing.attempts_of(account), Attempt.id > first, Attempt.verdict == Verdict.SENT
    )
    return bool(session.scalar(select(taken)))


def _bad(session: Session, mail: Mail, now: datetime) -> None:
    mail.state = MailState.FAILED
    _flag(session, mail, Problem.REFUSED_ADDRESS)


def _unsure(session: Session, mail: Mail, now: datetime) -> None:
    mail.maybe_duplicate = True
    if mail.event.ask_when_unsure:
        _leave_to_a_person(session, mail)
    else:
        _retry(session, mail, now)


def _leave_to_a_person(session: Session, mail: Mail) -> None:
    mail.state = MailState.UNSURE
    _flag(session, mail, Problem.UNKNOWN_OUTCOME)


def _flag(session: Session, mail: Mail, problem: Problem) -> None:
    if mail.volunteer:
        mail.volunteer.problem, mail.volunteer.problem_text = problem, mail.answer


_CONSEQUENCES: dict[Verdict, Callable[[Session, Mail, datetime], None]] = {
    Verdict.RETRY: _retry,
    Verdict.PAUSE: _wait_for_the_account,
    Verdict.FIX: _wait_for_the_account,
    Verdict.BAD: _bad,
    Verdict.UNSURE: _unsure,
}
