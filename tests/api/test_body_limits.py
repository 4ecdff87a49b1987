"""Request bodies that are too large, broken or of another shape are refused in an envelope."""

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from shared.budgets import FORM, LIST, PICTURE
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import ana, api, default_event, server_url
from tests.support.envelopes import assert_envelope
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

CALLS = ["submitUserInfo", "addUserData", "updateOrgConfig", "email", "preview"]


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/api/submitUserInfo", FORM.most),
        ("/api/addUserData", LIST.most),
        ("/api/uploadImage", PICTURE.most),
        ("/certificate", FORM.most),
        ("/nowhere", FORM.most),
        ("/health", FORM.most),
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
    """Of a thousand people: `make bench` adds as many as there are addresses."""
    addresses = [f"volunteer-{number % 1000 + 99_000}@example.org" for number in range(100_000)]
    body = {"token": OWNER_TOKEN, "email": addresses}
    answer = api.post("/api/addUserData", json=body, timeout=200).json()
    assert answer["data"]["accepted"] == 1_000
    one_more = body | {"email": ["a"] * 100_001}
    assert_envelope(api.post("/api/addUserData", json=one_more, timeout=60), 422)


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
