"""`certs bounce`: a returned mail is explained, and nothing changes."""

import json
from pathlib import Path

import pytest

from shared.events.installation import Installation
from shared.storage.models import MailState
from tests.support.bounce_reports import Dsn, Original
from tests.support.certs_command import certs, environment
from tests.support.reported import invited, original_of
from tests.support.sending_steps import mail_of

__all__ = ["environment"]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_returned_mail_is_explained_in_a_line_of_json_and_changes_nothing(
    installation: Installation, listed: int, environment: dict[str, str], tmp_path: Path
):
    ana, _ = invited(installation, listed)
    where = {
        "DATABASE_URL": installation.settings.database_url,
        "DATA_DIR": str(installation.settings.data_dir),
    }
    file = tmp_path / "returned.eml"
    file.write_bytes(Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")(original_of(ana)))
    told = json.loads(certs(environment | where, "bounce", str(file), "--json").stdout)
    assert (told["verdict"], told["email"]) == ("hard", ana.address)
    assert told["message_id"] == ana.message_id
    assert told["why"].endswith("The server said: 550 5.1.1 User unknown")
    assert mail_of(installation.database, ana).state is MailState.SENT


def test_a_mail_that_concerns_nobody_here_is_ignored_with_its_reason(
    environment: dict[str, str], tmp_path: Path
):
    file = tmp_path / "returned.eml"
    file.write_bytes(Dsn("5.1.1", "smtp; 550 5.1.1 User unknown")(Original()))
    told = certs(environment, "bounce", str(file)).stdout.splitlines()
    assert told == [
        "verdict: ignored",
        "why: It carries an id like ours, but no mail here has it.",
    ]


def test_a_file_that_is_not_there_is_said_in_a_sentence(environment: dict[str, str]):
    ended = certs(environment, "bounce", "nowhere.eml", "--json")
    assert ended.returncode == 1
    assert ended.stderr == "certs: nowhere.eml: No such file or directory\n"


def test_reports_alone_are_read_from_many_files_without_a_database(
    environment: dict[str, str], tmp_path: Path
):
    said = {
        "gone.eml": Dsn("5.1.1", "smtp; 550 5.1.1 User unknown"),
        "full.eml": Dsn("5.2.2", "smtp; 552 5.2.2 Mailbox full"),
        "later.eml": Dsn("4.4.1", "", "delayed"),
    }
    for name, build in said.items():
        (tmp_path / name).write_bytes(build(Original()))
    (tmp_path / "letter.eml").write_bytes(b"From: ana@example.net\r\n\r\nThank you!\r\n")
    files = [str(tmp_path / name) for name in (*said, "letter.eml")]
    nowhere = {"DATABASE_URL": "postgresql+psycopg://127.0.0.1:1/none"}
    ended = certs(environment | nowhere, "bounce", *files, "--json", "--reports-only")
    told = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [one["file"] for one in told] == files
    assert [one["verdict"] for one in told] == ["hard", "soft", "delayed", "ignored"]
    assert told[0]["recipients"] == [
        {
            "address": Original().recipient,
            "verdict": "hard",
            "status": "5.1.1",
            "words": "550 5.1.1 User unknown",
        }
    ]
    assert told[3]["recipients"] == []
    assert told[3]["why"] == "It is no report of a mail server about a mail."
