"""With our server off, what was published answers to whoever verifies online."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.destinations import Reach, Resolver
from shared.events.installation import Installation
from shared.features.credentials import stored
from shared.features.credentials.publishing import Online, publish
from shared.features.credentials.verifying import Result, Verification, judge, read
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import Certificate
from tests.support.acting import of
from tests.support.console_server import free_port
from tests.support.identity_provider import serving
from tests.support.issued_for_real import issue_for_real, made_public
from tests.support.smtp_sink import self_signed

HOST = "thanks.example.org"


class OnThisMachine(Reach):
    """A resolver that knows one name, which is this machine's."""

    def resolve(self, host: str, port: int, ask: Resolver = socket.getaddrinfo) -> list[str]:
        assert host == HOST
        return super().resolve("127.0.0.1", port, ask)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a web server of that name, which has the files in `www/certs`."""
    certificate, key = self_signed(HOST)
    for name, content in (("certificate.pem", certificate), ("key.pem", key)):
        (tmp_path / name).write_bytes(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    (tmp_path / "www" / "certs").mkdir(parents=True)
    app = Starlette(routes=[Mount("/", StaticFiles(directory=tmp_path / "www"))])
    port, key_file = free_port(), tmp_path / "key.pem"
    with serving(app, port, ssl_certfile=tmp_path / "certificate.pem", ssl_keyfile=key_file):
        yield port


def judged(content: bytes, reach: Reach) -> tuple[Verification, dict[str, str]]:
    """In a thread of its own: that of the tests may run the loop of a browser."""
    online = Online(reach)

    def ask() -> Verification:
        return judge(read(content), online.key, online.list, datetime.now(UTC))

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(ask).result(), online.troubles


def test_with_our_server_off_it_is_verified_online_by_what_was_published(
    installation: Installation, event_id: int, web: int, tmp_path: Path
) -> None:
    public = made_public(installation, f"https://{HOST}:{web}/certs")
    [ana] = issue_for_real(public, event_id)
    content = stored.served(public, ana)
    assert content
    reach = OnThisMachine((ip_network("127.0.0.0/8"),))
    verdict, troubles = judged(content, reach)
    assert verdict.result == Result.NOT_CHECKED
    assert list(troubles.values()) == ["it answers 404"]
    publish(public, tmp_path / "www" / "certs")
    verdict, troubles = judged(content, reach)
    assert (verdict.result, troubles) == (Result.GOOD, {})
    with public.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, ana).volunteer
        apply_to(session, Withdraw(of(person.id), "Was not there"), person)
    publish(public, tmp_path / "www" / "certs")
    assert judged(content, reach)[0].state == "revoked"
    # Another list of the issuer at its address is none.
    [file] = (tmp_path / "www" / "certs" / "status").iterdir()
    other: dict[str, Any] = json.loads(file.read_bytes())
    file.write_text(json.dumps(other | {"id": f"https://{HOST}:{web}/certs/status/other.json"}))
    assert "not the one at its address" in judged(content, reach)[0].why
