"""Every press is served before whatever its reader does next.

A press begins a run of the script. Left to itself, Streamlit ends that run when the same reader
presses something else, opens another screen or closes the browser, even before the callback of the
press, and then nothing says so. So whatever comes after a press waits in front of Streamlit until
the press was served, and so does leaving the screen after a field was changed or a file was
uploaded.
"""

from enum import IntEnum
from weakref import WeakValueDictionary

from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from console.streamlit_edge import floods
from console.streamlit_edge.floods import Bounds, Request


class _Waits(IntEnum):
    """What must wait until the last request was served."""

    NOTHING = 0
    WHO_LEAVES = 1
    EVERYTHING = 2


class Gate(Bounds):
    """Let each websocket's requests wait until what was pressed before has been served, too."""

    def tab(self, *given: object) -> "GatedTab":
        return GatedTab(*given)


def tab_of_run() -> "GatedTab | None":
    """The tab for which the script runs in this thread."""
    context = get_script_run_ctx()
    return _tabs.get(context.session_id) if context else None


def acted() -> None:
    """The press that this run serves was carried out whole, before anything was drawn."""
    if tab := tab_of_run():
        tab.carried_out = tab.last


def callbacks_are_over() -> None:
    """The script begins to draw: nobody has to wait for it if the press was carried out before."""
    if (tab := tab_of_run()) and tab.carried_out:
        tab.loop.call_soon_threadsafe(tab.hold_nobody_after, tab.carried_out)


def another_screen_opens() -> None:
    """The script begins to draw another screen than before: whoever only looks at it may go on."""
    if (tab := tab_of_run()) and tab.opening:
        tab.loop.call_soon_threadsafe(tab.hold_nobody_after, tab.opening)


def came_before(moment: float) -> bool:
    """Whether what this run serves had come before that moment of `time.monotonic`."""
    tab = tab_of_run()
    return tab is not None and tab.was_asked_before(moment)


class GatedTab(floods.BoundedTab):
    """A browser's tab in which what was pressed is served before what comes next."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        self._waits = _Waits.NOTHING
        # What was handed over last, and which press was carried out in its callback.
        self.last: Request | None = None
        self.carried_out: Request | None = None
        # What may have been handed over last to open another screen, and nothing else.
        self.opening: Request | None = None
        # For which screen that was, by Streamlit's name; a browser's first request names none.
        self._screen = ""
        # Whether the run that was requested last has begun, and whether it goes on.
        self._has_begun = self._is_served = False

    def was_asked_before(self, moment: float) -> bool:
        return self.last is not None and self.last.came_at < moment

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

    def hold_nobody_after(self, request: Request) -> None:
        if self.last is request:
            self._waits = _Waits.NOTHING
            self._changed.set()

    def put(self, request: Request) -> None:
        # A browser that asks by the clock between a click and its sending sends the press along,
        # and then by itself. Carried out for the other part of the screen, it would be drawn by a
        # request that still has the address of before: a window that it closed opened again.
        is_brought_along = request.is_press and request.asked.is_auto_rerun
        if not (is_brought_along or self._is_double_click(request)):
            super().put(request)

    def is_ready(self, request: Request) -> bool:
        if not (self.is_running or self.is_awaited):
            self._waits, self._is_served = _Waits.NOTHING, False
        # Streamlit serves it beside the run that was requested before, which would set the address
        # that it begins with, such as its event and window, over this one's.
        is_too_soon = request.is_run and not request.asked.fragment_id and self.is_awaited
        return not (is_too_soon or self._is_held(request)) and super().is_ready(request)

    def passes(self, request: Request) -> None:
        super().passes(request)
        if request.is_run and not request.asked.is_auto_rerun:
            self._waits = _Waits.EVERYTHING if request.is_press else _Waits.WHO_LEAVES
            is_opening = self._leaves(request) and not request.is_press
            self.opening = request if is_opening else None
            self.last, self._screen = request, request.asked.page_script_hash
            self._has_begun, self._is_served, self.carried_out = False, True, None

    def follow(self, message: Message) -> ForwardMsg:
        sent = super().follow(message)
        match sent.WhichOneof("type"):
            case "new_session":
                _tabs[sent.new_session.initialize.session_id] = self
                self._has_begun = True
            case "script_finished" if self._has_begun:
                # If it runs again, what was pressed is done, and another run is about to show it.
                is_again = sent.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                waits = _Waits.WHO_LEAVES if is_again else _Waits.NOTHING
                self._waits = min(self._waits, waits)
                self._has_begun, self._is_served = False, is_again
        return sent

    def _is_held(self, request: Request) -> bool:
        """Whether what was asked before must be over first."""
        # What a button does is bound to it when it is drawn.
        if request.is_press and self._is_served:
            return True
        if request.is_end or (request.is_run and self._leaves(request)):
            return self._waits >= _Waits.WHO_LEAVES
        is_asked = request.is_run and not request.asked.is_auto_rerun
        return is_asked and self._waits is _Waits.EVERYTHING

    def _is_double_click(self, request: Request) -> bool:
        """Whether it is the same press again before its reader has seen the result. Within a
        fragment it is meant, as when something is undone step by step."""
        served = self.last if self._is_served else None
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


# By Streamlit's id of the session.
_tabs: WeakValueDictionary[str, GatedTab] = WeakValueDictionary()
