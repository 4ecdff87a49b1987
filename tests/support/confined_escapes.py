"""A confined process that tries to get out, each way by its name."""

import ctypes
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared import confined


def _ways(place: dict[str, Any]) -> dict[str, Callable[[], object]]:
    parent = f"/proc/{os.getppid()}"
    libc = ctypes.CDLL(None, use_errno=True)

    def trace() -> None:
        # PTRACE_SEIZE, which does not stop it.
        if libc.ptrace(0x4206, os.getppid(), None, None):
            raise OSError(ctypes.get_errno(), "ptrace")

    def fork() -> None:
        if os.fork() == 0:
            os._exit(0)

    return {
        "files: the parent's environment": lambda: Path(parent, "environ").read_bytes(),
        "files: the parent's memory": lambda: Path(parent, "mem").open("rb").close(),
        "files: the key": lambda: Path(place["key"]).read_bytes(),
        "files: the database": lambda: Path(place["database"]).read_bytes(),
        "files: another upload": lambda: Path(place["upload"]).read_bytes(),
        "files: deleting": lambda: Path(place["upload"]).unlink(),
        "system calls: ptrace": trace,
        "TCP: connecting": lambda: socket.create_connection(("127.0.0.1", place["port"])).close(),
        "system calls: UDP": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close(),
        "system calls: fork": fork,
        "system calls: exec": lambda: os.execv("/bin/true", ["true"]),
    }


if __name__ == "__main__":
    (place, _) = confined.work()
    for name, way in _ways(place).items():
        try:
            way()
            confined.answer([name, "done"])
        except OSError as refused:
            confined.answer([name, type(refused).__name__])
