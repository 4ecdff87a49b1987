"""The next version's installation can be stored as test data: what the program shows by then."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.installations import FOLDER
from tests.installations.make import store


def expected_in(version: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((version / "sqlite" / "expected.json").read_text("utf-8"))
    return read


def test_what_is_stored_of_today_tells_all_that_the_newest_stored_one_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # So that it is put back: the story trusts a mail server of its own.
    monkeypatch.setenv("SSL_CERT_FILE", "")
    store(tmp_path / "today", "sqlite", f"sqlite:///{tmp_path / 'certs.sqlite3'}")
    told, before = expected_in(tmp_path / "today"), expected_in(FOLDER / "0.2.0")
    assert told.keys() == before.keys()
    for what, sheets in before.items():
        if isinstance(sheets, dict):
            assert len(told[what]) == len(sheets), what
