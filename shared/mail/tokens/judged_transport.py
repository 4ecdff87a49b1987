"""HTTP to destinations within a person's reach, with limits on time and size of the answer."""

import asyncio
import ssl
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import httpx2

from shared.destinations import Reach

_LONGEST_ANSWER = 256 * 1024
# For the whole answer: a server that answers a byte at a time restarts each time-out.
_WHOLE_SECONDS = 20.0

T = TypeVar("T")


def wait_for(answer: Coroutine[Any, Any, T]) -> T:
    """Return the answer, awaited in a thread of its own: the caller's may have a running event
    loop.

    Raises what `answer` raises.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, answer).result()


class JudgedTransport(httpx2.AsyncBaseTransport):
    """A transport that connects to an address that `reach` has checked, whatever the name resolves
    to later, or by the proxy that it names.

    Raises DestinationRefused, and errors of httpx2.
    """

    def __init__(self, reach: Reach, seconds: float | None = None) -> None:
        """`seconds` are for the whole of an answer."""
        self._reach = reach
        self._seconds = seconds or _WHOLE_SECONDS

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        try:
            async with asyncio.timeout(self._seconds):
                return await self._answered(request)
        except TimeoutError:
            raise httpx2.ReadTimeout("the answer does not end") from None

    async def _answered(self, request: httpx2.Request) -> httpx2.Response:
        if proxy := self._reach.proxy_for(str(request.url)):
            return await self._ask(_plain(request), proxy)
        port = request.url.port or {"http": 80}.get(request.url.scheme, 443)
        try:
            addresses = await asyncio.to_thread(self._reach.resolve, request.url.host, port)
        except OSError as fault:
            raise httpx2.ConnectError(str(fault)) from None
        failure = httpx2.ConnectError(f"{request.url.host} has no address")
        for address in addresses:
            try:
                # The certificate still has to match the name.
                named = {**request.extensions, "sni_hostname": request.url.host}
                there = _plain(request, url=request.url.copy_with(host=address), extensions=named)
                return await self._ask(there)
            except (httpx2.ConnectError, httpx2.ConnectTimeout) as fault:
                failure = httpx2.ConnectError(str(fault))
        raise failure

    async def _ask(self, request: httpx2.Request, proxy: str | None = None) -> httpx2.Response:
        # The system's certificate authorities, as for mail servers.
        authorities = ssl.create_default_context()
        async with httpx2.AsyncHTTPTransport(authorities, trust_env=False, proxy=proxy) as inner:
            return await self._read(await inner.handle_async_request(request))

    async def _read(self, answer: httpx2.Response) -> httpx2.Response:
        content = bytearray()
        # It was not requested, and a kilobyte can become a megabyte.
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise httpx2.ReadError("the answer is packed")
        assert isinstance(answer.stream, httpx2.AsyncByteStream)
        async for part in answer.stream:
            content += part
            if len(content) > _LONGEST_ANSWER:
                raise httpx2.ReadError("the answer does not end")
        return httpx2.Response(answer.status_code, headers=answer.headers, content=bytes(content))


def answer_of(
    address: str, transport: JudgedTransport, headers: Mapping[str, str] | None = None
) -> httpx2.Response:
    """Return what an address answers to one request; no redirect is followed. Raises what the
    transport raises."""

    async def ask() -> httpx2.Response:
        async with httpx2.AsyncClient(transport=transport, trust_env=False) as client:
            return await client.get(address, headers=headers)

    return wait_for(ask())


def _plain(request: httpx2.Request, **changed: Any) -> httpx2.Request:
    """Return the request with the changes in `changed`, for an answer that is not packed."""
    headers = request.headers.copy()
    headers["Accept-Encoding"] = "identity"
    given: dict[str, Any] = {"url": request.url, "extensions": request.extensions} | changed
    return httpx2.Request(request.method, headers=headers, stream=request.stream, **given)
