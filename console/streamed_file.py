"""A file that is made while it is sent."""

from collections.abc import AsyncIterable, Callable, Iterable

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class StreamedFile(StreamingResponse):
    """Calls `ended` in any case, even if nobody reads the first byte."""

    def __init__(
        self,
        pieces: AsyncIterable[bytes] | Iterable[bytes],
        media_type: str,
        headers: dict[str, str],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._ended = ended

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._ended()
