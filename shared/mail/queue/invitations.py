"""Invitations: who still needs one, and when the invitations of an event leave."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import false, func, select
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.language import N_
from shared.log import audit
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import of_family
from shared.mail.queue import transitions
from shared.mail.queue.enqueue import enqueue_one
from shared.storage.database import database_time
from shared.storage.models import Action, Event, Mail, MailState, Status, Verdict, Volunteer
from shared.storage.models.message import OPEN
from shared.storage.models.volunteer import KNOWN, MAY_BE_ASKED
from shared.storage.sealing.tokens import Seal, new_token
from shared.storage.traits import holds, literal_sql


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
            literal_sql(OPEN),
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


def resend_invitation(
    session: Session, seal: Seal, volunteer: Volunteer, despite: str = ""
) -> Mail:
    """Queue the personal link once more, as a new version; older links stay valid.

    If an invitation still waits, it is due now instead, and no second one is queued. `despite`: why
    it is sent to somebody who gets no more mail, or opted out. Raises SettingRefused without it, or
    if the person's address is not known any more.
    """
    if not holds(KNOWN, volunteer):
        raise SettingRefused(field="email", reason=N_("is not known any more"))
    if not holds(MAY_BE_ASKED, volunteer) and not despite.strip():
        raise SettingRefused(
            field="email", reason=N_("gets no more mail: give a reason to write to it all the same")
        )
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
        waiting.despite = despite.strip()
        return waiting
    if volunteer.token is None:
        volunteer.token = seal.seal_token(new_token())
    volunteer.asked_at = volunteer.asked_at or now
    mail = enqueue_one(session, volunteer, INVITATION, now, urgent=True)
    mail.despite = despite.strip()
    return mail


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
