"""A console screen as a browser has it, pressing its buttons, and what is stored."""

import json
import time
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from sqlalchemy import select
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest, local_script_runner
from streamlit.util import calc_hash

from console import previews
from console.app import HERE
from console.screens.volunteers.many import SHOWN
from console.screens.volunteers.people import ALL
from console.session import EVENT_ID, serve
from console.signin import session as access
from console.text import LANGUAGE_COOKIE
from shared import events
from shared.acts import go_live
from shared.events.installation import Installation
from shared.mail.accounts import sending_account
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import Event, Mail, MailState, Security, Volunteer, Worker
from tests.conftest import OWNER_TOKEN
from tests.support.drawn_when_seen import DrawnWhenSeen
from tests.support.sessions import begin_session

Open = Callable[..., AppTest]


def opener(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Open:
    """A function that opens a screen as the browser of somebody who signed in."""
    serve(installation)
    for painters in ("_painters", "_wall_painter"):
        monkeypatch.setattr(previews, painters, _painters())

    def open_it(
        name: str, event_id: int, *, language: str = "en", token: str = OWNER_TOKEN
    ) -> AppTest:
        cookies = {
            access.cookie_name(installation.settings): begin_session(installation.database, token),
            LANGUAGE_COOKIE: language,
        }
        # A test has no browser, so what one would send is put in its place.
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: StreamlitCookies(cookies)))
        monkeypatch.setattr(ContextProxy, "ip_address", property(lambda _: "192.0.2.7"))
        monkeypatch.setattr(local_script_runner, "ScriptCache", _compiled)
        monkeypatch.setattr(local_script_runner, "require_widgets_deltas", _wait_for_the_end)
        screen = AppTest.from_file(HERE / "app.py", default_timeout=30)
        screen.query_params["event"] = str(event_id)
        screen._page_hash = calc_hash(name)
        screen._bidi_component_manager = _installed_components()
        return undisturbed(screen.run())

    return open_it


@cache
def _installed_components() -> BidiComponentManager:
    """What a running console finds once, when it starts: each test would read the metadata of all
    installed packages anew, which took five times as long as the screen itself."""
    components = BidiComponentManager()
    components.discover_and_register_components(start_file_watching=False)
    return components


@cache
def _painters() -> DrawnWhenSeen:
    return DrawnWhenSeen(2, "preview")


_look_whether_it_ended = local_script_runner.require_widgets_deltas


def _wait_for_the_end(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
    """Asleep: Streamlit looks each millisecond, for which the screen's own thread must pause."""
    if runner._script_thread is not None:
        runner._script_thread.join(timeout)
    _look_whether_it_ended(runner, timeout=1)


@cache
def _compiled() -> ScriptCache:
    """The console's script as a running console compiles it: once, not for every press."""
    return ScriptCache()


def undisturbed(screen: AppTest) -> AppTest:
    assert not screen.exception
    return screen


def press(screen: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return undisturbed(next(b for b in screen.button if b.label == label).click().run())


def tell(screen: AppTest, component: str, said: str, value: str | dict[str, Any]) -> AppTest:
    """What a component of ours tells by its program in the browser, now."""
    if isinstance(value, dict):
        value = {"at": time.time_ns(), **value}
    [shown] = [one for one in screen.get("bidi_component") if f"-{component}." in one.proto.id]
    told = WidgetState(
        id=_make_trigger_id(shown.proto.id, "events"),
        json_trigger_value=json.dumps([{"event": said, "value": value}]),
    )
    states = screen._tree.get_widget_states()
    states.widgets.append(told)
    return undisturbed(screen._run(states))


def go_to_event(screen: AppTest, event_id: int) -> AppTest:
    """Open the screen for another event, as the links of the switcher do."""
    screen.query_params["event"] = str(event_id)
    return undisturbed(screen.run())


def cards(screen: AppTest) -> list[str]:
    """The names of the events that have a card."""
    return [link.value.strip("*") for link in screen.main.get("page_link")]


def open_switcher(screen: AppTest, event_id: int) -> list[str]:
    """The other events that are offered at the top of the menu."""
    screen.session_state[f"event_choice.switcher.{event_id}"] = True
    return [button.label for button in undisturbed(screen.run()).sidebar.button]


def fill(screen: AppTest, label: str, value: object) -> None:
    widgets = [
        *screen.text_input, *screen.text_area, *screen.number_input, *screen.selectbox,
        *screen.checkbox, *screen.radio, *screen.toggle, *screen.date_input,
    ]  # fmt: skip
    next(widget for widget in widgets if widget.label == label).set_value(value)


def leave(screen: AppTest, label: str, value: object) -> AppTest:
    """Fill a field that stores itself, and go on from it."""
    fill(screen, label, value)
    return undisturbed(screen.run())


def told(screen: AppTest) -> list[str]:
    """What is said to have been done, at buttons and in the foot."""
    places, found = [screen._tree], []
    for block in places:
        places.extend(child for child in block.children.values() if hasattr(child, "children"))
        if "-session.told." in getattr(getattr(block, "proto", None), "id", ""):
            found.extend(child.value for child in block.children.values())
    return found


def refusals_at_fields(screen: AppTest) -> list[str]:
    """What stands beside fields that did not store what was typed."""
    return [one.value for one in screen.markdown if one.value.startswith(":red[:material/error:")]


def table_of_people(screen: AppTest) -> list[dict[str, str]]:
    """What stands in the rows of the table of people, by the heads."""
    (table,) = screen.get("bidi_component")
    page = json.loads(table.proto.json)
    heads = [head["label"] for head in page["heads"]]
    return [
        dict(zip(heads, (cell["text"] for cell in row["cells"]), strict=True))
        for row in page["rows"]
    ]


def tick(screen: AppTest, event_id: int, *people: int) -> AppTest:
    """As the browser does by the ticks of the table."""
    screen.session_state[f"volunteers.ticked.{event_id}"] = set(people)
    return undisturbed(screen.run())


def tick_all(screen: AppTest) -> AppTest:
    """All of the filter, on whatever page, as the button at the table's head does."""
    event_id = screen.session_state[EVENT_ID.name]
    screen.session_state[ALL.of(event_id).name] = screen.session_state[SHOWN.name]
    return undisturbed(screen.run())


def read(database: Database, event_id: int) -> Event:
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        session.refresh(event, ["account", "design"])
        return event


def people(database: Database, event_id: int) -> list[Volunteer]:
    with database.reading() as session:
        found = select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        return list(session.scalars(found))


def mails(database: Database, event_id: int) -> list[Mail]:
    with database.reading() as session:
        found = select(Mail).where(Mail.event_id == event_id).order_by(Mail.id)
        return list(session.scalars(found))


def fail_every_mail(database: Database, event_id: int, state: MailState) -> None:
    with database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.event_id == event_id)):
            mail.state, mail.code, mail.answer = state, 550, "5.1.1 No such user here"


def let_a_worker_live(database: Database) -> None:
    """A worker's sign of life, though nothing is sent."""
    with database.writing() as session:
        moment = database_time(session)
        session.add(Worker(id="w", host="h", process_id=1, started_at=moment, seen_at=moment))


def give_account(installation: Installation, event_id: int, *, live: bool = True) -> None:
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        sending_account.set_account(
            session,
            installation.seal,
            event,
            username="thanks@harbour.example",
            password="secret",
            server_address="smtp.harbour.example",
            security=Security.TLS,
        )
        if live:
            go_live.go_live(session, event)
