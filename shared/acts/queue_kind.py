"""Queueing a further kind of message for everybody who lacks one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, literal, select
from sqlalchemy.orm import Session

from shared.acts.act import Act, Turn
from shared.mail.kinds.registry import Kind, of_family
from shared.mail.queue.enqueue import insert_mails, newest_version, queued
from shared.storage.database import database_time
from shared.storage.models import Action, Event, Mail, MailState, Volunteer
from shared.storage.models.volunteer import MAY_BE_ASKED, REACHABLE
from shared.storage.traits import asked


@dataclass(frozen=True)
class QueueKind(Act):
    """People who had one are left out, unless it was cancelled, and so are people without a
    personal link, which an invitation brings."""

    kind: Kind

    action = Action.QUEUED

    @property
    def fields(self) -> Sequence[str]:
        return (self.kind.name,)

    def whom(self, session: Session, event: Event) -> Select[int]:
        return select(Volunteer.id).where(*_lacking(event, self.kind)).order_by(Volunteer.id)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        at = database_time(turn.session)
        mail = queued(self.kind, at, at, newest_version(self.kind) + 1)
        chosen = [Volunteer.id.in_(ids), *_lacking(turn.event, self.kind)]
        rows = select(literal(turn.event.id), Volunteer.id, *mail).where(*chosen)
        return insert_mails(turn.session, rows.order_by(Volunteer.id))


def count_lacking(session: Session, event: Event, kind: Kind) -> int:
    """How many of the event's people would get one."""
    lacking = select(func.count()).select_from(Volunteer).where(*_lacking(event, kind))
    return session.scalars(lacking).one()


def _lacking(event: Event, kind: Kind) -> list[ColumnElement[bool]]:
    had_one = exists().where(
        Mail.volunteer_id == Volunteer.id,
        of_family(kind.family),
        Mail.state != MailState.CANCELLED,
    )
    return [
        Volunteer.event_id == event.id,
        Volunteer.status >= kind.status_queued,
        Volunteer.token.is_not(None),
        asked(MAY_BE_ASKED if kind.may_opt_out else REACHABLE),
        ~had_one.correlate(Volunteer),
        *([kind.audience()] if kind.audience else []),
    ]
