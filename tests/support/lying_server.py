"""A web server that answers what no honest one does, over real sockets."""

import gzip
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def _endless(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(_OK + b"Connection: close\r\n\r\n")
    while True:
        send(b'{"a": 1} ' * 8000)


def _slow(send: Callable[[bytes], None], over: threading.Event) -> None:
    send(_OK + b"Connection: close\r\n\r\n")
    while not over.wait(0.05):
        send(b" ")


def _too_short(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(_OK + b"Content-Length: 1000\r\nConnection: close\r\n\r\n{}")


def _bomb(send: Callable[[bytes], None], _: threading.Event) -> None:
    packed = gzip.compress(bytes(50_000_000))
    send(_OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)


LIES = {"endless": _endless, "slow": _slow, "too short": _too_short, "bomb": _bomb}


@contextmanager
def lying_server(lie: str) -> Iterator[str]:
    """Its address, without a path."""
    over = threading.Event()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            while self.rfile.readline().strip():
                pass
            try:
                LIES[lie](self._send, over)
            except OSError:
                return

        def _send(self, content: bytes) -> None:
            self.wfile.write(content)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        allow_reuse_address = True

    server: Any = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        over.set()
        server.shutdown()
        server.server_close()
