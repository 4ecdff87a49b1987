"""Whatever goes wrong, programs get an envelope and people a page."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import httpx
import psycopg
import pytest
from fastapi import FastAPI
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from starlette.testclient import TestClient

from api import errors
from shared.budgets import WRONG_TOKENS
from shared.events.installation import Installation
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.envelopes import assert_envelope
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nowhere", 404),
        ("GET", "/static/nothing.css", 404),
        ("GET", "/static/../app.py", 404),
        ("GET", "/api/getUserInfo/", 404),
        ("GET", "/certificates/unknown.jpg", 404),
        ("GET", "/certificates/%00.jpg", 404),
        ("GET", "/certificates/unknown.exe", 422),
        ("GET", "/api/submitUserInfo", 405),
        ("POST", "/api/getUserInfo", 405),
        ("DELETE", "/certificate", 405),
        ("OPTIONS", "/api/email", 405),
    ],
)
def test_errors_of_http_are_envelopes(
    api: httpx.Client, method: str, path: str, status: int
) -> None:
    assert_envelope(api.request(method, path), status)


def test_messages_come_in_the_clients_language(api: httpx.Client) -> None:
    chinese = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8"}
    assert api.get("/nowhere", headers=chinese).json()["message"] == "这个地址上没有内容。"
    assert "nothing" in api.get("/nowhere").json()["message"]


def browse(api: httpx.Client, path: str, language: str = "zh-CN") -> httpx.Response:
    """Ask as a person's browser does."""
    return api.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": language})


def assert_page(answer: httpx.Response, status: int, words: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert words in answer.text


def test_who_looks_at_a_page_reads_of_too_many_tries_in_their_language(api: httpx.Client) -> None:
    for _ in range(WRONG_TOKENS.most):
        browse(api, "/certificate?token=wrong")
    answer = browse(api, "/certificate?token=wrong")
    assert_page(answer, 429, "请等一分钟再试")
    assert answer.headers["retry-after"] == "60"
    assert_page(browse(api, "/certificate?token=wrong", "en"), 429, "Wait a minute and try again")
    assert_envelope(browse(api, "/api/getUserInfo?token=wrong"), 429)


@pytest.mark.parametrize("path", ["/nowhere", "/no/where/at/all", "/certificates/unknown.pdf"])
def test_an_address_that_nothing_is_at_is_a_page_with_its_style(
    api: httpx.Client, path: str
) -> None:
    answer = browse(api, path, "en")
    assert_page(answer, 404, "This page cannot be shown")
    style = re.search(r'rel="stylesheet" href="([^"]+)"', answer.text)
    assert style
    assert api.get(urljoin(path, style[1])).headers["content-type"].startswith("text/css")


def test_an_error_of_the_database_tells_nobodys_name(installation: Installation) -> None:
    statement = text("INSERT INTO nowhere VALUES (:name)")
    with (
        pytest.raises(DBAPIError) as failure,
        installation.database.writing() as session,
    ):
        session.execute(statement, {"name": "Ana Lima"})
    assert "nowhere" in str(failure.value)
    assert "Ana" not in str(failure.value)


@pytest.mark.parametrize("kind", [InterfaceError, InternalError, OperationalError])
def test_whatever_the_database_is_away_with_is_503(
    kind: type[DBAPIError], caplog: pytest.LogCaptureFixture
) -> None:
    broken = FastAPI()
    errors.install(broken)

    @broken.get("/api/getUserInfo")
    def ask() -> None:
        raise kind("SELECT …", {"email": "ana@example.org"}, Exception("gone"))

    answer = TestClient(broken, raise_server_exceptions=False).get("/api/getUserInfo")
    assert_envelope(answer, 503)
    assert "ana@example.org" not in caplog.text


class TestUnreachableDatabase:
    @pytest.fixture
    def database_url(self, postgresql_server: str) -> Iterator[str]:
        administration = f"postgresql://postgres@/postgres?host={postgresql_server}"
        with psycopg.connect(administration, autocommit=True) as connection:
            connection.execute("CREATE DATABASE unreachable TEMPLATE migrated")
            yield f"postgresql+psycopg://postgres@/unreachable?host={postgresql_server}"
            connection.execute("DROP DATABASE unreachable WITH (FORCE)")

    def test_it_is_503_until_the_database_answers_again(
        self, api: httpx.Client, installation: Installation, ana: Invited
    ) -> None:
        url = make_url(installation.settings.database_url).set(
            drivername="postgresql", database="postgres"
        )
        link = {"token": ana.token}
        with psycopg.connect(url.render_as_string(), autocommit=True) as connection:
            connection.execute("ALTER DATABASE unreachable ALLOW_CONNECTIONS false")
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = 'unreachable'"
            )
            for path in ("/health", "/api/getUserInfo", "/certificate"):
                answer = api.get(path, params=link, headers={"Origin": "http://127.0.0.1:8000"})
                assert_envelope(answer, 503)
            assert_page(browse(api, f"/certificate?token={ana.token}"), 503, "请稍后再试")
            connection.execute("ALTER DATABASE unreachable ALLOW_CONNECTIONS true")
        assert api.get("/health").status_code == 200
        assert api.get("/api/getUserInfo", params=link).json()["code"] == 0
