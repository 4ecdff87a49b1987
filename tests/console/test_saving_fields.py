"""A field that is one thing stores itself when it is left; nobody overwrites silently, and what
cannot be stored stays in sight with the reason."""

from datetime import date

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from shared import events
from shared.access import colleagues
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.events.settings import EventChange, update_event
from shared.storage.database import Database
from shared.storage.models import Action
from tests.support.audited import acts
from tests.support.colleagues import join
from tests.support.console_screens import (
    Open,
    leave,
    press,
    read,
    refusals_at_fields,
    undisturbed,
)
from tests.support.one_database import database_url

__all__ = ["database_url"]


def content(screen: AppTest, label: str) -> object:
    fields = [*screen.text_input, *screen.checkbox, *screen.date_input, *screen.selectbox]
    return next(one.value for one in fields if one.label == label)


def saved(screen: AppTest) -> list[str]:
    return [one.value for one in screen.caption if one.value.startswith("Saved ")]


def test_each_is_stored_when_it_is_left_and_says_when(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("settings", event_id)
    assert not saved(screen)
    for label, value, column in (
        ("Name", "Dune Walk", "name"),
        ("Date on the certificates", date(2026, 11, 28), "certificate_date"),
        ("Date on the certificates", None, "certificate_date"),
        ("Time zone", "Asia/Tokyo", "time_zone"),
    ):
        screen = leave(screen, label, value)
        assert getattr(read(database, event_id), column) == value
        assert len(saved(screen)) == 1
    assert {one.action for one in acts(database)} == {Action.SETTINGS_CHANGED}
    assert len(acts(database)) == 4


def test_undo_brings_back_what_was_there_before(
    open_screen: Open, database: Database, event_id: int
):
    before = read(database, event_id).name
    screen = leave(open_screen("settings", event_id), "Name", "Dune Walk")
    screen = press(screen, "Undo")
    assert read(database, event_id).name == content(screen, "Name") == before
    screen = press(screen, "Undo")
    assert read(database, event_id).name == content(screen, "Name") == "Dune Walk"


def test_undo_takes_nothing_from_a_colleague(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = leave(open_screen("settings", event_id), "Name", "Dune Walk")
    store(installation, event_id, name="Night Walk")
    screen = press(screen, "Undo")
    assert read(installation.database, event_id).name == "Night Walk"
    assert "Night Walk" in [one.value for one in screen.code]


def test_what_is_refused_stays_in_its_field_until_it_can_be_stored(
    open_screen: Open, database: Database, event_id: int
):
    before = read(database, event_id).number_pattern
    screen = leave(open_screen("settings", event_id), "Number pattern", "none")
    screen = leave(screen, "Name", "Dune Walk")
    assert content(screen, "Number pattern") == "none"
    assert len(refusals_at_fields(screen)) == 1
    assert read(database, event_id).number_pattern == before
    screen = leave(screen, "Number pattern", "N-###")
    assert not refusals_at_fields(screen)
    assert read(database, event_id).number_pattern == "N-###"


def test_what_is_refused_is_in_its_field_after_another_screen(open_screen: Open, event_id: int):
    screen = leave(open_screen("settings", event_id), "Name", "")
    for other in ("organization", "settings"):
        screen._page_hash = calc_hash(other)
        undisturbed(screen.run())
    assert content(screen, "Name") == ""
    assert len(refusals_at_fields(screen)) == 1


def test_the_value_as_it_was_takes_a_refusal_away(
    open_screen: Open, database: Database, event_id: int
):
    before = read(database, event_id).name
    screen = leave(open_screen("settings", event_id), "Name", "")
    screen = leave(screen, "Name", before)
    assert not refusals_at_fields(screen)
    assert not acts(database)


def test_it_is_shown_as_it_is_stored(open_screen: Open, database: Database, event_id: int):
    screen = leave(open_screen("organization", event_id), "Website", " harbour.example")
    assert content(screen, "Website") == "https://harbour.example"
    assert len(saved(screen)) == 1


def test_a_field_follows_what_a_colleague_stored(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = leave(open_screen("settings", event_id), "Name", "Dune Walk")
    store(installation, event_id, name="Night Walk")
    screen = undisturbed(screen.run())
    assert content(screen, "Name") == "Night Walk"
    assert not saved(screen)


def test_what_a_callback_could_not_store_is_stored_when_the_screen_is_drawn(
    open_screen: Open, database: Database, event_id: int
):
    """Streamlit ends a callback where it reads its state while another request waits."""
    screen = open_screen("settings", event_id)
    kept = screen.session_state[f"settings.setting.{event_id}.kept"]
    screen.session_state[f"settings.setting.{event_id}.field.name.0"] = "Dune Walk"
    assert kept.drawn["name"].content != "Dune Walk"
    undisturbed(screen.run())
    assert read(database, event_id).name == "Dune Walk"
    assert not kept.unsaved


def test_who_may_not_any_more_stores_nothing(
    open_screen: Open, installation: Installation, event_id: int
):
    key = join(installation.database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("settings", event_id, token=key)
    with installation.database.writing() as session:
        (mei,) = colleagues.people_of(session, event_id)
        mei.key.role = Role.VIEWER
    before = read(installation.database, event_id).name
    leave(screen, "Name", "Dune Walk")
    assert read(installation.database, event_id).name == before
    assert Action.ROLE_REFUSED in {one.action for one in acts(installation.database)}


def store(installation: Installation, event_id: int, **change: str) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(**change))
