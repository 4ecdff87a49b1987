"""The `certs` command as a person runs it, away from every other installation."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.console_server import free_port

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


def certs(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [CERTS, *arguments], env=environment, capture_output=True, text=True, timeout=110
    )
