"""Requests that never get complete end, and everybody else is served meanwhile."""

import asyncio
import logging
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

import api.app
import console.asgi
from shared import budgets, connections
from shared.connections import Connection
from shared.settings import Settings
from tests.support.serving import running

SERVICES: dict[str, Callable[[Settings], dict[str, Any]]] = {
    "api": partial(api.app.server_options, port=0),
    "console": console.asgi.server_options,
}


async def _say_how_much(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def _take_time(_: Request) -> PlainTextResponse:
    await asyncio.sleep(1)
    return PlainTextResponse("done")


async def _say_much(_: Request) -> PlainTextResponse:
    return PlainTextResponse("much " * 200_000)


async def _read_nothing(_: Request) -> PlainTextResponse:
    return PlainTextResponse("no")


@pytest.fixture(params=SERVICES)
def port(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[int]:
    """Of a server that runs as the service does, with another program behind."""
    monkeypatch.setattr(budgets, "HEADER_SECONDS", replace(budgets.HEADER_SECONDS, most=0.5))
    monkeypatch.setattr(budgets, "SLOW_BODY", replace(budgets.SLOW_BODY, seconds=0.5))
    monkeypatch.setattr(Connection, "waiting", {})
    monkeypatch.setattr(Connection, "most_waiting", 20)
    app = Starlette(
        routes=[
            Route("/", _say_how_much, methods=["GET", "POST"]),
            Route("/slow", _take_time),
            Route("/much", _say_much),
            Route("/unread", _read_nothing, methods=["POST"]),
        ]
    )
    options = SERVICES[request.param](Settings(_env_file=None, data_dir=tmp_path))
    server = uvicorn.Server(uvicorn.Config(app, **options | {"host": "127.0.0.1", "port": 0}))
    with running(server) as port:
        yield port


def spoken(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """What the server says to this until it ends the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
        except OSError:
            pass
        answer = b""
        try:
            while more := connection.recv(1000):
                answer += more
        except ConnectionResetError:
            pass
        return answer


@pytest.mark.parametrize(
    "header", [b"X: " + b"a" * 70_000, b"".join(b"X%d: a\r\n" % number for number in range(9000))]
)
def test_headers_have_an_end(port: int, header: bytes):
    assert spoken(port, b"GET / HTTP/1.1\r\n", header, pause=0.1).startswith(b"HTTP/1.1 431 ")
    assert spoken(port, b"GET / HTTP/1.1\r\n" + header + b"\r\n\r\n").startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("begun", [b"", b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX: "])
def test_half_a_request_ends(port: int, begun: bytes):
    assert spoken(port, begun).startswith(b"HTTP/1.1 408 ")


def test_a_body_that_hardly_comes_ends_and_one_that_takes_long_arrives(port: int):
    head = b"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    assert spoken(port, head % 100_000, *[b"a"] * 8, pause=0.1).startswith(b"HTTP/1.1 408 ")
    answer = spoken(port, head % 120_000, *[b"a" * 10_000] * 12, pause=0.1)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.endswith(b"120000")


def test_between_requests_a_blank_line_now_and_then_keeps_nothing_open(port: int):
    request = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    assert spoken(port, request, *[b"\r\n"] * 8, pause=0.1).endswith(b"Connection: close\r\n\r\n")


def test_a_body_that_nobody_reads_keeps_nothing_open(port: int):
    head = b"POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n"
    assert spoken(port, head, *[b"a"] * 8, pause=0.1).endswith(b"no")


def test_half_a_request_behind_another_takes_nothing_from_its_answer(port: int):
    whole = b"GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"
    answer = spoken(port, whole + b"GET / HT")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert b"done" in answer
    assert b"HTTP/1.1 408 " in answer


def test_who_asks_for_much_and_goes_without_reading_is_no_error_of_ours(
    port: int, caplog: pytest.LogCaptureFixture
):
    for _ in range(5):
        with socket.socket() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2000)
            connection.connect(("127.0.0.1", port))
            connection.sendall(b"GET /much HTTP/1.1\r\nHost: a\r\n\r\n" * 20)
            time.sleep(0.1)
    # The server has noticed all of them before it answers this.
    assert httpx.get(f"http://127.0.0.1:{port}/slow").text == "done"
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


def test_who_has_a_complete_request_is_served_though_others_hold_all_places(
    port: int, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(budgets, "HEADER_SECONDS", replace(budgets.HEADER_SECONDS, most=60))
    halves = [socket.create_connection(("127.0.0.1", port)) for _ in range(50)]
    try:
        for half in halves:
            half.sendall(b"GET / HTTP/1.1\r\n")
        with httpx.Client() as client:
            assert [client.get(f"http://127.0.0.1:{port}/").text for _ in range(3)] == ["0"] * 3
        # The oldest went.
        assert halves[0].recv(100).startswith(b"HTTP/1.1 408 ")
    finally:
        for half in halves:
            half.close()


def test_as_many_files_are_open_at_once_as_the_system_allows():
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(512, before[1]), before[1]))
    try:
        connections.allow_many()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert soft == (65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
        Connection.most_waiting = 1000
