"""What an administrator does with events from the command line, and what each help shows."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from typer.main import get_command

from shared.cli.commands import COMMANDS, GROUPS, app
from shared.events.opening import open_installation
from shared.mail.queue import hold
from shared.mail.queue.claim import message_ids
from shared.settings import Settings
from shared.storage.models import Mail, MailState, Sending
from tests.conftest import OWNER_TOKEN
from tests.support import factories
from tests.support.certs_command import certs, environment

__all__ = ["environment"]


def told(environment: dict[str, str], *command: str) -> list[dict[str, Any]]:
    ended = certs(environment, *command, "--json")
    assert ended.returncode == 0, ended.stderr
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.fixture
def invited(environment: dict[str, str], tmp_path: Path) -> int:
    """An event in which an invitation is queued and another one has failed; its id."""
    (event,) = told(environment, "event", "create", "Beach Day")
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    installation = open_installation(settings)
    factories.design(installation.database, event["id"])
    factories.add(installation.database, event["id"], "ana@example.org\nbo@example.org")
    factories.invite(installation, event["id"])
    with installation.database.writing() as session:
        failed = session.scalars(select(Mail).order_by(Mail.id)).first()
        assert failed is not None
        failed.state = MailState.FAILED
    installation.database.close()
    return event["id"]


def test_events_are_listed_stopped_and_resumed(environment: dict[str, str], invited: int):
    event = ("--event", str(invited))
    assert told(environment, "event", "pause", str(invited))[0]["sending"] == Sending.STOPPED.value
    first, second = told(environment, "event", "list")
    assert (first["default"], first["stopped"]) == (True, False)
    assert (second["id"], second["name"], second["stopped"]) == (invited, "Beach Day", True)
    assert told(environment, "event", "resume", str(invited))[0]["sending"] == Sending.RUNNING.value
    shown = certs(environment, "event", "list").stdout
    assert f"{invited}\tBeach Day\n" in shown
    acts = [one["action"] for one in told(environment, "audit", *event)]
    assert acts[:2] == ["resumed", "stopped"]


@pytest.fixture
def held(environment: dict[str, str], invited: int, tmp_path: Path) -> tuple[int, list[str]]:
    """An event of which two mails are held since a restore, and their Message-IDs."""
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", admin_token=OWNER_TOKEN)
    installation = open_installation(settings)
    with installation.database.writing() as session:
        session.execute(update(Mail).values(state=MailState.QUEUED))
        ids = message_ids(session, installation.seal)
        mails = session.scalars(select(Mail).order_by(Mail.id)).all()
        named = [ids.of(mail, "example.org") for mail in mails]
        hold.hold(session)
    installation.database.close()
    return invited, named


def test_mails_that_are_held_since_a_restore_are_released_by_a_log(
    environment: dict[str, str], held: tuple[int, list[str]], tmp_path: Path
):
    event, (first, _) = str(held[0]), held[1]
    (before,) = told(environment, "status", "--event", event)
    assert (before["sending"], before["held"]) == ("held", 2)
    refused = certs(environment, "event", "resume", event)
    assert refused.returncode == 1
    assert f"certs event release {event}" in refused.stderr
    log = tmp_path / "mail.log"
    log.write_text(f"Dec  1 10:00:00 mx postfix/cleanup[7]: 4A1B2C: message-id={first}\n")
    command = ("event", "release", event, "--log", str(log))
    (said,) = told(environment, *command)
    assert (said["left"], said["again"], said["held"]) == (1, 1, 0)
    assert said["sending"] != "held"
    (once_more,) = told(environment, *command)
    assert (once_more["left"], once_more["again"], once_more["held"]) == (0, 0, 0)
    (after,) = told(environment, "status", "--event", event)
    assert (after["status"]["1"], after["held"]) == (1, 0)
    assert told(environment, "event", "resume", event)[0]["sending"] == Sending.RUNNING.value


@pytest.mark.parametrize(("how", "left", "again"), [("--left", 2, 0), ("--again", 0, 2)])
def test_mails_that_are_held_since_a_restore_are_released_by_a_word(
    environment: dict[str, str], held: tuple[int, list[str]], how: str, left: int, again: int
):
    event = str(held[0])
    (said,) = told(environment, "event", "release", event, how)
    assert (said["left"], said["again"], said["held"]) == (left, again, 0)


@pytest.mark.parametrize("how", [(), ("--left", "--again")])
def test_a_release_says_exactly_one_thing(
    environment: dict[str, str], held: tuple[int, list[str]], how: tuple[str, ...]
):
    refused = certs(environment, "event", "release", str(held[0]), *how)
    assert (refused.returncode, "--left, --again, or --log" in refused.stderr) == (2, True)


def test_what_failed_is_queued_again_and_the_silent_are_reminded(
    environment: dict[str, str], invited: int, tmp_path: Path
):
    assert told(environment, "event", "retry", str(invited)) == [{"event": invited, "queued": 1}]
    assert told(environment, "event", "retry", str(invited)) == [{"event": invited, "queued": 0}]
    assert told(environment, "event", "remind", str(invited)) == [{"event": invited, "queued": 0}]


def test_a_new_token_opens_the_event_and_the_old_one_does_not(environment: dict[str, str]):
    (event,) = told(environment, "event", "create", "Beach Day")
    (renewed,) = told(environment, "token", "renew", "--event", str(event["id"]))
    assert renewed["id"] == event["id"]
    assert renewed["token"] != event["token"]


def test_the_log_is_printed_from_a_day_on(environment: dict[str, str], invited: int):
    event = ("--event", str(invited))
    assert told(environment, "audit", *event, "--since", "2020-01-01")
    assert told(environment, "audit", *event, "--since", "2999-01-01") == []


def test_a_program_reads_what_the_doctor_says(environment: dict[str, str]):
    ended = certs(environment, "doctor", "--quick", "--json")
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert {"fonts", "disk", "worker"} <= {line["subject"] for line in lines}
    assert [line["ok"] for line in lines if line["subject"] == "worker"] == [False]


def commands() -> list[tuple[str, ...]]:
    root: Any = get_command(app)
    found: list[tuple[str, ...]] = [(name,) for name in COMMANDS]
    for group in GROUPS:
        found += [(group, name) for name in root.get_command(None, group).commands]
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_each_help_has_an_example_that_can_be_typed(path: tuple[str, ...]):
    command: Any = get_command(app)
    for name in path:
        command = command.get_command(None, name)
    (example,) = re.findall(r"Example: `([^`]+)`", command.help or "")
    words = shlex.split(example[example.index("certs") :])
    # Nobody types the name of a hidden one.
    typed = path[:-1] if command.hidden else path
    assert tuple(words[1 : 1 + len(typed)]) == typed
    options = {one for option in command.params for one in (*option.opts, *option.secondary_opts)}
    assert {word for word in words if word.startswith("--")} <= options
