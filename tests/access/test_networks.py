"""Guessing tokens: wrong ones are counted for each network, and right ones never wait."""

import io
import logging
import socket
from collections import Counter
from pathlib import Path

import httpx
import pytest

from shared.budgets import PICTURE, WRONG_KEYS, WRONG_TOKENS
from shared.events.installation import Installation
from shared.log.actor import network_of
from shared.settings import Settings
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, png, server_url
from tests.support.console_server import served_console
from tests.support.one_database import database_url

__all__ = ["api", "database_url", "server_url"]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
        ("fe80::1%eth0", "fe80::"),
        ("unknown", "unknown"),
        ("x" * 60_000, "x" * 45),
        ("", ""),
    ],
)
def test_visitors_are_counted_by_what_they_share(address: str, network: str):
    assert network_of(address) == network


class TestBehindTrustedProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"trusted_proxies": "127.0.0.1"})

    def guess(self, api: httpx.Client, client: str) -> int:
        headers = {"X-Forwarded-For": client}
        return api.get("/api/getUserInfo?token=guessed", headers=headers).status_code

    def test_nobody_escapes_within_an_ipv6_network(self, api: httpx.Client):
        for number in range(WRONG_TOKENS.most):
            assert self.guess(api, f"2001:db8:1:2::{number:x}") == 200
        assert self.guess(api, "2001:db8:1:2:ffff::1") == 429
        assert self.guess(api, "2001:db8:1:3::1") == 200

    def test_a_long_forwarded_address_is_cut_in_the_log(self, api: httpx.Client):
        written = io.StringIO()
        handler = logging.StreamHandler(written)
        logging.getLogger("uvicorn.access").addHandler(handler)
        try:
            self.guess(api, "x" * 20_000)
        finally:
            logging.getLogger("uvicorn.access").removeHandler(handler)
        assert '"GET /api/getUserInfo HTTP/1.1" 200' in written.getvalue()
        assert len(written.getvalue()) < 300


# A picture and whose it is


def _upload(token: str, length: int) -> bytes:
    return (
        f"POST /api/uploadImage HTTP/1.1\r\nHost: api\r\nToken: {token}\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {length}\r\n\r\n"
    ).encode()


def test_a_pictures_token_is_judged_before_the_picture_arrives(server_url: str):
    address = httpx.URL(server_url)
    with socket.create_connection((address.host, address.port), timeout=4) as client:
        client.sendall(_upload("wrong", PICTURE.most))
        answer = b""
        while b'"code":2' not in answer:
            piece = client.recv(65_536)
            assert piece, answer
            answer += piece


def test_who_sends_a_whole_picture_with_a_wrong_token_reads_the_answer(api: httpx.Client):
    files = {"template": ("picture.png", b"x" * 20_000_000)}
    answer = api.post("/api/uploadImage", headers={"Token": "wrong"}, files=files)
    assert (answer.status_code, answer.json()["code"]) == (200, 2)


def test_a_text_in_the_pictures_place_is_no_picture(api: httpx.Client):
    for content in ({"data": {"template": "text"}}, {"data": {"event": "1"}}, {}):
        answer = api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN}, **content)
        assert answer.json()["code"] in (4, 422)


def test_an_uploads_event_may_be_named(api: httpx.Client, installation: Installation):
    files = {"template": ("picture.png", png())}
    for event, code in (("Volunteers", 0), ("1", 0), ("elsewhere", 4)):
        answer = api.post(
            "/api/uploadImage", headers={"Token": OWNER_TOKEN}, files=files, data={"event": event}
        )
        assert answer.json()["code"] == code


# The console's sign-in


def test_many_slow_wrong_sign_ins_are_counted_and_a_right_one_never_waits(tmp_path: Path):
    body = b"token=a-guess-of-somebody"
    request = (
        b"POST /signin HTTP/1.1\r\nHost: console\r\nConnection: close\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: %d\r\n\r\n%s" % (len(body), body[:-1])
    )
    with served_console(tmp_path) as console:
        address = httpx.URL(console.url)
        open_at_once = [socket.create_connection((address.host, address.port)) for _ in range(60)]
        for one in open_at_once:
            one.sendall(request)
        for one in open_at_once:
            one.sendall(body[-1:])
        answers = Counter(_status(one) for one in open_at_once)
        assert answers == {401: WRONG_KEYS.most, 429: 60 - WRONG_KEYS.most}
        right = httpx.post(f"{console.url}/signin", data={"token": OWNER_TOKEN})
        assert (right.status_code, right.headers["location"]) == (303, "/")


def _status(client: socket.socket) -> int:
    with client, client.makefile("rb") as answer:
        return int(answer.readline().split()[1])
