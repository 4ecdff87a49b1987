"""Sharing of one account by the events that proved its password.

A provider counts an account once, however many events send from it. An event that enters user,
server and password has a row of its own until the server accepts the password; then it uses the row
of an event that proved the same before. Naming an account gives no part in it.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased, joinedload, load_only

from shared.log import audit
from shared.storage.models import ALIVE, Action, Attempt, Event, Mail, SendingAccount
from shared.storage.sealing.passwords import join_equal

# Among the fields of a log entry: the change was made in another event.
BY_ANOTHER_EVENT = "by_another_event"
_Row = TypeVar("_Row", SendingAccount, Event)


def account_name(account: SendingAccount) -> str:
    """Return the account's name in attempts. Anybody may enter it, so it proves nothing."""
    return f"{account.username}@{account.host}:{account.port}".lower()


def awaits_proof(account: SendingAccount) -> bool:
    """Return whether the server has yet to accept the stored password."""
    return account.proof is not None and not account.skip_auth and not account.signed_in


def attempts_of(account: SendingAccount) -> ColumnElement[bool]:
    """Return the condition on attempts of events that use this account."""
    # An alias: the enclosing statement may select from Mail as well.
    handed = aliased(Mail)
    event = select(handed.event_id).where(handed.id == Attempt.mail_id).correlate(Attempt)
    users = select(Event.id).where(Event.account_id == account.id)
    return and_(Attempt.account == account_name(account), event.scalar_subquery().in_(users))


def attempts_since_checked(account: SendingAccount) -> ColumnElement[bool]:
    """Return the condition on the account's attempts since a person checked it."""
    since = account.bad_counted_from
    return and_(attempts_of(account), Attempt.at > since) if since else attempts_of(account)


def is_shared(session: Session, account: SendingAccount, event: Event) -> bool:
    """Return whether other events use the account as well."""
    others = select(Event.id).where(Event.account_id == account.id, Event.id != event.id)
    return session.scalar(others.limit(1)) is not None


def tell_others(
    session: Session, account: SendingAccount, event: Event, fields: Sequence[str]
) -> None:
    """Record in the logs of the account's other events which `fields` `event` changed.

    They say who changed what, but not in which event, which may be none of their readers' business.
    """
    if not fields:
        return
    others = select(Event.id).where(Event.account_id == account.id, Event.id != event.id, ALIVE)
    for other in session.scalars(others.order_by(Event.id)):
        audit.record(session, Action.ACCOUNT_CHANGED, other, fields=[*fields, BY_ANOTHER_EVENT])


def note_sign_in(session: Session, account: SendingAccount) -> None:
    """Note that the server accepted the password of `account`, a row as it was read before.

    A password entered in the meantime stays unproven. Never waits, since the caller may hold mails:
    if rows are locked, the next mail proves it again.
    """
    if not awaits_proof(account):
        return
    equal = _take(session, select(SendingAccount).where(SendingAccount.proof == account.proof))
    users = _take(session, select(Event).where(Event.account_id == account.id))
    current = next((row for row in equal or () if row.id == account.id), None)
    if current is not None and users is not None and awaits_proof(current):
        join_equal(session, current)


def _take(session: Session, found: Select[_Row]) -> list[_Row] | None:
    """Lock and return all rows found; None if somebody else has locked some."""
    free = found.with_for_update(skip_locked=True, key_share=True)
    rows = session.scalars(free.execution_options(populate_existing=True)).all()
    count = session.scalars(select(func.count()).select_from(found.subquery())).one()
    return list(rows) if len(rows) == count else None


_SETTINGS = (
    *("transport", "host", "port", "security", "username"),
    *("sealed_password", "skip_auth", "by_token"),
)


def sends_as(event: Event, earlier: Event) -> bool:
    """Return whether nothing a server checks changed since `earlier` and its account were read.

    An answer to the old password says nothing about one entered in the meantime.
    """
    account, before = event.account, earlier.account
    if account is None or before is None or event.from_address != earlier.from_address:
        return False
    if account.id != before.id:  # It may have been merged with another event's.
        return account.signed_in and account.proof == before.proof
    return all(getattr(account, field) == getattr(before, field) for field in _SETTINGS)


# The accounts that somebody may choose for an event: those of the events that they manage


@dataclass(frozen=True)
class AccountChoice:
    """An account with the names of the events that send from it; `event_id` is one of them."""

    event_id: int
    sender: str
    server: str
    events: tuple[str, ...]


def other_accounts(session: Session, managed: Sequence[int], event_id: int) -> list[AccountChoice]:
    """Return the other accounts that the event may use; `managed` are the ids of all events that
    the reader may manage."""
    using = select(Event).where(Event.id.in_(managed), Event.account_id.is_not(None))
    needed = load_only(Event.name, Event.account_id, Event.from_address)
    in_order = using.order_by(Event.id).options(needed, joinedload(Event.account))
    ways: defaultdict[tuple[SendingAccount, str], list[Event]] = defaultdict(list)
    for event in session.scalars(in_order):
        assert event.account is not None
        ways[event.account, event.from_address].append(event)
    return [
        AccountChoice(
            event_id=users[0].id,
            sender=sender or account.username,
            server=account.host,
            events=tuple(event.name for event in users),
        )
        for (account, sender), users in ways.items()
        if event_id not in (event.id for event in users)
    ]
