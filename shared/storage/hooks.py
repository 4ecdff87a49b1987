"""What the core tells features, a call for each thing that happens, and what it asks them.

A hook runs in the transaction in which the thing happens, feature by feature in the order of
`shared/features`; one that raises ends that transaction. The core calls

    for one in hooks.loaded():
        one.voided(session, certificates)

and imports no feature. Every process that changes what is stored calls `shared.features.load`
first: hooks that nobody loaded raise, since what they do must not be left out silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session

    from shared.events.installation import Installation
    from shared.findings import Finding
    from shared.settings import Settings
    from shared.storage.database import Database
    from shared.storage.models import Certificate, Event, SendingAccount


def _nothing(*_: Any) -> None:
    pass


def _nothing_found(*_: Any) -> tuple[()]:
    return ()


def _nothing_known(*_: Any) -> Mapping[Any, Any]:
    return {}


def _no(*_: Any) -> bool:
    return False


@dataclass(frozen=True)
class Hooks:
    """What one feature does; nothing where it names no function.

    Certificates given as rows are locked or new; those given as a query of their ids are those of
    people who are locked.
    """

    # They count from now on: they were stored, or are no longer withdrawn.
    issued: Callable[[Session, Sequence[Certificate]], None] = _nothing
    # They were replaced or withdrawn.
    voided: Callable[[Session, Sequence[Certificate]], None] = _nothing
    # They were taken back before anybody had seen them.
    taken_back: Callable[[Session, Select[int]], None] = _nothing
    # Their rows are about to be deleted.
    removed: Callable[[Session, Select[int]], None] = _nothing
    # Their person was erased, and so is what they say.
    erased: Callable[[Session, Sequence[Certificate]], None] = _nothing
    # The column with this title became secret, and shows a mask on them.
    veiled: Callable[[Session, Sequence[Certificate], str], None] = _nothing
    # The event was deleted, and its rows will be; True: its certificates are withdrawn.
    event_deleted: Callable[[Session, Event, bool], None] = _nothing
    # The database was made of a copy: what was issued since the copy is not known in it.
    restored: Callable[[Session], None] = _nothing
    # The database's clock was set back: nothing is put off until the later time comes again.
    clock_set_back: Callable[[Session], None] = _nothing
    # The schema is about to change so that programs of before cannot work on it; nobody else
    # changes it meanwhile. In no transaction. What was done is answered, for whoever migrates.
    migrating: Callable[[Database, Settings], str | None] = _nothing
    # Somebody signed in to the event's account at its provider; the event is locked.
    signed_in: Callable[[Session, Event], None] = _nothing

    # Of an account that was loaded with what tells what comes back to it: whether that is known in
    # time, now; None where nothing is read.
    evidence: Callable[[SendingAccount, datetime], bool | None] = _nothing
    # Its mails wait for that: it is wanted at this time, if not earlier.
    evidence_wanted: Callable[[SendingAccount, datetime], None] = _nothing
    # The headers by which what comes back names a mail with this Message-ID.
    marks: Callable[[SendingAccount, str], Iterable[tuple[str, str]]] = _nothing_found
    # The address where mails to it are read.
    read_at: Callable[[SendingAccount], str | None] = _nothing
    # So many mails are to leave by it: what is found before a sending.
    departure_checked: Callable[[Session, SendingAccount, int], Iterable[Finding]] = _nothing_found
    # A domain is to be sent from: what is found about it, before a sending. It may take seconds,
    # in no transaction.
    sender_checked: Callable[[str], Iterable[Finding]] = _nothing_found
    # What the owner has to mend, by a name that it keeps until it is over: a sentence in this
    # language.
    troubles: Callable[[Session, str], Iterable[tuple[str, str]]] = _nothing_found
    # What files of the certificates with these ids carry, by their ids. It may write, in turns of
    # its own.
    carried_in_file: Callable[[Installation, Collection[int]], Mapping[int, bytes]] = _nothing_known
    # What the certificate's public page says of who signed it.
    shown_on_page: Callable[[Session, Settings, Certificate], Any] = _nothing
    # What people read about their certificate among all that is stored about them, by its names.
    held_about: Callable[[Session, Certificate], Mapping[str, Any]] = _nothing_known
    # Whether something of the event with this id was given to people, also if it rehearses again.
    is_given_out: Callable[[Session, int], bool] = _no


_features: list[Callable[[], Sequence[Hooks]]] = []


def load(features: Callable[[], Sequence[Hooks]]) -> None:
    """Let `loaded` answer these; they are asked for when a hook is called first."""
    _features[:] = [features]
    loaded.cache_clear()


@cache
def loaded() -> Sequence[Hooks]:
    """The hooks of every feature, in their order. Raises RuntimeError if nobody loaded them."""
    if not _features:
        raise RuntimeError("this process has not called shared.features.load()")
    return _features[0]()


def carried_in_file(installation: Installation, ids: Collection[int]) -> dict[int, bytes]:
    """What files of the certificates with these ids carry, of those of which they carry anything.
    Call it in no writing transaction."""
    found: dict[int, bytes] = {}
    for one in loaded():
        found |= one.carried_in_file(installation, ids)
    return found


def is_given_out(session: Session, event_id: int) -> bool:
    """Whether features gave something of the event to people, also if it rehearses again."""
    return any(one.is_given_out(session, event_id) for one in loaded())
