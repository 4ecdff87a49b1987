"""What the commands say about versions, and to databases of other ones."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from shared.storage.schema import newest_schema
from tests.installations import restore
from tests.support.begun import begin
from tests.support.certs_command import certs, environment, environment_in
from tests.support.mailing import wait_until

__all__ = ["environment"]


def test_the_version_is_said_with_its_schema(environment: dict[str, str]):
    told = certs(environment, "--version")
    assert told.returncode == 0
    assert told.stdout.startswith("certs ")
    assert told.stdout.endswith(f", schema {newest_schema()}\n")


@pytest.mark.parametrize("command", ["status", "up", "worker"])
def test_a_database_of_a_newer_version_is_refused_in_one_sentence(
    environment: dict[str, str], command: str
):
    assert certs(environment, "status").returncode == 0
    outgrow(Path(environment["DATA_DIR"]))
    ended = certs(environment, command)
    assert ended.returncode == 3
    said = [line for line in ended.stderr.splitlines() if " INFO " not in line]
    assert len(said) == 1
    assert "A version that this one does not know" in said[0]


def test_a_worker_that_the_database_outgrows_takes_no_more_mail_and_ends(
    environment: dict[str, str],
):
    assert certs(environment, "status").returncode == 0
    data_dir = Path(environment["DATA_DIR"])
    worker = begin(["worker"], environment)
    wait_until(lambda: any(data_dir.glob("workers/*")), 60)
    outgrow(data_dir)
    worker.join(60)
    assert worker.exitcode == 3


def outgrow(data_dir: Path) -> None:
    with closing(sqlite3.connect(data_dir / "certs.sqlite3", timeout=30)) as file, file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.execute("UPDATE schema_floor SET revision = '9998'")


@pytest.mark.parametrize(("version", "schema"), [("0.1.0", "0005"), ("2026-11-26", "0047")])
def test_commands_leave_an_earlier_database_to_migrate_which_writes_a_backup_first(
    version: str, schema: str, tmp_path: Path
):
    environment = environment_in(tmp_path)
    data_dir = Path(environment["DATA_DIR"])
    restore(version, "sqlite", f"sqlite:///{tmp_path / 'made.sqlite3'}", data_dir)
    (tmp_path / "made.sqlite3").rename(data_dir / "certs.sqlite3")
    for command in (["status"], ["send"], ["audit"]):
        refused = certs(environment, *command)
        assert refused.returncode == 1
        assert "Run “certs migrate”" in refused.stderr
    assert "certs migrate" in certs(environment, "doctor", "--quick").stdout
    told = certs(environment, "migrate")
    assert told.returncode == 0, told.stderr
    kept = data_dir / f"before-{newest_schema()}.zip"
    assert str(kept) in told.stdout
    checked = certs(environment, "backup", "--check", str(kept))
    assert f"schema {schema}; it is without keys" in checked.stdout
    assert certs(environment, "status").returncode == 0


def test_a_service_that_must_not_work_on_the_database_ends_the_supervisor():
    plan = "['/bin/sh', '-c', 'exit 3'], ['api'], [], ''"
    program = f"from shared.cli.supervisor import supervise; supervise({plan})"
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 3
