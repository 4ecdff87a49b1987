"""Reminding people who were invited and have not entered a name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from shared.events import event_for_change
from shared.log import audit
from shared.log.actor import Actor
from shared.mail.kinds.opting_out import wants_no_reminders
from shared.mail.kinds.registry import is_one
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue.enqueue import insert_mails, newest_version, queued
from shared.mail.queue.long_commands import Told, in_turns
from shared.storage.database import Database, database_time
from shared.storage.models import Action, Event, Mail, MailState, Status, Volunteer


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
    """How many would be reminded by `remind_silent`."""
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


def remind_silent(
    session: Session, event: Event, rules: Rules, volunteer_ids: Sequence[int] | None = None
) -> int:
    """Queue a reminder for all silent people, or these of them; call with the event locked.

    Returns how many were queued, without people who submitted in the meantime.
    """
    now = database_time(session)
    silent = _silent(event, rules, now)
    if volunteer_ids is not None:
        silent.append(Volunteer.id.in_(volunteer_ids))
    mail = queued(REMINDER, now, now, newest_version(REMINDER) + 1)
    return insert_mails(session, select(literal(event.id), Volunteer.id, *mail).where(*silent))


def remind_in_turns(
    database: Database, event_id: int, rules: Rules, told: Told, by: Actor | None = None
) -> int:
    """`remind_silent` for all, in turns (see `in_turns`). Raises EventUnknown."""
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        silent = select(Volunteer.id).where(*_silent(event, rules, database_time(session)))

    def remind(session: Session, ids: Sequence[int]) -> int:
        return remind_silent(session, event_for_change(session, event_id), rules, ids)

    begin = partial(audit.begin, database, by, Action.QUEUED, event_id, fields=[REMINDER.name])
    return in_turns(database, silent.order_by(Volunteer.id), remind, told, begin)


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
        Volunteer.erased_at.is_(None),
        Volunteer.address_forgotten_at.is_(None),
        ~wants_no_reminders(),
        _reminders() < rules.at_most,
        ~recent_or_open,
    ]
