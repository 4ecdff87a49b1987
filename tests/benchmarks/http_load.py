"""Many requests over kept connections, from a process of its own, and how long each took."""

import asyncio
import itertools
import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

import httptools

CONNECTIONS = 8
# A server that never answers also ends the measurement.
_LONGEST = 60.0


@dataclass(frozen=True)
class Load:
    """What one load found: how long each answer took, and all of them together."""

    durations_ms: list[float]
    seconds: float

    @property
    def ms_per_answer(self) -> float:
        return self.seconds * 1000 / len(self.durations_ms)


def request(method: str, path: str, body: bytes = b"") -> bytes:
    """A request as a browser keeps its connection for the next one."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: en\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Visitors:
    """A process that asks."""

    def __init__(self, pool: ProcessPoolExecutor) -> None:
        self._pool = pool

    def keep_asking(self, port: int, requests: Sequence[bytes], seconds: float) -> Load:
        """These requests over and over for `seconds`, on eight connections."""
        return self._pool.submit(_asked, port, requests, CONNECTIONS, seconds).result()

    def ask_at_once(self, port: int, requests: Sequence[bytes]) -> Load:
        """Each of the requests once, all at the same time."""
        return self._pool.submit(_asked, port, requests, len(requests), None).result()


@contextmanager
def visitors() -> Iterator[Visitors]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield Visitors(pool)


def _asked(port: int, requests: Sequence[bytes], connections: int, seconds: float | None) -> Load:
    return asyncio.run(_ask(port, requests, connections, seconds))


async def _ask(
    port: int, requests: Sequence[bytes], connections: int, seconds: float | None
) -> Load:
    loop = asyncio.get_running_loop()
    shared = _Shared(itertools.cycle(requests) if seconds else iter(requests))
    opened = [
        await loop.create_connection(lambda: _Connection(shared), "127.0.0.1", port)
        for _ in range(connections)
    ]
    start = time.perf_counter()
    shared.until = start + (seconds or _LONGEST)
    for _, connection in opened:
        connection.ask()
    async with asyncio.timeout(_LONGEST + 10):
        await asyncio.gather(*(connection.is_done for _, connection in opened))
    elapsed = time.perf_counter() - start
    for transport, _ in opened:
        transport.close()
    return Load(shared.durations_ms, elapsed)


@dataclass
class _Shared:
    requests: Iterator[bytes]
    until: float = 0.0
    durations_ms: list[float] = field(default_factory=list)


class _Connection(asyncio.Protocol):
    """Asks, reads the whole answer, and asks again until the time or the requests end."""

    def __init__(self, shared: _Shared) -> None:
        self._shared = shared
        self.is_done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = transport
        self._parser = httptools.HttpResponseParser(self)

    def ask(self) -> None:
        request = next(self._shared.requests, None)
        self._asked_at = time.perf_counter()
        if request is None or self._asked_at > self._shared.until:
            self.is_done.set_result(None)
            return
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        self._parser.feed_data(data)

    def on_message_complete(self) -> None:
        if (status := self._parser.get_status_code()) != 200:
            self._fail(f"answered {status}")
            return
        self._shared.durations_ms.append((time.perf_counter() - self._asked_at) * 1000)
        self.ask()

    def connection_lost(self, _: Exception | None) -> None:
        self._fail("the connection broke")

    def _fail(self, reason: str) -> None:
        if not self.is_done.done():
            self.is_done.set_exception(RuntimeError(reason))
