"""`certs domain`: what the DNS should say, and what a test mail that arrived proves."""

import json
from pathlib import Path

import pytest

from shared.events.installation import Installation
from tests.support.certs_command import certs, environment
from tests.support.reported import invited

__all__ = ["environment"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_records_to_enter_and_what_a_received_mail_proves(
    installation: Installation, listed: int, environment: dict[str, str], tmp_path: Path
):
    ana, _ = invited(installation, listed)
    where = environment | {
        "DATABASE_URL": installation.settings.database_url,
        "DATA_DIR": str(installation.settings.data_dir),
    }
    told = certs(where, "domain", "--event", str(listed), "--json").stdout.splitlines()
    assert json.loads(told[-1]) == {
        "name": "_dmarc.example.org",
        "type": "TXT",
        "value": "v=DMARC1; p=none",
    }
    file = tmp_path / "received.eml"
    file.write_text(
        "Authentication-Results: mx.example.net; spf=none smtp.mailfrom=example.org\n"
        "Received: from smtp.example.org by mx.example.net\n"
        f"Message-ID: {ana.message_id}\nFrom: thanks@example.org\n\nHello\n"
    )
    said = certs(where, "domain", str(file), "--event", str(listed)).stdout.splitlines()
    assert said[0] == "amber\tSPF: example.org does not say which servers may send for it."
    assert said[-1] == "amber\tChecked here: the mail has no DKIM signature."
    file.write_text("Message-ID: <x@example.org>\n\n")
    (alien,) = certs(where, "domain", str(file), "--event", str(listed)).stdout.splitlines()
    assert alien.startswith("red\tThis mail is not from this event")
