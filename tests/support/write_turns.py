"""Watches that nothing slow is done elsewhere while the database is locked for writing."""

import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import typst
from sqlalchemy import event as listeners

from shared.storage.database import Database

# Pillow's own functions that cost milliseconds.
_PILLOW = {"decode", "encode", "encode_to_file", "resize", "render"}
_NETWORK = {
    "connect", "connect_ex", "send", "sendall", "sendto", "sendmsg", "recv", "recv_into",
    "recvfrom", "do_handshake", "read", "write", "getaddrinfo", "gethostbyname",
}  # fmt: skip
_SSL = type(ssl.create_default_context().wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO())._sslobj)


@dataclass
class Watch:
    """Which libraries did something slow, and what of that in a thread holding the write lock."""

    used: set[str] = field(default_factory=set)
    while_locked: list[str] = field(default_factory=list)

    def forget(self) -> None:
        """Forget what was done so far, as preparation."""
        self.used.clear()
        self.while_locked.clear()

    def note(self, library: str, name: str, *, is_locked: bool) -> None:
        self.used.add(library)
        if is_locked:
            self.while_locked.append(f"{library}: {name}")


@contextmanager
def watched(database: Database) -> Iterator[Watch]:
    """Looks at this thread, and at all that begin from now on until the block ends.

    PostgreSQL's own library is written in C and uses none of Python's sockets.
    """
    watch, writing = Watch(), threading.local()

    def called(frame: Any, kind: str, function: Any) -> None:
        if kind == "c_call" and (library := _library(frame, function)):
            watch.note(library, function.__name__, is_locked=getattr(writing, "now", False))

    def begun(*_: Any) -> None:
        writing.now = True

    def ended(*_: Any) -> None:
        writing.now = False

    handlers = {"begin": begun, "commit": ended, "rollback": ended}
    for name, handler in handlers.items():
        listeners.listen(database._writing, name, handler)
    threading.setprofile(called)
    sys.setprofile(called)
    try:
        yield watch
    finally:
        sys.setprofile(None)
        threading.setprofile(None)  # type: ignore[arg-type]
        for name, handler in handlers.items():
            listeners.remove(database._writing, name, handler)


def _library(frame: Any, function: Any) -> str | None:
    owner = getattr(function, "__self__", None)
    if function.__name__ in _PILLOW and frame.f_globals.get("__name__", "").startswith("PIL."):
        return "Pillow"
    if isinstance(owner, typst.Compiler) or function is typst.compile:
        return "typst"
    if function.__name__ in _NETWORK:
        is_network = isinstance(owner, socket.socket | _SSL) or function.__module__ == "_socket"
        return "network" if is_network else None
    return None
