"""What waits in front of Streamlit gives way to what is newer, and nobody takes all its places."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from console.streamlit_edge import floods
from console.streamlit_edge.floods import TOO_MANY_TABS, TOO_MUCH, Bounds, Request, joined
from shared import budgets

MOST_WAITING = budgets.REQUESTS_WAITING.most
ANA, BO = ("ana's key",), ("bo's key",)


def asked(
    screen: str = "A",
    fragment: str = "",
    button: str = "",
    *,
    typed: int = 0,
    is_auto: bool = False,
    is_back: bool = False,
) -> Message:
    sent = BackMsg()
    run = sent.rerun_script
    run.page_script_hash, run.fragment_id = screen, fragment
    run.is_auto_rerun, run.is_history_navigation = is_auto, is_back
    run.widget_states.widgets.add(id="field", int_value=typed)
    if button:
        run.widget_states.widgets.add(id=button, trigger_value=True)
    return {"type": "websocket.receive", "bytes": sent.SerializeToString()}


# The rule


def typed(request: Request) -> int:
    return int(request.asked.widget_states.widgets[0].int_value)


def begun(messages: list[Message]) -> list[Request]:
    """What waits after all of them."""
    waiting: list[Request] = []
    for message in messages:
        waiting = joined(waiting, Request(message))
    return waiting


def screens_of(requests: Iterable[Request]) -> list[str]:
    """Which screens they ask for, one after the other."""
    return [screen for screen, _ in groupby(one.asked.page_script_hash for one in requests)]


ONE_SCREENS = st.builds(
    dict,
    fragment=st.sampled_from(["", "f", "g"]),
    button=st.sampled_from(["", "", "", "save"]),
    is_auto=st.sampled_from([False, False, True]),
    is_back=st.sampled_from([False, False, False, True]),
)
SEVERAL = st.lists(
    st.builds(lambda screen, more: {"screen": screen, **more}, st.sampled_from("AB"), ONE_SCREENS),
    max_size=12,
)


@given(SEVERAL)
def test_whatever_is_typed_last_is_served_last_and_each_press_once_in_its_order(
    given: list[dict[str, Any]],
):
    # What comes by itself presses nothing, and types nothing new.
    sent = [
        asked(**{**one, "button": "" if one["is_auto"] else one["button"]}, typed=number)
        for number, one in enumerate(given)
    ]
    waiting = begun(sent)
    assert [typed(one) for one in waiting] == sorted(typed(one) for one in waiting)
    asked_for = [Request(one) for one in sent]
    by_people = [one for one in asked_for if not one.asked.is_auto_rerun]
    if by_people:
        assert typed(by_people[-1]) in map(typed, waiting)
    pressed = [typed(one) for one in asked_for if one.is_press]
    assert [typed(one) for one in waiting if one.is_press] == pressed
    went_back = [typed(one) for one in asked_for if one.asked.is_history_navigation]
    assert [typed(one) for one in waiting if one.asked.is_history_navigation] == went_back


@given(SEVERAL)
def test_each_screen_and_each_fragment_that_was_asked_for_is_drawn_after_that(
    given: list[dict[str, Any]],
):
    sent = [asked(**one, typed=number) for number, one in enumerate(given)]
    waiting = begun(sent)
    for one in map(Request, sent):
        drawn_by = [
            other
            for other in waiting
            if other.asked.page_script_hash == one.asked.page_script_hash
            and other.asked.fragment_id in ("", one.asked.fragment_id)
        ]
        if one.asked.is_auto_rerun:
            assert drawn_by
        else:
            assert any(typed(other) >= typed(one) for other in drawn_by)
    # What comes by itself for a screen of before may be needless by then.
    if not any(one["is_auto"] for one in given):
        assert screens_of(waiting) == screens_of(map(Request, sent))


@given(SEVERAL)
def test_no_more_waits_than_presses_screens_and_a_few_fragments_between(
    given: list[dict[str, Any]],
):
    waiting = begun([asked(**one) for one in given])
    stays, others = 0, []
    for one in waiting:
        if one.gives_way:
            others.append((stays, one.asked.page_script_hash, one.asked.fragment_id))
        else:
            stays += 1
    runs = [one for number, one in enumerate(others) if number == 0 or others[number - 1] != one]
    assert runs == others


def test_what_comes_by_itself_takes_nobodys_place():
    field, by_itself = asked(fragment="f"), asked(fragment="f", is_auto=True)
    (waits,) = begun([field, by_itself, by_itself])
    assert not waits.asked.is_auto_rerun
    assert len(begun([asked(fragment="g"), by_itself, by_itself])) == 2


# The places


BEGINS: Message = {"bytes": ForwardMsg(new_session={}).SerializeToString()}
ENDS: Message = {
    "bytes": ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY).SerializeToString()
}


class Browser:
    """A tab's end of a websocket, and what came through to it."""

    def __init__(self) -> None:
        self.sent: asyncio.Queue[Message] = asyncio.Queue()
        self.closed: Message | None = None

    def send(self, *messages: Message) -> None:
        for message in messages:
            self.sent.put_nowait(message)

    def leave(self) -> None:
        self.send({"type": "websocket.disconnect", "code": 1001})

    async def hear(self, message: Message) -> None:
        assert self.closed is None, "something is sent after it was closed"
        if message["type"] == "websocket.close":
            self.closed = message


