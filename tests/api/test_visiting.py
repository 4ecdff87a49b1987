"""A database that hangs: requests that need it wait, and no others do."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.database import Database
from shared.storage.models import Certificate
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.suspending import suspended

__all__ = ["ana", "api", "default_event", "server_url"]

# More than there are threads for them.
VISITORS = 60


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("path", ["/api/getUserInfo", "/certificate", "/health"])
def test_what_needs_no_database_is_answered_while_it_hangs(
    installation: Installation, api: httpx.Client, ana: Invited, path: str
) -> None:
    limits = httpx.Limits(max_connections=VISITORS + 10)
    with (
        httpx.Client(base_url=api.base_url, timeout=60, limits=limits) as waiting,
        ThreadPoolExecutor(VISITORS) as visitors,
    ):
        with suspended(str(installation.database.engine.url)):
            asked = [
                visitors.submit(waiting.get, path, params={"token": ana.token})
                for _ in range(VISITORS)
            ]
            assert not wait(asked, timeout=1).done
            for file in ("static/page.css", "static/certificate.js", ""):
                assert api.get(f"/{file}", timeout=5).status_code == 200
            own_page = {"Origin": "https://elsewhere.example"}
            assert api.get("/static/page.css", headers=own_page, timeout=5).status_code == 200
        assert {one.result().status_code for one in asked} == {200}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_visit_waits_for_a_file_that_another_program_keeps_and_holds_up_nobody(
    installation: Installation, api: httpx.Client, ana: Invited, tmp_path: Path
) -> None:
    # So that none of ours is open when the other program locks the file.
    installation.database.close()
    file = installation.settings.database_url.removeprefix("sqlite:///")
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as other,
        ThreadPoolExecutor(1) as visitors,
    ):
        other.execute("PRAGMA locking_mode=EXCLUSIVE")
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE event SET website = website")
        asked = visitors.submit(api.get, "/api/getUserInfo", params={"token": ana.token})
        assert not wait([asked], timeout=1).done
        with httpx.Client(base_url=api.base_url, timeout=5) as another:
            assert another.get("/static/page.css").status_code == 200
        other.execute("COMMIT")
        other.close()
        assert asked.result().json()["code"] == 0


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_asks_a_database_that_hangs_is_told_so_after_seconds(
    installation: Installation, api: httpx.Client, ana: Invited
) -> None:
    paths = ["/api/getUserInfo", "/certificate", "/health"]

    def ask(path: str) -> httpx.Response:
        return api.get(path, params={"token": ana.token})

    with ThreadPoolExecutor(len(paths)) as visitors:
        with suspended(str(installation.database.engine.url)):
            answers = list(visitors.map(ask, paths))
        assert [answer.status_code for answer in answers] == [503] * len(paths)
        assert {answer.headers["retry-after"] for answer in answers} == {"5"}
        assert {answer.json()["code"] for answer in answers} == {503}
        assert [answer.status_code for answer in visitors.map(ask, paths)] == [200] * len(paths)


def leave_connections(database: Database, count: int) -> None:
    """Leave this many in the pool, as on a server after many requests at once."""
    with ExitStack() as opened:
        for _ in range(count):
            opened.enter_context(database.reading()).execute(select(1))


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_submits_previews_and_files_end_while_it_hangs_and_asking_again_is_harmless(
    installation: Installation, api: httpx.Client, ana: Invited
) -> None:
    named = {"token": ana.token, "name": "Ana Lima"}
    issued = api.post("/api/submitUserInfo", json=named).json()["data"]["certificate_id"]
    another = named | {"name": "Ana Lima Souza"}
    asked: list[Callable[[], httpx.Response]] = [
        lambda: api.post("/api/submitUserInfo", json=another, timeout=60),
        lambda: api.post("/certificate", data=another, timeout=60),
        lambda: api.post("/api/preview", json=named, timeout=60),
        lambda: api.get(f"/certificates/{issued}.jpg", timeout=60),
        lambda: api.get(f"/verify/{issued}", timeout=60),
        lambda: api.post("/api/email", json={"token": OWNER_TOKEN, "action": "send"}, timeout=60),
    ]
    leave_connections(installation.database, len(asked))
    with ThreadPoolExecutor(len(asked)) as people:
        with suspended(str(installation.database.engine.url)):
            answers = [people.submit(ask) for ask in asked]
            while not all(answer.done() for answer in answers):
                assert api.get("/static/page.css", timeout=5).status_code == 200
        assert {answer.result().status_code for answer in answers} == {503}
        assert {answer.result().headers["retry-after"] for answer in answers} == {"5"}
    for _ in range(2):
        assert api.post("/api/submitUserInfo", json=another).json()["code"] == 0
    with installation.database.reading() as session:
        names = session.scalars(select(Certificate.name).order_by(Certificate.revision)).all()
    assert names == ["Ana Lima", "Ana Lima Souza"]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_visit_outlives_the_connection_that_it_was_looked_up_with(
    installation: Installation, api: httpx.Client, ana: Invited
) -> None:
    def look() -> dict[str, object]:
        return api.get("/api/getUserInfo", params={"token": ana.token}).json()

    before = look()
    with installation.database.engine.connect() as connection:
        others = "pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) FROM {others}")
    assert before["code"] == 0
    assert look() == before
