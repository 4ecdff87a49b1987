"""Reasons for which a mail is not sent: one ordered list. A claim checks it as a whole, `standing`
one by one, for screens, commands and calls.

A mail is claimed if no reason holds. What is counted under the account's lock (its limits, its
speed, how many are in hand) is checked last.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, or_, select
from sqlalchemy.orm import InstrumentedAttribute

from shared.language import N_
from shared.mail.kinds.registry import Kinds, still_wanted
from shared.mail.queue import attempts
from shared.storage.models import ALIVE, Event, Mail, MailState, Owner, Sending, SendingAccount
from shared.storage.models.message import OPEN
from shared.storage.traits import written_out

HELD = N_(
    "This database is older than the mails sent, or was moved. Mails are held until you "
    "decide, on “Send” of each event, what happens to them."
)
# The time of the last restore, or null.
HELD_SINCE = select(Owner.held_at).where(Owner.id == 1).scalar_subquery()
_NOW: BindParameter[datetime] = bindparam("now")


@dataclass(frozen=True)
class Reason:
    """One reason: `holds` has the parameter "now", `words` say what is so and `cure` what a person
    can do; `until` is when it ends by itself, if that is known."""

    name: str
    holds: ColumnElement[bool]
    words: str
    cure: str = ""
    until: InstrumentedAttribute[Any] | None = None


def none_of(reasons: Iterable[Reason]) -> list[ColumnElement[bool]]:
    """Return the conditions that none of these holds, written as an index has them."""
    return [written_out(~reason.holds) for reason in reasons]


def is_held() -> ColumnElement[bool]:
    """Return whether the mails of an `Event` wait for a person's decision after a restore."""
    is_undecided = or_(Event.hold_ended_at.is_(None), Event.hold_ended_at < HELD_SINCE)
    return and_(HELD_SINCE.is_not(None), Event.created_at < HELD_SINCE, is_undecided)


# About an event: nothing of it is sent.
_DELETED = Reason("deleted", ~ALIVE, N_("The event was deleted."))
OF_EVENTS = (
    _DELETED,
    Reason("held", is_held(), HELD, N_("Decide on “Send” what happens to these mails.")),
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
# A person wants nothing to be sent, for longer than a moment.
BY_A_PERSON = (_DELETED, _STOPPED)
# About a mail alone: its state.
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
# About a mail alone: its time.
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
    """Return the reasons about a mail and its person for which a due mail, once a claim has read
    it, is not sent."""
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


# About the account that a mail is sent from.
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


# The condition that any of them holds for an account.
RESTS = or_(*(reason.holds for reason in OF_ACCOUNTS)).is_(True)
