"""A script says what the columns of a list hold."""

import json
from pathlib import Path

from shared.events.opening import open_installation
from shared.settings import Settings
from shared.storage.models import Owner
from tests.support.certs_command import certs, environment
from tests.support.list_columns import add_sealed

__all__ = ["environment"]

LIST = "email,hours,badge\nana@example.org,7.5,110101199003074234\nbo@example.org,all day,"


def test_a_script_says_what_columns_hold_and_reads_their_sums(
    environment: dict[str, str], tmp_path: Path
):
    installation = open_installation(Settings(_env_file=None, data_dir=tmp_path / "data"))
    with installation.database.reading() as session:
        event_id = session.get_one(Owner, 1).default_event_id
    add_sealed(installation, event_id, LIST)
    installation.database.close()
    said = certs(environment, "columns", "badge", "--kind", "secret", "--in-full")
    assert (said.returncode, said.stdout) == (0, "badge\tsecret\tin full\n")
    hours, badge = certs(environment, "columns", "--json").stdout.splitlines()
    assert json.loads(hours) == {
        **{"column": "hours", "kind": "number", "unit": "hours", "public": False},
        **{"in_full": False, "sum": "7.5", "values": 1, "not_read": 1},
    }
    assert json.loads(badge)["kind"] == "secret"
    forgotten = certs(environment, "columns", "badge", "--forget", "--json")
    assert json.loads(forgotten.stdout) == {"column": "badge", "forgotten": 1}
    assert certs(environment, "columns").stdout == "hours\tnumber\t7.5 hours\t1 not read\n"
    assert certs(environment, "columns", "badge", "--forget").returncode == 1


def test_a_script_says_who_qualifies_and_reads_how_many_do(
    environment: dict[str, str], tmp_path: Path
):
    installation = open_installation(Settings(_env_file=None, data_dir=tmp_path / "data"))
    with installation.database.reading() as session:
        event_id = session.get_one(Owner, 1).default_event_id
    more = "cy@example.org,5,\ndi@example.org,39,"
    add_sealed(installation, event_id, f"{LIST}\n{more}".replace("badge", "my badge"))
    installation.database.close()
    told = {"qualify": 2, "by_hand": 0, "do_not": 2, "close": 1, "not_read": 1, "holders": 0}
    condition = {"column": "hours", "operator": "at_least", "values": ["6"]}
    rule = {"rule": {"join": "all", "conditions": [condition]}}
    preview = certs(environment, "columns", "qualify", "hours >= 6", "--preview", "--json")
    assert json.loads(preview.stdout) == rule | told
    unset = certs(environment, "columns", "qualify")
    assert unset.stdout == "Everybody gets a certificate.\n"
    stored = certs(environment, "columns", "qualify", "hours >= 6", "my badge filled", "--any")
    assert stored.stdout.startswith("2 qualify\t0 by hand\t2 do not")
    asked = json.loads(certs(environment, "columns", "qualify", "--json").stdout)
    assert [one["column"] for one in asked["rule"]["conditions"]] == ["hours", "my badge"]
    table = tmp_path / "people.jsonl"
    assert certs(environment, "export", "--format", "jsonl", "--out", str(table)).returncode == 0
    people = [json.loads(line) for line in table.read_text("utf-8").splitlines()]
    assert [one["unqualified_because"] for one in people] == [
        None,
        "hours “all day” cannot be read · my badge is empty",
        "hours 5, of 6 · my badge is empty",
        None,
    ]
    assert "hours >= 6" in certs(environment, "columns", "qualify", "hours").stderr
    assert certs(environment, "columns", "qualify", "--everybody").returncode == 0
    assert certs(environment, "columns", "qualify").stdout == "Everybody gets a certificate.\n"
