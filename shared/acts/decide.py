"""What a person says about mails that wait since the database was restored: see `queue.hold`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Context, Tally, Turn
from shared.acts.run import run
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.mail.queue.claim import message_ids, sender_of
from shared.mail.queue.failed_mails import mark_unsure_as_sent
from shared.mail.queue.hold import waits
from shared.storage.database import database_time
from shared.storage.models import Action, Event, Mail, MailState
from shared.storage.turns import Progress, unseen

# What identifies a mail in a Message-ID; mail servers' logs may change the case of the domain.
_IN_A_LOG = re.compile(r"(?<![0-9])([0-9]{1,18}-[0-9a-f]{16})@")


class Answer(StrEnum):
    """What a person says about the mails of an event that wait; the log keeps these values."""

    THEY_LEFT = "they_left"
    SEND_AGAIN = "send_again"
    ASK_FOR_EACH = "ask_for_each"


@dataclass(frozen=True)
class Decide(ConcludedAct):
    answer: Answer
    # In Message-IDs; None: all left.
    known_to_have_left: frozenset[str] | None = None

    action = Action.HOLD_ENDED
    logged_wishes = ("answer",)
    unit = Mail

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        """Mails that had not left when the copy was made."""
        return waits()

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session = turn.session
        mails = select(Mail).where(Mail.id.in_(ids), *waits())
        locked = session.scalars(mails.order_by(Mail.id).with_for_update(of=Mail)).all()
        for mail in locked:
            if self.answer is Answer.ASK_FOR_EACH:
                transitions.asked_since_the_restore(mail)
            elif self.answer is Answer.THEY_LEFT and self._left(turn, mail):
                transitions.asked_since_the_restore(mail)
                session.flush()
                mark_unsure_as_sent(session, mail)
            else:
                transitions.outcome_unknown(mail)
                if mail.state is MailState.SENDING:
                    # The worker that had it in hand knew another database.
                    transitions.given_back(mail, database_time(session))
        return len(locked)

    def conclude(self, session: Session, event: Event, collected: Tally) -> None:
        event.hold_ended_at = database_time(session)

    def _left(self, turn: Turn, mail: Mail) -> bool:
        if self.known_to_have_left is None:
            return True
        of_mail = mail.message_id
        if not of_mail:
            sender = sender_of(turn.event, turn.event.live_account)
            ids = message_ids(turn.session, turn.seal)
            of_mail = ids.of(mail, sender.rpartition("@")[2])
        return of_mail.strip("<").partition("@")[0] in self.known_to_have_left


def decide(
    installation: Installation,
    event_id: int,
    answer: Answer,
    log_of_what_left: str = "",
    *,
    by: Actor | None = None,
    progress: Progress = unseen,
) -> int:
    """End the hold of the event as a person says; returns how many mails that concerned.

    `log_of_what_left` is text in which the Message-IDs of the mails stand that left (a mail
    server's log, the sources of a sent folder): only these count as sent, and the others go out.
    Without it, THEY_LEFT means all. Each mail that goes out is marked as a possible duplicate.
    Raises EventUnknown, and SettingRefused when no key opens the Message-IDs' own.
    """
    named = frozenset(_IN_A_LOG.findall(log_of_what_left))
    act = Decide(answer, named if log_of_what_left.strip() else None)
    context = Context(installation.seal)
    return run(installation.database, act, event_id, context, by=by, progress=progress).done