class Streamlit:
    """Runs a script for each message of a tab, one after the other, until it is told to end it."""

    def __init__(self) -> None:
        self.gate = Bounds(self.serve)
        self.running: list[str] = []
        self.served: list[tuple[str, Message]] = []
        self.open: set[asyncio.Task[None]] = set()
        self.ends = asyncio.Event()

    def open_tab(self, sign_in: str = "a sign-in", person: tuple[str, ...] = ANA) -> Browser:
        browser = Browser()
        browser.send({"type": "websocket.connect"})
        scope = {"type": "websocket", "signed_in": (sign_in, person), "subprotocols": ["streamlit"]}
        task = asyncio.ensure_future(self.gate(scope, browser.sent.get, browser.hear))
        self.open.add(task)
        return browser

    async def serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        sign_in = scope["signed_in"][0]
        await receive()
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] != "websocket.disconnect":
            self.served.append((sign_in, message))
            await send({"type": "websocket.send", **BEGINS})
            self.running.append(sign_in)
            await self.ends.wait()
            self.running.remove(sign_in)
            await send({"type": "websocket.send", **ENDS})

    async def end_runs(self) -> None:
        """Those that go on."""
        self.ends.set()
        await asyncio.sleep(0)
        self.ends.clear()
        await settled()


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def is_refused_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(floods, "REFUSED_AFTER", 0)


def only(monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    monkeypatch.setattr(budgets, bound, replace(getattr(budgets, bound), most=most))


def beside(story: Callable[[Streamlit], Awaitable[None]]) -> None:
    """Play a story in a loop of its own: Playwright's may run in this thread."""

    async def play() -> None:
        await story(Streamlit())

    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, play()).result()


def test_the_script_runs_for_one_person_in_four_tabs_and_for_another_beside_them():
    async def story(streamlit: Streamlit) -> None:
        for _ in range(10):
            streamlit.open_tab().send(asked())
        await settled()
        assert len(streamlit.running) == 4
        streamlit.open_tab("another", BO).send(asked())
        await settled()
        assert streamlit.running[4:] == ["another"]
        await streamlit.end_runs()
        assert len(streamlit.running) == 4
        await streamlit.end_runs()
        assert len(streamlit.running) == 2
        assert len(streamlit.served) == 11

    beside(story)


def test_everybody_has_a_place_and_more_only_while_few_scripts_run():
    async def story(streamlit: Streamlit) -> None:
        for sign_in, person in (("a", ANA), ("b", BO), ("c", ("cy's key",))):
            for _ in range(6):
                streamlit.open_tab(sign_in, person).send(asked())
            await settled()
        assert sorted(streamlit.running) == ["a"] * 4 + ["b", "c"]
        most = 0
        while streamlit.running:
            await streamlit.end_runs()
            await asyncio.sleep(0.06)
            most = max(most, len(streamlit.running))
        assert 4 <= most <= 6
        assert Counter(sign_in for sign_in, _ in streamlit.served) == {"a": 6, "b": 6, "c": 6}

    beside(story)


def test_a_sign_in_of_many_tabs_leaves_a_place_to_another_of_the_same_key():
    async def story(streamlit: Streamlit) -> None:
        many = [streamlit.open_tab("the flood") for _ in range(10)]
        for browser in many:
            browser.send(*(asked(button=f"b{n}") for n in range(9)))
        await settled()
        streamlit.open_tab("a colleague").send(asked())
        await settled()
        assert "a colleague" not in streamlit.running
        await streamlit.end_runs()
        assert "a colleague" in streamlit.running

    beside(story)


def test_of_a_flood_while_the_script_runs_one_more_run_comes_of_it():
    async def story(streamlit: Streamlit) -> None:
        browser = streamlit.open_tab()
        browser.send(asked(typed=1))
        await settled()
        # A field that is changed again and again.
        browser.send(*(asked(typed=number) for number in range(2, 100)))
        await settled()
        for _ in range(5):
            await streamlit.end_runs()
        values = [typed(Request(message)) for _, message in streamlit.served]
        assert values == [1, 99]

    beside(story)


def test_what_presses_nothing_comes_twenty_times_a_second_and_the_last_of_it_comes():
    async def story(streamlit: Streamlit) -> None:
        streamlit.ends.set()
        browser = streamlit.open_tab()
        for number in range(100):
            browser.send(asked(typed=number))
            await settled()
        # The first of all asks for the connection.
        assert len(streamlit.served) == budgets.UNPRESSED.most - 1
        browser.send(asked(button="save", typed=100))
        await settled()
        assert typed(Request(streamlit.served[-1][1])) == 100

    beside(story)


