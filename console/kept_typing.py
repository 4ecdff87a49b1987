"""What somebody types and has not saved is kept for an hour, whatever ends their session meanwhile.

The page's script tells it while it is typed, except of passwords. It is kept sealed for its person,
and its fields are filled with it when the same person opens their screen anew: after a sign-out, an
expired session, their organization's sign-in, a reload or a restart of the console.
"""

import asyncio
import json
import re
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate
from threading import Lock
from typing import NamedTuple

import streamlit as st
from cachetools import LRUCache, TTLCache
from starlette.requests import Request
from starlette.responses import Response

from console.session_key import SessionKey
from console.signin import session as access
from console.text import t
from shared import budgets
from shared.access import drafts
from shared.access.sessions import person_of
from shared.errors import NotAllowed
from shared.events.installation import Installation
from shared.storage.models import ConsoleSession
from shared.storage.sealing.tokens import token_hash

ADDRESS = "/typed"
KEPT_FOR = drafts.KEPT_FOR.total_seconds()
_MOST_PEOPLE = 1000

# Who it is, as `person_of` says.
Person = tuple[str, ...]


class Typed(NamedTuple):
    """What a field contained before somebody typed into it, what they typed, and when."""

    before: str
    text: str
    at: float


class Told:
    """What the browsers of a person have told, and is not stored yet."""

    def __init__(self) -> None:
        self.fields: dict[str, Typed] = {}
        self.turn = asyncio.Lock()
        self.stored_at = -budgets.TYPED_STORED.seconds

    def add(self, typed: Mapping[str, tuple[str, str]]) -> None:
        fields = dict(self.fields)
        for place, (before, text) in typed.items():
            known = fields.pop(place, None)
            fields[place] = Typed(known.before if known else before, text, time.time())
        self.fields = _newest(fields)

    def put_into(self, stored: dict[str, Typed]) -> None:
        for place, (before, text, at) in self.fields.items():
            known = stored.pop(place, None)
            first = known.before if known else before
            if text != first:
                stored[place] = Typed(first, text, at)


def _octets(place: str, typed: Typed) -> int:
    texts = place, typed.before, typed.text
    return sum(len(one.encode("utf-8", "surrogatepass")) for one in texts)


def _newest(fields: Mapping[str, Typed]) -> dict[str, Typed]:
    """Of too many fields those that were typed into last."""
    fitting = [one for one in fields.items() if _octets(*one) <= budgets.TYPED_FIELD.most]
    octets = [*accumulate(_octets(*one) for one in reversed(fitting))]
    number = min(bisect_right(octets, budgets.TYPED_OCTETS.most), budgets.TYPED_FIELDS.most)
    return dict(fitting[len(fitting) - number :])


# Whose session it was, since what was typed last may come after its end.
_people = TTLCache[str, Person](_MOST_PEOPLE, KEPT_FOR)
_told = TTLCache[Person, Told](_MOST_PEOPLE, KEPT_FOR)
# What is stored for people, and until when: if that is another time, something has changed it.
_stored = LRUCache[Person, tuple[datetime | None, dict[str, Typed]]](
    40 * budgets.TYPED_OCTETS.most,
    lambda one: 1000 + sum(_octets(*field) for field in one[1].items()),
)
_lock = Lock()
# In a tab: its person, what was kept for them when it was opened, and whether some was given back.
_PERSON = SessionKey[Person]("kept_typing.person")
_WAITING = SessionKey[dict[str, Typed]]("kept_typing.waiting")
_IS_BACK = SessionKey[bool]("kept_typing.is_back")


def kept_for(installation: Installation, person: Person) -> dict[str, Typed]:
    """What is kept for a person, by the place of the field."""
    binding = _binding(person)
    with installation.database.reading() as session:
        until = drafts.kept_until(session, binding)
        with _lock:
            at, fields = _stored.get(person, (None, {}))
        if at != until:
            fields = _read(drafts.kept(session, installation.seal, binding))
            with _lock:
                _stored[person] = until, fields
    fields = {place: one for place, one in fields.items() if one.at + KEPT_FOR > time.time()}
    with _lock:
        if told := _told.get(person):
            told.put_into(fields)
    return fields


@contextmanager
def _changing(installation: Installation, person: Person) -> Iterator[dict[str, Typed]]:
    """The stored fields of a person, to be changed; of too many only the newest are kept."""
    seal, binding = installation.seal, _binding(person)
    with installation.database.writing() as session:
        fields = _read(drafts.kept_alone(session, seal, binding))
        yield fields
        newest = _newest(fields)
        drafts.keep(session, seal, binding, json.dumps(newest) if newest else "")


