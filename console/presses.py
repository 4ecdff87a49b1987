"""Every press is served before whatever its reader does next.

A press begins a run of the script, which acts on it when it reaches the button. Left to itself,
Streamlit ends that run when the same reader presses something else, opens another screen or closes
the browser: then nothing is done, and nothing says so. So whatever comes after a press waits in
front of Streamlit until the run has ended, and so does leaving the screen after a field was changed
or a file was uploaded.
"""

import asyncio
import time
from enum import IntEnum
from weakref import WeakValueDictionary

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from streamlit.runtime.scriptrunner import get_script_run_ctx

# A requested run begins within this many seconds, unless another is going on. If its part of the
# screen is gone by then, Streamlit begins none.
BEGINS_WITHIN = 1.0
# Marks a message that did not come from the browser.
_CARRIED_OUT = "certs.carried_out"
_PRESSES = ("trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value")


class _Waits(IntEnum):
    """What must wait until the run has ended."""

    NOTHING = 0
    WHO_LEAVES = 1
    EVERYTHING = 2


class ServePresses:
    """Let each websocket's requests wait until what was pressed before has been served."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            tab = Tab(receive, send)
            try:
                await self.app(scope, tab.receive, tab.send)
            finally:
                tab.close()
        else:
            await self.app(scope, receive, send)


def let_go() -> None:
    """Stop holding the reader's next request back for this run, whose work goes on to the end even
    if Streamlit ends the run."""
    if tab := tab_of_run():
        tab.loop.call_soon_threadsafe(tab.let_go)


def press_of_run(*, without_passwords: bool = False) -> bytes | None:
    """The press that this run serves, to be carried out again; None if it is none, or if it cannot
    be carried out without a password that was entered."""
    tab = tab_of_run()
    return tab.press(without_passwords=without_passwords) if tab else None


def carry_out(press: bytes) -> None:
    """Serve a press again once the screen is drawn, as if its reader had pressed."""
    if tab := tab_of_run():
        tab.loop.call_soon_threadsafe(tab.carry_out, press)


def is_carried_out() -> bool:
    """Whether this run serves a press that its reader made before: where they pressed may be out of
    sight."""
    tab = tab_of_run()
    return tab is not None and tab.is_carrying_out


def tab_of_run() -> "Tab | None":
    """The tab for which the script runs in this thread."""
    context = get_script_run_ctx()
    return _tabs.get(context.session_id) if context else None


class Tab:
    """What goes back and forth between a browser's tab and Streamlit."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self.loop = asyncio.get_running_loop()
        self._receive = receive
        self._send = send
        self._waits = _Waits.NOTHING
        self._changed = asyncio.Event()
        self._last = ClientState()
        # Streamlit's name for the screen that is open.
        self._screen = ""
        # Whether the run that was requested last has begun, and whether any run is going on.
        self._has_begun = False
        self._is_running = False
        self._left_at: float | None = None
        # What the browser sends next, and a press that waits until the screen is drawn.
        self._coming: asyncio.Future[Message] | None = None
        self._again: asyncio.Queue[Message] = asyncio.Queue()
        self._to_carry_out: bytes | None = None
        self.is_carrying_out = False
        # Streamlit's ids of the fields for passwords.
        self._passwords: set[str] = set()

    def press(self, *, without_passwords: bool) -> bytes | None:
        """The last request, if it was a press."""
        fields = self._last.widget_states.widgets
        has_password = any(one.string_value for one in fields if one.id in self._passwords)
        if not _is_press(self._last) or (without_passwords and has_password):
            return None
        press: bytes = self._last.SerializeToString()
        return press

    def carry_out(self, press: bytes) -> None:
        self._to_carry_out = press

    def close(self) -> None:
        if self._coming:
            self._coming.cancel()

    def left_before(self, moment: float) -> bool:
        """Whether the browser was gone before this moment of `time.monotonic`."""
        return self._left_at is not None and self._left_at < moment

    async def receive(self) -> Message:
        """The next message from the browser, once it may pass."""
        while True:
            message = await self._next()
            if message["type"] == "websocket.disconnect":
                self._left_at = time.monotonic()
                await self._may_pass(_Waits.WHO_LEAVES)
                return message
            sent = BackMsg.FromString(message.get("bytes") or b"")
            request: ClientState = sent.rerun_script
            if sent.WhichOneof("type") != "rerun_script" or request.is_auto_rerun:
                return message
            if not self._is_double_click(request):
                leaves = self._leaves(request)
                await self._may_pass(_Waits.WHO_LEAVES if leaves else _Waits.EVERYTHING)
                self._expect(request)
                self.is_carrying_out = _CARRIED_OUT in message
                return message

    async def send(self, message: Message) -> None:
        try:
            await self._send(message)
        except OSError:
            # Streamlit would end the run if it knew that the browser is gone.
            if self._waits is _Waits.NOTHING:
                raise
        if sent := message.get("bytes"):
            self._follow(ForwardMsg.FromString(sent))

    def let_go(self) -> None:
        self._now_waits(_Waits.NOTHING)

    async def _next(self) -> Message:
        """What the browser sends, or a press that is carried out again."""
        if self._coming is None:
            self._coming = asyncio.ensure_future(self._receive())
        again = asyncio.ensure_future(self._again.get())
        await asyncio.wait((self._coming, again), return_when=asyncio.FIRST_COMPLETED)
        if again.done():
            return again.result()
        again.cancel()
        coming, self._coming = self._coming, None
        return coming.result()

    async def _may_pass(self, reason: _Waits) -> None:
        while self._waits >= reason:
            self._changed.clear()
            try:
                await asyncio.wait_for(self._changed.wait(), BEGINS_WITHIN)
            except TimeoutError:
                if not self._is_running:
                    self.let_go()

    def _now_waits(self, waits: _Waits) -> None:
        self._waits = waits
        self._changed.set()

    def _is_double_click(self, request: ClientState) -> bool:
        """Whether it is the same press again before its reader has seen the result. Within a
        fragment it is meant, as when something is undone step by step."""
        return (
            self._waits is not _Waits.NOTHING
            and _is_press(request)
            and not request.fragment_id
            and request.page_script_hash == self._screen
            and request.widget_states == self._last.widget_states
        )

    def _leaves(self, request: ClientState) -> bool:
        return request.is_history_navigation or request.page_script_hash != self._screen

    def _expect(self, request: ClientState) -> None:
        """A run of the script will begin."""
        waits = _Waits.NOTHING if self._leaves(request) else _Waits.WHO_LEAVES
        self._now_waits(_Waits.EVERYTHING if _is_press(request) else waits)
        self._last, self._screen, self._has_begun = request, request.page_script_hash, False

    def _follow(self, sent: ForwardMsg) -> None:
        """Note which runs begin and end."""
        match sent.WhichOneof("type"):
            case "new_session":
                _tabs[sent.new_session.initialize.session_id] = self
                self._is_running = self._has_begun = True
            case "navigation":
                # The browser's first request names none.
                self._screen = sent.navigation.page_script_hash
            case "delta":
                field = sent.delta.new_element.text_input
                if field.type == TextInput.PASSWORD:
                    self._passwords.add(field.id)
            case "script_finished":
                self._is_running = False
                if sent.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and self._to_carry_out:
                    self._again.put_nowait(self._as_sent(self._to_carry_out))
                    self._to_carry_out = None
                if self._has_begun:
                    # If it runs again, what was pressed is done, and another run is about to show
                    # it.
                    is_again = sent.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                    self._has_begun = False
                    waits = _Waits.WHO_LEAVES if is_again else _Waits.NOTHING
                    self._now_waits(min(self._waits, waits))

    def _as_sent(self, press: bytes) -> Message:
        """The press as a message that the browser would send from the screen that is open."""
        sent = BackMsg()
        sent.rerun_script.ParseFromString(press)
        sent.rerun_script.fragment_id = ""
        sent.rerun_script.page_script_hash = self._screen
        content = sent.SerializeToString()
        return {"type": "websocket.receive", "bytes": content, _CARRIED_OUT: True}


# By Streamlit's id of the session.
_tabs: WeakValueDictionary[str, Tab] = WeakValueDictionary()


def _is_press(request: ClientState) -> bool:
    return any(one.WhichOneof("value") in _PRESSES for one in request.widget_states.widgets)
