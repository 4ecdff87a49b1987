"""For tests of what is the same on every database: they run once, with SQLite."""

from pathlib import Path

import pytest


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/certs.sqlite3"
