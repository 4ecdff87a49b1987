"""A proxy as networks have that let nothing else out: it knows CONNECT (RFC 9110, 9.3.6)."""

import selectors
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def web_proxy() -> Iterator[tuple[str, list[str]]]:
    """Its address, and where it was asked to connect to; it refuses the host `refused.example`."""
    asked: list[str] = []

    class Tunnel(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            method, where, _ = self.rfile.readline().decode().split()
            assert method == "CONNECT"
            while self.rfile.readline().strip():
                pass
            asked.append(where)
            host, _, port = where.rpartition(":")
            if host == "refused.example":
                self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection((host, int(port))) as beyond:
                self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
                _carry(self.connection, beyond)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
        server.shutdown()


def _carry(one: socket.socket, other: socket.socket) -> None:
    """Until either side ends."""
    with selectors.DefaultSelector() as selector:
        selector.register(one, selectors.EVENT_READ, other)
        selector.register(other, selectors.EVENT_READ, one)
        while True:
            for key, _ in selector.select():
                assert isinstance(key.fileobj, socket.socket)
                content = key.fileobj.recv(65536)
                if not content:
                    return
                key.data.sendall(content)
