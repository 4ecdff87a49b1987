"""SQLite's file is damaged, or nothing can be written to it any more, while everything runs: each
service says so to whoever asks, and once to the log."""

import logging
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event, make_url

from shared.errors import DATABASE_DAMAGED, DATABASE_READ_ONLY
from shared.events.installation import Installation
from shared.storage import database as storage
from shared.storage.database import Database
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.calls import owners
from tests.support.envelopes import assert_envelope
from tests.support.front_door import visitor_at
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

Trouble = Callable[[Database], None]


@pytest.fixture(autouse=True)
def nothing_said_yet() -> None:
    storage.said_lately.clear()


def said(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Who asked what is written for each request, and here what was wrong."""
    return [one.levelname for one in caplog.records if one.levelno >= logging.WARNING]


def file_of(database: Database) -> Path:
    return Path(make_url(database.engine.url).database or "")


def damaged(database: Database) -> None:
    """All pages but the first are noise."""
    database.engine.dispose()
    with file_of(database).open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(4096)
        file.write(os.urandom(size - 4096))


def replaced(database: Database) -> None:
    """Another file has come in its place."""
    database.close()
    file_of(database).write_text("The wrong file was copied.\n" * 100)


@pytest.mark.parametrize("trouble", [damaged, replaced])
def test_who_asks_for_something_reads_that_it_is_damaged_and_the_log_says_it_once(
    api: httpx.Client,
    installation: Installation,
    ana: Invited,
    caplog: pytest.LogCaptureFixture,
    trouble: Trouble,
) -> None:
    trouble(installation.database)
    with caplog.at_level(logging.WARNING):
        for path in ("/health", "/health/ready", "/api/getUserInfo"):
            answer = api.get(path, params={"token": ana.token}, headers={"Origin": "http://a.test"})
            assert_envelope(answer, 503)
            assert answer.json()["message"] == DATABASE_DAMAGED
            assert "Retry-After" in answer.headers
        name = {"token": ana.token, "name": "Ana Lima"}
        assert_envelope(api.post("/api/submitUserInfo", json=name), 503)
        browser = {"Accept": "text/html", "Accept-Language": "zh-CN"}
        page = api.get("/certificate", params={"token": ana.token}, headers=browser)
        assert page.status_code == 503
        assert "数据库已损坏" in page.text
    assert api.get("/health/live").status_code == 200
    assert said(caplog) == ["ERROR"]
    assert DATABASE_DAMAGED in caplog.text
    assert "Ana" not in caplog.text


@pytest.mark.parametrize("trouble", [damaged, replaced])
def test_organizers_read_it_in_place_of_the_console_and_when_they_sign_in(
    installation: Installation, caplog: pytest.LogCaptureFixture, trouble: Trouble
) -> None:
    browser = visitor_at(installation)
    assert browser.post("/signin", data={"token": OWNER_TOKEN}).status_code == 303
    trouble(installation.database)
    with caplog.at_level(logging.WARNING):
        for answer in (browser.get("/"), browser.post("/signin", data={"token": OWNER_TOKEN})):
            assert answer.status_code == 503
            assert DATABASE_DAMAGED in answer.text
    assert said(caplog) == ["ERROR"]


def test_what_can_be_read_is_shown_while_nothing_can_be_written(
    api: httpx.Client, installation: Installation, ana: Invited, caplog: pytest.LogCaptureFixture
) -> None:
    def read_only(connection: object, *_: object) -> None:
        connection.execute("PRAGMA query_only = ON")  # type: ignore[attr-defined]

    event.listen(installation.database.engine, "checkout", read_only)
    installation.database.engine.dispose()
    assert api.get("/api/getUserInfo", params={"token": ana.token}).json()["code"] == 0
    name = {"token": ana.token, "name": "Ana Lima"}
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            refused = api.post("/api/submitUserInfo", json=name)
            assert_envelope(refused, 503)
            assert refused.json()["message"] == DATABASE_READ_ONLY
        signed_in = visitor_at(installation).post("/signin", data={"token": OWNER_TOKEN})
    assert signed_in.status_code == 503
    assert DATABASE_READ_ONLY in signed_in.text
    assert said(caplog) == ["ERROR"]
    event.remove(installation.database.engine, "checkout", read_only)
    installation.database.engine.dispose()
    assert owners(api, "email", action="query")["code"] == 0
    assert api.post("/api/submitUserInfo", json=name).json()["code"] == 0


def test_a_copy_that_is_put_in_its_place_is_worked_on_at_once_and_nothing_goes_to_the_old_file(
    api: httpx.Client, installation: Installation, ana: Invited, caplog: pytest.LogCaptureFixture
) -> None:
    file = file_of(installation.database)
    visit = {"token": ana.token}
    assert api.get("/api/getUserInfo", params=visit).json()["data"]["name"] == ""
    copy = file.with_name("copy")
    with closing(sqlite3.connect(file)) as now, closing(sqlite3.connect(copy)) as then:
        now.backup(then)
    assert api.post("/api/submitUserInfo", json=visit | {"name": "Ana Lima"}).json()["code"] == 0
    copy.replace(file)
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink()
    assert api.get("/api/getUserInfo", params=visit).json()["data"]["name"] == ""
    assert api.post("/api/submitUserInfo", json=visit | {"name": "Ana Rosa"}).json()["code"] == 0
    with closing(sqlite3.connect(file)) as now:
        assert now.execute("SELECT given_name FROM volunteer").fetchall() == [("Ana Rosa",)]
    assert "WARNING" in said(caplog)


def test_a_file_that_is_gone_is_missed_and_none_is_made_in_its_place(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    file = file_of(installation.database)
    visit = {"token": ana.token}
    assert api.get("/api/getUserInfo", params=visit).json()["code"] == 0
    elsewhere = file.rename(file.with_name("elsewhere"))
    assert_envelope(api.get("/api/getUserInfo", params=visit), 503)
    assert_envelope(api.post("/api/submitUserInfo", json=visit | {"name": "Ana"}), 503)
    assert not file.exists()
    elsewhere.rename(file)
    assert api.post("/api/submitUserInfo", json=visit | {"name": "Ana"}).json()["code"] == 0
