"""`certs up`: starts API, console and worker, and starts again whichever dies."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from shared.installation import open_installation
from shared.settings import Settings

_SERVICES = ("api", "console", "worker")
# All ends within 5 s: what has not ended by itself by then is killed, and loses nothing either.
_GRACE = 4.0
_LONGEST_WAIT = 10.0


@dataclass
class _Service:
    name: str
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    start_at: float = 0.0
    started_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        environment = os.environ | {"CERTS_SUPERVISOR": str(os.getpid())}
        # A session of its own: Ctrl-C reaches this process alone, which then ends the others.
        self.process = subprocess.Popen(
            [*program(), self.name], env=environment, start_new_session=True
        )
        self.started_at = time.monotonic()

    def revive_if_dead(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start()
        elif self.process.poll() is not None:
            # Dying young again and again is met with longer waits.
            self.deaths = self.deaths + 1 if now - self.started_at < 30 else 1
            wait = min(0.25 * 2**self.deaths, _LONGEST_WAIT) if self.deaths > 1 else 0
            print(f"certs {self.name} ended ({self.process.returncode}), starting it again")
            self.process, self.start_at = None, now + wait


def program() -> list[str]:
    """The command that runs `certs` with the Python of this process."""
    script = Path(sys.executable).with_name("certs")
    return [str(script)] if script.exists() else [sys.executable, "-m", "shared"]


def run_everything(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; the exit code."""
    for port, name in ((settings.api_port, "API_PORT"), (settings.console_port, "CONSOLE_PORT")):
        if not _is_free(settings.host, port):
            print(f"Port {port} is in use. Stop what uses it, or choose another with {name}=…")
            return 1
    # Here first, so that what is wrong with the settings or the database is said once.
    open_installation(settings).database.close()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    services = [_Service(name) for name in _SERVICES]
    threading.Thread(target=_announce, args=(settings, stop), daemon=True).start()
    try:
        while not stop.is_set():
            for service in services:
                service.revive_if_dead()
            stop.wait(0.2)
    finally:
        _end(services)
    return 0


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


def _announce(settings: Settings, stop: threading.Event) -> None:
    """Say where to go once both pages answer."""
    addresses = (
        f"http://{_reachable(settings.host)}:{settings.api_port}/health",
        f"http://{_reachable(settings.host)}:{settings.console_port}/_stcore/health",
    )
    while not all(_answers(address) for address in addresses):
        if stop.wait(0.1):
            return
    print(
        f"\n  Organizer's console   {settings.console_url}"
        f"\n  Volunteers' page      {settings.public_url}"
        "\n\n  Ctrl-C stops everything.\n",
        flush=True,
    )


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104 (compared, not bound)
