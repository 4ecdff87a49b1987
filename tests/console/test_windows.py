"""A window belongs to the screen on which it was opened, and is closed when that is left."""

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from console.session import IS_TO_CONFIRM
from shared.events.installation import Installation
from shared.storage.database import Database
from tests.support.console_screens import Open, people, press, read, undisturbed
from tests.support.factories import add
from tests.support.issued import issue
from tests.support.one_database import database_url

__all__ = ["database_url"]

LIST = "email,name,hours\nana@example.org,Ana Silva,8\n"


def go(screen: AppTest, name: str) -> AppTest:
    """By the browser's buttons: a window covers the navigation."""
    screen._page_hash = calc_hash(name)
    return undisturbed(screen.run())


def windows(screen: AppTest) -> list[str]:
    found = [screen._tree]
    for block in found:
        found.extend(child for child in block.children.values() if hasattr(child, "children"))
    return [block.proto.dialog.title for block in found if block.type == "dialog"]


@pytest.mark.parametrize(
    ("screen", "button", "window"),
    [
        ("volunteers", "Certificates", "Download certificates"),
        ("volunteers", "Columns and groups", "Columns and groups"),
        ("messages", "Groups", "Groups"),
    ],
)
def test_it_is_closed_when_its_reader_comes_back(
    open_screen: Open, installation: Installation, event_id: int,
    screen: str, button: str, window: str,
):  # fmt: skip
    add(installation.database, event_id, LIST)
    shown = press(open_screen(screen, event_id), button)
    assert windows(shown) == [window]
    assert windows(undisturbed(shown.run())) == [window]
    assert windows(go(go(shown, "log"), screen)) == []


@pytest.mark.parametrize(
    ("screen", "name", "window"),
    [("messages", "groups", "Groups"), ("", "new", "New event"), ("", "copy.{}", "Copy “{}”")],
)
def test_the_address_names_it_so_that_it_is_open_after_a_reload(
    open_screen: Open, database: Database, event_id: int, screen: str, name: str, window: str
):
    shown = open_screen(screen, event_id)
    shown.query_params["window"] = name.format(event_id)
    assert windows(undisturbed(shown.run())) == [window.format(read(database, event_id).name)]


def test_so_is_that_of_a_person(open_screen: Open, installation: Installation, event_id: int):
    issue(installation, event_id, ["Ana Lima"])
    screen = open_screen("volunteers", event_id)
    screen.session_state["volunteers.person"] = people(installation.database, event_id)[0].id
    assert windows(undisturbed(screen.run())) == ["Ana Lima"]
    assert windows(go(go(screen, "log"), "volunteers")) == []


def test_nobody_is_asked_on_another_screen_who_they_are_for_what_they_left(
    open_screen: Open, listed: int
):
    screen = open_screen("team", listed)
    screen.session_state[IS_TO_CONFIRM.name] = True
    assert windows(undisturbed(screen.run())) == ["Confirm it is you"]
    assert windows(go(screen, "log")) == []
