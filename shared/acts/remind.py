"""Reminding people who were invited and have not entered a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from shared.acts import Turn
from shared.acts.chosen_people import ActAmong
from shared.acts.queue_kind import queue
from shared.language import N_
from shared.mail.kinds.registry import is_one
from shared.mail.kinds.reminder import REMINDER
from shared.storage.clock import database_time
from shared.storage.models import NOT_SENT, Action, Event, Mail, MailState, Volunteer
from shared.storage.models.volunteer import MAY_BE_ASKED, SILENT
from shared.storage.rows import count_where


@dataclass(frozen=True)
class Rules:
    """Nobody gets more than `at_most` reminders, nor one within `days_apart` days of a mail."""

    at_most: int
    days_apart: int


# The rules that are offered first.
USUAL = Rules(at_most=1, days_apart=3)


@dataclass(frozen=True)
class Silent:
    """A person who may be reminded; `last_mail_at` is None if no mail is known to have been
    sent."""

    volunteer_id: int
    number: str
    email: str
    name: str
    last_mail_at: datetime | None
    reminders: int


@dataclass(frozen=True)
class Remind(ActAmong):
    """Queue a reminder for the silent among `people`, without those who submitted in the
    meantime."""

    rules: Rules = USUAL

    action = Action.QUEUED
    label = N_("Queueing reminders …")
    summary = (N_("The reminders are being sent."),)
    fields = (REMINDER.name,)

    def which(self, session: Session, event: Event) -> Sequence[ColumnElement[bool]]:
        lately = database_time(session) - timedelta(days=self.rules.days_apart)
        recent_or_open = exists().where(
            Mail.volunteer_id == Volunteer.id,
            _is_asking(),
            or_(Mail.state.in_(NOT_SENT), Mail.sent_at > lately),
        )
        return [
            SILENT,
            Volunteer.problem.is_(None),
            MAY_BE_ASKED,
            _reminders() < self.rules.at_most,
            ~recent_or_open.correlate(Volunteer),
        ]

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        return queue(turn, ids, REMINDER)

    def page(self, session: Session, event: Event, number: int, size: int) -> list[Silent]:
        """Return one page of people who would be reminded, in the order of the list; `number`
        counts from 1."""
        last = select(func.max(Mail.sent_at)).where(Mail.volunteer_id == Volunteer.id, _is_asking())
        mails = last.correlate(Volunteer).scalar_subquery(), _reminders()
        shown = (Volunteer.id, Volunteer.number, Volunteer.email, Volunteer.name, *mails)
        rows = self.everybody(session, event).with_only_columns(*shown)
        page = rows.limit(size).offset((max(number, 1) - 1) * size)
        return [Silent(*row) for row in session.execute(page)]


def count_silent(session: Session, event: Event) -> int:
    """Return how many people were invited and can still enter their name, even if a reminder would
    not reach them; from an index alone."""
    return count_where(session, Volunteer.event_id == event.id, SILENT)


def _is_asking() -> ColumnElement[bool]:
    return is_one(lambda kind: kind.is_asking)


def _reminders() -> ColumnElement[int]:
    are_reminders = Mail.volunteer_id == Volunteer.id, Mail.kind == REMINDER.name
    counted = select(func.count()).where(*are_reminders, Mail.state != MailState.CANCELLED)
    return counted.correlate(Volunteer).scalar_subquery()
