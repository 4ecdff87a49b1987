"""What comes after a press waits for it in front of Streamlit, and never for ever."""

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from console.streamlit_edge import gate
from console.streamlit_edge.gate import Gate

OPEN, OTHER = "screen", "another screen"
END: Message = {"type": "websocket.disconnect", "code": 1001}
# What the script calls instead of sending a message.
DRAWS_ANOTHER: Message = {"type": "another screen opens"}


def asked(screen: str, *pressed: str, fragment: str = "", is_auto: bool = False) -> Message:
    sent = BackMsg()
    sent.rerun_script.is_auto_rerun = is_auto
    sent.rerun_script.page_script_hash = screen
    sent.rerun_script.fragment_id = fragment
    states = [WidgetState(id=button, trigger_value=True) for button in pressed]
    sent.rerun_script.widget_states.widgets.extend(states)
    return {"type": "websocket.receive", "bytes": sent.SerializeToString()}


def told(**values: object) -> Message:
    return {"type": "websocket.send", "bytes": ForwardMsg(**values).SerializeToString()}


BEGINS, ENDS = told(new_session={}), told(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


class Tab:
    """A browser that sends all at once, and leaves when some of it has been handed over."""

    def __init__(self, sent: Iterable[Message]) -> None:
        self.coming = [*sent]
        self.leaves = asyncio.Event()
        self.is_gone = False

    async def receive(self) -> Message:
        if self.coming:
            return self.coming.pop(0)
        await self.leaves.wait()
        self.leaves.clear()
        return END

    async def send(self, _: Message) -> None:
        if self.is_gone:
            raise OSError("the browser has gone")


def passed(
    sent: Sequence[Message],
    run: Iterable[Message],
    *,
    leaves_after: int | None = None,
    is_gone: bool = False,
) -> list[str]:
    """What happens in which order: Streamlit is told of what is `sent`, and after the first press
    its script tells of the `run`. The browser leaves when so much of it was handed over, or all."""
    order: list[str] = []
    tab = Tab(sent)

    async def streamlit(_: Scope, receive: Receive, send: Send) -> None:
        async def script() -> None:
            await asyncio.sleep(0.1)
            tab.is_gone = is_gone
            for message in run:
                order.append("told")
                if message is DRAWS_ANOTHER:
                    gate.begins_to_draw(is_another_screen=True)
                else:
                    await send(message)
                await asyncio.sleep(0.1)

        running = None
        while (message := await receive()) != END:
            order.append(BackMsg.FromString(message["bytes"]).rerun_script.page_script_hash)
            if len(order) - order.count("told") == (leaves_after or len(sent)):
                tab.leaves.set()
            running = running or asyncio.ensure_future(script())
        order.append("end")
        if running:
            await running

    scope = {"type": "websocket", "signed_in": ("a sign-in", ("somebody",))}
    served = Gate(streamlit)(scope, tab.receive, tab.send)
    # Not beside Playwright's loop, which may run in this thread.
    with ThreadPoolExecutor() as pool:
        pool.submit(asyncio.run, served).result()
    return order


def test_another_screen_waits_until_the_run_of_a_press_has_ended():
    sent = [asked(OPEN, "save"), asked(OTHER)]
    assert passed(sent, [BEGINS, ENDS]) == [OPEN, "told", "told", OTHER, "end"]


def test_a_run_that_went_on_before_the_press_does_not_count():
    sent = [asked(OPEN, "stop", fragment="progress"), asked(OTHER)]
    order = passed(sent, [ENDS, BEGINS, ENDS])
    assert order == [OPEN, "told", "told", "told", OTHER, "end"]


def test_a_press_on_what_is_gone_keeps_nobody_waiting():
    assert passed([asked(OPEN, "save", fragment="gone"), asked(OTHER)], []) == [OPEN, OTHER, "end"]


def test_a_press_is_served_though_its_browser_has_gone():
    order = passed([asked(OPEN, "save")], [BEGINS, ENDS], is_gone=True)
    assert order == [OPEN, "told", "told", "end"]


def test_who_looks_at_another_screen_may_go_on_once_it_begins_to_be_drawn(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(gate, "get_script_run_ctx", lambda: SimpleNamespace(session_id=""))
    sent = [asked(OPEN), asked(OTHER), asked(OPEN)]
    order = passed(sent, [BEGINS, ENDS, BEGINS, DRAWS_ANOTHER, BEGINS, ENDS])
    assert order == [OPEN, "told", "told", OTHER, "told", "told", OPEN, "told", "told", "end"]


def test_a_field_left_on_a_screen_that_the_script_opened_is_stored_before_who_leaves(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(gate, "get_script_run_ctx", lambda: SimpleNamespace(session_id=""))
    pressed = [asked(OPEN, "create"), asked(OTHER), asked(OPEN)]
    opens = [BEGINS, told(script_finished=ForwardMsg.FINISHED_EARLY_FOR_RERUN), BEGINS]
    run = [*opens, DRAWS_ANOTHER, ENDS, BEGINS, ENDS]
    order = passed(pressed, run)
    assert order == [OPEN, *["told"] * 5, OTHER, "told", "told", OPEN, "end"]


def test_a_double_click_is_one_press_and_two_buttons_are_two():
    twice = [asked(OPEN, "save"), asked(OPEN, "save"), asked(OPEN, "send")]
    assert passed(twice, [BEGINS, ENDS], leaves_after=2) == [OPEN, "told", "told", OPEN, "end"]


def test_a_press_that_the_clock_of_a_fragment_brings_along_comes_once():
    sent = [
        asked("clock", "add", fragment="foot", is_auto=True),
        asked(OPEN, "add", fragment="list"),
    ]
    assert passed(sent, [BEGINS, ENDS], leaves_after=1) == [OPEN, "told", "told", "end"]


def test_another_screen_waits_until_what_the_clock_asked_for_has_begun():
    sent = [asked(OPEN, fragment="foot", is_auto=True), asked(OTHER)]
    assert passed(sent, [BEGINS, ENDS]) == [OPEN, "told", OTHER, "told", "end"]


def test_who_leaves_has_what_they_pressed_done_and_nothing_else():
    sent = [asked(OPEN, "save"), asked(OTHER), asked(OTHER, "send"), asked(OTHER)]
    order = passed(sent, [BEGINS, ENDS], leaves_after=1)
    assert order == [OPEN, "told", "told", OTHER, "end"]
