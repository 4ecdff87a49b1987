"""Hooks: functions of features that the core calls when something happens, or to ask something.

A hook runs in the transaction in which the thing happens, feature by feature in the order of
`shared/features`; one that raises ends that transaction. The core calls

    hooks.features().voided(session, certificates)

and imports no feature. Every process that changes what is stored calls `shared.features.load`
first: without it `features` raises, since hooks must not be skipped silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache, partial, reduce
from itertools import chain
from operator import or_
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
    from shared.storage.sealing.key_rotation import Sealed


def _nothing(*_: Any) -> None:
    pass


def _nothing_found(*_: Any) -> tuple[()]:
    return ()


def _nothing_known(*_: Any) -> Mapping[Any, Any]:
    return {}


def _no(*_: Any) -> bool:
    return False


def _first_said(each: Sequence[Callable[..., Any]], *about: Any) -> Any:
    """Call all of them; return the first answer that says something: one that is true, else
    False, else None."""
    said = [one(*about) for one in each]
    return next(filter(None, said), False if False in said else None)


# How the answers of the features' hooks are one, by what a hook says that a feature does not name.
_JOINED: Mapping[Any, Callable[..., Any]] = {
    _nothing: _first_said,
    _nothing_found: lambda each, *about: chain.from_iterable(one(*about) for one in each),
    _nothing_known: lambda each, *about: reduce(or_, (one(*about) for one in each), {}),
    _no: lambda each, *about: any(one(*about) for one in each),
}


@dataclass(frozen=True, slots=True)
class ReturnedMail:
    """What a report says of a mail that was handed over."""

    mail_id: int
    # One of `features.returned_mail.recipient.BounceVerdict`.
    verdict: str
    # The recipient of the mail, and what the server said.
    address: str
    answer: str
    code: int
    # Proven, or believed by a person.
    counts: bool
    found_at: datetime


@dataclass(frozen=True)
class Hooks:
    """The hooks of one feature; those that it does not name do nothing.

    Certificates given as rows are locked or new; those given as a query of ids belong to people who
    are locked.
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
    # The second was made as a copy of the first, both locked or new.
    event_copied: Callable[[Session, Event, Event], None] = _nothing
    # The event was deleted, and its rows will be; True: its certificates are withdrawn.
    event_deleted: Callable[[Session, Event, bool], None] = _nothing
    # The designs and rows of the deleted event with this id are about to be removed, or the rest of
    # them. In no transaction.
    event_removed: Callable[[Database, int], None] = _nothing
    # The database was restored from a copy, and does not know what was issued since.
    restored: Callable[[Session], None] = _nothing
    # The database's clock was set back: nothing is put off until the later time comes again.
    clock_set_back: Callable[[Session], None] = _nothing
    # The schema is about to change so that earlier programs cannot work on it, and nobody else
    # changes it. Called in no transaction; returns a sentence on what was done, for the migration.
    migrating: Callable[[Database, Settings], str | None] = _nothing
    # Somebody signed in to the event's account at its provider; the event is locked.
    signed_in: Callable[[Session, Event], None] = _nothing
    # The account has another transport from now on.
    transport_changed: Callable[[Session, SendingAccount], None] = _nothing
    # The first turned out to be the second, which is about to be deleted.
    accounts_joined: Callable[[Session, SendingAccount, SendingAccount], None] = _nothing
    # The recipients of the mails with these ids were forgotten, and what servers answered.
    mails_forgotten: Callable[[Session, Sequence[int]], None] = _nothing

    # What came back of the mails with these ids, the oldest report first.
    returned: Callable[[Session, Sequence[int]], Iterable[ReturnedMail]] = _nothing_found
    # Whether returned mail of this account is known in time; None if nothing reads it.
    evidence: Callable[[SendingAccount, datetime], bool | None] = _nothing
    # Mails of this account wait for that: it is needed at this time at the latest.
    evidence_wanted: Callable[[SendingAccount, datetime], None] = _nothing
    # The headers by which returned mail names the mail with this Message-ID.
    marks: Callable[[SendingAccount, str], Iterable[tuple[str, str]]] = _nothing_found
    # The address where mails to it are read.
    read_at: Callable[[SendingAccount], str | None] = _nothing
    # The findings before a sending of this many mails.
    departure_checked: Callable[[Session, SendingAccount, int], Iterable[Finding]] = _nothing_found
    # The findings about a sender's domain before a sending. May take seconds, in no transaction.
    sender_checked: Callable[[str], Iterable[Finding]] = _nothing_found
    # Names, explanations and values of further gauges among the metrics.
    gauges: Callable[[Session], Iterable[tuple[str, str, float]]] = _nothing_found
    # What the owner has to repair: names that stay until it is over, and sentences in a language.
    troubles: Callable[[Session, str], Iterable[tuple[str, str]]] = _nothing_found
    # What the files of these certificates carry, by id. It may write, in turns of its own.
    carried_in_file: Callable[[Installation, Collection[int]], Mapping[int, bytes]] = _nothing_known
    # What the certificate's public page says of its signature.
    shown_on_page: Callable[[Session, Settings, Certificate], Any] = _nothing
    # What people's own data says about their certificate, by names.
    held_about: Callable[[Session, Certificate], Mapping[str, Any]] = _nothing_known
    # Whether something of the event with this id was given to people, also if it rehearses again.
    is_given_out: Callable[[Session, int], bool] = _no
    # Of those of the certificates with these ids of which something was given out, by their ids,
    # where others see whether it counts: the id of a list, and a place in it. Both stay known when
    # the certificates go.
    places: Callable[[Session, Collection[int]], Mapping[int, tuple[int, int]]] = _nothing_known


_features: list[tuple[Callable[[], Sequence[Hooks]], Callable[[], Sequence[Sealed]]]] = []


def load(
    each: Callable[[], Sequence[Hooks]], columns: Callable[[], Sequence[Sealed]] = tuple
) -> None:
    """Let `features` and `sealed` return these; each is called when it is needed first."""
    _features[:] = [(each, columns)]
    features.cache_clear()


@cache
def features() -> Hooks:
    """Return the hooks of all features as one: each calls those of the features in order, and
    returns what the first says that says something, all that they find or know, or whether any
    says yes. Raises RuntimeError if nobody loaded them."""
    each = loaded()
    return Hooks(
        **{
            hook.name: partial(_JOINED[hook.default], [getattr(one, hook.name) for one in each])
            for hook in fields(Hooks)
        }
    )


def loaded() -> Sequence[Hooks]:
    """Return the hooks of each feature, in order. Raises RuntimeError if nobody loaded them."""
    return _loaded()[0]()


def sealed() -> Sequence[Sealed]:
    """Return the sealed columns of all features, which loads their tables. Raises RuntimeError if
    nobody loaded them."""
    return _loaded()[1]()


def _loaded() -> tuple[Callable[[], Sequence[Hooks]], Callable[[], Sequence[Sealed]]]:
    if not _features:
        raise RuntimeError("this process has not called shared.features.load()")
    return _features[0]
