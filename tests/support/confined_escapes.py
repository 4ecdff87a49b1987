"""A confined process that tries to get out, each way by its name."""

import ctypes
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shared import confined

_IPC_PRIVATE = 0


def _ways(place: dict[str, Any]) -> dict[str, Callable[[], object]]:
    parent = f"/proc/{os.getppid()}"
    readable = os.open(confined.__file__, os.O_RDONLY)
    libc = ctypes.CDLL(None, use_errno=True)

    def trace() -> None:
        # PTRACE_SEIZE, which does not stop it.
        if libc.ptrace(0x4206, os.getppid(), None, None):
            raise OSError(ctypes.get_errno(), "ptrace")

    def call(name: str, *arguments: object) -> Callable[[], object]:
        """What would be granted changes nothing: the same name, no time, no such file."""

        def way() -> None:
            if getattr(libc, name)(*arguments) < 0:
                raise OSError(ctypes.get_errno(), name)

        return way

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
        "system calls: chown": lambda: os.chown(place["upload"], os.getuid(), -1),
        "system calls: fchmod": lambda: os.fchmod(readable, os.fstat(readable).st_mode & 0o777),
        "system calls: utime": lambda: os.utime(place["upload"]),
        "system calls: setxattr": lambda: os.setxattr(place["upload"], "user.name", b"x"),
        "system calls: removexattr": lambda: os.removexattr(place["upload"], "user.name"),
        "system calls: chroot": lambda: os.chroot("/"),
        "system calls: sethostname": lambda: socket.sethostname(socket.gethostname()),
        "system calls: shared memory": call("shmget", _IPC_PRIVATE, 4096, 0o600),
        "system calls: queues": call("msgget", _IPC_PRIVATE, 0o600),
        "system calls: semaphores": call("semget", _IPC_PRIVATE, 1, 0o600),
        "system calls: the clock": call("adjtimex", bytes(512)),
        "system calls: swapping": call("swapoff", b"/none"),
    }


if __name__ == "__main__":
    (place, _) = confined.work()
    for name, way in _ways(place).items():
        try:
            way()
            confined.answer([name, "done"])
        except OSError as refused:
            confined.answer([name, type(refused).__name__])
