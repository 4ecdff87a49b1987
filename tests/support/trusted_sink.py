"""For tests that send a password: a server whose certificate this process trusts."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.storage.models import Security
from tests.support.smtp_sink import SmtpSink, trust


@pytest.fixture
def sink(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmtpSink]:
    with SmtpSink(security=Security.TLS) as server:
        trust(server, tmp_path, monkeypatch)
        yield server
