"""The screen of one's own sign-ins, and the window that asks who it is."""

from datetime import timedelta

from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from console.signin.routes import may_go_on
from shared.access.roles import Role
from shared.budgets import WRONG_KEYS
from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import ConsoleSession, Event, now
from tests.support.colleagues import join, who_works_on
from tests.support.console_screens import Open, fill, leave, press, told, undisturbed
from tests.support.one_database import database_url
from tests.support.sessions import FIREFOX, begin_session

__all__ = ["database_url"]

SIGNED_OUT = "You are signed out. Sign in again to go on."


def browsers(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(ConsoleSession.browser).order_by(ConsoleSession.id)))


def titles(screen: AppTest) -> list[str]:
    shown = (text.value for text in screen.markdown)
    return [one for one in shown if one.startswith("**") and " · " in one]


def let_time_pass(database: Database) -> None:
    with database.writing() as session:
        long_ago = now() - timedelta(minutes=11)
        session.execute(update(ConsoleSession).values(confirmed_at=long_ago))


def test_one_sees_and_ends_ones_own_sign_ins(open_screen: Open, database: Database, event_id: int):
    ana, bo = (join(database, event_id, name, Role.VIEWER) for name in ("Ana", "Bo"))
    begin_session(database, ana, FIREFOX._replace(name="WeChat · iPhone"))
    begin_session(database, bo, FIREFOX._replace(name="Safari · Mac"))
    screen = open_screen("sessions", event_id, token=ana)
    assert titles(screen) == ["**Firefox · Windows**", "**WeChat · iPhone**"]
    assert any("192.0.2.7" in caption.value for caption in screen.caption)
    assert any("Times are in UTC." in caption.value for caption in screen.caption)
    outs = [button for button in screen.button if button.label == "Sign out"]
    screen = undisturbed(outs[1].click().run())
    assert titles(screen) == ["**Firefox · Windows**"]
    assert browsers(database) == ["Safari · Mac", "Firefox · Windows"]


def test_signing_out_everywhere_ends_this_one_too(
    open_screen: Open, database: Database, event_id: int
):
    ana = join(database, event_id, "Ana", Role.VIEWER)
    for _ in range(3):
        begin_session(database, ana)
    screen = press(open_screen("sessions", event_id, token=ana), "Sign out everywhere")
    assert [warning.value for warning in screen.warning] == [SIGNED_OUT]
    assert browsers(database) == []


def test_after_ten_minutes_a_key_is_made_only_when_the_own_one_is_entered_again(
    open_screen: Open, database: Database, event_id: int
):
    mine = join(database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("team", event_id, token=mine)
    let_time_pass(database)
    fill(screen, "Full name", "Ana")
    screen = press(screen, "Create the key")
    assert who_works_on(database, event_id) == ["Mei"]
    fill(screen, "The key or token that you signed in with", "not-my-key")
    screen = press(screen, "Confirm")
    assert screen.error[0].value.startswith("This token is not valid.")
    fill(screen, "The key or token that you signed in with", mine)
    screen = press(screen, "Confirm")
    assert told(screen) == ["Confirmed. Continue where you left off."]
    assert who_works_on(database, event_id) == ["Mei"]
    press(screen, "Create the key")
    assert who_works_on(database, event_id) == ["Mei", "Ana"]


def test_what_gives_no_access_asks_nothing(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("settings", event_id)
    let_time_pass(database)
    screen = leave(screen, "Name", "Harbour Run 2027")
    assert not [box for box in screen.text_input if "signed in with" in box.label]
    with database.reading() as session:
        assert session.get_one(Event, event_id).name == "Harbour Run 2027"


def test_wrong_keys_are_counted_here_as_at_the_sign_in_page(
    open_screen: Open, installation: Installation, event_id: int
):
    mine = join(installation.database, event_id, "Mei", Role.ORGANIZER)
    screen = open_screen("team", event_id, token=mine)
    let_time_pass(installation.database)
    fill(screen, "Full name", "Ana")
    screen = press(screen, "Create the key")
    for _ in range(WRONG_KEYS.most - 1):
        assert may_go_on(installation.database, "192.0.2.7")
    said = []
    for token in ("wrong", "wrong", mine):
        fill(screen, "The key or token that you signed in with", token)
        screen = press(screen, "Confirm")
        said.append([error.value.partition(".")[0] for error in screen.error])
    assert said == [["This token is not valid"], ["Too many wrong tokens"], []]
