"""What was signed under an earlier PUBLIC_URL is looked after by the doctor."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from shared.events.installation import Installation
from shared.features.credentials import issuers, stored
from shared.features.credentials.document import did_at, did_document
from shared.features.credentials.earlier_addresses import diagnoses
from shared.features.credentials.models import Issuer, StatusList
from tests.support.console_server import free_port
from tests.support.identity_provider import serving
from tests.support.issued_for_real import issue_for_real, made_public
from tests.support.smtp_sink import self_signed


@pytest.fixture
def old_name(
    installation: Installation, event_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Installation, Callable[[Response], None]]]:
    """An installation that has moved, with a certificate of before, and what sets the answer of the
    old name's server."""
    certificate, key = self_signed("localhost")
    (tmp_path / "certificate.pem").write_bytes(certificate)
    (tmp_path / "key.pem").write_bytes(key)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    answers: list[Response] = []

    async def answer(_: Request) -> Response:
        return answers[-1]

    port = free_port()
    app = Starlette(routes=[Route("/issuers/installation/did.json", answer)])
    before = made_public(installation)
    [issued] = issue_for_real(before, event_id)
    assert stored.served(before, issued)
    with before.database.writing() as session:
        # As if it had been signed at a name that this machine answers.
        did = did_at(f"https://localhost:{port}", "installation")
        session.execute(update(StatusList).values(did=did))
    files = {"ssl_certfile": tmp_path / "certificate.pem", "ssl_keyfile": tmp_path / "key.pem"}
    with serving(app, port, **files):
        yield made_public(before, "https://certificates.example.org"), answers.append


def test_an_old_name_that_leads_elsewhere_or_loses_the_host_is_told_from_one_that_serves_keys(
    old_name: tuple[Installation, Callable[[Response], None]],
):
    moved, set_answer = old_name

    def told() -> tuple[bool, str]:
        [one] = diagnoses(moved)
        return one.is_fine, one.text

    with moved.database.reading() as session:
        did = session.scalars(select(StatusList.did)).one()
        issuer = session.scalars(select(Issuer)).one()
        keys = issuers.public_keys(session, issuer)
    set_answer(JSONResponse(did_document(did, keys)))
    assert told()[0]
    set_answer(RedirectResponse("https://certificates.example.org/issuers/installation/did.json"))
    fine, words = told()
    assert not fine
    assert "leads elsewhere" in words
    other = did_at("https://certificates.example.org", "installation")
    set_answer(JSONResponse(did_document(other, keys)))
    fine, words = told()
    assert not fine
    assert "answers under another name" in words
    set_answer(Response(status_code=502))
    assert "does not answer" in told()[1]
