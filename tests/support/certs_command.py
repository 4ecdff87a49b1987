"""The `certs` command as a person runs it, isolated from every other installation."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import pytest

from shared.storage.private_files import private_folder
from tests.support.begun import begin
from tests.support.console_server import free_port

CERTS = str(Path(sys.executable).with_name("certs"))


@pytest.fixture
def environment(tmp_path: Path, migrated_sqlite: Path) -> dict[str, str]:
    """Before the first start, but for the database, which is migrated: that takes 0.4 s."""
    folder = tmp_path / "data"
    private_folder(folder)
    shutil.copyfile(migrated_sqlite, folder / "certs.sqlite3")
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
        command = begin(arguments, environment, cwd or Path.cwd(), output, errors)
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
