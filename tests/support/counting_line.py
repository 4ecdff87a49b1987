"""A line to a server that counts how often its client waits for an answer."""

import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class CountingLine:
    """Who connects to `port` reaches the server. Opening a connection is a round trip, too."""

    port: int = 0
    round_trips: int = 0


@contextmanager
def counting_line(far_port: int) -> Iterator[CountingLine]:
    line = CountingLine()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            line.round_trips += 1
            near: socket.socket = self.request
            with socket.create_connection(("127.0.0.1", far_port)) as far:
                speaker = far
                while True:
                    # An answer first: whoever asks had all of it.
                    readable, _, _ = select.select([far, near], [], [])
                    source = far if far in readable else near
                    if not (content := source.recv(65536)):
                        return
                    line.round_trips += source is near and speaker is far
                    speaker = source
                    (near if source is far else far).sendall(content)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True

    with Server(("127.0.0.1", 0), Handler) as server:
        line.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield line
        server.shutdown()
