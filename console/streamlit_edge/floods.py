"""How much one tab, one sign-in and one person may ask of Streamlit.

Each message of a browser's tab begins a run of the script. Streamlit joins those that come while a
run goes on, but runs as many tabs at once as there are. So a tab's requests wait in front of it:
newer ones take the place of older ones, and the tabs of one person share a few places in which the
script runs, or one while the scripts of others take the processor.
"""

import asyncio
import time
from collections import Counter, deque
from collections.abc import Collection, Sequence
from contextlib import suppress
from functools import cached_property, partial
from itertools import takewhile

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from shared import budgets
from shared.budgets import Bound

# For so many seconds, a tab that was closed for too much counts as open, and `page.js` keeps still.
PAUSE = 10.0
# For so many seconds, one that is too many is kept waiting.
REFUSED_AFTER = 1.0
# Why a tab is closed, as `page.js` knows it.
TOO_MUCH, TOO_MANY_TABS = "too much", "too many tabs"
# A requested run begins within this many seconds, unless another is going on. If its part of the
# screen is gone by then, Streamlit begins none.
BEGINS_WITHIN = 1.0
_PRESSES = ("trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value")


class Request:
    """What a browser's tab sent."""

    def __init__(self, message: Message) -> None:
        """Raises DecodeError for what Streamlit's program in the browser never sends."""
        content = message.get("bytes") or b""
        if message.get("text") is not None:
            raise DecodeError("a text, where only BackMsg is sent")
        sent = BackMsg.FromString(content)
        self.message = message
        # Of `time.monotonic`.
        self.came_at = time.monotonic()
        self.octets = len(content)
        self.asked: ClientState = sent.rerun_script
        self.is_run = sent.WhichOneof("type") == "rerun_script"
        self.is_end = message["type"] == "websocket.disconnect"

    @cached_property
    def is_press(self) -> bool:
        widgets = self.asked.widget_states.widgets
        return any(one.WhichOneof("value") in _PRESSES for one in widgets)

    @property
    def gives_way(self) -> bool:
        """Whether a newer request may take its place."""
        return self.is_run and not self.is_press and not self.asked.is_history_navigation


def joined(waiting: Sequence[Request], newer: Request) -> list[Request]:
    """What waits once `newer` has come.

    A browser sends the values of all fields each time. So a newer request takes the place of those
    for the same screen that press nothing, up to the last that may not be overtaken: a whole run of
    all of them, a fragment's of that fragment's.
    """
    if not newer.is_run or newer.asked.is_history_navigation:
        return [*waiting, newer]
    screen, fragment = newer.asked.page_script_hash, newer.asked.fragment_id
    older = takewhile(
        lambda one: one.gives_way and one.asked.page_script_hash == screen, reversed(waiting)
    )
    if newer.asked.is_auto_rerun:
        # What draws the fragment anew waits already.
        is_needless = any(one.asked.fragment_id in ("", fragment) for one in older)
        return [*waiting] if is_needless else [*waiting, newer]
    gone = [one for one in older if fragment in ("", one.asked.fragment_id)]
    return [*(one for one in waiting if one not in gone), newer]


