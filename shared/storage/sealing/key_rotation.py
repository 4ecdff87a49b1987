"""Sealing everything in the database again, so that an old key is no longer needed."""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.database import Database
from shared.storage.models import BounceMailbox, Event, SendingAccount, Volunteer
from shared.storage.proven_accounts import join_equal
from shared.storage.sealing import passwords as sealed_passwords
from shared.storage.sealing.mail_sign_ins import count_lost_sign_ins, reseal_sign_ins
from shared.storage.sealing.own_keys import count_lost_own_keys, reseal_own_keys
from shared.storage.sealing.rehearsal_mails import count_lost_mails, reseal_mails
from shared.storage.sealing.secret_values import count_lost_values, reseal_values
from shared.storage.sealing.tokens import Seal
from shared.storage.sealing.values_before import count_lost_before, reseal_before

# Few enough that other writers wait for milliseconds only.
_BATCH = 500
_WAIT_SECONDS = 0.1


@dataclass(frozen=True)
class Resealed:
    """How many were sealed again, not counting what the newest key had already sealed."""

    links: int
    passwords: int
    mails: int = 0
    # People and certificates with secret values.
    values: int = 0


def count_lost(database: Database, seal: Seal) -> int:
    """How many stored secrets, rehearsal mails and people none of the keys of `seal` can open."""
    last, lost = 0, count_lost_mails(database, seal) + count_lost_values(database, seal)
    lost += count_lost_before(database, seal)
    while links := _links_after(database, last):
        lost += sum(not _opens(seal.open_token, sealed) for _, sealed in links)
        last = links[-1][0]
    with database.reading() as session:
        stored = [
            *_account_passwords(session),
            *_early_passwords(session),
            *_mailbox_passwords(session),
        ]
        lost += count_lost_sign_ins(session, seal)
        lost += count_lost_own_keys(session, seal)
    return lost + sum(not _opens_password(seal, one) for one in stored)


@dataclass(frozen=True)
class _Stored:
    sealed: str
    binding: sealed_passwords.Binding


def _account_passwords(session: Session) -> list[_Stored]:
    return [
        _Stored(account.sealed_password, sealed_passwords.binding_of(account))
        for account in session.scalars(_with_password())
        if account.sealed_password
    ]


def _early_passwords(session: Session) -> list[_Stored]:
    return [
        _Stored(event.early_account["password"], sealed_passwords.early_binding_of(event))
        for event in session.scalars(select(Event))
        if "password" in event.early_account
    ]


def _mailbox_passwords(session: Session) -> list[_Stored]:
    return [
        _Stored(mailbox.sealed_password, sealed_passwords.mailbox_binding_of(mailbox))
        for mailbox in session.scalars(select(BounceMailbox))
        if mailbox.sealed_password
    ]


def _opens_password(seal: Seal, stored: _Stored) -> bool:
    return _opens(lambda sealed: seal.reseal_bound(sealed, stored.binding), stored.sealed)


def _opens(open_sealed: Callable[[str], str], sealed: str) -> bool:
    try:
        open_sealed(sealed)
    except SettingRefused:
        return False
    return True


def rotate_keys(database: Database, seal: Seal) -> Resealed:
    """Seal everything that is stored sealed, links, passwords, secret values and rehearsal mails,
    with the newest key of `seal`.

    Safe to repeat, and to run alongside processes that know all the keys, since they look for a
    link in the form of each. Raises SettingRefused if none of the keys opens something stored.
    """
    with database.reading() as session:
        accounts = session.scalars(select(SendingAccount.id)).all()
    passwords = _reseal_early_passwords(database, seal)
    passwords += sum(_reseal_password(database, seal, account_id) for account_id in accounts)
    passwords += _reseal_mailboxes(database, seal) + reseal_sign_ins(database, seal)
    _prove_anew(database, seal)
    with database.writing() as session:
        reseal_own_keys(session, seal)
    links, mails = _reseal_links(database, seal), reseal_mails(database, seal)
    values = reseal_values(database, seal) + reseal_before(database, seal)
    return Resealed(links=links, passwords=passwords, mails=mails, values=values)


# Both locked as by an organizer's change, since an organizer may be entering another password.


def _reseal_early_passwords(database: Database, seal: Seal) -> int:
    with database.writing() as session:
        events = session.scalars(select(Event).order_by(Event.id).with_for_update(key_share=True))
        return sum(_reseal_early_account(event, seal) for event in events.all())


def _reseal_mailboxes(database: Database, seal: Seal) -> int:
    with database.writing() as session:
        rows = session.scalars(select(BounceMailbox).order_by(BounceMailbox.id).with_for_update())
        return sum(_reseal_mailbox(row, seal) for row in rows.all())


