"""`certs audit`: who did what, for scripts, an object a line."""

import json
from pathlib import Path

from tests.support.certs_command import certs, environment

__all__ = ["environment"]


def test_a_script_reads_who_did_what_the_newest_first(environment: dict[str, str]):
    ana = ("--event", "1", "--name", "Ana")
    for command in (("create", *ana, "--role", "helper"), ("revoke", *ana)):
        assert certs(environment, "key", *command).returncode == 0
    ended = certs(environment, "audit", "--event", "1", "--json")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["action"] for line in lines] == ["key_revoked", "key_created", "event_created"]
    assert {line["event"] for line in lines} == {1}
    assert [line["role"] for line in lines] == ["owner", "owner", None]
    assert "Ana" not in ended.stdout
    assert "owner\t\tkey_revoked\tkey 1" in certs(environment, "audit").stdout
    assert certs(environment, "audit", "--installation", "--json").stdout == ""
    assert "There is no such event." in certs(environment, "audit", "--event", "99").stderr


def test_an_export_is_in_the_log_once_there_is_one(environment: dict[str, str], tmp_path: Path):
    def exported() -> list[list[str]]:
        ended = certs(environment, "audit", "--json")
        lines = [json.loads(line) for line in ended.stdout.splitlines()]
        return [line["fields"] for line in lines if line["action"] == "exported"]

    certificates = ("--certificates", "--format", "zip", "--out", str(tmp_path / "all.zip"))
    assert certs(environment, "export", *certificates).returncode == 1
    assert certs(environment, "export", "--out", str(tmp_path / "no" / "a.csv")).returncode == 1
    assert exported() == []
    assert certs(environment, "export", "--out", str(tmp_path / "a.csv")).returncode == 0
    assert exported() == [[".csv"]]
