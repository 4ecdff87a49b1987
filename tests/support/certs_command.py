"""The `certs` command as a person runs it, isolated from every other installation."""

import os
import subprocess
import sys
from multiprocessing.reduction import DupFd
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from tests.support.command_process import run
from tests.support.console_server import free_port
from tests.support.processes import fresh_process

CERTS = str(Path(sys.executable).with_name("certs"))


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return environment_in(tmp_path)


def environment_in(folder: Path) -> dict[str, str]:
    return os.environ | {
        "DATA_DIR": str(folder / "data"),
        "API_PORT": str(free_port()),
        "CONSOLE_PORT": str(free_port()),
        "ADMIN_TOKEN": "owner-token-of-the-tests",
        "DATABASE_URL": "",
    }


def certs(
    environment: dict[str, str], *arguments: str, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """What the command wrote, and how it ended, in a process of its own."""
    with TemporaryFile() as output, TemporaryFile() as errors:
        streams = DupFd(output.fileno()), DupFd(errors.fileno())
        command = fresh_process(run, arguments, environment, cwd or Path.cwd(), *streams)
        command.start()
        command.join(timeout=110)
        if command.exitcode is None:
            command.kill()
            command.join()
        code = command.exitcode
        assert code is not None
        return subprocess.CompletedProcess([*arguments], code, _text(output), _text(errors))


def _text(written: IO[bytes]) -> str:
    written.seek(0)
    return written.read().decode()