def _reseal_mailbox(mailbox: BounceMailbox, seal: Seal) -> bool:
    before = mailbox.sealed_password
    if before is None:
        return False
    binding = sealed_passwords.mailbox_binding_of(mailbox)
    mailbox.sealed_password = seal.reseal_bound(before, binding)
    return mailbox.sealed_password != before


def _reseal_password(database: Database, seal: Seal, account_id: int) -> bool:
    with database.writing() as session:
        account = session.get(SendingAccount, account_id, with_for_update=True)
        return _reseal_account(account, seal)


def _reseal_account(account: SendingAccount | None, seal: Seal) -> bool:
    if account is None or account.sealed_password is None:
        return False
    before = account.sealed_password
    account.sealed_password = seal.reseal_bound(before, sealed_passwords.binding_of(account))
    return account.sealed_password != before


def _reseal_early_account(event: Event, seal: Seal) -> bool:
    before = event.early_account.get("password")
    if before is None:
        return False
    password = seal.reseal_bound(before, sealed_passwords.early_binding_of(event))
    event.early_account = event.early_account | {"password": password}
    return bool(password != before)


def _prove_anew(database: Database, seal: Seal) -> None:
    """All at once, so that no account with the same proof is missed."""
    with database.writing() as session:
        # Before accounts, in the order in which everybody locks them.
        session.execute(select(Event.id).order_by(Event.id).with_for_update(key_share=True))
        for account in session.scalars(_with_password().with_for_update()).all():
            _prove(session, account, seal)


def _prove(session: Session, account: SendingAccount, seal: Seal) -> None:
    """Compute its proof with the newest key, by which it may turn out to equal another."""
    password = sealed_passwords.open_password(seal, account)
    was_taken, account.signed_in = account.signed_in, False
    account.proof = sealed_passwords.proofs(seal, account, password)[0]
    if was_taken:
        join_equal(session, account)


def bind_passwords(database: Database, seal: Seal) -> None:
    """Bind to its server what was sealed before there were bindings, and prove it.

    Any process may do it at its start, even several at once. What none of the keys opens stays.
    """
    with database.reading() as session:
        stored = [*_account_passwords(session), *_early_passwords(session)]
    if all(seal.is_bound(one.sealed) for one in stored):
        return
    with database.writing() as session:
        for event in session.scalars(select(Event).order_by(Event.id).with_for_update()):
            with suppress(SettingRefused):
                _reseal_early_account(event, seal)
        for account in session.scalars(_with_password().with_for_update()).all():
            with suppress(SettingRefused):
                if _reseal_account(account, seal):
                    _prove(session, account, seal)


def _with_password() -> Select[SendingAccount]:
    stored = SendingAccount.sealed_password.is_not(None)
    return select(SendingAccount).where(stored).order_by(SendingAccount.id)


def _reseal_links(database: Database, seal: Seal) -> int:
    changed = last = 0
    while links := _links_after(database, last):
        anew = {id: seal.reseal_token(sealed) for id, sealed in links}
        outdated = {id: (sealed, anew[id]) for id, sealed in links if anew[id] != sealed}
        changed += _store(database, outdated)
        last = links[-1][0]
    return changed


def _links_after(database: Database, last: int) -> Sequence[tuple[int, str]]:
    """The next volunteers that have a link: id and sealed token."""
    found = (
        select(Volunteer.id, Volunteer.token)
        .where(Volunteer.token.is_not(None), Volunteer.id > last)
        .order_by(Volunteer.id)
        .limit(_BATCH)
    )
    with database.reading() as session:
        return [(id, token) for id, token in session.execute(found) if token]


def _store(database: Database, tokens: Mapping[int, tuple[str, str]]) -> int:
    """Replace each volunteer's sealed token, by id, by the second one; returns how many had the
    first one still. Links that ended in the meantime stay ended.

    Locked rows are taken up again later: waiting for them while holding others could deadlock.
    """
    left, changed = dict(tokens), 0
    while left:
        with database.writing() as session:
            which = select(Volunteer.id, Volunteer.token).where(Volunteer.id.in_(left))
            free = session.execute(which.with_for_update(skip_locked=True)).all()
            same = [{"id": id, "token": left[id][1]} for id, now in free if now == left[id][0]]
            if same:
                session.execute(update(Volunteer), same)
            # Do not wait for somebody who was removed in the meantime.
            there = {id for id, _ in session.execute(which)}
        changed += len(same)
        left = {id: left[id] for id in there - {id for id, _ in free}}
        if left:
            time.sleep(_WAIT_SECONDS)
    return changed
