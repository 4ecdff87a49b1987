"""The supervisor: it starts the services of an installation, restarts those that die, and ends all
of them together.

It runs as long as they do, and is to take little memory: so it is a program of its own that needs
only the standard library, which `certs up` and `certs serve` become (`become`) once they have
checked settings, ports and database.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

# In seconds. Everything ends within 5 s: a process that still runs is killed, which loses nothing.
_GRACE = 4.0
_LONGEST_WAIT = 10.0
# The exit code of a service that must not use the database: another version has to be started.
UNKNOWN_SCHEMA = 3
_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass
class _Service:
    name: str
    program: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    start_at: float = 0.0
    started_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        # Python's threads take turns, so they need no heaps of their own; with two, what one thread
        # frees is not lost to the others.
        heaps = {"MALLOC_ARENA_MAX": "2"} | os.environ
        environment = heaps | {"CERTS_SUPERVISOR": str(os.getpid())}
        # A session of its own: Ctrl-C reaches only this process, which then ends the others.
        self.process = subprocess.Popen(
            [*self.program, self.name], env=environment, start_new_session=True
        )
        self.started_at = time.monotonic()

    def revive_if_dead(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif self.process.poll() is not None:
            if self.process.returncode == UNKNOWN_SCHEMA:
                # It has said why, and would again.
                sys.exit(UNKNOWN_SCHEMA)
            # A process that keeps dying soon after its start is restarted after longer waits.
            self.deaths = self.deaths + 1 if now - self.started_at < 30 else 1
            wait = min(0.25 * 2**self.deaths, _LONGEST_WAIT) if self.deaths > 1 else 0
            print(f"certs {self.name} ended ({self.process.returncode}), starting it again")
            self.process, self.start_at = None, now + wait


def program() -> list[str]:
    """Return the command that runs `certs` with the Python of this process."""
    script = Path(sys.executable).with_name("certs")
    return [str(script)] if script.exists() else [sys.executable, "-m", "shared"]


def become(command: str, services: Sequence[str], pages: Sequence[str], words: str) -> NoReturn:
    """Replace this process by `certs COMMAND`, the supervisor of these services, which prints
    `words` once the pages answer."""
    plan = {"program": program(), "services": services, "pages": pages, "words": words}
    # -P keeps the working folder, which may have any modules, off the path.
    python = [sys.executable, "-P", __file__, "certs", command]
    environment = os.environ | {"CERTS_PLAN": json.dumps(plan)}
    os.execve(sys.executable, python, environment)  # noqa: S606 (this very file)


def supervise(
    program: list[str], services: Sequence[str], pages: Sequence[str], words: str
) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    running = [_Service(name, program) for name in services]

    def announce() -> None:
        while not all(answers(address) for address in pages):
            if stop.wait(0.1):
                return
        print(words, flush=True)

    threading.Thread(target=announce, daemon=True).start()
    try:
        while not stop.is_set():
            for service in running:
                service.revive_if_dead()
            stop.wait(0.2)
    finally:
        _end(running)


def _end(services: list[_Service]) -> None:
    running = [service.process for service in services if service.process]
    for process in running:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
    deadline = time.monotonic() + _GRACE
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(address: str) -> bool:
    """Whether there is a page at this local address, whatever HTTP_PROXY says."""
    try:
        with _DIRECTLY.open(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


if __name__ == "__main__":
    supervise(**json.loads(os.environ.pop("CERTS_PLAN")))
