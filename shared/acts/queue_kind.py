"""Queueing a further kind of message for everybody who lacks one."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Session

from shared.acts import Act, Turn
from shared.mail.kinds.registry import Kind, of_family
from shared.mail.queue.enqueue import enqueue_many, newest_version
from shared.storage.database import database_time
from shared.storage.models import Action, Event, Mail, MailState, Volunteer
from shared.storage.traits import literal_sql


@dataclass(frozen=True)
class QueueKind(Act):
    """People who had one are left out, unless it was cancelled, and so are people without a
    personal link, which an invitation brings."""

    kind: Kind

    action = Action.QUEUED

    @property
    def fields(self) -> Sequence[str]:
        return (self.kind.name,)

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        had_one = exists().where(
            Mail.volunteer_id == Volunteer.id,
            of_family(self.kind.family),
            Mail.state != MailState.CANCELLED,
        )
        return [
            Volunteer.status >= self.kind.status_queued,
            Volunteer.token.is_not(None),
            literal_sql(self.kind.takers),
            ~had_one.correlate(Volunteer),
            *([] if self.kind.audience is None else [self.kind.audience]),
        ]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        session, event, now = turn.session, turn.event, database_time(turn.session)
        still = self.everybody(session, event).where(Volunteer.id.in_(ids))
        people = still.with_only_columns(Volunteer.event_id, Volunteer.id)
        version = newest_version(self.kind) + 1
        return enqueue_many(session, self.kind, people, now, version=version)
