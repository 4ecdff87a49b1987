"""What the commands say about versions, and to databases of other ones."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from shared.cli import services
from shared.features.backup.backup_file import opened
from shared.storage import schema
from shared.storage.schema import newest_schema
from tests.installations import restore
from tests.support.begun import begin
from tests.support.certs_command import certs, environment, environment_in
from tests.support.mailing import wait_until
from tests.support.processes import in_processes

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
    assert "A newer version last used the database (revision" in said[0]


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


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The data folder of an installation of version 0.2.0."""
    data_dir = tmp_path / "data"
    restore("0.2.0", "sqlite", f"sqlite:///{tmp_path / 'made.sqlite3'}", data_dir)
    (tmp_path / "made.sqlite3").rename(data_dir / "certs.sqlite3")
    return data_dir


def test_commands_leave_an_earlier_database_to_migrate(earlier: Path):
    environment = environment_in(earlier.parent)
    for command in (["status"], ["send"], ["audit"]):
        refused = certs(environment, *command)
        assert refused.returncode == 1
        assert "Run “certs migrate”" in refused.stderr
    assert "certs migrate" in certs(environment, "doctor", "--quick").stdout
    told = certs(environment, "migrate")
    assert told.returncode == 0, told.stderr
    assert certs(environment, "status").returncode == 0


_BREAK = """
import sqlalchemy as sa
from alembic import op

revision = "0999"
down_revision = "{newest}"
compatible = False


def upgrade() -> None:
    op.add_column("event", sa.Column("broken", sa.Text(), nullable=True))
"""


def test_a_migration_on_which_earlier_programs_cannot_work_writes_a_backup_first(
    earlier: Path, tmp_path: Path
):
    folder = shutil.copytree(schema._FOLDER, tmp_path / "migrations")
    (folder / "versions" / "0999_break.py").write_text(_BREAK.format(newest=newest_schema()))
    in_processes(migrate_with, [(folder, earlier)])
    with opened(earlier / "before-0999.zip") as kept:
        assert (kept.manifest.schema, kept.manifest.has_keys) == ("0073", False)
    with closing(sqlite3.connect(earlier / "certs.sqlite3")) as file:
        assert file.execute("SELECT revision FROM schema_floor").fetchall() == [("0999",)]


def migrate_with(folder: Path, data_dir: Path) -> None:
    """As `certs migrate` of a version whose migrations lie in that folder."""
    os.environ.update(DATA_DIR=str(data_dir), DATABASE_URL="")
    schema._FOLDER = folder
    services.migrate()


def test_a_service_that_must_not_work_on_the_database_ends_the_supervisor():
    plan = "['/bin/sh', '-c', 'exit 3'], ['api'], [], ''"
    program = f"from shared.cli.supervisor import supervise; supervise({plan})"
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 3
