"""One row for each sending account: two that turn out to be the same become one."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.storage.models import BounceMailbox, Event, SendingAccount

_LIMITS = ("per_minute", "per_hour", "per_day", "connections")
_GREATEST = (
    *("min_second", "max_second", "pauses_in_a_row", "next_at", "paused_until"),
    *("needs_fixing", "password_shown", "host_by_owner", "bad_counted_from"),
)


def join_equal(session: Session, account: SendingAccount) -> SendingAccount:
    """The row that represents `account` from now on, whose server has taken its password.

    If another one proved the same before, that one is kept: the events of both use it, with the
    stricter of their settings. Call with these rows locked.
    """
    earlier = select(SendingAccount).where(
        SendingAccount.proof == account.proof,
        SendingAccount.signed_in,
        SendingAccount.id != account.id,
    )
    kept = session.scalar(earlier)
    if kept is None:
        account.signed_in = True
        return account
    if _badness(account) > _badness(kept):
        kept.trouble_code, kept.trouble_text = account.trouble_code, account.trouble_text
    for name in _LIMITS:
        setattr(kept, name, min(_given(name, kept, account), default=None))
    for name in _GREATEST:
        setattr(kept, name, max(_given(name, kept, account), default=None))
    for event in session.scalars(select(Event).where(Event.account_id == account.id)):
        event.account, event.suppressions_due = kept, True
    # If only one of the two has a mailbox for returned mail, both use it.
    owners = BounceMailbox.account_id.in_([kept.id, account.id])
    mailboxes = session.scalars(select(BounceMailbox).where(owners)).all()
    if len(mailboxes) == 1:
        mailboxes[0].account_id = kept.id
    session.flush()
    session.delete(account)
    session.flush()
    return kept


def _badness(account: SendingAccount) -> tuple[bool, float]:
    """Orders accounts by how long they wait: longer for a person than for a time."""
    until = account.paused_until
    return account.needs_fixing, until.timestamp() if until else 0.0


def _given(name: str, *accounts: SendingAccount) -> list[Any]:
    return [value for one in accounts if (value := getattr(one, name)) is not None]
