"""Queueing a further kind of message for everybody who has not had it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists
from sqlalchemy.orm import Session

from shared.acts import Act, Turn
from shared.language import N_
from shared.mail.kinds.registry import Kind, kind_of, of_family
from shared.mail.queue.enqueue import enqueue_many, newest_version
from shared.storage.clock import database_time
from shared.storage.models import Action, Event, Mail, MailState, Volunteer


@dataclass(frozen=True)
class QueueKind(Act):
    """Queue a message for people who had none of its kind, except a cancelled one, and who have a
    personal link, which an invitation brings."""

    # The kind's name.
    kind: str

    action = Action.QUEUED
    label = N_("Queueing messages …")
    summary = (N_("The messages are being sent."),)
    logged_wishes = ("kind",)

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        kind = kind_of(self.kind)
        had_one = exists().where(
            Mail.volunteer_id == Volunteer.id,
            of_family(kind.family),
            Mail.state != MailState.CANCELLED,
        )
        return [
            Volunteer.status >= kind.status_queued,
            Volunteer.token.is_not(None),
            kind.takers,
            ~had_one.correlate(Volunteer),
            *([] if kind.audience is None else [kind.audience]),
        ]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return queue(turn, ids, kind_of(self.kind))


def queue(turn: Turn, ids: Sequence[int], kind: Kind) -> int:
    """Queue a mail of this kind for those of these people whom the act still concerns; return how
    many."""
    still = turn.act.everybody(turn.session, turn.event).where(Volunteer.id.in_(ids))
    people = still.with_only_columns(Volunteer.event_id, Volunteer.id)
    now, version = database_time(turn.session), newest_version(kind) + 1
    return enqueue_many(turn.session, kind, people, now, version=version)
