"""A tab of the console without a browser: its websocket, and what is sent by it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect


def cookie_of(console: str, token: str) -> str:
    """Signs in with a key or token; the header by which the browser is known from then on."""
    answer = httpx.post(
        f"{console}/signin", data={"token": token, "next": ""}, timeout=60, verify=False
    )
    return "; ".join(f"{name}={value}" for name, value in answer.cookies.items())


def look(query: str = "") -> bytes:
    """Asks for the first screen, as a browser does that has just opened it."""
    sent = BackMsg()
    sent.rerun_script.query_string = query
    return bytes(sent.SerializeToString())


def press(button: str) -> bytes:
    """A press on a button of the open screen, which need not be there."""
    sent = BackMsg()
    sent.rerun_script.widget_states.widgets.append(WidgetState(id=button, trigger_value=True))
    return bytes(sent.SerializeToString())


@contextmanager
def tab(console: str, cookie: str) -> Iterator[ClientConnection]:
    address = console.replace("http", "ws", 1) + "/_stcore/stream"
    headers = {"Cookie": cookie, "Origin": console}
    with connect(
        address, additional_headers=headers, subprotocols=["streamlit"],  # type: ignore[list-item]
        max_size=None, open_timeout=60, close_timeout=1, compression=None, proxy=None,
    ) as connection:  # fmt: skip
        yield connection


def runs_of(connection: ClientConnection, seconds: float = 120) -> Iterator[str]:
    """The outcome of each run of the script, until the tab is closed or the time is up."""
    until = time.monotonic() + seconds
    with suppress(ConnectionClosed, TimeoutError):
        while True:
            message = ForwardMsg.FromString(connection.recv(until - time.monotonic()))
            if message.WhichOneof("type") == "script_finished":
                yield ForwardMsg.ScriptFinishedStatus.Name(message.script_finished)
