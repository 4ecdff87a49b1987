"""Which messages are due now, for a claim and for a worker that is idle."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    bindparam,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, joinedload

from shared.mail.kinds.registry import Kinds, kinds, still_wanted
from shared.storage.database import database_time
from shared.storage.models import Event, Mail, Owner, Sending, SendingAccount
from shared.storage.models.message import OPEN
from shared.storage.traits import literal_sql

# No account has this number.
_NO_ACCOUNT = -1

Statements = Sequence[Select[Mail, bool]]


def is_anything_due(session: Session, besides: int | None = None) -> bool:
    """Whether any message is due: a cheap look for an idle worker, in a reading session.

    With the account `besides`: whether one is due of another account, unless that one rests.
    """
    now = database_time(session)
    look = _ONE_EVENT_WITH_DUE_MAIL if besides is None else _ONE_EVENT_OF_OTHERS
    return session.scalar(look, values_of(now, besides)) is not None


def values_of(now: datetime, besides: int | None) -> dict[str, object]:
    """What the statements about events with due mails take."""
    return {"now": now, "besides": _NO_ACCOUNT if besides is None else besides}


def ways_out(event: Event) -> list[tuple[SendingAccount | None, Statements]]:
    """The accounts with the mails that may leave through each; None: the rehearsal.

    The statements take "event", "now" and "count". Only test mails leave through an account that
    is not live yet.
    """
    runs = event.sending is Sending.RUNNING and not event.suppressions_due
    own, to_people, all_of_them = _due_in_turn(kinds())
    if event.account is None or event.live_at:
        return [(event.account, all_of_them if runs else own)]
    return [(event.account, own), (None, to_people if runs else [])]


def may_send() -> ColumnElement[bool]:
    """A stop holds everything but the organizer's own test mails; a deletion holds those, too."""
    may_leave = or_(Event.sending == Sending.RUNNING, Mail.volunteer_id.is_(None))
    return and_(Event.deleted_at.is_(None), may_leave)


def is_held() -> ColumnElement[bool]:
    """Whether the mails of an `Event` wait for a person's decision after a restore (`hold`)."""
    since = select(Owner.held_at).where(Owner.id == 1).scalar_subquery()
    is_undecided = or_(Event.hold_ended_at.is_(None), Event.hold_ended_at < since)
    return and_(since.is_not(None), Event.created_at < since, is_undecided)


def _has_due_mail() -> ColumnElement[bool]:
    """Each kind by an index: urgent ones, others, and the organizer's test mails during a stop."""
    due = [
        # Not EXISTS, for which PostgreSQL may read all due mails of all events beforehand.
        select(Mail.id)
        .where(Mail.event_id == Event.id, _is_due(), which)
        .order_by(Mail.due_at)
        .limit(1)
        .correlate(Event)
        .scalar_subquery()
        .is_not(None)
        for which in (Mail.urgent == true(), Mail.urgent == false(), Mail.volunteer_id.is_(None))
    ]
    may_leave = and_(Event.sending == Sending.RUNNING, Event.suppressions_due.is_(False))
    is_due = or_(and_(may_leave, or_(*due[:2])), due[2])
    return and_(Event.deleted_at.is_(None), ~is_held(), is_due)


def _is_due() -> ColumnElement[bool]:
    return and_(literal_sql(OPEN), Mail.due_at <= bindparam("now"))


def _due_mails(known: Kinds, which: ColumnElement[bool]) -> Select[Mail, bool]:
    """The next due mails that no other worker is claiming, and whether they are still wanted."""
    return (
        select(Mail, still_wanted(known))
        .where(Mail.event_id == bindparam("event"), _is_due(), which)
        .order_by(Mail.due_at, Mail.id)
        .limit(bindparam("count"))
        .options(joinedload(Mail.volunteer), joinedload(Mail.certificate))
        .with_for_update(skip_locked=True, of=Mail)
        .execution_options(populate_existing=True)
    )


_IS_OF_OTHERS = func.coalesce(Event.account_id, _NO_ACCOUNT - 1) != bindparam("besides")
_RESTS = or_(
    SendingAccount.needs_fixing,
    SendingAccount.paused_until > bindparam("now"),
    SendingAccount.next_at > bindparam("now"),
)
EVENTS_WITH_DUE_MAIL = (
    select(Event).where(_has_due_mail(), _IS_OF_OTHERS).options(joinedload(Event.account))
)
_ONE_EVENT_WITH_DUE_MAIL = select(Event.id).where(_has_due_mail()).limit(1)
_ONE_EVENT_OF_OTHERS = (
    select(Event.id)
    .outerjoin(Event.account)
    .where(_has_due_mail(), _IS_OF_OTHERS, _RESTS.is_not(True))
    .limit(1)
)


@cache
def _due_in_turn(known: Kinds) -> tuple[Statements, Statements, Statements]:
    """The organizer's own test mails, which no stop holds; mails to people; and both."""
    to_people = Mail.volunteer_id.is_not(None)
    urgent_first = (Mail.urgent == true(), Mail.urgent == false())
    return (
        [_due_mails(known, Mail.volunteer_id.is_(None))],
        [_due_mails(known, and_(urgent, to_people)) for urgent in urgent_first],
        [_due_mails(known, urgent) for urgent in urgent_first],
    )
