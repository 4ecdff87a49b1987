"""A person's decision about mails that wait since the database was restored: see `queue.hold`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from shared.acts import ConcludedAct, Context, Tally, Turn
from shared.acts.run import run
from shared.acts.what_left import what_left
from shared.events.installation import Installation
from shared.language import N_
from shared.log.actor import Actor
from shared.mail.queue import transitions
from shared.mail.queue.claim import message_ids, sender_of
from shared.mail.queue.failed_mails import mark_unsure_as_sent
from shared.mail.queue.hold import waits
from shared.mail.queue.reasons import is_held
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Action, Event, Mail, MailState


class MailsDecision(StrEnum):
    """The possible decisions about an event's mails that wait; the log keeps these values."""

    THEY_LEFT = "they_left"
    SEND_AGAIN = "send_again"
    ASK_FOR_EACH = "ask_for_each"


@dataclass
class Decided(Tally):
    """The number of mails decided about (`done`), and of those that had been sent (`left`)."""

    left: int = 0


@dataclass(frozen=True)
class Decide(ConcludedAct):
    """Decide about the mails that had not been sent when the copy was made."""

    answer: MailsDecision
    # The beginnings of Message-IDs, and addresses, of mails that were sent; None: all were.
    known_to_have_left: frozenset[str] | None = None

    tally = Decided
    action = Action.HOLD_ENDED
    label = N_("Checking the mails …")
    summary = (N_("Mails are sent again."),)
    logged_wishes = ("answer",)
    unit = Mail

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        """Return the condition on mails that had not been sent when the copy was made, as long as
        nobody has decided."""
        return [*waits(), Mail.event_id.in_(select(Event.id).where(is_held()))]

    def store(self, turn: Turn, ids: Sequence[int]) -> Decided:
        session, left = turn.session, 0
        mails = select(Mail).where(Mail.id.in_(ids), *waits())
        locked = session.scalars(mails.order_by(Mail.id).with_for_update(of=Mail)).all()
        for mail in locked:
            if self.answer is MailsDecision.ASK_FOR_EACH:
                transitions.asked_since_the_restore(mail)
            elif self.answer is MailsDecision.THEY_LEFT and self._left(turn, mail):
                transitions.asked_since_the_restore(mail)
                session.flush()
                left += 1
                mark_unsure_as_sent(session, mail)
            else:
                transitions.outcome_unknown(mail)
                if mail.state is MailState.SENDING:
                    # The worker that had it in hand knew another database.
                    transitions.given_back(mail, database_time(session))
        return Decided(done=len(locked), left=left)

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
        named = {of_mail.strip("<").partition("@")[0], mail.address.lower()}
        if mail.volunteer:
            # The mail gets its address at the claim.
            named.add(mail.volunteer.email_key)
        return not named.isdisjoint(self.known_to_have_left)


def as_said(
    database: Database, event_id: int, answer: MailsDecision, log_of_what_left: str | Iterable[str]
) -> Decide:
    """Return the act for a person's decision, with the parameters of `decide`."""
    lines: Iterable[str] | None = log_of_what_left
    if isinstance(log_of_what_left, str):
        lines = log_of_what_left.splitlines() if log_of_what_left.strip() else None
    with database.reading() as session:
        oldest = select(func.min(Mail.created_at)).where(*waits(), Mail.event_id == event_id)
        since = session.scalar(oldest)
    return Decide(answer, None if lines is None else what_left(lines, since))


def decide(
    installation: Installation,
    event_id: int,
    answer: MailsDecision,
    log_of_what_left: str | Iterable[str] = "",
    *,
    by: Actor | None = None,
) -> Decided:
    """End the hold of the event by a person's decision; the same again concerns no mail.

    `log_of_what_left` is text, or its lines, with the Message-IDs of mails that were sent (a mail
    server's log, the sources of a sent folder), or addresses that a server delivered to: only these
    count as sent, and the others are sent again. Without it, or with an empty text, THEY_LEFT means
    all. Each mail that is sent again is marked as a possible duplicate. Raises EventUnknown, and
    SettingRefused if no key opens that of the Message-IDs.
    """
    act = as_said(installation.database, event_id, answer, log_of_what_left)
    context = Context(installation.seal)
    tally = run(installation.database, act, event_id, context, by=by)
    assert isinstance(tally, Decided)
    return tally
