"""Reminding people who were invited and have not entered a name."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from shared.acts.queue_kind import QueueKind
from shared.mail.kinds.registry import Kind, is_one
from shared.mail.kinds.reminder import REMINDER
from shared.storage.database import database_time
from shared.storage.models import NOT_SENT, Event, Mail, MailState, Status, Volunteer
from shared.storage.models.volunteer import MAY_BE_ASKED
from shared.storage.traits import literal_sql


@dataclass(frozen=True)
class Rules:
    """Nobody gets more than `at_most` reminders, nor one within `days_apart` days of a mail."""

    at_most: int
    days_apart: int


# What is offered until somebody says otherwise.
USUAL = Rules(at_most=1, days_apart=3)


@dataclass(frozen=True)
class Silent:
    """Somebody who may be reminded; `last_mail_at` is None if no mail is known to have left."""

    volunteer_id: int
    number: str
    email: str
    name: str
    last_mail_at: datetime | None
    reminders: int


@dataclass(frozen=True)
class Remind(QueueKind):
    """Queue a reminder for all silent people, or for `people` of them, without those who submitted
    in the meantime."""

    kind: Kind = field(default=REMINDER, init=False)
    rules: Rules
    people: Sequence[int] | None = None

    def whom(self, session: Session, event: Event) -> Select[int] | Sequence[int]:
        return self.everybody(session, event) if self.people is None else self.people

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        lately = database_time(session) - timedelta(days=self.rules.days_apart)
        recent_or_open = exists().where(
            Mail.volunteer_id == Volunteer.id,
            _is_asking(),
            or_(
                Mail.state.in_(NOT_SENT),
                Mail.sent_at > lately,
            ),
        )
        return [
            Volunteer.status == Status.INVITED,
            Volunteer.problem.is_(None),
            literal_sql(MAY_BE_ASKED),
            _reminders() < self.rules.at_most,
            ~recent_or_open.correlate(Volunteer),
        ]

    def page(self, session: Session, event: Event, number: int, size: int) -> list[Silent]:
        """One page of those who would be reminded, in the order of the list; `number` counts from
        1."""
        last = select(func.max(Mail.sent_at)).where(Mail.volunteer_id == Volunteer.id, _is_asking())
        mails = last.correlate(Volunteer).scalar_subquery(), _reminders()
        shown = (Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, *mails)
        rows = self.everybody(session, event).with_only_columns(*shown)
        page = rows.limit(size).offset((max(number, 1) - 1) * size)
        return [Silent(*row) for row in session.execute(page)]


def _is_asking() -> ColumnElement[bool]:
    return is_one(lambda kind: kind.is_asking)


def _reminders() -> ColumnElement[int]:
    are_reminders = Mail.volunteer_id == Volunteer.id, Mail.kind == REMINDER.name
    counted = select(func.count()).where(*are_reminders, Mail.state != MailState.CANCELLED)
    return counted.correlate(Volunteer).scalar_subquery()
