"""All sealed columns of the database, and sealing them again, so that an old key can be dropped."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import compress
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.errors import KeysWrong, SettingRefused
from shared.storage import hooks
from shared.storage.database import Database
from shared.storage.models import (
    Certificate,
    ConsoleDraft,
    Event,
    ListChange,
    ListLine,
    MailAccessToken,
    MailSignIn,
    Owner,
    RehearsalMail,
    SendingAccount,
    Volunteer,
)
from shared.storage.rows import count_rows
from shared.storage.sealing import passwords
from shared.storage.sealing.own_keys import BINDINGS
from shared.storage.sealing.passwords import join_equal
from shared.storage.sealing.secret_values import (
    binding_before,
    binding_of_line,
    openable_values,
    reseal_values,
)
from shared.storage.sealing.tokens import Seal

_WAIT_SECONDS = 0.1
Column = InstrumentedAttribute[Any]


@dataclass(frozen=True)
class Sealed:
    """A column with sealed content.

    `anew(seal, content, *beside)` returns the content sealed with the newest key of `seal`, the
    content itself if it already is. It raises SettingRefused if none of the keys opens it: then it
    counts as lost. `beside` are further columns of the row or a joined one. `batch` rows are few
    enough that other writers wait for milliseconds only.
    """

    column: Column
    counted_as: str
    anew: Callable[..., Any]
    beside: tuple[Any, ...] = ()
    # Which rows have such content; None: those whose column is not NULL.
    present: ColumnElement[bool] | None = None
    batch: int = 500
    # Returns what remains of lost content, by the same arguments as `anew`.
    without: Callable[..., Any] = lambda *_: None

    @property
    def id(self) -> Column:
        id: Column = self.column.class_.id
        return id

    def is_present(self) -> ColumnElement[bool]:
        return self.column.is_not(None) if self.present is None else self.present

    def rows(self) -> Select[Any]:
        """Return a query of the id of each row with such content, the content, and `beside`."""
        found: Select[Any] = select(self.id, self.column, *self.beside)
        return found.where(self.is_present()).order_by(self.id)


def bound(
    column: Column,
    binding: Callable[..., passwords.Binding],
    *beside: Any,
    counted_as: str = "passwords",
    present: ColumnElement[bool] | None = None,
) -> Sealed:
    """Return a sealed column that is bound to the result of `binding(*beside)`."""

    def anew(seal: Seal, content: str, *found: Any) -> str:
        return seal.reseal_bound(content, binding(*found))

    return Sealed(column, counted_as, anew, beside, present)


def _early_password(seal: Seal, account: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """Return the settings of an account without a user name, with their password sealed again."""
    password = seal.reseal_bound(account["password"], passwords.early_binding_of(event))
    return {**account, "password": password}


def _own_key(column: Column) -> Sealed:
    return bound(column, lambda: BINDINGS[column.key], counted_as="keys")


_IS_OF_ACCOUNT = SendingAccount.id == MailSignIn.account_id
_HAS_EARLY = Event.early_account["password"].as_string().is_not(None)

# Of the core; features have theirs.
SEALED = (
    _own_key(Owner.sealed_address_key),
    _own_key(Owner.sealed_message_key),
    _own_key(Owner.sealed_place_key),
    bound(SendingAccount.sealed_password, passwords.binding_of, SendingAccount),
    bound(MailSignIn.sealed_client_secret, passwords.client_binding_of, MailSignIn),
    bound(
        MailSignIn.sealed_refresh_token,
        passwords.refresh_binding_of,
        SendingAccount,
        present=_IS_OF_ACCOUNT & MailSignIn.sealed_refresh_token.is_not(None),
    ),
    Sealed(
        Event.early_account,
        "passwords",
        _early_password,
        beside=(Event,),
        without=lambda _, account, __: {**account, "password": None},
        present=_HAS_EARLY,
    ),
    Sealed(Volunteer.token, "links", lambda seal, content: seal.reseal_token(content)),
    *(
        Sealed(secrets, "values", reseal_values, beside=(event_id,), without=openable_values)
        for secrets, event_id in (
            (Volunteer.secrets, Volunteer.event_id),
            (Certificate.secrets, Certificate.event_id),
        )
    ),
    bound(ListChange.sealed_before, binding_before, ListChange.volunteer_id, counted_as="values"),
    bound(ListLine.sealed, binding_of_line, ListLine.list_id, counted_as="values"),
    Sealed(
        RehearsalMail.content,
        "mails",
        lambda seal, content, recipient: seal.seal_mail(
            seal.open_mail(content, recipient), recipient
        ),
        beside=(RehearsalMail.recipient,),
        # An empty mail, as one whose content was never kept.
        without=lambda seal, _, recipient: seal.seal_mail(b"", recipient),
        # Certificates are attached, so even a few are megabytes.
        batch=20,
    ),
)
# Not worth sealing again: another access token can be requested, and a draft is kept for an hour.
SHORT_LIVED = (MailAccessToken.sealed_token, ConsoleDraft.sealed)


def all_sealed() -> tuple[Sealed, ...]:
    """Return the sealed columns of the core and of each feature."""
    return (*SEALED, *hooks.sealed())


def sealed_kinds(database: Database) -> list[Sealed]:
    """Return the sealed columns with content, by one statement."""
    kinds = all_sealed()
    are_there = select(*(exists().where(kind.is_present()) for kind in kinds))
    with database.reading() as session:
        return list(compress(kinds, session.execute(are_there).one()))


def check_keys(database: Database, seal: Seal, kinds: Sequence[Sealed], place: str) -> None:
    """Check that the keys open the first content of any of the `kinds`.

    Raises KeysWrong, naming the `place` of the keys, if they open none of them.
    """
    with database.reading() as session:
        firsts = [(kind, session.execute(kind.rows().limit(1)).first()) for kind in kinds]
        found = [(kind, row) for kind, row in firsts if row is not None]
        if not found or any(_opens(seal, kind, row) for kind, row in found):
            return
        there = Counter[str]()
        for kind in kinds:
            there[kind.counted_as] += count_rows(session, kind.rows())
    raise KeysWrong(
        field=place, passwords=there["passwords"], links=there["links"], values=there["values"]
    )


def _opens(seal: Seal, kind: Sealed, row: Sequence[Any]) -> bool:
    _, content, *beside = row
    try:
        kind.anew(seal, content, *beside)
    except SettingRefused:
        return False
    return True


def count_lost(database: Database, seal: Seal) -> int:
    """Return how many stored secrets, mails and links none of the keys of `seal` opens."""
    return sum(len(rows) for kind in all_sealed() for _, rows in _lost(database, seal, kind))


def give_up_lost(database: Database, seal: Seal) -> Counter[str]:
    """Clear what none of the keys of `seal` opens; return how much, by `counted_as`.

    Mailed links stop working: their people ask for another.
    """
    done = Counter[str]()
    for kind in all_sealed():
        for session, rows in _lost(database, seal, kind):
            cleared = [
                {"id": id, kind.column.key: kind.without(seal, content, *beside)}
                for id, content, *beside in rows
            ]
            if cleared:
                session.execute(update(kind.column.class_), cleared)
            done[kind.counted_as] += len(cleared)
    return done


def _lost(
    database: Database, seal: Seal, kind: Sealed
) -> Iterator[tuple[Session, list[Sequence[Any]]]]:
    """Yield the rows that none of the keys opens, in turns, with the transaction of each."""
    for session, rows in _turns(kind, database.writing):
        yield session, [row for row in rows if not _opens(seal, kind, row)]


def _turns(
    kind: Sealed, opened: Callable[[], AbstractContextManager[Session]]
) -> Iterator[tuple[Session, Sequence[Sequence[Any]]]]:
    """Yield all rows with such content, a batch at a time, with the session of each turn."""
    last = 0
    while True:
        with opened() as session:
            rows = session.execute(kind.rows().where(kind.id > last).limit(kind.batch)).all()
            if not rows:
                return
            yield session, rows
        last = rows[-1][0]


def rotate_keys(database: Database, seal: Seal) -> Counter[str]:
    """Seal everything sealed with the newest key of `seal`; return how much had an older one, by
    `counted_as`.

    Safe to repeat, and to run alongside processes that know all the keys, since they look for a
    link in the form of each. Raises SettingRefused if none of the keys opens something stored.
    """
    done = Counter[str]()
    for kind in all_sealed():
        for session, rows in _turns(kind, database.reading):
            outdated = {
                id for id, content, *beside in rows if kind.anew(seal, content, *beside) != content
            }
            # Rows may be locked for a while, and workers end transactions that sleep.
            session.close()
            done[kind.counted_as] += _reseal(database, seal, kind, outdated)
        if kind.column is SendingAccount.sealed_password:
            # All at once, so that no account with the same proof is missed.
            with database.writing() as session:
                # Before accounts, in the order in which everybody locks them.
                session.execute(select(Event.id).order_by(Event.id).with_for_update(key_share=True))
                stored = kind.column.is_not(None)
                every = select(SendingAccount).where(stored).order_by(SendingAccount.id)
                for account in session.scalars(every.with_for_update()).all():
                    _prove(session, account, seal)
    return done


def _reseal(database: Database, seal: Seal, kind: Sealed, left: set[int]) -> int:
    """Seal again what these rows hold now; return how many still had an older key. Links that ended
    since stay ended.

    Locked rows are tried again later: waiting for them while holding others could deadlock.
    """
    changed, model = 0, kind.column.class_
    # A link is unique: only with the stronger lock can it be replaced.
    is_key = bool(model.__table__.columns[kind.column.key].unique)
    while left:
        with database.writing() as session:
            which = kind.rows().where(kind.id.in_(left))
            locked = which.with_for_update(of=model, skip_locked=True, key_share=not is_key)
            free = session.execute(locked).all()
            anew = [
                {"id": id, kind.column.key: resealed}
                for id, content, *beside in free
                if (resealed := kind.anew(seal, content, *beside)) != content
            ]
            if anew:
                session.execute(update(model), anew)
            # Do not wait for rows that were removed since.
            there = {row[0] for row in session.execute(which)}
        changed += len(anew)
        left = there - {row[0] for row in free}
        if left:
            time.sleep(_WAIT_SECONDS)
    return changed


def _prove(session: Session, account: SendingAccount, seal: Seal) -> None:
    """Compute the account's proof with the newest key, and join it with an equal account."""
    password = passwords.open_password(seal, account)
    was_taken, account.signed_in = account.signed_in, False
    account.proof = passwords.proofs(seal, account, password)[0]
    if was_taken:
        join_equal(session, account)
