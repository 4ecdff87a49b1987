"""A control tells its older value until the browser has drawn the newer one, which it then follows
as it does any value; nobody has chosen the older one again."""

from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection

from shared.access.roles import Role
from shared.certificates.designs import designs
from shared.events import event_for_change
from shared.storage.models import Event
from tests.support import factories
from tests.support.colleagues import join
from tests.support.console_server import ServedConsole, console
from tests.support.designing import set_layout
from tests.support.raw_tabs import cookie_of, tab

__all__ = ["console"]
LABEL = "Description for people who cannot see the picture"


@pytest.fixture
def placing(console: ServedConsole) -> Iterator[ClientConnection]:
    database = console.installation.database
    factories.design(database, 1, factories.sample_picture())
    cookie = cookie_of(console.url, join(database, 1, "Ana", Role.ORGANIZER))
    with tab(console.url, cookie) as connection:
        yield connection


class Screen:
    """What the browser was sent of it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.pages: dict[str, str] = {}
        self.fields: dict[str, TextInput] = {}

    def ask(self, page: str = "", *values: WidgetState) -> None:
        sent = BackMsg()
        sent.rerun_script.query_string = "event=1"
        sent.rerun_script.page_script_hash = self.pages.get(page, "")
        sent.rerun_script.widget_states.widgets.extend(values)
        self._connection.send(sent.SerializeToString())

    def follow(self) -> None:
        """Until a run has ended."""
        while True:
            message = ForwardMsg.FromString(self._connection.recv(60))
            if message.WhichOneof("type") == "script_finished":
                return
            match message.WhichOneof("type"):
                case "navigation":
                    self.pages = {
                        one.url_pathname: one.page_script_hash
                        for one in message.navigation.app_pages
                    }
                case "delta":
                    element = message.delta.new_element
                    if element.WhichOneof("type") == "text_input":
                        self.fields[element.text_input.label] = element.text_input


def said(console: ServedConsole) -> str:
    with console.installation.database.reading() as session:
        design = session.get_one(Event, 1).design
        assert design is not None
        return designs.layout_of(design).alt


def say_elsewhere(console: ServedConsole, words: str) -> None:
    """As a colleague does, or whoever undoes it."""
    with console.installation.database.writing() as session:
        event = event_for_change(session, 1)
        assert event.design is not None
        set_layout(session, event, designs.layout_of(event.design).with_alt(words))


def test_a_field_that_was_changed_elsewhere_does_not_change_it_back(
    console: ServedConsole, placing: ClientConnection
):
    screen = Screen(placing)
    screen.ask()
    screen.follow()
    screen.ask("certificate")
    screen.follow()
    field = screen.fields[LABEL]

    def ask(words: str) -> None:
        screen.ask("certificate", WidgetState(id=field.id, string_value=words))
        screen.follow()

    ask("Waves")
    assert said(console) == "Waves"
    say_elsewhere(console, "Hills")
    ask("Waves")
    # Before the browser has drawn what it was sent, it asks once more.
    ask("Waves")
    assert said(console) == "Hills"
    # What somebody types then is another text.
    ask("Rivers")
    assert said(console) == "Rivers"
