"""Who floods the console by its websocket keeps nobody else from their screens."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed

from console.streamlit_edge.gate import TOO_MANY_TABS, TOO_MUCH
from shared import budgets, events
from shared.access.roles import Role
from tests.support.colleagues import join
from tests.support.console_server import ServedConsole, console
from tests.support.raw_tabs import cookie_of, look, press, runs_of, tab

__all__ = ["console"]


class Reader:
    """Somebody with a key to an event of their own, who is signed in."""

    def __init__(self, console: ServedConsole, role: Role) -> None:
        database = console.installation.database
        with database.writing() as session:
            self.event_id = events.create_event(session, name="Walk", language="en")[0].id
        self.url = console.url
        self.cookie = cookie_of(console.url, join(database, self.event_id, "Bo", role))

    def sees_a_screen(self) -> bool:
        with tab(self.url, self.cookie) as connection:
            connection.send(look(f"event={self.event_id}"))
            return next(runs_of(connection), "") == "FINISHED_SUCCESSFULLY"


@pytest.fixture
def viewer(console: ServedConsole) -> Reader:
    return Reader(console, Role.VIEWER)


@pytest.fixture
def bystander(console: ServedConsole) -> Reader:
    return Reader(console, Role.ORGANIZER)


def test_twenty_tabs_of_a_hundred_presses_are_closed_and_another_event_has_its_screen(
    viewer: Reader, bystander: Reader
):
    def flood(_: int) -> tuple[int | None, str | None]:
        with tab(viewer.url, viewer.cookie) as connection:
            try:
                for number in range(100):
                    connection.send(press(f"button {number}"))
                list(runs_of(connection))
            except ConnectionClosed:
                pass
            return connection.close_code, connection.close_reason

    with ThreadPoolExecutor(20) as pool:
        outcomes = [pool.submit(flood, number) for number in range(20)]
        assert bystander.sees_a_screen()
        ends = [outcome.result() for outcome in outcomes]
    assert ends.count((1008, TOO_MANY_TABS)) == 20 - budgets.TABS_OF_SIGN_IN.most
    assert ends.count((1008, TOO_MUCH)) == budgets.TABS_OF_SIGN_IN.most


def test_while_another_sees_a_screen_a_key_in_many_tabs_is_served_a_few_times(
    viewer: Reader, bystander: Reader
):
    begun, ended, stop = threading.Barrier(13), [0] * 12, threading.Event()

    def flood(number: int) -> None:
        with tab(viewer.url, viewer.cookie) as connection:
            connection.send(look())
            for turn, _ in enumerate(runs_of(connection)):
                if turn == 0:
                    begun.wait()
                ended[number] += 1
                connection.send(press(f"button {turn}"))
                if stop.is_set():
                    return

    assert bystander.sees_a_screen()
    with ThreadPoolExecutor(12) as pool:
        for number in range(12):
            pool.submit(flood, number)
        begun.wait()
        before, screens = sum(ended), 6
        for _ in range(screens):
            assert bystander.sees_a_screen()
        of_viewer = sum(ended) - before
        stop.set()
    # Four run beside it, which may have come further before.
    assert of_viewer / screens < 9
