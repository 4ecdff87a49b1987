"""Why a mail does not leave: one ordered list, which a claim asks as a whole, and screens, commands
and calls one by one.

A mail is claimed when no reason holds. What is counted under the account's lock (its limits, its
speed, how many are on their way) is asked last.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    bindparam,
    null,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.language import N_, translate
from shared.mail.accounts import bucket, health, limits
from shared.mail.kinds.registry import Kinds, kinds, still_wanted
from shared.mail.queue import attempts
from shared.mail.queue.hold import HELD, is_held
from shared.mail.transport.answers import codes_of
from shared.storage.database import database_time
from shared.storage.models import (
    ALIVE,
    Event,
    Mail,
    MailState,
    Sending,
    SendingAccount,
)
from shared.storage.models.message import OPEN
from shared.storage.traits import written_out

_NOW: BindParameter[datetime] = bindparam("now")


@dataclass(frozen=True)
class Reason:
    """One of them: `holds` takes "now". `words` say what is so, `cure` what a person can do;
    `until` is when it ends by itself, if that is known."""

    name: str
    holds: ColumnElement[bool]
    words: str
    cure: str = ""
    until: InstrumentedAttribute[Any] | None = None


def none_of(reasons: Iterable[Reason]) -> list[ColumnElement[bool]]:
    """That none of them holds, in words that an index has."""
    return [written_out(~one.holds) for one in reasons]


# About an event: nothing of it leaves.
_DELETED = Reason("deleted", ~ALIVE, N_("The event was deleted."))
OF_EVENTS = (
    _DELETED,
    Reason(
        "held",
        is_held(),
        HELD,
        N_("Decide on “Send” what happens to these mails."),
    ),
)
# About an event, but not its own test mails.
_STOPPED = Reason(
    "stopped",
    Event.sending != Sending.RUNNING,
    N_("Sending is stopped. Nothing is lost."),
    N_("Press “Continue” on “Send”."),
)
OF_PEOPLES_MAIL = (
    _STOPPED,
    Reason(
        "comparing",
        Event.suppressions_due.is_(True),
        N_("The list is being compared with suppressed addresses."),
    ),
    Reason(
        "judging",
        and_(Event.grouped_until.is_not(None), Event.qualifying.is_not(None)),
        N_("The list is being checked for who gets a certificate."),
    ),
)
# Somebody wants nothing to leave, for longer than a moment.
BY_A_PERSON = (_DELETED, _STOPPED)
# About a mail alone: what has become of it.
OF_STATES = (
    Reason(
        "behind_the_first",
        Mail.state == MailState.HELD,
        N_("It waits until you have checked the first mails."),
        N_("Send the others on “Send”."),
    ),
    Reason("over", ~OPEN, N_("It is not waiting to be sent.")),
    Reason(
        "in_hand",
        and_(Mail.state == MailState.SENDING, Mail.due_at > _NOW),
        N_("It is being sent."),
        until=Mail.due_at,
    ),
)
# About a mail alone, too: what its time is.
OF_TIMES = (
    Reason(
        "tried_again",
        and_(Mail.waits_since.is_not(None), Mail.due_at > _NOW),
        N_("A mail server deferred it. We retry automatically."),
        until=Mail.due_at,
    ),
    Reason("later", Mail.due_at > _NOW, N_("It is sent later, as planned."), until=Mail.due_at),
)


@cache
def when_read(known: Kinds) -> tuple[Reason, Reason, Reason]:
    """About a mail and its person: for these, something else happens to a mail that is due than
    that it leaves, once a claim has read it."""
    return (
        Reason(
            "unknown",
            Mail.kind.not_in([kind.name for kind in known]),
            N_("Only a newer version of this program knows this kind of message."),
            N_("Start that version."),
        ),
        Reason(
            "unwanted",
            still_wanted(known).is_not(True),
            N_("It is no longer needed. It is cancelled when its turn comes."),
        ),
        Reason(
            "undecided",
            attempts.is_undecided(),
            N_("It may have arrived already. You are asked before it is sent again."),
        ),
    )


# About the account that a mail leaves through.
OF_ACCOUNTS = (
    Reason(
        "needs_fixing",
        SendingAccount.needs_fixing.is_(True),
        N_("The mail account needs your attention."),
        N_("Open “Send”, fix the problem and press “Continue”."),
    ),
    Reason(
        "paused",
        SendingAccount.paused_until > _NOW,
        N_("The mail server asked us to wait."),
        until=SendingAccount.paused_until,
    ),
    Reason(
        "between_two",
        SendingAccount.next_at > _NOW,
        N_("The account pauses between two mails."),
        until=SendingAccount.next_at,
    ),
)


_WAITS = Mail.state.in_([MailState.HELD, MailState.QUEUED, MailState.SENDING])


# An account that takes no mail now, whichever it is.
RESTS = or_(*(one.holds for one in OF_ACCOUNTS)).is_(True)

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
    bounds = health.bounds(session, account, now)
    name = next((name for name, count in bounds.items() if count < 1), None)
    if name == "slow":
        speed = bucket.speed_of(session, account)
        return Why(name, f"{speed.told(language)}: {speed.why(language)}", speed=speed)
    until = limits.refill_time(session, account, now) if name == Standing.SPENT else None
    return Why(name, translate(_COUNTED[name], language), until=until) if name else None


_COUNTED = {
    "spent": N_("The account's limit is reached."),
    "at_once": N_("Other mails of this account are being sent."),
}
