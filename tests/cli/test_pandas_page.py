"""docs/pandas.md: whoever follows it, line by line, reads what is stored."""

import json
import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas
import pytest
from sqlalchemy import select

from shared.acts.add_list import add_list
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.settings import Settings
from shared.storage.models import Certificate, Event, Mail, MailState, Status, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support.certs_command import certs, environment
from tests.support.factories import design, invite
from tests.support.lists import read_call
from tests.support.submitting import submit_name

__all__ = ["environment"]

PAGE = (Path(__file__).parents[2] / "docs/pandas.md").read_text("utf-8")
JUNE = datetime(2026, 6, 30, 23, 0, 0, tzinfo=UTC)
# Of each event: its language, and its people's address, hours, and how many of these it took them
# to enter a name after the invitation.
LISTS = {
    "Harbour Run": ("en", [("ana@one.example", "7,5", 1), ("bo@Two.example", "2", 3)]),
    "清洁海滩": ("zh", [("cy@two.example", "10", 48), ("di@two.example", "about 3", 24)]),
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.S)


def held(installation: Installation, name: str) -> None:
    """An event whose people have entered their names and have their certificates, of which those
    to two.example came back."""
    language, people = LISTS[name]
    database = installation.database
    with database.writing() as session:
        event_id = create_event(session, name=name, language=language)[0].id
    design(database, event_id)
    lines = [f'{email},0{n},"{hours}"' for n, (email, hours, _) in enumerate(people)]
    call = "\n".join(["email,number,hours", *lines])
    add_list(database, installation.seal, event_id, read_call(call))
    tokens = invite(installation, event_id)
    with database.writing() as session:
        for token in tokens.values():
            submit_name(session, installation.settings, installation.seal, token, "Ana")
    with database.writing() as session:
        session.get_one(Event, event_id).time_zone = "Europe/Berlin"
        for email, _, waited in people:
            its = Volunteer.event_id == event_id, Volunteer.email == email.lower()
            one = session.scalars(select(Volunteer).where(*its)).one()
            one.status, one.asked_at = Status.MAILED, JUNE
            one.submitted_at = JUNE + timedelta(hours=waited)
            theirs = select(Certificate).where(Certificate.volunteer_id == one.id)
            certificate = session.scalars(theirs).one()
            # The first of July in Berlin, but the last of June in UTC.
            certificate.created_at = JUNE + timedelta(days=31 if waited == 48 else 0)
            sent = select(Mail).where(Mail.certificate_id == certificate.id)
            mail = session.scalars(sent).one()
            mail.state, mail.sent_at, mail.address = MailState.SENT, JUNE, email
            mail.message_id = f"<{one.id}@example.org>"
            if "two" in email.lower():
                mail.state, mail.returned_at = MailState.FAILED, JUNE + timedelta(hours=4)


@pytest.fixture
def kept(environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    installation = open_installation(settings)
    for name in LISTS:
        held(installation, name)
    installation.database.close()
    return environment


def test_its_examples_come_to_what_happened(
    kept: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (commands,) = blocks("sh")
    for line in commands.splitlines():
        ended = certs(kept, *shlex.split(line)[1:], cwd=tmp_path)
        assert ended.returncode == 0, ended.stderr
    monkeypatch.chdir(tmp_path)
    found: dict[str, Any] = {}
    for block in blocks("python"):
        exec(block, found)
    assert found["people"]["number"].tolist() == ["00", "01"] * 2
    assert found["hours"].to_dict() == {"2026-07": 9.5, "2026-08": 10.0}
    assert found["returned"].to_dict("index") == {
        "two.example": {"sum": 3, "count": 3},
        "one.example": {"sum": 0, "count": 1},
    }
    hours = {"Harbour Run": 2, "清洁海滩": 36}
    assert found["median"].to_dict() == {
        name: pandas.Timedelta(hours=one) for name, one in hours.items()
    }
    for event in ("1", "2", "3"):
        logged = certs(kept, "audit", "--event", event, "--json").stdout.splitlines()
        assert [json.loads(one)["action"] for one in logged].count("exported") == 2


def test_it_names_every_column_that_is_exported(kept: dict[str, str], tmp_path: Path):
    out = tmp_path / "people.jsonl"
    command = ("export", "--event", "all", "--format", "jsonl", "--out", str(out))
    assert certs(kept, *command).returncode == 0
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len({tuple(line) for line in lines}) == 1
    named = set(re.findall(r"`(\w+)`", PAGE.partition("| --- |")[2].partition("\n\n")[0]))
    assert set(lines[0]) - {"hours"} == named - {
        "certificate_group",
        "valid",
        "withdrawn",
        "erased",
    }


def test_tables_for_spreadsheets_are_of_one_event(environment: dict[str, str], tmp_path: Path):
    ended = certs(environment, "export", "--event", "all", "--out", str(tmp_path / "all.csv"))
    assert (ended.returncode, "--event all goes with --format jsonl" in ended.stderr) == (1, True)
    assert not (tmp_path / "all.csv").exists()
