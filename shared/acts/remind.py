"""Reminding people who were invited and have not entered a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from shared.acts.act import Act, Turn
from shared.mail.kinds.registry import is_one
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue.enqueue import insert_mails, newest_version, queued
from shared.storage.database import database_time
from shared.storage.models import Action, Event, Mail, MailState, Status, Volunteer
from shared.storage.models.volunteer import MAY_BE_ASKED
from shared.storage.traits import asked


@dataclass(frozen=True)
class Rules:
    """Nobody gets more than `at_most` reminders, nor one within `days_apart` days of a mail."""

    at_most: int
    days_apart: int


@dataclass(frozen=True)
class Silent:
    """Somebody who may be reminded; `last_mail_at` is None if no mail is known to have left."""

    volunteer_id: int
    number: str
    email: str
    name: str
    last_mail_at: datetime | None
    reminders: int


def count_silent(session: Session, event: Event, rules: Rules) -> int:
    """How many would be reminded now."""
    silent = _silent(event, rules, database_time(session))
    return session.scalars(select(func.count()).select_from(Volunteer).where(*silent)).one()


def silent_page(
    session: Session, event: Event, rules: Rules, *, page: int = 1, page_size: int = 50
) -> list[Silent]:
    """One page of those who would be reminded, in the order of the list; `page` counts from 1."""
    rows = (
        select(
            Volunteer.id,
            Volunteer.number,
            Volunteer.email,
            Volunteer.name,
            _last_mail_at(),
            _reminders(),
        )
        .where(*_silent(event, rules, database_time(session)))
        .order_by(Volunteer.id)
    )
    shown = rows.limit(page_size).offset((max(page, 1) - 1) * page_size)
    return [Silent(*row) for row in session.execute(shown)]


@dataclass(frozen=True)
class Remind(Act):
    """Queue a reminder for all silent people, without those who submitted in the meantime."""

    rules: Rules

    action = Action.QUEUED

    @property
    def fields(self) -> Sequence[str]:
        return (REMINDER.name,)

    def whom(self, session: Session, event: Event) -> Select[int]:
        silent = _silent(event, self.rules, database_time(session))
        return select(Volunteer.id).where(*silent).order_by(Volunteer.id)

    def store(self, turn: Turn, ids: Sequence[int]) -> int:
        now = database_time(turn.session)
        silent = [Volunteer.id.in_(ids), *_silent(turn.event, self.rules, now)]
        mail = queued(REMINDER, now, now, newest_version(REMINDER) + 1)
        rows = select(literal(turn.event.id), Volunteer.id, *mail).where(*silent)
        return insert_mails(turn.session, rows)


def _reminders() -> ColumnElement[int]:
    return (
        select(func.count())
        .where(*_is_reminder(), Mail.state != MailState.CANCELLED)
        .correlate(Volunteer)
        .scalar_subquery()
    )


def _is_reminder() -> list[ColumnElement[bool]]:
    return [Mail.volunteer_id == Volunteer.id, Mail.kind == REMINDER.name]


def _is_asking() -> ColumnElement[bool]:
    return is_one(lambda kind: kind.is_asking)


def _last_mail_at() -> ColumnElement[datetime | None]:
    return (
        select(func.max(Mail.sent_at))
        .where(Mail.volunteer_id == Volunteer.id, _is_asking())
        .correlate(Volunteer)
        .scalar_subquery()
    )


def _silent(event: Event, rules: Rules, now: datetime) -> list[Any]:
    recent_or_open = (
        exists()
        .where(
            Mail.volunteer_id == Volunteer.id,
            _is_asking(),
            or_(
                Mail.state.in_([MailState.HELD, MailState.QUEUED, MailState.SENDING]),
                Mail.sent_at > now - timedelta(days=rules.days_apart),
            ),
        )
        .correlate(Volunteer)
    )
    return [
        Volunteer.event_id == event.id,
        Volunteer.status == Status.INVITED,
        Volunteer.problem.is_(None),
        asked(MAY_BE_ASKED),
        _reminders() < rules.at_most,
        ~recent_or_open,
    ]
