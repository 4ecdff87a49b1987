"""What no honest server answers, and a web server that does, over real sockets."""

import socketserver
import threading
import zlib
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
    # 50 MB, of which a fiftieth is packed: a block that was flushed whole can be repeated.
    packer = zlib.compressobj(wbits=31)
    first, block = (
        packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2)
    )
    packed = first + 49 * block
    send(_OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)


def _nested(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(_OK + b"Content-Length: 200000\r\nConnection: close\r\n\r\n" + b"[" * 200_000)


Lie = Callable[[Callable[[bytes], None], threading.Event], None]
LIES: dict[str, Lie] = {
    "endless": _endless,
    "slow": _slow,
    "too short": _too_short,
    "bomb": _bomb,
    "nested": _nested,
}


def _endless_line(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(b"* OK ")
    while True:
        send(b"x" * 64_000)


def _endless_lines(send: Callable[[bytes], None], _: threading.Event) -> None:
    while True:
        send(b"* OK ab\r\n" * 8000)


def _huge_literal(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(b"* 1 FETCH (UID 1 BODY[] {4294967296}\r\n")
    while True:
        send(b"x" * 64_000)


def _longest_number(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(b"* 1 FETCH (UID 1 BODY[] {" + b"9" * 5000 + b"}\r\n")


def _short_literal(send: Callable[[bytes], None], _: threading.Event) -> None:
    send(b"* 1 FETCH (UID 1 BODY[] {1000}\r\nshort")


def _slow_line(send: Callable[[bytes], None], over: threading.Event) -> None:
    send(b"* OK ")
    while not over.wait(0.02):
        send(b"x")


IMAP_LIES: dict[str, Lie] = {
    "a line without an end": _endless_line,
    "lines without an end": _endless_lines,
    "4 GB announced": _huge_literal,
    "a length of 5000 digits": _longest_number,
    "less than was announced": _short_literal,
    "a letter at a time": _slow_line,
}


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
