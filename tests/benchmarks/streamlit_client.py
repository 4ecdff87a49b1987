"""What a browser says to the console, without a browser: Streamlit's messages on a WebSocket."""

import json
import re
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.conftest import OWNER_TOKEN

_PREVIEW = re.compile(rb"/preview/[0-9a-f]{64}\.(?:jpg|png)")
_ANSWER_SECONDS = 30


class Tab:
    """A screen that is open, signed in as the owner; a context manager."""

    def __init__(self, address: str, token: str = OWNER_TOKEN) -> None:
        parts = urlsplit(address)
        # Under a path, as behind some proxies.
        root, _, self._page = parts.path.rpartition("/")
        self._query = parts.query
        self._http = httpx.Client(base_url=f"{parts.scheme}://{parts.netloc}{root}")
        self._http.post("/signin", data={"token": token})
        cookies = "; ".join(f"{name}={value}" for name, value in self._http.cookies.items())
        self._socket = connect(
            f"ws://{parts.netloc}{root}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            additional_headers={"Cookie": cookies},
            max_size=None,
        )
        self._fragment = ""
        # The certificate's editor, and which layout it shows.
        self._editor = self._revision = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._socket.close()
        self._http.close()

    def open(self) -> None:
        """Run the screen from its beginning to its end, and learn where its editor is."""
        for raw in self._run():
            self._note(ForwardMsg.FromString(raw))

    def _note(self, answer: ForwardMsg) -> None:
        component = answer.delta.new_element.bidi_component
        if '"revision"' in component.json:
            self._editor, self._fragment = component.id, answer.delta.fragment_id
            self._revision = json.loads(component.json)["revision"]

    def run(self) -> tuple[str, list[str]]:
        """Run the screen; all that it says as one text, and the addresses of its pictures."""
        said = b" ".join(self._run())
        pictures = [found.decode() for found in _PREVIEW.findall(said)]
        return said.decode("utf-8", "replace"), list(dict.fromkeys(pictures))

    def _run(self) -> Iterator[bytes]:
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.page_name = self._page
        self._socket.send(message.SerializeToString())
        yield from self._answers()

    def changed(self, field: str, **settings: float) -> Iterator[str]:
        """Change a field of the certificate; the addresses of pictures, as they come."""
        message = BackMsg()
        message.rerun_script.query_string = self._query
        message.rerun_script.fragment_id = self._fragment
        state = message.rerun_script.widget_states.widgets.add()
        state.id = f"$$STREAMLIT_INTERNAL_KEY_{self._editor}__events"
        change = {"field": field, "set": settings, "revision": self._revision, "at": time.time()}
        state.json_trigger_value = json.dumps([{"event": "changed", "value": change}])
        self._socket.send(message.SerializeToString())
        for raw in self._answers():
            self._note(ForwardMsg.FromString(raw))
            yield from (found.decode() for found in _PREVIEW.findall(raw))

    def picture(self, address: str) -> bytes:
        return self._http.get(address).raise_for_status().content

    def _answers(self) -> Iterator[bytes]:
        """Messages until the run has ended."""
        while True:
            raw = self._socket.recv(_ANSWER_SECONDS)
            assert isinstance(raw, bytes)
            yield raw
            if ForwardMsg.FromString(raw).HasField("script_finished"):
                return
