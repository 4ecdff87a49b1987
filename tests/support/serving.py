"""A server in a thread of the test's own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from tests.support.mailing import wait_until


@contextmanager
def running(server: uvicorn.Server) -> Iterator[int]:
    """The port at which `server` answers, as long as the block lasts. One that cannot start fails
    the test at once."""
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started or not thread.is_alive())
        assert server.started, "the server ended before it answered"
        yield server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(10)