def _read(kept: str) -> dict[str, Typed]:
    fields = {place: Typed(*typed) for place, typed in json.loads(kept or "{}").items()}
    return {place: one for place, one in fields.items() if one.at + KEPT_FOR > time.time()}


def _binding(person: Person) -> tuple[str, ...]:
    return ("kept typing", *person)


def begin(installation: Installation, row: ConsoleSession) -> None:
    """Note who reads in this tab, and what they had typed before it was opened."""
    person = person_of(row)
    if _PERSON.get() == person:
        return
    _PERSON.set(person)
    _WAITING.set(kept_for(installation, person))
    _note(row.token_hash, person)


def take(name: str, first: str) -> Typed | None:
    """What the reader typed into the field with this key before this tab was opened, once; not if
    it is `first` there anyway, since it was saved before the browser told it."""
    typed = _WAITING.get({}).pop(place_of(name), None)
    if typed is None or typed.text == first:
        return None
    _IS_BACK.set(True)
    return typed


def field(name: str, first: str = "") -> str:
    """The key of a text field that shows nothing stored, filled with what its reader had typed, or
    else with `first`."""
    key = SessionKey[str](name)
    if not key.is_set():
        typed = take(name, first)
        key.set(typed.text if typed else first)
    return name


def forget(installation: Installation, names: Iterable[str]) -> None:
    """Forget what the reader typed into the fields with these keys: it is saved, or given up."""
    person = _PERSON.get()
    left = {place_of(name) for name in names}
    # Mostly nothing is kept: then nobody has to wait for the writers' lock.
    if person is None or not left & kept_for(installation, person).keys():
        return
    with _changing(installation, person) as fields, _lock:
        told = _told.get(person, Told())
        told.fields = {place: one for place, one in told.fields.items() if place not in left}
        for place in left & fields.keys():
            del fields[place]


def say() -> None:
    """Tell the reader if fields of this screen were filled with what they had typed."""
    if _IS_BACK.take(False):
        st.toast(
            t("What you typed before is in its fields again. It is not saved yet."),
            icon=":material/edit_note:",
        )


def place_of(name: str) -> str:
    """How the browser knows the field with this key: Streamlit makes it a CSS class."""
    return re.sub(r"[^a-zA-Z0-9_-]", "-", name.strip())


async def take_typing(installation: Installation, request: Request) -> Response:
    """The address that the page's script tells it."""
    person = await asyncio.to_thread(_person_at, installation, request)
    if person is None:
        return Response(status_code=401)
    try:
        sent = [*json.loads(await request.body())][-budgets.TYPED_FIELDS.most :]
        typed = {str(place): (str(before), str(text)) for place, before, text in sent}
    except (ValueError, TypeError, RecursionError):
        return Response(status_code=400)
    await keep(installation, person, typed)
    return Response(status_code=204)


async def keep(
    installation: Installation, person: Person, typed: Mapping[str, tuple[str, str]]
) -> None:
    """Keep what a person `typed`: by the place of the field, what it contained before, and what it
    contains now. What comes too soon after the last waits, and is stored with what waits already.
    """
    with _lock:
        told = _told.setdefault(person, Told())
        told.add(typed)
    async with told.turn:
        # Whoever came before may have stored it, too.
        if told.fields:
            await asyncio.sleep(told.stored_at + budgets.TYPED_STORED.seconds - time.monotonic())
            await asyncio.to_thread(_store, installation, person, told)
            told.stored_at = time.monotonic()


def _store(installation: Installation, person: Person, told: Told) -> None:
    with _changing(installation, person) as fields, _lock:
        told.put_into(fields)
        stored = told.fields
    with _lock:
        told.fields = {
            place: typed for place, typed in told.fields.items() if stored.get(place) != typed
        }


def _person_at(installation: Installation, request: Request) -> Person | None:
    """Whose browser it is, also for a while after their session: what they typed last comes then,
    and is given to nobody else."""
    try:
        with installation.database.reading() as session:
            row = access.signed_in(session, installation, request.cookies).row
    except NotAllowed:
        token = access.token_in(installation.settings, request.cookies) or ""
        with _lock:
            return _people.get(token_hash(token))
    _note(row.token_hash, person_of(row))
    return person_of(row)


def _note(session: str, person: Person) -> None:
    with _lock:
        _people[session] = person
