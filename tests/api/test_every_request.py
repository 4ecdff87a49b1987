"""What applies to every answer: its headers, and its line in the log."""

import io
import logging

import httpx
import pytest

from shared import product_version
from shared.events.installation import Installation
from shared.storage.models import Status, Volunteer
from shared.storage.schema import newest_schema
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


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


def test_the_calls_are_written_out_without_marks_of_the_code(api: httpx.Client) -> None:
    page = api.get("/docs").text
    assert "`" not in page
    assert "<code>on_its_way</code>" in page


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


def test_health_says_that_the_database_answers(api: httpx.Client) -> None:
    answer = api.get("/health")
    assert answer.status_code == 200
    data = {"database": "ok", "version": product_version(), "schema": newest_schema()}
    assert answer.json() == {"code": 0, "data": data, "message": "success"}
