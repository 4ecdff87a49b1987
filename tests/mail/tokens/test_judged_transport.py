"""Providers are asked where organizers may connect to, and have to prove their name."""

import asyncio
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from shared.destinations import ANYWHERE, BY_SETTINGS, PUBLIC, Reach
from shared.errors import DestinationRefused, OrganizationRefused
from shared.features.oidc.provider import OpenIDProvider
from shared.mail.tokens import judged_transport
from shared.mail.tokens.judged_transport import JudgedTransport
from shared.mail.transport.graph_connection import GraphConnection
from shared.mail.transport.protocol import Account
from shared.settings import Settings
from shared.storage.models import Security
from tests.support.console_server import free_port
from tests.support.identity_provider import serving
from tests.support.lying_server import LIES, lying_server
from tests.support.mailing import wait_until
from tests.support.smtp_sink import self_signed
from tests.support.web_proxy import web_proxy

THIS_MACHINE = Reach((ip_network("127.0.0.0/8"),))


def _graph_at(url: str) -> GraphConnection:
    return GraphConnection(
        Account(
            "", 443, Security.TLS, "", token=lambda refused: "token", timeout=5, service_url=url
        )
    )


async def _greet(_: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Of a server that proves to be `localhost` and 127.0.0.1."""
    certificate, key = self_signed()
    for name, content in (("certificate.pem", certificate), ("key.pem", key)):
        (tmp_path / name).write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    app, chosen = Starlette(routes=[Route("/", _greet)]), free_port()
    proof = {
        "ssl_certfile": str(tmp_path / "certificate.pem"),
        "ssl_keyfile": str(tmp_path / "key.pem"),
    }
    with serving(app, chosen, **proof):
        yield chosen


def ask(url: str, reach: Reach) -> str:
    async def asked() -> str:
        async with httpx2.AsyncClient(transport=JudgedTransport(reach)) as client:
            return (await client.get(url)).text

    return run(asked())


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: that of the tests may run the loop of a browser."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def test_a_server_has_to_prove_the_name_that_was_asked_for_not_its_address(port: int):
    assert ask(f"https://localhost:{port}/", THIS_MACHINE) == "hello"
    # The same address, by a name that its certificate does not bear.
    with pytest.raises(httpx2.ConnectError, match="certificate"):
        ask(f"https://127.1:{port}/", THIS_MACHINE)


def test_who_may_not_connect_there_does_not(port: int):
    with pytest.raises(DestinationRefused):
        ask(f"https://localhost:{port}/", PUBLIC)


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Where the proxy of HTTPS_PROXY was asked to connect to."""
    with web_proxy() as (address, asked):
        for name in ("https_proxy", "NO_PROXY", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTPS_PROXY", address)
        yield asked


def test_what_the_settings_name_is_reached_by_the_web_proxy(port: int, proxy: list[str]):
    assert ask(f"https://localhost:{port}/", BY_SETTINGS) == "hello"
    assert proxy == [f"localhost:{port}"]
    # The proxy cannot stand for it.
    with pytest.raises(httpx2.ConnectError, match="certificate"):
        ask(f"https://127.1:{port}/", BY_SETTINGS)
    with pytest.raises(httpx2.ProxyError):
        ask("https://refused.example/", BY_SETTINGS)


def test_what_no_proxy_names_is_reached_without(
    port: int, proxy: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("NO_PROXY", "example.org, localhost")
    assert ask(f"https://localhost:{port}/", BY_SETTINGS) == "hello"
    assert proxy == []


@pytest.mark.parametrize("reach", [THIS_MACHINE, ANYWHERE], ids=["organizers", "the owner"])
def test_no_web_proxy_is_told_what_somebody_has_entered(port: int, proxy: list[str], reach: Reach):
    assert ask(f"https://localhost:{port}/", reach) == "hello"
    with pytest.raises(DestinationRefused):
        ask(f"https://localhost:{port}/", PUBLIC)
    assert proxy == []


def test_graph_is_reached_by_the_web_proxy_and_a_closed_connection_is_seen(
    port: int, proxy: list[str]
):
    connection = _graph_at(f"https://localhost:{port}")
    assert connection.get("/").content == b"hello"
    assert connection.get("/").content == b"hello"
    assert proxy == [f"localhost:{port}"]
    assert not connection.was_closed()
    connection.cut()
    wait_until(connection.was_closed)
    connection.close()


@pytest.mark.parametrize("lie", LIES)
def test_a_server_that_lies_is_left_with_little_taken(lie: str):
    async def ask(url: str) -> bytes:
        transport = JudgedTransport(ANYWHERE, seconds=1)
        async with httpx2.AsyncClient(transport=transport) as client:
            return (await client.get(url)).content

    with lying_server(lie) as url:
        try:
            assert len(run(ask(url))) <= 256 * 1024
            assert lie == "nested"
        except httpx2.HTTPError:
            pass


@pytest.mark.parametrize("lie", LIES)
def test_the_organizations_sign_in_takes_no_lie_either(lie: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(judged_transport, "_WHOLE_SECONDS", 1)
    with lying_server(lie) as url:
        settings = Settings(_env_file=None, oidc_issuer=url, oidc_client_id="certs",
                            oidc_client_secret="secret")  # fmt: skip
        provider = OpenIDProvider(settings)
        for _ in range(2):
            with pytest.raises(OrganizationRefused):
                run(provider.ask(anew=False))


@pytest.mark.parametrize("lie", ["endless", "too short", "bomb", "nested"])
def test_of_graph_as_much_is_read_as_was_asked_for(lie: str):
    with lying_server(lie) as url:
        connection = _graph_at(url)
        try:
            answer = connection.get("/me", 100_000)
            assert len(answer.content) <= 100_000
        except httpx2.HTTPError:
            assert lie == "too short"
        finally:
            connection.close()
