"""A control tells its older value until the browser has drawn the newer one, which it then follows
as it does any value; nobody has chosen the older one again."""

from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.sync.client import ClientConnection

from shared.access.roles import Role
from shared.certificates.designs import designs
from shared.storage.models import Event
from tests.support import factories
from tests.support.colleagues import join
from tests.support.console_server import ServedConsole, console
from tests.support.raw_tabs import cookie_of, tab

__all__ = ["console"]
LABEL = "From the top (%)"


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
        self.elements: dict[str, Element] = {}

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
                    kind = element.WhichOneof("type")
                    if kind in ("slider", "number_input"):
                        self.elements[f"{kind} {getattr(element, kind).label}"] = element


def top_of_name(console: ServedConsole) -> float:
    with console.installation.database.reading() as session:
        design = session.get_one(Event, 1).design
        assert design is not None
        return float(designs.layout_of(design).field("name").box.top)


def test_a_control_that_was_moved_by_another_does_not_move_it_back(
    console: ServedConsole, placing: ClientConnection
):
    """Whoever moves one back at once means it."""
    screen = Screen(placing)
    screen.ask()
    screen.follow()
    screen.ask("certificate")
    screen.follow()
    slider = screen.elements[f"slider {LABEL}"].slider
    typed = screen.elements[f"number_input {LABEL}"].number_input
    before = top_of_name(console)
    assert typed.set_value

    def values(slid: float) -> tuple[WidgetState, WidgetState]:
        first = WidgetState(id=slider.id)
        first.double_array_value.data.append(slid)
        return first, WidgetState(id=typed.id, double_value=typed.value)

    screen.ask("certificate", *values(20))
    screen.follow()
    # Before the browser has drawn what it was sent, it asks once more.
    screen.ask("certificate", *values(20))
    screen.follow()
    assert top_of_name(console) == pytest.approx(0.2)
    screen.ask("certificate", *values(typed.value))
    screen.follow()
    assert top_of_name(console) == pytest.approx(before)
