"""Between claim and content: the last check before it goes out, and giving unsent mails back."""

from datetime import timedelta
from functools import cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.mail.kinds.registry import Kinds, kinds, still_wanted
from shared.mail.queue import attempts, transitions
from shared.mail.queue.claimed import Claimed
from shared.mail.queue.due import may_send
from shared.storage.database import database_time
from shared.storage.models import Attempt, Event, Mail, MailState
from shared.storage.prepared import PreparedChange


def begin_hand_overs(session: Session, tasks: list[Claimed], lease: timedelta) -> set[int]:
    """The last check before contents go out: which mails are still ours, and still wanted?

    Returns the ids of their attempts. Their leases start anew, and it is noted that from now on a
    lost answer leaves the outcome open. Mails are left out if the worker slept through its lease,
    if the event was stopped, or if they were taken back or overtaken by a submit.
    """
    now = database_time(session)
    # Prepared, and not by loaded rows: see `attempts`.
    connection, times = session.connection(), {"now": now, "ends": now + lease}
    renewed_lease = _renewed_lease(kinds())
    ours = [
        task
        for task in sorted(tasks, key=lambda task: task.mail_id)
        if renewed_lease.run(connection, [task.names | times])
    ]
    attempts.hand_over(session, ours, now)
    return {task.attempt_id for task in ours}


@cache
def _renewed_lease(known: Kinds) -> PreparedChange:
    in_time = Mail.event_id.in_(select(Event.id).where(may_send()))
    return transitions.renewing_lease(in_time, still_wanted(known))


def give_back(session: Session, claimed: Claimed) -> bool:
    """Put an unsent mail back into the queue; False if it was handed over or is no longer ours."""
    mail = session.get(Mail, claimed.mail_id, with_for_update=True)
    attempt = session.get(Attempt, claimed.attempt_id)
    if mail is None or attempt is None:
        return False  # The rehearsal that it belonged to was forgotten.
    if attempt.phase == attempts.HANDED_OVER:
        return False
    now = database_time(session)
    attempts.end_unasked(session, claimed, now)
    if mail.tries != claimed.try_number or mail.state is not MailState.SENDING:
        return False
    transitions.given_back(mail, now)
    return True
