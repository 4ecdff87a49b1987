"""Whether mails are leaving, and if not, the first reason for it in somebody's language."""

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
    """Whether the mails of an event are leaving; the API uses these values. The others are names of
    reasons."""

    REHEARSAL = "rehearsal"
    RUNNING = "running"
    # By the organizer.
    STOPPED = "stopped"
    # Until a known time: by the server's answer, or by the account's own budget.
    PAUSED = "paused"
    SPENT = "spent"
    # By a person.
    NEEDS_FIXING = "needs_fixing"
    # Until a person has said what became of mails that waited when a copy was made (`queue.hold`).
    HELD = "held"


@dataclass(frozen=True)
class Why:
    """The first reason for which a mail does not leave, in somebody's language.

    `said` is the mail server's answer, which may repeat addresses; `speed` that of an account that
    is slow.
    """

    name: str
    words: str
    cure: str = ""
    until: datetime | None = None
    said: str = ""
    speed: bucket.Speed | None = None

    @property
    def standing(self) -> Standing:
        """A slow account is running, and what passes in a moment is no stop."""
        return Standing.__members__.get(self.name.upper(), Standing.RUNNING)

    @property
    def is_stop(self) -> bool:
        """Whether mails stand still, for a time or until a person acts."""
        return self.standing not in (Standing.RUNNING, Standing.REHEARSAL)

    def reason(self, *, sees_addresses: bool) -> str:
        """What holds the mails, with the server's answer, or only its codes for somebody who may
        see no addresses; empty if they leave."""
        said = self.said if sees_addresses else codes_of(self.said)
        told = [self.words, self.cure, f"({said})" if said else ""]
        return " ".join(filter(None, told)) if self.is_stop else ""


def why(session: Session, mail: Mail, language: str) -> Why | None:
    """Why this mail does not leave now; None if a worker may take it."""
    is_to_people = mail.volunteer_id is not None
    account = mail.event.live_account if is_to_people else mail.event.account
    asked = (*OF_EVENTS, *(OF_PEOPLES_MAIL if is_to_people else ()), *OF_STATES)
    asked += (*when_read(kinds()), *OF_TIMES)
    rows = select(Mail.id).select_from(Mail).join(Event).where(Mail.id == mail.id)
    [(_, found)] = _first_of_each(session, asked, rows, account, language)
    return found


def of_sending(session: Session, event: Event, language: str) -> Why:
    """Why no mail of an event to people leaves now, whichever it is; or else that they do."""
    asked, account = (*OF_EVENTS, *OF_PEOPLES_MAIL), event.live_account
    rows = select(Event.id).select_from(Event).where(Event.id == event.id)
    [(_, found)] = _first_of_each(session, asked, rows, account, language)
    return found or Why(Standing.RUNNING if account else Standing.REHEARSAL, "")


def of_people(
    session: Session, event: Event, people: Collection[int], language: str
) -> dict[int, list[Why]]:
    """By the ids of people of an event to whom mails wait: why those do not leave now, the oldest
    first; an empty list if a worker may take them. Asked at once, however many people they are."""
    asked = (*OF_EVENTS, *OF_PEOPLES_MAIL, *OF_STATES, *when_read(kinds()), *OF_TIMES)
    theirs = select(Mail.volunteer_id).select_from(Mail).join(Event)
    rows = theirs.where(Mail.volunteer_id.in_(people), _WAITS).order_by(Mail.id)
    found: dict[int, list[Why]] = {}
    for person_id, one in _first_of_each(session, asked, rows, event.live_account, language):
        found.setdefault(person_id, []).extend([one] if one else [])
    return found


def of_event(session: Session, event: Event, language: str) -> Why | None:
    """Why the next mail of an event to people does not leave now; None also if none waits."""
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
    """With what each row is, the first reason that holds for it, of these and of the account."""
    now, asked = database_time(session), (*asked, *(OF_ACCOUNTS if account else ()))
    columns: list[SQLColumnExpression[Any]] = [one.holds for one in asked]
    columns += [null() if one.until is None else one.until for one in asked]
    with_account = rows.outerjoin(Event.account).add_columns(*columns)

    # The same for all rows, and looked up for the first that needs it.
    @cache
    def counted() -> Why | None:
        return _counted(session, account, now, language) if account else None

    @cache
    def trouble() -> tuple[str, str]:
        return health.trouble_of(account, language) if account else ("", "")

    def first(found: Sequence[Any]) -> Why | None:
        for one, holds, until in zip(asked, found, found[len(asked) :], strict=False):
            if holds:
                cure, said = translate(one.cure, language) if one.cure else "", ""
                if one.name in (Standing.NEEDS_FIXING, Standing.PAUSED):
                    advice, said = trouble()
                    cure = advice or cure
                return Why(one.name, translate(one.words, language), cure, until, said)
        return counted()

    return [(row[0], first(row[1:])) for row in session.execute(with_account, {"now": now})]


def _counted(session: Session, account: SendingAccount, now: datetime, language: str) -> Why | None:
    """What is counted under the account's lock when a claim asks for it."""
    bounds = allowance.bounds(session, account, now)
    name = next((name for name, count in bounds.items() if count < 1), None)
    if name == "slow":
        speed = bucket.speed_of(session, account)
        return Why(name, f"{speed.in_words(language)}: {speed.why(language)}", speed=speed)
    until = limits.refill_time(session, account, now) if name == Standing.SPENT else None
    return Why(name, translate(_COUNTED[name], language), until=until) if name else None


_COUNTED = {
    "spent": N_("The account's limit is reached."),
    "at_once": N_("Other mails of this account are being sent."),
}
