"""What docs/operations.md tells administrators to type works as it stands there."""

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import yaml
from typer.main import get_command

from shared.cli.commands import app
from tests.support.certs_command import CERTS, certs, environment

__all__ = ["environment"]

ROOT = Path(__file__).parents[1]
DOCUMENT = (ROOT / "docs/operations.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", DOCUMENT, re.M | re.S)


def typed() -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines()]


def test_every_command_of_the_document_can_be_typed(environment: dict[str, str], tmp_path: Path):
    (tmp_path / "passphrase").write_text("correct horse battery staple\n")
    people = tmp_path / "people.csv"
    people.write_text("ana@example.org\n")
    assert certs(environment, "list", "add", str(people)).returncode == 0
    here = environment | {"PATH": f"{Path(CERTS).parent}:{os.environ['PATH']}"}
    commands = [line for line in typed() if not line.startswith("docker")]
    assert len(commands) == 7
    for command in commands:
        # The services of a new installation would not have run yet; a doctor says so.
        right = {0, 1} if "doctor" in command else {0}
        ended = subprocess.run(
            command, shell=True, cwd=tmp_path, env=here, capture_output=True, text=True
        )
        assert ended.returncode in right, (command, ended.stderr)
    assert (tmp_path / "new" / "secret.key").read_bytes() == (
        tmp_path / "data" / "secret.key"
    ).read_bytes()


def test_what_is_typed_with_docker_names_a_service_and_a_command():
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
    (line,) = [line for line in typed() if line.startswith("docker")]
    ours, copied = (shlex.split(part) for part in line.split("&&"))
    assert ours[:4] == ["docker", "compose", "exec", "-T"]
    assert ours[4] in services
    assert copied[3].partition(":")[0] in services
    command: Any = get_command(app).get_command(None, ours[6])  # type: ignore[attr-defined, arg-type]
    options = {name for option in command.params for name in option.opts}
    assert {word for word in ours[7:] if word.startswith("--")} <= options