@pytest.mark.parametrize(
    "flood",
    [
        [asked(button=f"b{number}") for number in range(MOST_WAITING + 2)],
        [asked(typed=number) for number in range(budgets.MESSAGES.most + 1)],
        [asked("AB"[number % 2]) for number in range(MOST_WAITING + 2)],
    ],
    ids=["presses", "messages", "screens"],
)
def test_who_sends_too_much_is_closed_and_only_what_was_pressed_is_still_done(
    flood: list[Message],
):
    async def story(streamlit: Streamlit) -> None:
        browser = streamlit.open_tab()
        browser.send(asked())
        await settled()
        browser.send(*flood)
        await settled()
        assert browser.closed is not None
        assert (browser.closed["code"], browser.closed["reason"]) == (1008, TOO_MUCH)
        for _ in range(MOST_WAITING + 3):
            await streamlit.end_runs()
        assert all(Request(message).is_press for _, message in streamlit.served[1:])
        assert len(streamlit.served) <= MOST_WAITING + 2
        assert streamlit.running == []

    beside(story)


def test_octets_that_wait_are_counted_over_all_tabs_of_a_person(monkeypatch: pytest.MonkeyPatch):
    only(monkeypatch, "OCTETS_WAITING", 10_000)

    async def story(streamlit: Streamlit) -> None:
        tabs = [streamlit.open_tab() for _ in range(6)]
        for browser in tabs:
            browser.send(asked(), asked(button="b" * 4_000))
        await settled()
        assert [browser.closed is not None for browser in tabs].count(True) >= 1
        waiting = [tab.waiting for tab in streamlit.gate._people[ANA]]
        assert sum(one.octets for requests in waiting for one in requests) < 15_000

    beside(story)


def test_a_sign_in_has_fifteen_tabs_and_a_key_forty_and_others_have_theirs():
    async def story(streamlit: Streamlit) -> None:
        tabs = [streamlit.open_tab(f"sign-in {n // 16}") for n in range(48)]
        await settled()
        refused = [n for n, browser in enumerate(tabs) if browser.closed]
        assert refused == [15, 31, *range(42, 48)]
        assert tabs[15].closed == {
            "type": "websocket.close", "code": 1008, "reason": TOO_MANY_TABS
        }  # fmt: skip
        other = streamlit.open_tab("another", BO)
        tabs[0].leave()
        await settled()
        await asyncio.sleep(0.01)
        again = streamlit.open_tab("sign-in 0")
        await settled()
        assert (other.closed, again.closed) == (None, None)

    beside(story)


def test_a_tab_that_was_closed_for_too_much_counts_for_a_while(monkeypatch: pytest.MonkeyPatch):
    only(monkeypatch, "TABS_OF_SIGN_IN", 1)
    monkeypatch.setattr(floods, "PAUSE", 0.2)

    async def story(streamlit: Streamlit) -> None:
        first = streamlit.open_tab()
        first.send({"type": "websocket.receive", "bytes": b"\xff"})
        await settled()
        assert first.closed
        second = streamlit.open_tab()
        await settled()
        assert second.closed
        await asyncio.sleep(0.3)
        third = streamlit.open_tab()
        await settled()
        assert third.closed is None

    beside(story)


def test_what_is_sent_after_the_web_server_has_closed_a_tab_goes_to_somebody_who_is_gone():
    async def story(streamlit: Streamlit) -> None:
        browser = streamlit.open_tab()
        await settled()

        async def is_closed(_: Message) -> None:
            # As uvicorn, when nobody has answered its pings.
            raise RuntimeError("Unexpected ASGI message 'websocket.send'")

        (tab,) = streamlit.gate._people[ANA]
        tab._send = is_closed
        browser.send(asked())
        await settled()
        (task,) = streamlit.open
        with pytest.raises(OSError, match="closed"):
            task.result()

    beside(story)


def test_a_request_of_which_no_run_comes_keeps_its_place_for_a_moment(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(floods, "BEGINS_WITHIN", 0.05)
    only(monkeypatch, "RUNNING", 1)

    async def story(_: Streamlit) -> None:
        served = []

        async def nothing_begins(scope: Scope, receive: Receive, send: Send) -> None:
            while (await receive())["type"] != "websocket.disconnect":
                served.append(scope["signed_in"][0])

        deaf = Streamlit()
        deaf.gate = Bounds(nothing_begins)
        for name in "ab":
            deaf.open_tab(name).send(asked(fragment="gone"))
        await settled()
        assert served.count("b") == 1  # Its connection alone.
        await asyncio.sleep(0.2)
        assert served.count("b") == 2

    beside(story)
