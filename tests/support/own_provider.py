"""For tests of an account whose mailbox is at a provider that the table of presets names."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.mail.transport import providers
from shared.mail.transport.providers import Provider
from tests.support.imap_server import ImapServer
from tests.support.smtp_sink import SmtpSink, trust_in

PASSWORD = "s3cret"


@pytest.fixture
def imap(sink: SmtpSink, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    """A mailbox that the password for sending through the sink opens."""
    with ImapServer(password=PASSWORD) as server:
        with trust_in(sink, tmp_path).open("ab") as authorities:
            authorities.write(server.certificate)
        known = Provider("Test", (), sink.host, imap="127.0.0.1", imap_port=server.port)
        monkeypatch.setattr(providers, "PROVIDERS", (*providers.PROVIDERS, known))
        yield server
