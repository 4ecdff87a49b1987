"""What a claim finds of earlier tries: a worker that died, an outcome that nobody knows."""

from sqlalchemy.orm import Session

from shared.mail.queue import attempts, transitions
from shared.storage.models import Mail, MailState, Verdict

# So often a mail may be lost sight of while it is handed over; then a person decides. Without an
# end, a defect in settling would send it again and again.
_UNKNOWN_OUTCOMES = 3


def may_be_taken(session: Session, mail: Mail, is_wanted: bool) -> bool:
    """Drop what time has overtaken, and what a dead worker left with an unknown outcome."""
    if not is_wanted:
        transitions.overtaken(mail)
    elif mail.state is MailState.SENDING and attempts.was_handed_over(session, mail):
        transitions.outcome_unknown(mail)
        if mail.event.ask_when_unsure or _is_lost_again_and_again(session, mail):
            transitions.worker_vanished(mail)
    elif _waits_unsure(mail) and mail.event.ask_when_unsure:
        transitions.left_to_a_person(mail)
    return mail.state in (MailState.QUEUED, MailState.SENDING)


def _is_lost_again_and_again(session: Session, mail: Mail) -> bool:
    return attempts.count_unknown_outcomes(session, mail) >= _UNKNOWN_OUTCOMES


def _waits_unsure(mail: Mail) -> bool:
    """Whether the next try follows an unknown outcome. A person who sends it again clears that."""
    return mail.state is MailState.QUEUED and mail.verdict == Verdict.UNSURE
