"""Invitations: who still needs one, and when the invitations of an event leave."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, false, func, literal, select, update
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.events import event_for_change
from shared.events.naming import issues_at_once
from shared.language import N_
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import of_family
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue_one, give_tokens, insert_mails, queued
from shared.mail.queue.failed_mails import has_newer
from shared.storage.database import Database, database_time
from shared.storage.many_values import among
from shared.storage.models import Action, Event, Mail, MailState, Status, Verdict, Volunteer
from shared.storage.models.message import OPEN
from shared.storage.models.volunteer import KNOWN, TO_ASK, TO_INVITE
from shared.storage.sealing.tokens import Seal, new_token
from shared.storage.traits import asked, holds
from shared.storage.turns import turns

# How many are sent first when an organizer wants to see how they fare.
FIRST_FEW = 5
# How many one statement queues.
_AT_ONCE = 5_000


def count_waiting(session: Session, event: Event) -> int:
    """How many would be invited by `queue_invitations`."""
    new = session.scalar(select(func.count()).where(*_to_invite(session, event))) or 0
    again = select(func.count()).where(*_cancelled(session, event))
    return new + (session.scalar(again) or 0)


def queue_invitations(
    session: Session,
    seal: Seal,
    event: Event,
    *,
    send_at: datetime | None = None,
    first_few: bool = False,
) -> int:
    """Queue an invitation for everybody in status 0 or, where the list has the names, for those
    without one (see `events.naming`). Call with the event locked.

    `send_at`: not before this moment. `first_few`: all but five are held until they are released.
    Returns how many were queued or held; a second call returns 0.
    """
    due_at, count, left = send_at or database_time(session), 0, iter(waiting(session, event))
    while part := list(islice(left, _AT_ONCE)):
        few = max(FIRST_FEW - count, 0) if first_few else None
        count += invite(session, seal, event, part, at=due_at, few=few)
    return count


def queue_in_turns(
    database: Database,
    seal: Seal,
    event_id: int,
    *,
    send_at: datetime | None = None,
    first_few: bool = False,
    told: Callable[[float], object] = lambda _: None,
    by: Actor | None = None,
) -> int:
    """`queue_invitations` in turns, between which others can write.

    After an interruption, the next call queues the rest. `told` is called repeatedly with the share
    that is done. Raises EventUnknown.
    """
    with database.reading() as session:
        people = waiting(session, session.get_one(Event, event_id))
        due_at = send_at or database_time(session)
    audit.begin(database, by, Action.QUEUED, event_id, len(people), fields=[INVITATION.name])
    count = done = 0
    for turn, part in enumerate(turns(people), start=1):
        with database.writing() as session:
            event = event_for_change(session, event_id)
            few = max(FIRST_FEW - count, 0) if first_few else None
            count += invite(session, seal, event, part, at=due_at, few=few)
        done += len(part)
        told(done / len(people))
        database.look_at_growth(turn)
    return count


def waiting(session: Session, event: Event) -> Sequence[int]:
    """The ids of all who need an invitation, in the order of the list."""
    again = select(Mail.volunteer_id).where(*_cancelled(session, event))
    new = select(Volunteer.id).where(*_to_invite(session, event))
    return sorted({*session.scalars(new), *(one for one in session.scalars(again) if one)})


def invite(
    session: Session,
    seal: Seal,
    event: Event,
    volunteer_ids: Sequence[int],
    *,
    at: datetime,
    few: int | None = None,
) -> int:
    """Queue an invitation for those of these people who still need one; returns how many.

    Call with the event locked. `few`: all but this many are held until they are released.
    """
    whom = [among(Volunteer.id, volunteer_ids), *_to_invite(session, event)]
    give_tokens(session, seal, *whom)
    state = MailState.QUEUED if few is None else MailState.HELD
    of_these = among(Mail.volunteer_id, volunteer_ids)
    held = [of_these, Mail.event_id == event.id, Mail.state == MailState.HELD]
    # Held first, then the few released: mails that were held before stay so.
    before = set(session.scalars(select(Mail.id).where(*held))) if few else set()
    count = transitions.queued_again(session, state, at, of_these, *_cancelled(session, event))
    now = database_time(session)
    mail = queued(INVITATION, now, at, state=state)
    mails = select(literal(event.id), Volunteer.id, *mail).where(*whom).order_by(Volunteer.id)
    count += insert_mails(session, mails)
    were_asked = update(Volunteer).where(*whom).values(asked_at=now)
    session.execute(were_asked.execution_options(synchronize_session=False))
    if few:
        new = session.execute(select(Mail.id, Mail.volunteer_id).where(*held).order_by(Mail.id))
        first = dict(islice(((id, whom) for id, whom in new if id not in before), few))
        event.first_few = [*event.first_few, *filter(None, first.values())]
        transitions.released(session, Mail.id.in_(first))
    return count


@dataclass(frozen=True)
class Departure:
    """How many invitations leave at a moment."""

    at: datetime
    count: int


def departures(session: Session, event: Event) -> list[Departure]:
    """The mails that wait for a moment that an organizer chose (`send_at`), soonest first."""
    waiting = (
        select(Mail.due_at, func.count())
        .where(
            Mail.event_id == event.id,
            asked(OPEN),
            Mail.urgent == false(),
            Mail.due_at > database_time(session),
            Mail.kind == INVITATION.name,
            Mail.state == MailState.QUEUED,
            # Mails that were tried wait for their next try.
            Mail.verdict == Verdict.NONE,
        )
        .group_by(Mail.due_at)
        .order_by(Mail.due_at)
    )
    return [Departure(at, count) for at, count in session.execute(waiting)]


def resend_invitation(session: Session, seal: Seal, volunteer: Volunteer) -> Mail:
    """Queue the personal link once more, as a new version; older links stay valid.

    If an invitation still waits, it is due now instead, and no second one is queued. Raises
    SettingRefused if the person's address is not known any more.
    """
    if not holds(KNOWN, volunteer):
        raise SettingRefused(field="email", reason=N_("is not known any more"))
    now = database_time(session)
    audit.record(
        session,
        Action.QUEUED,
        volunteer.event_id,
        volunteer_id=volunteer.id,
        fields=[INVITATION.name],
    )
    if waiting := _waiting_invitation(session, volunteer):
        transitions.brought_forward(waiting, now)
        return waiting
    if volunteer.token is None:
        volunteer.token = seal.seal_token(new_token())
    volunteer.asked_at = volunteer.asked_at or now
    return enqueue_one(session, volunteer, INVITATION, now, urgent=True)


def _waiting_invitation(session: Session, volunteer: Volunteer) -> Mail | None:
    waiting = select(Mail).where(
        Mail.volunteer_id == volunteer.id,
        of_family(INVITATION.family),
        Mail.state.in_([MailState.HELD, MailState.QUEUED]),
    )
    if volunteer.status >= Status.SUBMITTED:
        # The first invitation of somebody who has submitted is dropped, not sent.
        waiting = waiting.where(Mail.version > 1)
    # Locked: a worker may claim it at the same moment.
    newest = waiting.order_by(Mail.version.desc()).limit(1).with_for_update()
    return session.scalars(newest.execution_options(populate_existing=True)).first()


def _to_invite(session: Session, event: Event) -> list[ColumnElement[bool]]:
    """Those not invited yet whom a sending asks for their name."""
    is_list_asked = issues_at_once(event, database_time(session))
    return [Volunteer.event_id == event.id, asked(TO_ASK if is_list_asked else TO_INVITE)]


def _cancelled(session: Session, event: Event) -> list[Any]:
    """The first invitations, taken back, of people who still need one."""
    needing = [Volunteer.event_id == event.id, Volunteer.status == Status.NEW, asked(KNOWN)]
    if issues_at_once(event, database_time(session)):
        needing.append(Volunteer.listed_name == "")
    return [
        Mail.event_id == event.id,
        Mail.kind == INVITATION.name,
        Mail.version == 1,
        Mail.state == MailState.CANCELLED,
        Mail.volunteer_id.in_(select(Volunteer.id).where(*needing)),
        ~has_newer(
            MailState.HELD,
            MailState.QUEUED,
            MailState.SENDING,
            MailState.UNSURE,
            # That one is offered for another try.
            MailState.FAILED,
        ),
    ]
