"""A file that is made while it is sent."""

import logging
from collections.abc import AsyncIterable, Callable, Iterable

from anyio import fail_after
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

log = logging.getLogger(__name__)

# How long a client, such as a suspended one, may take nothing of it while others wait for a turn.
PATIENCE_SECONDS = 600.0


class StreamedFile(StreamingResponse):
    """Calls `ended` in any case, even if the client reads nothing, or stops reading."""

    def __init__(
        self,
        pieces: AsyncIterable[bytes] | Iterable[bytes],
        media_type: str,
        headers: dict[str, str],
        ended: Callable[[], None],
    ) -> None:
        super().__init__(pieces, media_type=media_type, headers=headers)
        self._ended = ended
        self._is_given_up = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_in_time(message: Message) -> None:
            try:
                with fail_after(PATIENCE_SECONDS):
                    await send(message)
            except TimeoutError:
                self._is_given_up = True
                raise

        try:
            await super().__call__(scope, receive, send_in_time)
        except (TimeoutError, ClientDisconnect):
            if not self._is_given_up:
                raise
            log.warning("A download was given up: nothing of it was taken for some minutes")
        finally:
            self._ended()