class Bounds:
    """Let each websocket ask no more of the program behind it than its tab and its person may."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        # The open tabs of each person, as `person_of` says who that is.
        self._people: dict[tuple[str, ...], list[BoundedTab]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Where nobody needs to be signed in, there is no websocket.
        if scope["type"] != "websocket" or "signed_in" not in scope:
            await self.app(scope, receive, send)
            return
        sign_in, person = scope["signed_in"]
        tabs = self._people.setdefault(person, [])
        of_sign_in = sum(one.sign_in == sign_in for one in tabs)
        if len(tabs) >= budgets.TABS_OF_PERSON.most or of_sign_in >= budgets.TABS_OF_SIGN_IN.most:
            await receive()
            # Browsers tell a page why only of a websocket that was open.
            spoken = next(iter(scope.get("subprotocols", ())), None)
            await send({"type": "websocket.accept", "subprotocol": spoken})
            # Who comes again and again, whatever they are told, comes as often as that.
            await asyncio.sleep(REFUSED_AFTER)
            await send({"type": "websocket.close", "code": 1008, "reason": TOO_MANY_TABS})
            return
        tab = self.tab(receive, send, sign_in, tabs, self._people.values())
        tabs.append(tab)
        try:
            await self.app(scope, tab.receive, tab.send)
        finally:
            tab.end()
            forget = partial(self._forget, person, tab)
            asyncio.get_running_loop().call_later(PAUSE if tab.is_refused else 0, forget)

    def tab(self, *given: object) -> "BoundedTab":
        return BoundedTab(*given)  # type: ignore[arg-type]

    def _forget(self, person: tuple[str, ...], tab: "BoundedTab") -> None:
        self._people[person].remove(tab)
        if not self._people[person]:
            del self._people[person]


class BoundedTab:
    """What goes back and forth between a browser's tab and Streamlit."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        sign_in: str,
        of_person: "Sequence[BoundedTab]",
        of_each: "Collection[Sequence[BoundedTab]]",
    ) -> None:
        """`of_person`: the open tabs of the same person, in all their sign-ins; `of_each`: those of
        each person."""
        self.loop = asyncio.get_running_loop()
        self.sign_in = sign_in
        self.waiting: list[Request] = []
        # Of `time.monotonic`: when the last request was handed over, and when the browser went.
        self.served_at = 0.0
        self.left_at: float | None = None
        self.is_refused = self.is_running = False
        self._of_person, self._of_each = of_person, of_each
        self._receive = receive
        self._send = send
        # Since when a run is requested that has not begun.
        self._asked_at: float | None = None
        self._changed = asyncio.Event()
        self._reading: asyncio.Future[None] | None = None
        self._arrived = deque[float](maxlen=budgets.MESSAGES.most)
        self._passed = deque[float](maxlen=budgets.UNPRESSED.most)

    async def receive(self) -> Message:
        """The next message from the browser, once it may pass."""
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._read())
            self._reading.add_done_callback(lambda _: self._changed.set())
        while not (self.waiting and self._may_pass(self.waiting[0])):
            if self._reading.done():
                self._reading.result()
            self._changed.clear()
            # Time alone may let it pass.
            patience = 0.05 if self.waiting else None
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait(), patience)
        request = self.waiting.pop(0)
        self.passes(request)
        return request.message

    async def send(self, message: Message) -> None:
        # Streamlit goes on for a moment after a tab was closed, and to serve what was pressed.
        if not self.is_refused:
            try:
                await self._send(message)
            except RuntimeError:
                # The web server has closed it, as where nobody answers its pings: a browser that is
                # gone like others, not a fault.
                raise OSError("the websocket is closed") from None
        self.follow(message)

    def put(self, request: Request) -> None:
        """Let a request wait for its turn."""
        self.waiting = joined(self.waiting, request)
        self._changed.set()

    def end(self) -> None:
        """Nobody serves this tab any more."""
        if self._reading:
            self._reading.cancel()
        self.is_running, self._asked_at, self.waiting = False, None, []
        self._wake_next()

    @property
    def is_awaited(self) -> bool:
        """Whether a run that was requested may still begin."""
        return self._asked_at is not None and time.monotonic() < self._asked_at + BEGINS_WITHIN

    @property
    def holds_place(self) -> bool:
        """Whether the script runs for this tab, or is about to."""
        return self.is_awaited or self.is_running

    @property
    def is_due(self) -> bool:
        """Whether its next request lacks nothing but a place."""
        return bool(self.waiting) and self.waiting[0].is_run and self.is_ready(self.waiting[0])

    def is_ready(self, request: Request) -> bool:
        """Whether the request, the first that waits, may come now as far as its own tab goes."""
        is_slow = not _is_over(budgets.UNPRESSED, self._passed)
        return is_slow or request.is_press or request.is_end

    def passes(self, request: Request) -> None:
        """The request is about to be handed over."""
        self.served_at = time.monotonic()
        self._passed.append(self.served_at)
        if request.is_run:
            self._asked_at = self.served_at
            self._wake_next()

    def follow(self, message: Message) -> ForwardMsg:
        """Note which runs begin and end by what the browser is sent."""
        sent: ForwardMsg = ForwardMsg.FromString(message.get("bytes") or b"")
        match sent.WhichOneof("type"):
            case "new_session":
                self.is_running, self._asked_at = True, None
            case "script_finished":
                self.is_running = False
                is_again = sent.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN
                if is_again or self._asked_at is not None:
                    self._asked_at = time.monotonic()
                self._changed.set()
                self._wake_next()
        return sent

    def _may_pass(self, request: Request) -> bool:
        has_place = not request.is_run or self.holds_place or self._next() is self
        return has_place and self.is_ready(request)

    def _next(self) -> "BoundedTab | None":
        """Whose turn it is, if there is a place: the sign-in's for which the script runs in the
        fewest tabs, and of its tabs the one that was served longest ago. Everybody has one place,
        whatever others do; more only as long as few scripts run, since all share a processor."""
        running = Counter(one.sign_in for one in self._of_person if one.holds_place)
        if running.total() >= budgets.RUNNING.most:
            return None
        in_all = sum(one.holds_place for tabs in self._of_each for one in tabs)
        if running and in_all >= budgets.RUNNING_BESIDE.most:
            return None
        due = (one for one in self._of_person if one.is_due and not one.holds_place)
        return min(due, key=lambda one: (running[one.sign_in], one.served_at), default=None)

    def _wake_next(self) -> None:
        if tab := self._next():
            tab._changed.set()

    async def _read(self) -> None:
        """Read what the browser sends until it goes, or is closed since it sends too much."""
        while self.left_at is None:
            message = await self._receive()
            try:
                self._arrives(Request(message))
            except DecodeError:
                await self._refuse({"code": 1002})
            if self._is_too_much():
                await self._refuse({"code": 1008, "reason": TOO_MUCH})

    def _arrives(self, request: Request) -> None:
        if request.is_end:
            self.left_at = time.monotonic()
            # What was pressed is done, though nobody sees it.
            self.waiting = [one for one in self.waiting if one.is_press or not one.is_run]
        self.put(request)

    def _is_too_much(self) -> bool:
        is_fast = _is_over(budgets.MESSAGES, self._arrived)
        self._arrived.append(time.monotonic())
        octets = sum(one.octets for tab in self._of_person for one in tab.waiting)
        is_long = len(self.waiting) > budgets.REQUESTS_WAITING.most
        return is_fast or is_long or octets > budgets.OCTETS_WAITING.most

    async def _refuse(self, why: Message) -> None:
        if self.left_at is None:
            self.is_refused = True
            self._arrives(Request({"type": "websocket.disconnect", **why}))
            with suppress(OSError):
                await self._send({"type": "websocket.close", **why})


def _is_over(bound: Bound, times: deque[float]) -> bool:
    """Whether another would be more than may come in its seconds."""
    return len(times) == bound.most and time.monotonic() < times[0] + bound.seconds
