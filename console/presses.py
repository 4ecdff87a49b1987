"""Every press is served before whatever its reader does next.

A press begins a run of the script, which acts on it when it reaches the button. Left to itself,
Streamlit ends that run when the same reader presses something else, opens another screen or closes
the browser: then nothing is done, and nothing says so. So whatever comes after a press waits in
front of Streamlit until the run has ended, and so does leaving the screen after a field was changed
or a file was uploaded.
"""

from enum import IntEnum
from weakref import WeakValueDictionary

from starlette.types import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from streamlit.runtime.scriptrunner import get_script_run_ctx

from console.streamlit_edge import gate
from console.streamlit_edge.gate import Gate, Request

# Marks a message that did not come from the browser.
_CARRIED_OUT = "certs.carried_out"


class _Waits(IntEnum):
    """What must wait until the run has ended."""

    NOTHING = 0
    WHO_LEAVES = 1
    EVERYTHING = 2


class ServePresses(Gate):
    """Let each websocket's requests wait until what was pressed before has been served, too."""

    def tab(self, *given: object) -> "Tab":
        return Tab(*given)


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


def came_before(moment: float) -> bool:
    """Whether what this run serves had come before that moment of `time.monotonic`."""
    tab = tab_of_run()
    return tab is not None and tab.was_asked_before(moment)


def tab_of_run() -> "Tab | None":
    """The tab for which the script runs in this thread."""
    context = get_script_run_ctx()
    return _tabs.get(context.session_id) if context else None


class Tab(gate.Tab):
    """A browser's tab in which what was pressed is served before what comes next."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._waits = _Waits.NOTHING
        self._last: Request | None = None
        # Streamlit's name for the screen that is open.
        self._screen = ""
        # Whether the run that was requested last has begun.
        self._has_begun = False
        # A press that waits until the screen is drawn.
        self._to_carry_out: bytes | None = None
        self.is_carrying_out = False
        # Streamlit's ids of the fields for passwords.
        self._passwords: set[str] = set()

    def press(self, *, without_passwords: bool) -> bytes | None:
        """The last request, if it was a press."""
        if self._last is None or not self._last.is_press:
            return None
        fields = self._last.asked.widget_states.widgets
        if without_passwords and any(
            one.string_value for one in fields if one.id in self._passwords
        ):
            return None
        press: bytes = self._last.asked.SerializeToString()
        return press

    def carry_out(self, press: bytes) -> None:
        self._to_carry_out = press

    def was_asked_before(self, moment: float) -> bool:
        return self._last is not None and self._last.came_at < moment

    def left_before(self, moment: float) -> bool:
        """Whether the browser was gone before this moment of `time.monotonic`."""
        return self.left_at is not None and self.left_at < moment

    async def send(self, message: Message) -> None:
        try:
            await super().send(message)
        except OSError:
            # Streamlit would end the run if it knew that the browser is gone.
            if self._waits is _Waits.NOTHING and not any(one.is_press for one in self.waiting):
                raise
            self.follow(message)

    def put(self, request: Request) -> None:
        if not self._is_double_click(request):
            super().put(request)

    def is_ready(self, request: Request) -> bool:
        if not (self.is_running or self.is_awaited):
            self._waits = _Waits.NOTHING
        return not self._is_held(request) and super().is_ready(request)

    def passes(self, request: Request) -> None:
        super().passes(request)
        if request.is_run and not request.asked.is_auto_rerun:
            waits = _Waits.NOTHING if self._leaves(request) else _Waits.WHO_LEAVES
            self._waits = _Waits.EVERYTHING if request.is_press else waits
            self._last, self._screen = request, request.asked.page_script_hash
            self._has_begun = False
            self.is_carrying_out = _CARRIED_OUT in request.message

    def follow(self, message: Message) -> ForwardMsg:
        sent = super().follow(message)
        match sent.WhichOneof("type"):
            case "new_session":
                _tabs[sent.new_session.initialize.session_id] = self
                self._has_begun = True
            case "navigation":
                # The browser's first request names none.
                self._screen = sent.navigation.page_script_hash
            case "delta":
                field = sent.delta.new_element.text_input
                if field.type == TextInput.PASSWORD:
                    self._passwords.add(field.id)
            case "script_finished":
                if sent.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY and self._to_carry_out:
                    self.waiting.append(self._as_sent(self._to_carry_out))
                    self._to_carry_out = None
                if self._has_begun:
                    # If it runs again, what was pressed is done, and another run is about to show
                    # it.
                    is_again = sent.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                    self._has_begun = False
                    waits = _Waits.WHO_LEAVES if is_again else _Waits.NOTHING
                    self._waits = min(self._waits, waits)
        return sent

    def _is_held(self, request: Request) -> bool:
        """Whether what was asked before must be over first."""
        if request.is_end or (request.is_run and self._leaves(request)):
            return self._waits >= _Waits.WHO_LEAVES
        is_asked = request.is_run and not request.asked.is_auto_rerun
        return is_asked and self._waits is _Waits.EVERYTHING

    def _is_double_click(self, request: Request) -> bool:
        """Whether it is the same press again before its reader has seen the result. Within a
        fragment it is meant, as when something is undone step by step."""
        served = None if self._waits is _Waits.NOTHING else self._last
        before = self.waiting[-1] if self.waiting else served
        return (
            before is not None
            and request.is_press
            and not request.asked.fragment_id
            and request.asked.page_script_hash == before.asked.page_script_hash
            and request.asked.widget_states == before.asked.widget_states
        )

    def _leaves(self, request: Request) -> bool:
        state = request.asked
        return state.is_history_navigation or state.page_script_hash != self._screen

    def _as_sent(self, press: bytes) -> Request:
        """The press as a message that the browser would send from the screen that is open."""
        sent = BackMsg()
        sent.rerun_script.ParseFromString(press)
        sent.rerun_script.fragment_id = ""
        sent.rerun_script.page_script_hash = self._screen
        content = sent.SerializeToString()
        return Request({"type": "websocket.receive", "bytes": content, _CARRIED_OUT: True})


# By Streamlit's id of the session.
_tabs: WeakValueDictionary[str, Tab] = WeakValueDictionary()
