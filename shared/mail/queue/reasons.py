"""Why a mail does not leave: one ordered list, which a claim asks as a whole, and screens, commands
and calls one by one.

A mail is claimed when no reason holds. What is counted under the account's lock (its limits, its
speed, how many are on their way) is asked last.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
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
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.language import N_, translate
from shared.mail.accounts import bucket, health, limits
from shared.mail.accounts.health import AccountState, Standing, state_of
from shared.mail.kinds.registry import Kinds, kinds, still_wanted
from shared.mail.queue import attempts
from shared.mail.queue.hold import HELD, is_held
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
from shared.storage.prepared import with_constants
from shared.storage.traits import literal_sql

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
    return [with_constants(~one.holds) for one in reasons]


# About an event: nothing of it leaves.
OF_EVENTS = (
    Reason("deleted", ~ALIVE, N_("The event was deleted.")),
    Reason(
        "held",
        is_held(),
        HELD,
        N_("Say under “Send” what became of these mails."),
    ),
)
# About an event, but not its own test mails.
OF_PEOPLES_MAIL = (
    Reason(
        "stopped",
        Event.sending != Sending.RUNNING,
        N_("Sending is stopped. Nothing is lost."),
        N_("Press “Go on” under “Send”."),
    ),
    Reason(
        "comparing",
        Event.suppressions_due.is_(True),
        N_("The list is being compared with the addresses that get no more mail."),
    ),
    Reason(
        "judging",
        and_(Event.grouped_until.is_not(None), Event.qualifying.is_not(None)),
        N_("The list is being checked for who gets a certificate."),
    ),
)
# About a mail alone: what has become of it.
OF_STATES = (
    Reason(
        "behind_the_first",
        Mail.state == MailState.HELD,
        N_("It waits until you have checked the first mails."),
        N_("Send the others under “Send”."),
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
        N_("A mail server refused it for now. It is tried again by itself."),
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
            N_("Nobody needs it any more. It is cancelled when its turn comes."),
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
        N_("Open “Send” to see what is wrong, fix it, and press “Go on”."),
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


def why(session: Session, mail: Mail, language: str) -> Why | None:
    """Why this mail does not leave now; None if a worker may take it."""
    is_to_people = mail.volunteer_id is not None
    account = mail.event.live_account if is_to_people else mail.event.account
    asked = (*OF_EVENTS, *(OF_PEOPLES_MAIL if is_to_people else ()), *OF_STATES)
    asked += (*when_read(kinds()), *OF_TIMES)
    rows = select(Mail.id).select_from(Mail).join(Event).where(Mail.id == mail.id)
    [(_, found)] = _first_of_each(session, asked, rows, account, language)
    return found


def of_sending(session: Session, event: Event, language: str) -> Why | None:
    """Why no mail of an event to people leaves now, whichever it is; None if the next one may."""
    asked = (*OF_EVENTS, *OF_PEOPLES_MAIL)
    rows = select(Event.id).select_from(Event).where(Event.id == event.id)
    [(_, found)] = _first_of_each(session, asked, rows, event.live_account, language)
    return found


def sending_state(session: Session, event: Event, language: str | None = None) -> AccountState:
    """What an event's sending does, as calls and commands name it."""
    language = language or event.language
    why, account = of_sending(session, event, language), event.live_account
    if why and why.name == Standing.HELD:
        return AccountState(Standing.HELD, advice=why.words)
    if why and why.name == Standing.STOPPED:
        return AccountState(Standing.STOPPED)
    return state_of(session, account, language) if account else AccountState(Standing.REHEARSAL)


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
    waiting = select(Mail).where(Mail.event_id == event.id, literal_sql(OPEN))
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
    columns = [one.holds for one in asked] + [_until(one) for one in asked]
    with_account = rows.outerjoin(Event.account).add_columns(*columns)

    # The same for all rows, and looked up for the first that needs it.
    @cache
    def counted() -> Why | None:
        return _counted(session, account, now, language) if account else None

    @cache
    def state() -> AccountState | None:
        return state_of(session, account, language) if account else None

    def first(found: Sequence[Any]) -> Why | None:
        for one, holds, until in zip(asked, found, found[len(asked) :], strict=False):
            if holds:
                cure, said = translate(one.cure, language) if one.cure else "", ""
                if one in OF_ACCOUNTS and (its := state()):
                    cure, said = its.advice or cure, its.said
                return Why(one.name, translate(one.words, language), cure, until, said)
        return counted()

    return [(row[0], first(row[1:])) for row in session.execute(with_account, {"now": now})]


def _until(reason: Reason) -> SQLColumnExpression[Any]:
    return null() if reason.until is None else reason.until


def _counted(session: Session, account: SendingAccount, now: datetime, language: str) -> Why | None:
    """What is counted under the account's lock when a claim asks for it."""
    if any(left <= 0 for left in limits.budget_left(session, account, now).values()):
        words = translate(N_("The account's limit is reached."), language)
        return Why("spent", words, until=limits.refill_time(session, account, now))
    if not account.pauses_in_a_row and bucket.tokens_left(session, account, now) < 1:
        speed = bucket.speed_of(session, account)
        return Why("slow", f"{speed.told(language)}: {speed.why(language)}", speed=speed)
    if health.allowance(session, account, now, 1) < 1:
        words = translate(N_("Other mails of this account are being sent."), language)
        return Why("at_once", words)
    return None
