"""What comes after a press waits for it in front of Streamlit, and never for ever."""

import asyncio
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState

from console.streamlit_edge.gate import Gate

OPEN, OTHER = "screen", "another screen"
END: Message = {"type": "websocket.disconnect", "code": 1001}


def asked(screen: str, *pressed: str, fragment: str = "") -> Message:
    sent = BackMsg()
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


def test_who_looks_at_another_screen_may_go_on_at_once():
    sent = [asked(OPEN), asked(OTHER), asked(OPEN)]
    assert passed(sent, [])[:3] == [OPEN, OTHER, OPEN]


def test_a_double_click_is_one_press_and_two_buttons_are_two():
    twice = [asked(OPEN, "save"), asked(OPEN, "save"), asked(OPEN, "send")]
    assert passed(twice, [BEGINS, ENDS], leaves_after=2) == [OPEN, "told", "told", OPEN, "end"]


def test_who_leaves_has_what_they_pressed_done_and_nothing_else():
    sent = [asked(OPEN, "save"), asked(OTHER), asked(OTHER, "send"), asked(OTHER)]
    order = passed(sent, [BEGINS, ENDS], leaves_after=1)
    assert order == [OPEN, "told", "told", OTHER, "end"]
