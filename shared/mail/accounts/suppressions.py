"""Suppressed addresses, which get no more mail from an account, or only what they ask for.

To a person, all events that send from one account are one sender. The reason is stored for the
account, with a hash of the address, and marked on the rows of all its events' people: queries use
these marks (`REACHABLE`, `MAY_BE_ASKED`). They remain if an event changes its account; another
address frees a person.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select, update
from sqlalchemy.orm import Session

from shared.storage.many_values import among
from shared.storage.models import Event, SendingAccount, SuppressedAddress, Suppression, Volunteer
from shared.storage.models.volunteer import LEFT_OUT, NO_MAIL
from shared.storage.sealing.own_keys import address_hashes
from shared.storage.sealing.tokens import Seal


def suppress(
    session: Session,
    seal: Seal,
    account_id: int,
    addresses: Collection[str],
    reason: Suppression,
    at: datetime,
) -> None:
    """Send these addresses (`email_key`) no more mail from the account, for `reason`.

    Call with their mails locked; it locks people, in the order of their ids. Repeating it changes
    nothing.
    """
    if not addresses:
        return
    hashes = address_hashes(session, seal)
    hashed = {hashes.of_account(account_id, address) for address in addresses}
    listed = [SuppressedAddress.account_id == account_id, SuppressedAddress.reason == reason]
    listed.append(SuppressedAddress.address_hash.in_(hashed))
    known = set(session.scalars(select(SuppressedAddress.address_hash).where(*listed)))
    session.add_all(
        SuppressedAddress(account_id=account_id, address_hash=new, reason=reason, since=at)
        for new in hashed - known
    )
    session.flush()
    users = select(Event.id).where(Event.account_id == account_id)
    people = [Volunteer.event_id.in_(users), among(Volunteer.email_key, list(addresses))]
    in_order = select(Volunteer.id).where(*people).order_by(Volunteer.id).with_for_update()
    mark(session, reason, at, Volunteer.id.in_(session.scalars(in_order).all()))


def mark(session: Session, reason: Suppression, at: datetime, *whom: ColumnElement[bool]) -> None:
    """Mark these people's rows, unless they are marked for as much."""
    (fact,) = (fact for fact in LEFT_OUT if reason in fact.words)
    values = dict(zip(fact.columns, (at, reason), strict=False))
    session.execute(update(Volunteer).where(*whom, ~fact.trait).values(values))


def mark_listed(session: Session, seal: Seal, event: Event, addresses: Collection[str]) -> None:
    """Mark those people of the event with these addresses (`email_key`) who get no more mail from
    its account. Call with their rows locked, or new."""
    account = event.account_id
    if account is None or not _has_any(session, account):
        return  # Then nothing needs hashing.
    hashes = address_hashes(session, seal)
    of = {hashes.of_account(account, address): address for address in addresses}
    listed = select(SuppressedAddress).where(
        SuppressedAddress.account_id == account, among(SuppressedAddress.address_hash, list(of))
    )
    for row in session.scalars(listed):
        theirs = Volunteer.event_id == event.id, Volunteer.email_key == of[row.address_hash]
        mark(session, row.reason, row.since, *theirs)


def has_to_be_marked(session: Session, event: Event, account: SendingAccount) -> bool:
    """Return whether the account that the event uses from now on has suppressed addresses, or the
    event has marked people."""
    marked = select(Volunteer.id).where(Volunteer.event_id == event.id, NO_MAIL)
    is_listed = account.id is not None and _has_any(session, account.id)
    return is_listed or session.scalar(marked.limit(1)) is not None


def count_left_out(session: Session, event: Event) -> dict[str, int]:
    """Return how many people of the event are left out of mails to many, by reason; from indexes
    alone."""
    found: dict[str, int] = {}
    for fact in LEFT_OUT:
        counted = select(func.count()).where(Volunteer.event_id == event.id, fact.trait)
        if fact.reason is None:
            found[next(iter(fact.words))] = session.scalars(counted).one()
        else:
            by_reason = counted.add_columns(fact.reason).group_by(fact.reason)
            found |= {reason: count for count, reason in session.execute(by_reason)}
    words = (word for fact in LEFT_OUT for word in fact.words)
    return {word: found[word] for word in words if found.get(word)}


def count_suppressed(session: Session, account_id: int) -> dict[Suppression, int]:
    """Return how many addresses get no more mail from the account, by reason."""
    counted = select(SuppressedAddress.reason, func.count()).group_by(SuppressedAddress.reason)
    of_account = counted.where(SuppressedAddress.account_id == account_id)
    return {reason: count for reason, count in session.execute(of_account)}


def is_suppressed(session: Session, seal: Seal, account_id: int, address: str) -> bool:
    """Return whether this address (`email_key`) gets no mail from the account, not even what it
    asks for."""
    if not _has_any(session, account_id):
        return False
    hashed = address_hashes(session, seal).of_account(account_id, address)
    for_good = SuppressedAddress.reason != Suppression.OPTED_OUT
    listed = SuppressedAddress.address_hash == hashed, for_good
    found = exists().where(SuppressedAddress.account_id == account_id, *listed)
    return bool(session.scalar(select(found)))


def _has_any(session: Session, account_id: int) -> bool:
    return bool(session.scalar(select(exists().where(SuppressedAddress.account_id == account_id))))
