"""`certs up`: starts API, console and worker, and restarts whichever dies."""

import contextlib
import errno
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

from shared.errors import SettingRefused
from shared.events import owner_token
from shared.events.installation import open_installation
from shared.settings import Settings

_SERVICES = ("api", "console", "worker")
# Everything ends within 5 s: a process that is still running then is killed, which loses nothing
# either.
_GRACE = 4.0
_LONGEST_WAIT = 10.0
_NOT_OURS = "this machine has no such address"


@dataclass
class _Service:
    name: str
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    start_at: float = 0.0
    started_at: float = field(default_factory=time.monotonic)

    def start(self) -> None:
        environment = os.environ | {"CERTS_SUPERVISOR": str(os.getpid())}
        # A session of its own: Ctrl-C reaches only this process, which then ends the others.
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
            # A process that keeps dying soon after its start is restarted after longer waits.
            self.deaths = self.deaths + 1 if now - self.started_at < 30 else 1
            wait = min(0.25 * 2**self.deaths, _LONGEST_WAIT) if self.deaths > 1 else 0
            print(f"certs {self.name} ended ({self.process.returncode}), starting it again")
            self.process, self.start_at = None, now + wait


def program() -> list[str]:
    """The command that runs `certs` with the Python of this process."""
    script = Path(sys.executable).with_name("certs")
    return [str(script)] if script.exists() else [sys.executable, "-m", "shared"]


def run_everything(settings: Settings) -> int:
    """Run until SIGINT or SIGTERM; the exit code.

    Raises SettingRefused when a service could not listen.
    """
    for port, name in ((settings.api_port, "API_PORT"), (settings.console_port, "CONSOLE_PORT")):
        _refuse_taken(settings.host, port, name)
    # Here first, so that a problem with the settings or the database is reported once.
    open_installation(settings).database.close()
    if token := owner_token.take(settings.data_dir):
        print(f"\n  The owner's token, shown only now:  {token}\n", flush=True)
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
    while not all(answers(address) for address in addresses):
        if stop.wait(0.1):
            return
    print(
        f"\n  Organizer's console   {settings.console_url}"
        f"\n  Volunteers' page      {settings.public_url}"
        "\n\n  Ctrl-C stops everything.\n",
        flush=True,
    )


def answers(address: str) -> bool:
    """Whether there is a page at this address."""
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _refuse_taken(host: str, port: int, name: str) -> None:
    try:
        for family, *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    # As the servers do: otherwise "::" would also take the port of 0.0.0.0.
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
    except (socket.gaierror, UnicodeError):
        # The name is unknown, or not a valid name (an empty or overlong part).
        raise SettingRefused(field="HOST", reason=_NOT_OURS) from None
    except OSError as error:
        reason = f"the system does not let port {port} be used: {error.strerror}"
        if error.errno == errno.EADDRINUSE:
            reason = f"port {port} is in use. Stop what uses it, or choose another one."
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            name, reason = "HOST", _NOT_OURS
        raise SettingRefused(field=name, reason=reason) from None


def _reachable(host: str) -> str:
    """The host as written in an address; a server that listens everywhere is reached on this
    machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared, not bound)
    return f"[{host}]" if ":" in host else host
