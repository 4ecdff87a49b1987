"""The state of an event's sending, with the first reason for which a mail is not sent, in
somebody's language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import Select, SQLColumnExpression, null, select
from sqlalchemy.orm import Session

from shared.language import N_, translate
from shared.mail.accounts import allowance, bucket, health, limits
from shared.mail.kinds.registry import kinds
from shared.mail.queue.reasons import (
    OF_ACCOUNTS,
    OF_EVENTS,
    OF_PEOPLES_MAIL,
    OF_STATES,
    OF_TIMES,
    Reason,
    when_read,
)
from shared.mail.transport.answers import codes_of
from shared.storage.clock import database_time
from shared.storage.models import Event, Mail, MailState, SendingAccount
from shared.storage.models.message import OPEN

_WAITS = Mail.state.in_([MailState.HELD, MailState.QUEUED, MailState.SENDING])


class Standing(StrEnum):
    """The state of an event's sending; the API uses these values. All but the first two are names
    of reasons."""

    REHEARSAL = "rehearsal"
    RUNNING = "running"
    STOPPED = "stopped"
    # Until a known time, by the server's answer or the account's own budget.
    PAUSED = "paused"
    SPENT = "spent"
    # A person has to act.
    NEEDS_FIXING = "needs_fixing"
    # Until a person has decided about mails that waited when a copy was made (`queue.hold`).
    HELD = "held"


@dataclass(frozen=True)
class Why:
    """The first reason for which a mail is not sent, in somebody's language.

    `said` is the mail server's answer, which may repeat addresses; `speed` is that of a slow
    account.
    """

    name: str
    words: str
    cure: str = ""
    until: datetime | None = None
    said: str = ""
    speed: bucket.Speed | None = None

    @property
    def standing(self) -> Standing:
        """The state that screens show: a slow account is running, and a short wait is no stop."""
        return Standing.__members__.get(self.name.upper(), Standing.RUNNING)

    @property
    def is_stop(self) -> bool:
        """Whether no mails are sent, for a time or until a person acts."""
        return self.standing not in (Standing.RUNNING, Standing.REHEARSAL)

    def reason(self, *, sees_addresses: bool) -> str:
        """Return what holds the mails, with the server's answer, or only its codes for somebody who
        may see no addresses; empty if mails are sent."""
        said = self.said if sees_addresses else codes_of(self.said)
        parts = [self.words, self.cure, f"({said})" if said else ""]
        return " ".join(filter(None, parts)) if self.is_stop else ""


def why(session: Session, mail: Mail, language: str) -> Why | None:
    """Return why this mail is not sent now; None if a worker may take it."""
    is_to_people = mail.volunteer_id is not None
    account = mail.event.live_account if is_to_people else mail.event.account
    asked = (*OF_EVENTS, *(OF_PEOPLES_MAIL if is_to_people else ()), *OF_STATES)
    asked += (*when_read(kinds()), *OF_TIMES)
    rows = select(Mail.id).select_from(Mail).join(Event).where(Mail.id == mail.id)
    [(_, found)] = _first_of_each(session, asked, rows, account, language)
    return found


def of_sending(session: Session, event: Event, language: str) -> Why:
    """Return why no mail of an event to people is sent now, or that they are."""
    asked, account = (*OF_EVENTS, *OF_PEOPLES_MAIL), event.live_account
    rows = select(Event.id).select_from(Event).where(Event.id == event.id)
    [(_, found)] = _first_of_each(session, asked, rows, account, language)
    return found or Why(Standing.RUNNING if account else Standing.REHEARSAL, "")


def of_people(
    session: Session, event: Event, people: Collection[int], language: str
) -> dict[int, list[Why]]:
    """Return why mails that wait are not sent now, by the ids of these people of an event, the
    oldest first; an empty list if a worker may take them. One query for all."""
    asked = (*OF_EVENTS, *OF_PEOPLES_MAIL, *OF_STATES, *when_read(kinds()), *OF_TIMES)
    theirs = select(Mail.volunteer_id).select_from(Mail).join(Event)
    rows = theirs.where(Mail.volunteer_id.in_(people), _WAITS).order_by(Mail.id)
    found: dict[int, list[Why]] = {}
    for person_id, reason in _first_of_each(session, asked, rows, event.live_account, language):
        found.setdefault(person_id, []).extend([reason] if reason else [])
    return found


def of_event(session: Session, event: Event, language: str) -> Why | None:
    """Return why the next mail of an event to people is not sent now; None also if none waits."""
    waiting = select(Mail).where(Mail.event_id == event.id, OPEN)
    to_people = waiting.where(Mail.volunteer_id.is_not(None)).order_by(Mail.due_at, Mail.id)
    for urgent in (True, False):
        if mail := session.scalar(to_people.where(Mail.urgent.is_(urgent)).limit(1)):
            return why(session, mail, language)
    return None


def _first_of_each(
    session: Session,
    asked: Sequence[Reason],
    rows: Select[Any],
    account: SendingAccount | None,
    language: str,
) -> list[tuple[Any, Why | None]]:
    """Return the value of each row with the first reason that holds for it, of these and of the
    account."""
    now, asked = database_time(session), (*asked, *(OF_ACCOUNTS if account else ()))
    columns: list[SQLColumnExpression[Any]] = [reason.holds for reason in asked]
    columns += [null() if reason.until is None else reason.until for reason in asked]
    with_account = rows.outerjoin(Event.account).add_columns(*columns)

    # These two are the same for all rows, and read for the first that needs them.
    @cache
    def counted() -> Why | None:
        # What is counted under the account's lock.
        if account is None:
            return None
        speed = bucket.speed_of(session, account)
        bounds = allowance.bounds(session, account, speed.rate, now)
        name = next((name for name, count in bounds.items() if count < 1), None)
        if name == "slow":
            return Why(name, f"{speed.in_words(language)}: {speed.why(language)}", speed=speed)
        until = limits.refill_time(session, account, now) if name == Standing.SPENT else None
        return Why(name, translate(_COUNTED[name], language), until=until) if name else None

    @cache
    def trouble() -> tuple[str, str]:
        return health.trouble_of(account, language) if account else ("", "")

    def first(found: Sequence[Any]) -> Why | None:
        for reason, holds, until in zip(asked, found, found[len(asked) :], strict=False):
            if holds:
                cure, said = translate(reason.cure, language) if reason.cure else "", ""
                if reason.name in (Standing.NEEDS_FIXING, Standing.PAUSED):
                    advice, said = trouble()
                    cure = advice or cure
                return Why(reason.name, translate(reason.words, language), cure, until, said)
        return counted()

    return [(row[0], first(row[1:])) for row in session.execute(with_account, {"now": now})]


_COUNTED = {
    "spent": N_("The account's limit is reached."),
    "at_once": N_("Other mails of this account are being sent."),
}
