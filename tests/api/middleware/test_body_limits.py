"""What the API refuses, and what holds for every answer."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import httpx
import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from api.calls.organizer import LARGEST_LIST, LARGEST_PICTURE
from api.dependencies import WRONG_TOKENS_PER_MINUTE
from api.middleware.body_limits import LARGEST_BODY
from shared.events import update_organization
from shared.events.installation import Installation
from shared.settings import Settings
from shared.storage.models import Event, Status, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, server_url

__all__ = ["ana", "api", "default_event", "server_url"]

CALLS = ["submitUserInfo", "addUserData", "updateOrgConfig", "email", "preview"]


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: object) -> str:
    """SQLite; the tests about an unreachable database ask for PostgreSQL instead."""
    return getattr(request, "param", f"sqlite:///{tmp_path}/certs.sqlite3")


def assert_envelope(answer: httpx.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    content = answer.json()
    assert set(content) == {"code", "data", "message"}
    assert content["code"] == status
    assert content["message"]
    return content


# Too large


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/submitUserInfo", LARGEST_BODY),
        ("/api/addUserData", LARGEST_LIST),
        ("/api/uploadImage", LARGEST_PICTURE),
        ("/certificate", LARGEST_BODY),
        ("/nowhere", LARGEST_BODY),
        ("/health", LARGEST_BODY),
    ],
)
def test_a_body_that_says_that_it_is_too_large_is_refused(
    api: httpx.Client, path: str, limit: int
) -> None:
    assert_envelope(api.post(path, content=b"x" * (limit + 1)), 413)


def test_a_body_of_unknown_length_is_refused_when_it_grows_too_large(api: httpx.Client) -> None:
    def endless() -> Iterator[bytes]:
        for _ in range(200):
            yield b"x" * 64_000

    assert_envelope(api.post("/api/addUserData", content=endless()), 413)


def test_a_list_of_a_hundred_thousand_addresses_is_taken(api: httpx.Client) -> None:
    addresses = [f"volunteer-{number}@example.org" for number in range(100_000)]
    body = {"token": OWNER_TOKEN, "email": addresses}
    answer = api.post("/api/addUserData", json=body, timeout=60).json()
    assert answer["data"]["accepted"] == 100_000
    assert_envelope(api.post("/api/addUserData", json={**body, "email": ["a"] * 100_001}), 422)


# Malformed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"no json",
        b"\xff\xfe\x00",
        b"[]",
        b'"text"',
        b"null",
        b"1" * 5000,
        b"[" * 60_000,
    ],
    ids=range(9),
)
def test_what_is_no_fitting_json_is_malformed(api: httpx.Client, content: bytes) -> None:
    for call in CALLS:
        assert_envelope(api.post(f"/api/{call}", content=content), 422)


@pytest.mark.parametrize(
    ("call", "body"),
    [
        ("submitUserInfo", {"name": ["a"]}),
        ("addUserData", {"email": "a@example.org"}),
        ("addUserData", {"email": [None]}),
        ("addUserData", {}),
        ("updateOrgConfig", {"name": {"a": 1}}),
        ("email", {"action": 5}),
        ("preview", {"width": 100_000}),
    ],
)
def test_json_of_another_shape_is_malformed(
    api: httpx.Client, call: str, body: dict[str, Any]
) -> None:
    assert_envelope(api.post(f"/api/{call}", json={"token": OWNER_TOKEN, **body}), 422)


@pytest.mark.parametrize("field", ["token", "name", "email", "action", "password"])
def test_half_a_character_is_malformed(api: httpx.Client, field: str) -> None:
    half = ["?"] if field == "email" else "?"
    body = {"token": OWNER_TOKEN, "name": "Ana", "email": [], field: half}
    content = json.dumps(body).replace("?", "\\ud800")
    for call in CALLS:
        assert_envelope(api.post(f"/api/{call}", content=content), 422)


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
def test_a_broken_upload_is_an_envelope(api: httpx.Client, kind: str) -> None:
    headers = {"Token": OWNER_TOKEN, "Content-Type": kind}
    assert_envelope(api.post("/api/uploadImage", headers=headers, content=b"--y broken"), 422)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "nonsense"},
        {"Content-Type": "application/json; charset=gbk"},
    ],
)
def test_json_is_read_whatever_its_content_type(api: httpx.Client, headers: dict[str, str]) -> None:
    content = b'{"token": "wrong", "name": "Ana"}'
    request = api.build_request("POST", "/api/submitUserInfo", content=content, headers=headers)
    answer = api.send(request)
    assert (answer.status_code, answer.json()["code"]) == (200, 2)


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


# Guessing


def guess(api: httpx.Client, **headers: str) -> int:
    path = "/api/getUserInfo?token=guessed"
    return api.get(path, headers=headers).status_code


def browse(api: httpx.Client, path: str, language: str = "zh-CN") -> httpx.Response:
    """Ask as a person's browser does."""
    return api.get(path, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": language})


def assert_page(answer: httpx.Response, status: int, words: str) -> None:
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert words in answer.text


def test_who_looks_at_a_page_reads_of_too_many_tries_in_their_language(api: httpx.Client) -> None:
    for _ in range(WRONG_TOKENS_PER_MINUTE):
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


def test_guessing_tokens_ends_soon_but_right_ones_are_never_refused(
    api: httpx.Client, ana: Invited
) -> None:
    statuses = [guess(api) for _ in range(WRONG_TOKENS_PER_MINUTE + 3)]
    assert statuses == [200] * WRONG_TOKENS_PER_MINUTE + [429] * 3
    answer = api.post("/api/email", json={"token": "wrong", "action": "query"})
    assert assert_envelope(answer, 429)
    assert answer.headers["retry-after"] == "60"
    right = api.get("/api/getUserInfo", params={"token": ana.token})
    assert right.json()["code"] == 0
    owners = api.post("/api/email", json={"token": OWNER_TOKEN, "action": "query"})
    assert owners.json()["code"] == 0


def test_nobody_escapes_by_claiming_another_address(api: httpx.Client) -> None:
    for number in range(WRONG_TOKENS_PER_MINUTE):
        guess(api, **{"X-Forwarded-For": f"192.0.2.{number}"})
    assert guess(api, **{"X-Forwarded-For": "192.0.2.200"}) == 429


class TestBehindTrustedProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"trusted_proxies": "127.0.0.1, 10.0.0.0/8"})

    def test_each_client_is_counted_by_itself(self, api: httpx.Client) -> None:
        for _ in range(WRONG_TOKENS_PER_MINUTE):
            guess(api, **{"X-Forwarded-For": "192.0.2.1"})
        assert guess(api, **{"X-Forwarded-For": "192.0.2.1"}) == 429
        assert guess(api, **{"X-Forwarded-For": "192.0.2.2"}) == 200


