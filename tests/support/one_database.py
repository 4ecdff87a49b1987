"""For tests of behaviour that is the same on every database: they run once, with SQLite."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def database_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    file = tmp_path / "certs.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    return f"sqlite:///{file}"
