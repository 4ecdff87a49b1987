"""Every press is served before whatever its reader does next.

A press begins a run of the script. Left to itself, Streamlit ends that run when the same reader
presses something else, opens another screen or closes the browser, even before the callback of the
press, and then nothing says so. So whatever comes after a press waits in front of Streamlit until
the press was served, and so does leaving the screen after a field was changed or a file was
uploaded.
"""

from weakref import WeakValueDictionary

from starlette.types import Message
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner import get_script_run_ctx

from console.streamlit_edge import floods
from console.streamlit_edge.floods import Bounds, Request


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
        tab.is_carried_out = True


def begins_to_draw(*, is_another_screen: bool) -> None:
    """What this run serves was a press that was carried out, or opens another screen and no more:
    nobody has to wait until that is drawn."""
    tab = tab_of_run()
    if tab is None or tab.last is None:
        return
    if tab.is_carried_out or (is_another_screen and not tab.last.is_press):
        tab.loop.call_soon_threadsafe(tab.hold_nobody_after, tab.last)


def came_before(moment: float) -> bool:
    """Whether what this run serves had come before that moment of `time.monotonic`."""
    tab = tab_of_run()
    return tab is not None and tab.last is not None and tab.last.came_at < moment


class GatedTab(floods.BoundedTab):
    """A browser's tab in which what was pressed is served before what comes next."""

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        # What was handed over last, except by the clock, and whether it is not drawn whole yet.
        self.last: Request | None = None
        self._is_served = False
        # Whether its callback has done all of it, and whether others still wait for it.
        self.is_carried_out = self._holds = False

    def left_before(self, moment: float) -> bool:
        """Whether the browser was gone before this moment of `time.monotonic`."""
        return self.left_at is not None and self.left_at < moment

    async def send(self, message: Message) -> None:
        try:
            await super().send(message)
        except OSError:
            # Streamlit would end the run if it knew that the browser is gone.
            if not (self._holds or any(one.is_press for one in self.waiting)):
                raise
            self.follow(message)

    def hold_nobody_after(self, request: Request) -> None:
        if self.last is request:
            self._holds = False
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
            self._is_served = self._holds = False
        # Streamlit serves it beside the run that was requested before, which would set the address
        # that it begins with, such as its event and window, over this one's.
        is_too_soon = request.is_run and not request.asked.fragment_id and self.is_awaited
        return not (is_too_soon or self._is_held(request)) and super().is_ready(request)

    def passes(self, request: Request) -> None:
        super().passes(request)
        if request.is_run and not request.asked.is_auto_rerun:
            self.last, self.is_carried_out = request, False
            self._is_served = self._holds = True

    def follow(self, message: Message) -> ForwardMsg:
        has_begun = self._asked_at is None
        sent = super().follow(message)
        match sent.WhichOneof("type"):
            case "new_session":
                _tabs[sent.new_session.initialize.session_id] = self
            case "script_finished" if has_begun:
                # If it runs again, another run is about to show what was done.
                self._is_served = sent.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                self._holds = self._holds and self._is_served
        return sent

    def _is_held(self, request: Request) -> bool:
        """Whether what was asked before must be over first."""
        # What a button does is bound to it when it is drawn.
        if request.is_press and self._is_served:
            return True
        if not (self._holds and self.last):
            return False
        is_asked = request.is_run and not request.asked.is_auto_rerun
        return request.is_end or (is_asked and self.last.is_press) or self._leaves(request)

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
        """Whether it asks for another screen than the last."""
        state, last = request.asked, self.last
        is_another = last is not None and state.page_script_hash != last.asked.page_script_hash
        return request.is_run and (state.is_history_navigation or is_another)


# By Streamlit's id of the session.
_tabs: WeakValueDictionary[str, GatedTab] = WeakValueDictionary()
