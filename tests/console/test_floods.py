"""Who floods the console by its websocket keeps nobody else from their screens."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed

from console.streamlit_edge.floods import TOO_MANY_TABS, TOO_MUCH
from shared import budgets
from shared.access.roles import Role
from shared.events.settings import create_event
from tests.support.colleagues import join
from tests.support.console_server import ServedConsole, console
from tests.support.raw_tabs import cookie_of, look, press, runs_of, tab

__all__ = ["console"]


class Reader:
    """Somebody with a key to an event of their own, who is signed in."""

    def __init__(self, console: ServedConsole, role: Role) -> None:
        database = console.installation.database
        with database.writing() as session:
            self.event_id = create_event(session, name="Walk", language="en")[0].id
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


def test_a_key_in_many_tabs_is_served_no_more_than_a_few_times_as_often_as_another(
    viewer: Reader, bystander: Reader
):
    """By how often the script runs for each, while all press again as soon as it has."""
    tabs, turns = budgets.TABS_OF_SIGN_IN.most, 10
    begun, ended, stop = threading.Barrier(tabs + 1), [0] * tabs, threading.Event()

    def press_again_and_again(number: int) -> None:
        with tab(viewer.url, viewer.cookie) as connection:
            connection.send(look())
            for turn, _ in enumerate(runs_of(connection)):
                if turn == 0:
                    begun.wait()
                ended[number] += 1
                if stop.is_set():
                    return
                connection.send(press(f"button {turn}"))

    with ThreadPoolExecutor(tabs) as pool, tab(bystander.url, bystander.cookie) as connection:
        for number in range(tabs):
            pool.submit(press_again_and_again, number)
        connection.send(look())
        runs = runs_of(connection)
        next(runs)
        begun.wait()
        before = sum(ended)
        for turn in range(turns):
            connection.send(press(f"button {turn}"))
            next(runs)
        of_viewer = sum(ended) - before
        stop.set()
    # Without places it is as many as there are tabs, and with them as many as there are places.
    assert of_viewer / turns < (tabs + budgets.RUNNING.most) / 2
