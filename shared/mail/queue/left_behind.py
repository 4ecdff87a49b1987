"""What a claim finds of earlier tries: a worker that died, an outcome that nobody knows."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.mail.transport.verdicts import Verdict
from shared.storage.models import Attempt, Mail, MailState, Problem

# The attempt's phase from the moment at which the server may have the mail.
HANDED_OVER = "content"
# So often a mail may be lost sight of while it is handed over; then a person decides. Without an
# end, a defect in settling would send it again and again.
_UNKNOWN_OUTCOMES = 3


def may_be_taken(mail: Mail, is_wanted: bool) -> bool:
    """Drop what time has overtaken, and what a dead worker left with an unknown outcome."""
    if not is_wanted:
        mail.state = MailState.CANCELLED
    elif _was_handed_over(mail):
        mail.maybe_duplicate = True
        if mail.event.ask_when_unsure or _unknown_outcomes(mail) >= _UNKNOWN_OUTCOMES:
            mail.answer = "The worker stopped while it handed this mail over."
            _leave_to_a_person(mail)
    elif _waits_unsure(mail) and mail.event.ask_when_unsure:
        _leave_to_a_person(mail)
    return mail.state in (MailState.QUEUED, MailState.SENDING)


def _was_handed_over(mail: Mail) -> bool:
    """Whether the lease of a worker ended that had begun to hand the content over."""
    if mail.state is not MailState.SENDING:
        return False
    newest = select(Attempt.phase).where(Attempt.mail_id == mail.id).order_by(Attempt.id.desc())
    return _session_of(mail).scalar(newest.limit(1)) == HANDED_OVER


def _unknown_outcomes(mail: Mail) -> int:
    """How many tries began to hand the mail over and were never settled."""
    unsettled = select(func.count()).where(
        Attempt.mail_id == mail.id, Attempt.phase == HANDED_OVER, Attempt.ended_at.is_(None)
    )
    return _session_of(mail).scalars(unsettled).one()


def _session_of(mail: Mail) -> Session:
    session = Session.object_session(mail)
    assert session is not None
    return session


def _waits_unsure(mail: Mail) -> bool:
    """Whether the next try follows an unknown outcome. A person who sends it again clears that."""
    return mail.state is MailState.QUEUED and mail.verdict == Verdict.UNSURE


def _leave_to_a_person(mail: Mail) -> None:
    mail.state = MailState.UNSURE
    if mail.volunteer:
        mail.volunteer.problem = Problem.UNKNOWN_OUTCOME
        mail.volunteer.problem_text = mail.answer
