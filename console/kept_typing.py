"""What somebody types and has not saved is kept for an hour, whatever ends their session meanwhile.

The page's script tells it while it is typed, except of passwords. It is kept sealed for its person,
and its fields are filled with it when the same person opens their screen anew: after a sign-out, an
expired session, their organization's sign-in, a reload or a restart of the console.
"""

import asyncio
import json
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import NamedTuple

import streamlit as st
from cachetools import TTLCache
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


# Whose session it was, since what was typed last may come after its end.
_people = TTLCache[str, Person](_MOST_PEOPLE, KEPT_FOR)
_lock = Lock()
# In a tab: its person, what was kept for them when it was opened, and whether some was given back.
_PERSON = SessionKey[Person]("kept_typing.person")
_WAITING = SessionKey[dict[str, Typed]]("kept_typing.waiting")
_IS_BACK = SessionKey[bool]("kept_typing.is_back")


def keep(installation: Installation, person: Person, typed: Mapping[str, tuple[str, str]]) -> None:
    """Keep what a person `typed`: by the place of the field, what it contained before, and what it
    contains now."""
    with _changing(installation, person) as fields:
        for place, (before, text) in typed.items():
            known = fields.pop(place, None)
            first = known.before if known else before
            if text != first:
                fields[place] = Typed(first, text, time.time())


def kept_for(installation: Installation, person: Person) -> dict[str, Typed]:
    """What is kept for a person, by the place of the field."""
    with installation.database.reading() as session:
        return _read(drafts.kept(session, installation.seal, _binding(person)))


@contextmanager
def _changing(installation: Installation, person: Person) -> Iterator[dict[str, Typed]]:
    """The fields of a person, to be changed; of many only the newest are kept."""
    seal, binding = installation.seal, _binding(person)
    with installation.database.writing() as session:
        fields = _read(drafts.kept_alone(session, seal, binding))
        yield fields
        newest = dict(list(fields.items())[-budgets.TYPED_FIELDS.most :])
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
    with _changing(installation, person) as fields:
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
        sent = json.loads(await request.body())
        typed = {str(place): (str(before), str(text)) for place, before, text in sent}
    except (ValueError, TypeError, RecursionError):
        return Response(status_code=400)
    await asyncio.to_thread(keep, installation, person, typed)
    return Response(status_code=204)


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
