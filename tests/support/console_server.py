"""A real console in a process of its own, as `certs console` starts it, on a free port."""

import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.settings import Settings
from tests.conftest import OWNER_TOKEN
from tests.support.begun import begin, end

REPOSITORY = Path(__file__).parents[2]


@dataclass
class ServedConsole:
    installation: Installation
    process: BaseProcess
    environment: dict[str, str]
    command: str = "console"

    @property
    def url(self) -> str:
        return self.installation.settings.console_url

    def stop(self) -> None:
        end(self.process)

    def start(self) -> None:
        """Serve at the same address again, after `stop`."""
        self.process = _serve(self.installation.settings, self.environment, self.command)


@pytest.fixture(scope="module")
def console(migrated_folder: Path) -> Iterator[ServedConsole]:
    """A console on a new SQLite database, with the owner's token of the tests."""
    with served_console(migrated_folder) as served:
        yield served


@contextmanager
def served_console(
    folder: Path, command: str = "console", health: str = "", **more: str
) -> Iterator[ServedConsole]:
    """By `certs COMMAND`; `more` settings than every console of the tests has, or others, by their
    names. `health`: where it is asked whether it answers, if its own address is a proxy's."""
    usual: dict[str, Any] = {
        "data_dir": folder,
        "database_url": f"sqlite:///{folder / 'certs.sqlite3'}",
        "admin_token": OWNER_TOKEN,
        "console_port": usual_port(),
        "api_port": free_port(),
        "trusted_networks": "127.0.0.0/8",
    }
    settings = Settings(_env_file=None, **usual | more)
    installation = open_installation(settings)
    environment = _environment(settings) | {name.upper(): value for name, value in more.items()}
    process = _serve(settings, environment, command, health)
    served = ServedConsole(installation, process, environment, command)
    try:
        yield served
    finally:
        served.stop()
        installation.database.close()


def _serve(
    settings: Settings, environment: dict[str, str], command: str, health: str = ""
) -> BaseProcess:
    process = begin([command], environment)
    _wait_until_it_answers(health or f"{settings.console_url}/_stcore/health", process)
    return process


@cache
def _first_free() -> int:
    return free_port()


def usual_port() -> int:
    """One port for one console after another: a browser caches what it has read by its address."""
    with suppress(OSError), socket.create_server(("127.0.0.1", _first_free())):
        return _first_free()
    return free_port()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def _environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "ADMIN_TOKEN": OWNER_TOKEN,
        "CONSOLE_PORT": str(settings.console_port),
        "API_PORT": str(settings.api_port),
        "PUBLIC_URL": settings.public_url,
        "TRUSTED_NETWORKS": settings.trusted_networks,
    }


def _wait_until_it_answers(url: str, process: BaseProcess) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.is_alive(), "the console ended before it answered"
        try:
            if httpx.get(url, verify=False).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the console did not answer")
