"""What somebody typed and has not saved is kept for an hour, for them and for nobody else."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from console import kept_typing
from console.kept_typing import ADDRESS, KEPT_FOR, kept_for, place_of, take_typing
from console.signin import session as access
from console.signin.middleware import RequireSignIn
from shared import budgets
from shared.access import drafts, sessions
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.storage.models import ConsoleDraft, Event, now
from shared.storage.sealing.tokens import token_hash
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import join
from tests.support.console_screens import Open, press, read
from tests.support.one_database import database_url
from tests.support.sessions import begin_session
from tests.support.statements import statements_of

__all__ = ["database_url"]

Fields = dict[str, tuple[str, str]]
OWNER = (token_hash(OWNER_TOKEN),)
NAME = place_of("settings.setting.2.field.name")


@pytest.fixture(autouse=True)
def nobody_has_told_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: each test has a database of its own."""
    kept_typing._told.clear()
    kept_typing._stored.clear()
    at_once = replace(budgets.TYPED_STORED, seconds=0)
    monkeypatch.setattr(budgets, "TYPED_STORED", at_once)


def keep(installation: Installation, person: tuple[str, ...], *told: Fields) -> None:
    """All that their browsers tell at the same time."""

    async def tell() -> None:
        await asyncio.gather(*(kept_typing.keep(installation, person, one) for one in told))

    # Not beside Playwright's loop, which may run in this thread.
    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, tell()).result()


def field(screen: AppTest, label: str) -> str | None:
    return next(one.value for one in screen.text_input if one.label == label)


def test_what_was_typed_is_in_its_field_again_and_not_saved(
    open_screen: Open, installation: Installation, event_id: int
):
    assert event_id == 2
    name = read(installation.database, event_id).name
    keep(installation, OWNER, {NAME: (name, "Dune Walk")})
    screen = open_screen("settings", event_id)
    assert field(screen, "Name") == "Dune Walk"
    assert "It is not saved yet" in screen.toast[0].value
    assert read(installation.database, event_id).name == name


