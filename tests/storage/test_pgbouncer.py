"""Through PgBouncer in transaction mode, where each transaction may get another connection."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest
from sqlalchemy import text

from shared.storage import migrating
from shared.storage.database import Database
from tests.support.mailing import wait_until
from tests.support.postgresql import Databases

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
pytestmark = pytest.mark.skipif(PGBOUNCER is None, reason="there is no pgbouncer")
# As docs/operations.md says.
SETTINGS = """
    [databases]
    * = user=postgres host={server}
    [pgbouncer]
    pool_mode = transaction
    max_prepared_statements = 200
    ignore_startup_parameters = options
    listen_addr =
    unix_socket_dir = {folder}
    unix_socket_mode = 0777
    auth_type = any
    auth_file = {folder}/users
    default_pool_size = 2
    logfile = {folder}/log
"""


@pytest.fixture
def database_url(postgresql_server: str, postgresql_databases: Databases) -> Iterator[str]:
    """By two connections to the server, for however many there are to PgBouncer."""
    name = postgresql_databases.take()
    with TemporaryDirectory(dir="/tmp") as given:
        folder, owner = Path(given), Path(postgresql_server).owner()
        # It refuses to run as root; the server's own user may open its socket.
        shutil.chown(folder, owner)
        (folder / "users").write_text('"postgres" ""\n')
        written = SETTINGS.format(server=postgresql_server, folder=folder)
        (folder / "settings.ini").write_text(written)
        command = [str(PGBOUNCER), "--quiet", str(folder / "settings.ini")]
        process = subprocess.Popen(command, user=owner if os.geteuid() == 0 else None)
        wait_until((folder / ".s.PGSQL.6432").exists)
        yield f"postgresql+psycopg://postgres@/{name}?host={folder}&port=6432"
        process.terminate()
        process.wait()
    postgresql_databases.give_back(name)


def test_many_users_share_two_connections(database_url: str, postgresql_server: str):
    database, begun = Database(database_url), datetime.now(UTC)

    def ask(round: int) -> None:
        # Each so often that psycopg has it prepared, under a name that others use for another.
        with database.reading() as session:
            added = text(f"SELECT {round % 7} + :more FROM pg_sleep(0.002)")
            assert session.scalar(added, {"more": round}) == round % 7 + round

    with ThreadPoolExecutor(8) as users:
        assert len(list(users.map(ask, range(400)))) == 400
    database.close()
    name = database_url.partition("?")[0].rpartition("/")[2]
    with psycopg.connect(f"postgresql://postgres@/postgres?host={postgresql_server}") as server:
        # Another test may have left some of its own on the same database.
        of_these = "FROM pg_stat_activity WHERE datname = %s AND backend_start >= %s"
        found = server.execute(f"SELECT count(*) {of_these}", [name, begun]).fetchone()
        assert found in [(1,), (2,)]


def test_it_is_migrated_through_it(database_url: str):
    database = Database(database_url)
    migrating.migrate(database)
    assert not migrating.others(database, of_another_version=True)
    database.close()
