"""Inviting: everybody who is asked for their name gets a mail with their personal link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, select, update
from sqlalchemy.orm import Session

from shared.acts import Act, Counted, Turn
from shared.events.naming import issues_at_once
from shared.language import N_
from shared.mail.kinds.invitation import INVITATION
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue_many, give_tokens
from shared.mail.queue.failed_mails import has_newer
from shared.storage.clock import database_time
from shared.storage.many_values import among
from shared.storage.models import NOT_SENT, Action, Event, Mail, MailState, Status, Volunteer
from shared.storage.models.volunteer import MAY_BE_ASKED, TO_ASK, TO_INVITE
from shared.storage.rows import change_unread, count_rows

# The number of mails to send first if an organizer wants to check them before the others.
FIRST_FEW = 5


@dataclass(frozen=True)
class Invite(Act):
    """Queue an invitation for everybody in status 0 or, if the list has the names, for those
    without one (see `events.naming`).

    None is sent before `send_at`. With `first_few`, all but five are held until they are released.
    """

    send_at: datetime | None = None
    first_few: bool = False

    action = Action.QUEUED
    label = N_("Queueing invitations …")
    summary = (Counted("{count} invitation is queued.", "{count} invitations are queued."),)
    fields = (INVITATION.name,)

    def whom(self, session: Session, event: Event) -> Sequence[int]:
        return sorted(id for some in waiting(session, event) for id in session.scalars(some))

    def count(self, session: Session, event: Event) -> int:
        return count_waiting(session, event)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session, event = turn.session, turn.event
        now = database_time(session)
        due_at = self.send_at or now
        state = MailState.HELD if self.first_few else MailState.QUEUED
        of_these = among(Mail.volunteer_id, ids)
        held = [of_these, Mail.event_id == event.id, Mail.state == MailState.HELD]
        few = FIRST_FEW - len(event.first_few) if self.first_few else 0
        # All are held first, then the few released: mails that were held before still are.
        before = set(session.scalars(select(Mail.id).where(*held))) if few > 0 else set()
        new = [among(Volunteer.id, ids), *_to_invite(session, event)]
        give_tokens(session, turn.seal, *new)
        again = transitions.queued_again(
            session, state, due_at, of_these, *_cancelled(session, event)
        )
        people = select(Volunteer.event_id, Volunteer.id).where(*new).order_by(Volunteer.id)
        count = again + enqueue_many(session, INVITATION, people, now, due_at=due_at, state=state)
        change_unread(session, update(Volunteer).where(*new).values(asked_at=now))
        if few > 0:
            waiting = session.execute(
                select(Mail.id, Mail.volunteer_id).where(*held).order_by(Mail.id)
            )
            new_ones = ((id, person_id) for id, person_id in waiting if id not in before)
            first = dict(islice(new_ones, few))
            event.first_few = [*event.first_few, *filter(None, first.values())]
            transitions.released(session, Mail.id.in_(first))
        return count


def count_waiting(session: Session, event: Event) -> int:
    """Return how many people would be invited now, from indexes alone."""
    return sum(count_rows(session, some) for some in waiting(session, event))


def waiting(session: Session, event: Event) -> list[Select[Any]]:
    """Return the ids of people whom a sending would invite now: new ones, and others whose
    invitation was taken back."""
    again = select(Mail.volunteer_id.label("id")).where(*_cancelled(session, event))
    return [select(Volunteer.id).where(*_to_invite(session, event)), again]


def _to_invite(session: Session, event: Event) -> list[ColumnElement[bool]]:
    """Return the conditions on people who are not invited yet, and whom a sending asks for their
    name."""
    has_list_names = issues_at_once(event, database_time(session))
    return [Volunteer.event_id == event.id, TO_ASK if has_list_names else TO_INVITE]


def _cancelled(session: Session, event: Event) -> list[ColumnElement[bool]]:
    """Return the conditions on first invitations that were taken back, of people who still need
    one."""
    is_new = Volunteer.event_id == event.id, Volunteer.status == Status.NEW
    needing = [*is_new, MAY_BE_ASKED]
    if issues_at_once(event, database_time(session)):
        needing.append(Volunteer.listed_name == "")
    return [
        Mail.event_id == event.id,
        Mail.kind == INVITATION.name,
        Mail.version == 1,
        Mail.state == MailState.CANCELLED,
        Mail.volunteer_id.in_(select(Volunteer.id).where(*needing)),
        # A failed one can be retried.
        ~has_newer(*NOT_SENT, MailState.UNSURE, MailState.FAILED),
    ]