# Every answer


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/certificate",
        "/docs",
        "/nowhere",
        "/health",
        "/static/page.css",
        "/api/email",
        "/verify/x",
    ],
)
def test_every_answer_carries_the_security_headers(api: httpx.Client, path: str) -> None:
    headers = api.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; img-src 'self' blob: data:;")
    assert "frame-ancestors 'none'" in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert "server" not in headers


def test_the_calls_are_written_out_for_programmers(api: httpx.Client) -> None:
    page = api.get("/docs").text
    for path in api.get("/openapi.json").json()["paths"]:
        assert path in page


def test_answers_to_tokens_are_never_kept(api: httpx.Client, ana: Invited) -> None:
    for path in ("/api/getUserInfo", "/certificate"):
        answer = api.get(path, params={"token": ana.token})
        assert answer.headers["cache-control"] == "no-store"


def test_scanners_that_open_links_change_nothing(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    for method in ("GET", "HEAD"):
        for _ in range(20):
            answer = api.request(method, "/certificate", params={"token": ana.token})
            assert answer.status_code == 200
    assert answer.content == b""
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, ana.id).status == Status.INVITED


def test_no_token_stands_in_the_log(api: httpx.Client, ana: Invited) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    logging.getLogger("uvicorn.access").addHandler(handler)
    try:
        api.get("/certificate", params={"token": ana.token})
        api.get("/certificate", params={"token": "guessed"})
    finally:
        logging.getLogger("uvicorn.access").removeHandler(handler)
    assert '"GET /certificate HTTP/1.1" 200' in written.getvalue()
    assert "token" not in written.getvalue()


def test_an_error_of_the_database_tells_nobodys_name(installation: Installation) -> None:
    statement = text("INSERT INTO nowhere VALUES (:name)")
    with (
        pytest.raises(DBAPIError) as failure,
        installation.database.writing() as session,
    ):
        session.execute(statement, {"name": "Ana Lima"})
    assert "nowhere" in str(failure.value)
    assert "Ana" not in str(failure.value)


def test_health_says_that_the_database_answers(api: httpx.Client) -> None:
    answer = api.get("/health")
    assert answer.status_code == 200
    assert answer.json() == {"code": 0, "data": {"database": "ok"}, "message": "success"}


# Other origins


def preflight(api: httpx.Client, path: str, origin: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, token",
    }
    return api.options(path, headers=headers)


@pytest.fixture
def own_frontend(installation: Installation, default_event: Event) -> str:
    with installation.database.writing() as session:
        update_organization(
            session.get_one(Event, default_event.id),
            frontend_url="https://Pages.example.org:443/zh-cn/certification/index.html",
        )
    return "https://pages.example.org"


@pytest.mark.parametrize("path", ["/api/submitUserInfo", "/api/uploadImage", "/nowhere"])
def test_preflights_are_answered_on_every_path(
    own_frontend: str, api: httpx.Client, path: str
) -> None:
    answer = preflight(api, path, own_frontend)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == own_frontend
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "content-type, token"
    assert "Origin" in answer.headers["vary"]


def test_an_events_own_page_and_ours_may_read_every_answer(
    own_frontend: str, api: httpx.Client
) -> None:
    for origin in (own_frontend, "http://127.0.0.1:8000"):
        for path in ("/api/getUserInfo?token=x", "/api/email", "/nowhere"):
            answer = api.get(path, headers={"Origin": origin})
            assert answer.headers["access-control-allow-origin"] == origin
    too_large = api.post("/api/email", content=b"x" * 70_000, headers={"Origin": own_frontend})
    assert too_large.headers["access-control-allow-origin"] == own_frontend


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.org",
        "http://pages.example.org",
        "https://pages.example.org.evil.example",
        "https://pages.example.org:8443",
        "null",
    ],
)
def test_other_origins_get_no_permission(own_frontend: str, api: httpx.Client, origin: str) -> None:
    answers = [preflight(api, "/api/email", origin), api.get("/health", headers={"Origin": origin})]
    for answer in answers:
        assert "access-control-allow-origin" not in answer.headers


# Without a database


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