def test_nobody_else_gets_it(open_screen: Open, installation: Installation, event_id: int):
    name = read(installation.database, event_id).name
    keep(installation, OWNER, {NAME: (name, "Dune Walk")})
    key = join(installation.database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("settings", event_id, token=key)
    assert field(screen, "Name") == name
    assert not screen.toast


def test_it_is_sealed_for_its_person(installation: Installation):
    keep(installation, OWNER, {NAME: ("", "Dune Walk")})
    with installation.database.writing() as session:
        (row,) = session.scalars(select(ConsoleDraft))
        assert "Dune" not in row.sealed
        # Somebody who can write to the database gives it to themselves.
        drafts.keep(session, installation.seal, ("kept typing", "stranger"), "{}")
        session.flush()
        theirs = ConsoleDraft.place != row.place
        session.execute(update(ConsoleDraft).where(theirs).values(sealed=row.sealed))
    assert kept_for(installation, ("stranger",)) == {}
    assert NAME in kept_for(installation, OWNER)


def test_after_an_hour_it_is_gone(installation: Installation, monkeypatch: pytest.MonkeyPatch):
    keep(installation, OWNER, {NAME: ("", "Dune Walk")})
    later = kept_typing.time.time() + KEPT_FOR + 1
    monkeypatch.setattr(kept_typing.time, "time", lambda: later)
    assert kept_for(installation, OWNER) == {}


def test_after_an_hour_nothing_of_it_is_stored(installation: Installation):
    keep(installation, OWNER, {NAME: ("", "Dune Walk")})
    with installation.database.writing() as session:
        drafts.keep(session, installation.seal, ("press", "somebody"), "a press")
        long_ago = now() - timedelta(seconds=1)
        of_owner = ConsoleDraft.place == session.scalars(select(ConsoleDraft.place)).first()
        session.execute(update(ConsoleDraft).where(of_owner).values(expires_at=long_ago))
    drafts.sweep(installation.database)
    with installation.database.reading() as session:
        assert len(session.scalars(select(ConsoleDraft)).all()) == 1


def test_of_two_who_take_it_at_once_one_gets_it(installation: Installation):
    binding = ("press", "somebody")
    with installation.database.writing() as session:
        drafts.keep(session, installation.seal, binding, "a press")

    def take(_: int) -> str:
        with installation.database.writing() as session:
            return drafts.take(session, installation.seal, binding)

    with ThreadPoolExecutor(4) as readers:
        assert sorted(readers.map(take, range(4))) == ["", "", "", "a press"]


def test_what_two_tabs_type_at_once_is_kept_of_both(installation: Installation):
    keep(installation, OWNER, *({f"field-{number}": ("", "Dune Walk")} for number in range(8)))
    assert len(kept_for(installation, OWNER)) == 8


def test_what_comes_within_a_second_is_stored_at_once_and_the_last_of_it_counts(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(budgets, "TYPED_STORED", replace(budgets.TYPED_STORED, seconds=0.3))
    told = [{NAME: ("Beach Day", f"Dune {number}")} for number in range(40)]
    with statements_of(installation.database) as statements:
        keep(installation, OWNER, *told)
    assert sum("DELETE FROM console_draft" in one for one in statements) <= 2
    kept = kept_for(installation, OWNER)[NAME]
    assert (kept.before, kept.text) == ("Beach Day", "Dune 39")


def test_of_a_person_half_a_megabyte_is_kept_and_of_each_field_what_somebody_may_type(
    installation: Installation,
):
    for number in range(6):
        keep(installation, OWNER, {f"field-{number}": ("", "文" * 50_000)})
    keep(installation, OWNER, {"too long": ("", "x" * (budgets.TYPED_FIELD.most + 1))})
    assert [*kept_for(installation, OWNER)] == ["field-3", "field-4", "field-5"]
    with installation.database.reading() as session:
        (sealed,) = session.scalars(select(ConsoleDraft.sealed))
    assert len(sealed) < 3 * budgets.TYPED_OCTETS.most


def test_many_posts_of_long_texts_keep_no_more_in_memory_than_is_stored(
    installation: Installation,
):
    told = [{f"field-{number}": ("", "x" * 190_000)} for number in range(40)]
    keep(installation, OWNER, *told)
    assert len(kept_for(installation, OWNER)) == 2


def test_what_waits_to_be_stored_is_given_back_already_and_forgotten_with_what_is_stored(
    open_screen: Open,
    installation: Installation,
    event_id: int,
    monkeypatch: pytest.MonkeyPatch,
):
    name = read(installation.database, event_id).name
    # As if another were stored a moment ago.
    waiting = kept_typing._told.setdefault(OWNER, kept_typing.Told())
    waiting.add({NAME: (name, "Dune Walk")})
    screen = open_screen("settings", event_id)
    assert field(screen, "Name") == "Dune Walk"
    press(screen, "Save")
    assert not waiting.fields
    keep(installation, OWNER, {"another": ("", "field")})
    assert [*kept_for(installation, OWNER)] == ["another"]


def test_what_is_kept_is_opened_anew_only_when_something_has_changed_it(
    installation: Installation,
):
    keep(installation, OWNER, {NAME: ("", "Dune Walk")})
    kept_for(installation, OWNER)
    with statements_of(installation.database) as statements:
        assert kept_for(installation, OWNER)[NAME].text == "Dune Walk"
    assert not any("sealed" in one for one in statements)
    keep(installation, OWNER, {NAME: ("", "Night Walk")})
    assert kept_for(installation, OWNER)[NAME].text == "Night Walk"


def test_what_is_saved_is_given_back_no_more(
    open_screen: Open, installation: Installation, event_id: int
):
    name = read(installation.database, event_id).name
    keep(installation, OWNER, {NAME: (name, "Dune Walk")})
    press(open_screen("settings", event_id), "Save")
    assert read(installation.database, event_id).name == "Dune Walk"
    with installation.database.writing() as session:
        session.get_one(Event, event_id).name = "Night Walk"
    assert field(open_screen("settings", event_id), "Name") == "Night Walk"


def test_what_the_browser_told_only_after_it_was_saved_does_not_pass_for_unsaved(
    open_screen: Open, installation: Installation, event_id: int
):
    name = read(installation.database, event_id).name
    with installation.database.writing() as session:
        session.get_one(Event, event_id).name = "Dune Walk"
    keep(installation, OWNER, {NAME: (name, "Dune Walk")})
    assert not open_screen("settings", event_id).toast


def test_what_a_colleague_stored_meanwhile_is_not_overwritten_by_it(
    open_screen: Open, installation: Installation, event_id: int
):
    name = read(installation.database, event_id).name
    keep(installation, OWNER, {NAME: (name, "Dune Walk")})
    with installation.database.writing() as session:
        session.get_one(Event, event_id).name = "Night Walk"
    screen = press(open_screen("settings", event_id), "Save")
    assert read(installation.database, event_id).name == "Night Walk"
    assert [one.value for one in screen.code] == ["Night Walk", "Dune Walk"]


def browser(installation: Installation) -> TestClient:
    """Somebody who is signed in as the owner, at the address that page.js tells what is typed."""
    app = Starlette(
        routes=[Route(ADDRESS, partial(take_typing, installation), methods=["POST"])],
        middleware=[Middleware(RequireSignIn, installation=installation)],
    )
    token = begin_session(installation.database, OWNER_TOKEN)
    cookies = {access.cookie_name(installation.settings): token}
    return TestClient(app, base_url=installation.settings.console_url, cookies=cookies)


def test_what_is_typed_last_is_kept_though_its_session_has_just_ended(installation: Installation):
    visitor = browser(installation)
    assert visitor.post(ADDRESS, json=[[NAME, "", "Dune"]]).status_code == 204
    with installation.database.writing() as session:
        sessions.end_by_token(session, access.token_in(installation.settings, visitor.cookies))
    assert visitor.post(ADDRESS, json=[[NAME, "Dune", "Dune Walk"]]).status_code == 204
    kept = kept_for(installation, OWNER)[NAME]
    assert (kept.before, kept.text) == ("", "Dune Walk")


def test_who_never_signed_in_leaves_nothing(installation: Installation):
    visitor = browser(installation)
    visitor.cookies.clear()
    assert visitor.post(ADDRESS, json=[[NAME, "", "Dune"]]).status_code == 401


@pytest.mark.parametrize("sent", [b"", b"[1]", b"{", b"[[1, 2]]", b"[" * 500_000])
def test_anything_else_is_refused(installation: Installation, sent: bytes):
    assert browser(installation).post(ADDRESS, content=sent).status_code == 400
    assert kept_for(installation, OWNER) == {}


def test_who_types_back_what_was_there_has_typed_nothing(installation: Installation):
    keep(installation, OWNER, {NAME: ("Beach Day", "Dune")})
    keep(installation, OWNER, {NAME: ("Dune", "Beach Day")})
    assert kept_for(installation, OWNER) == {}
