"""A script runs an event from the command line alone, from nothing to mailed certificates."""

import json
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from shared.access.keys import access_of
from shared.events import event_for_change
from shared.events.installation import chosen_event
from shared.events.opening import open_installation
from shared.rendering.layout import Box, Field, Layout
from shared.settings import Settings
from shared.volunteers.lists.column_mapping import mapping_at, with_kinds
from shared.volunteers.lists.remembered_mappings import remember
from tests.conftest import OWNER_TOKEN
from tests.support.begun import begin, end
from tests.support.certs_command import certs, environment
from tests.support.console_screens import people
from tests.support.mailing import wait_until

__all__ = ["environment"]

PEOPLE = "email,name\nana@example.org,Ana Silva\nbo@example.org,\nnobody\ncy@example.org,𒀀𒀁\n"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What an organizer has: a picture, where the name stands on it, a list."""
    Image.new("RGB", (800, 566), "white").save(tmp_path / "picture.png")
    box = Box(left=0.1, top=0.4, width=0.8, height=0.2)
    layout = Layout(fields=(Field(kind="name", box=box),))
    (tmp_path / "layout.json").write_text(layout.to_json())
    (tmp_path / "people.csv").write_text(PEOPLE, encoding="utf-8")
    return tmp_path


def told(ended: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """The one line of JSON that a command printed."""
    assert ended.returncode == 0, ended.stderr
    (line,) = ended.stdout.splitlines()
    return json.loads(line)


def test_a_cron_job_runs_an_event(environment: dict[str, str], files: Path, tmp_path: Path):
    made = told(certs(environment, "event", "create", "Harbour Run", "--language", "en", "--json"))
    event = ("--event", str(made["id"]))
    picture, layout = str(files / "picture.png"), str(files / "layout.json")
    set_up = ("--picture", picture, "--layout", layout, "--names", "issue")
    assert certs(environment, "event", "set", *event, *set_up).returncode == 0
    added = told(certs(environment, "list", "add", str(files / "people.csv"), *event, "--json"))
    assert (added["accepted"], added["duplicates"]) == (3, 0)
    assert [line["line"] for line in added["refused"]] == [4]
    sent = told(certs(environment, "send", *event, "--json"))
    assert sent == {"issued": 1, "invited": 1, "held": 1}
    assert told(certs(environment, "send", *event, "--json")) == sent | {"issued": 0, "invited": 0}
    # Before a worker has sent it, the certificate can be taken back, and is issued once more.
    taken = told(certs(environment, "event", "take-back", str(made["id"]), "--json"))
    assert taken == {"certificates": 1, "held": 0}
    assert told(certs(environment, "send", *event, "--json")) == sent | {"invited": 0}

    def how_far() -> dict[str, Any]:
        return told(certs(environment, "status", *event, "--json"))

    assert (how_far()["certificates_to_go"], how_far()["sending"]) == (1, "rehearsal")
    worker = begin(["worker"], environment)
    try:
        wait_until(lambda: how_far()["status"] == {"0": 1, "1": 1, "2": 0, "3": 0, "4": 1}, 60)
    finally:
        end(worker)
    out = tmp_path / "table.csv"
    assert certs(environment, "export", "--out", str(out), *event).returncode == 0
    assert "Ana Silva" in out.read_text("utf-8-sig")
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    with open_installation(settings).database.reading() as session:
        assert access_of(session, made["token"]).event_id == made["id"]


def test_a_list_is_read_as_its_columns_were_said_on_the_screen(
    environment: dict[str, str], tmp_path: Path
):
    rows = [["Who", "Mail", "Came"], ["Ana", "ana@example.org", "yes"], ["Bo", "bo@example.org"]]
    (tmp_path / "list.csv").write_text("\n".join(map(",".join, rows)))
    made = told(certs(environment, "event", "create", "Harbour Run", "--json"))
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    installation = open_installation(settings)
    with installation.database.writing() as session:
        event = event_for_change(session, made["id"])
        remember(event, with_kinds(mapping_at(rows, 0), {0: "name", 1: "email", 2: ""}))
    add = ("list", "add", str(tmp_path / "list.csv"), "--event", str(made["id"]))
    assert told(certs(environment, *add, "--json"))["accepted"] == 2
    added = people(installation.database, made["id"])
    assert [(one.listed_name, one.columns) for one in added] == [("Ana", {}), ("Bo", {})]
    installation.database.close()


def test_the_last_day_to_check_names_is_moved_alone(environment: dict[str, str], tmp_path: Path):
    day = date.today()
    first, later = (str(day + timedelta(days=days)) for days in (30, 60))
    assert certs(environment, "event", "create", "Harbour Run", "--json").returncode == 0
    lost = certs(environment, "event", "set", "--names-until", first)
    assert (lost.returncode, lost.stderr) == (1, "certs: --names-until goes with --names check\n")
    set_up = ("event", "set", "--names", "check", "--names-until", first, "--name", "Night Run")
    assert certs(environment, *set_up).returncode == 0
    assert certs(environment, "event", "set", "--names-until", later).returncode == 0
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    with open_installation(settings).database.reading() as session:
        assert str(chosen_event(session, 0).names_until) == later
        assert chosen_event(session, 0).name == "Night Run"


def test_what_cannot_be_used_is_said_in_a_sentence_and_changes_nothing(
    environment: dict[str, str], files: Path
):
    wrong = certs(environment, "event", "set", "--names", "check", "--organization", "Friends")
    assert wrong.returncode == 1
    assert "names_until: is needed with check" in wrong.stderr
    broken = certs(environment, "event", "set", "--picture", str(files / "people.csv"))
    assert broken.returncode == 1
    assert "Traceback" not in broken.stderr
    unknown = certs(environment, "send", "--event", "999")
    assert "There is no such event." in unknown.stderr


def test_a_file_that_is_brought_again_updates_and_can_be_undone(
    environment: dict[str, str], tmp_path: Path
):
    made = told(certs(environment, "event", "create", "Harbour Run", "--json"))
    event = ("--event", str(made["id"]))
    file = tmp_path / "people.csv"

    def add(text: str, *options: str) -> dict[str, Any]:
        file.write_text(f"email,name,hours\n{text}", encoding="utf-8")
        return told(certs(environment, "list", "add", str(file), *event, "--json", *options))

    add("ana@example.org,8,Ana\nbo@example.org,9,Bo\ncy@example.org,,\n")
    again = (
        "ana@example.org,Ana,8\nbo@example.org,Bo,9\nana@example.org,Ana Silva,8\nno\ndi@x.org,,"
    )
    found = add(again, "--update")
    sums = {name: count for name, count in found.items() if isinstance(count, int)}
    assert sums == {"accepted": 1, "updated": 2, "unchanged": 0, "missing": 1, "duplicates": 1}
    assert [line["line"] for line in found["repeated"] + found["refused"]] == [2, 5]
    assert add(again, "--update")["unchanged"] == 3
    undone = told(certs(environment, "list", "undo", *event, "--json"))
    assert undone == {"undone": 3, "staying": 0}
    emptier = "bo@example.org,,9\ncy@example.org,Cy,\n"
    assert add(emptier, "--update", "--empty-erases")["updated"] == 2
