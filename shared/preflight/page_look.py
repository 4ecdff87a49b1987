"""A single request to a web page, within its owner's reach and without following redirects."""

from contextlib import suppress
from urllib.parse import urlsplit

import httpx2

from shared.destinations import Reach
from shared.mail.tokens.judged_transport import JudgedTransport, wait_for

# For the whole, since a server that answers a byte at a time begins each wait anew.
_WHOLE_SECONDS = 15.0
_ENOUGH = 1000


class _Look(JudgedTransport):
    """Reads as much as says that a page answers, be it packed or cut short."""

    async def _read(self, answer: httpx2.Response) -> httpx2.Response:
        assert isinstance(answer.stream, httpx2.AsyncByteStream)
        beginning = b""
        # Broken off before the length that was announced.
        with suppress(httpx2.RemoteProtocolError):
            async for part in answer.stream:
                beginning += part
                if len(beginning) >= _ENOUGH:
                    break
        return httpx2.Response(answer.status_code, content=beginning[:_ENOUGH])


def look_at(page: str, reach: Reach, seconds: float = _WHOLE_SECONDS) -> httpx2.Response | None:
    """The status, and the beginning of the page; None if nothing answers within `seconds`.

    Raises DestinationRefused, without a request.
    """

    async def ask() -> httpx2.Response:
        transport = _Look(reach, seconds)
        async with httpx2.AsyncClient(transport=transport, trust_env=False) as client:
            return await client.get(page, headers={"User-Agent": "certs preflight"})

    try:
        parts = urlsplit(page)
        # In any spelling, also one that is no address to this client, such as 0177.0.0.1.
        reach.resolve(parts.hostname or "", parts.port or 80)
        return wait_for(ask())
    # Besides network failures: servers that speak no HTTP, and invalid addresses.
    except (OSError, httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        return None
