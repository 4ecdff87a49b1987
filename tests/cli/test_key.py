"""`certs key`: persons are added, listed and removed by scripts, and refused in sentences."""

import json
import subprocess
from pathlib import Path

import pytest

from shared.access.keys import access_of
from shared.access.roles import Role
from shared.errors import NotAllowed
from shared.events.opening import open_installation
from shared.settings import Settings
from tests.conftest import OWNER_TOKEN
from tests.support.certs_command import certs, environment

__all__ = ["environment"]


def key(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return certs(environment, "key", *arguments)


def answers(ended: "subprocess.CompletedProcess[str]") -> list[dict[str, object]]:
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_a_script_adds_lists_and_removes_a_person(environment: dict[str, str], tmp_path: Path):
    ana = ("--event", "1", "--name", "Ana")
    (made,) = answers(key(environment, "create", *ana, "--role", "helper", "--json"))
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    database = open_installation(settings).database
    with database.reading() as session:
        access = access_of(session, str(made["key"]))
    assert (access.role, access.event_id, access.name) == (Role.HELPER, 1, "Ana")
    (listed,) = answers(key(environment, "list", "--event", "1", "--json"))
    assert (listed["name"], listed["role"], listed["last_used_at"]) == ("Ana", "helper", None)
    assert "key" not in listed
    assert "Ana\thelper\tcerts_" in key(environment, "list").stdout
    (gone,) = answers(key(environment, "revoke", *ana, "--json"))
    assert gone["revoked"] is True
    with database.reading() as session, pytest.raises(NotAllowed, match="was revoked"):
        access_of(session, str(made["key"]))
    assert answers(key(environment, "list", "--event", "1", "--json")) == []
    database.close()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ["create", "--name", "Ana", "--role", "king"],
            "role: must be organizer, helper or viewer",
        ),
        (["create", "--name", " ", "--role", "viewer"], "name: must not be empty"),
        (
            ["create", "--name", "A", "--role", "viewer", "--expires", "2020-01-01"],
            "must be in the future",
        ),
        (["create", "--name", "A", "--role", "viewer", "--event", "99"], "There is no such event."),
        (["revoke", "--name", "Ana"], "Nobody with this name works on the event."),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    environment: dict[str, str], arguments: list[str], words: str
):
    ended = key(environment, *arguments)
    assert ended.returncode == 1
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
    assert key(environment, "list").stdout == ""
