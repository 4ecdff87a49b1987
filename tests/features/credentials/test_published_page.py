"""The published page verifies in a browser what others verify, and nothing else."""

import copy
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from sqlalchemy import select
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.certificates.issuing import drawing
from shared.events.installation import Installation
from shared.features.credentials import issuers, proofs, stored
from shared.features.credentials.document import (
    AchievementFacts,
    IssuerProfile,
    StatusEntry,
)
from shared.features.credentials.models import IssuerKey
from shared.features.credentials.publishing import publish
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.erasure import erase_person
from shared.rendering.design import Format
from shared.storage.models import Certificate
from tests.support.acting import of
from tests.support.browser import PHONE, PageAt
from tests.support.carriers import pdf_with, png_with
from tests.support.console_server import free_port
from tests.support.credentials import AT, statement
from tests.support.identity_provider import serving
from tests.support.issued_for_real import issue_for_real, made_public

Document = dict[str, Any]


@pytest.fixture
def public(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def issued(public: Installation, event_id: int) -> list[int]:
    people = "email,number,Hours,Badge\nana@example.org,HR-7,39,B-12\nbo@example.org,HR-8,3,B-1"
    return issue_for_real(public, event_id, people)


@pytest.fixture
def ana(public: Installation, issued: list[int]) -> Document:
    made: Document = json.loads(stored.served(public, issued[0]) or b"")
    return made


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """What is published, by a web server that knows nothing of it, at another address: below
    /verify/, what is no file is the page."""

    async def answer(request: Request) -> Response:
        path = request.path_params["path"]
        if (file := tmp_path / path).is_file():
            return FileResponse(file)
        if path.startswith("verify/") and not path.endswith(".json"):
            return FileResponse(tmp_path / "verify" / "index.html")
        return Response(status_code=404)

    port = free_port()
    with serving(Starlette(routes=[Route("/{path:path}", answer)]), port):
        yield f"http://127.0.0.1:{port}"


class Opened:
    """The page, and what it says of files."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def said(self, content: bytes | Document) -> str:
        """The result, and the name of the reason."""
        octets = content if isinstance(content, bytes) else proofs.written(content)
        self.page.evaluate("delete document.querySelector('output').dataset.result")
        file = {"name": "x", "mimeType": "application/octet-stream", "buffer": octets}
        self.page.locator("input").set_input_files([])
        self.page.locator("input").set_input_files(file)
        return self.told()

    def told(self) -> str:
        self.page.wait_for_selector("output[data-result]")
        output = self.page.locator("output")
        words = [output.get_attribute("data-result"), output.get_attribute("data-why")]
        return " ".join(filter(None, words))


@pytest.fixture
def opened(
    page_at: PageAt, public: Installation, site: str, tmp_path: Path, ana: Document
) -> Opened:
    publish(public, tmp_path)
    page = page_at(PHONE)
    page.goto(f"{site}/verify/")
    return Opened(page)


def test_what_was_signed_is_good_in_every_kind_of_file(
    opened: Opened, public: Installation, issued: list[int], ana: Document
) -> None:
    content = proofs.written(ana)
    with public.database.reading() as session:
        certificate = session.get_one(Certificate, issued[0])
        kinds: tuple[Format, ...] = ("pdf", "png")
        ours = [
            drawing.render(session, public.settings, certificate, kind, content) for kind in kinds
        ]
    unpacked = pdf_with(content, compress_streams=False)
    for file in (content, *ours, pdf_with(content), unpacked):
        assert opened.said(file) == "good"
    facts = opened.page.locator("dl").inner_text()
    assert "Ana Silva" in facts
    assert "39 hours" in facts
    assert facts.startswith("Signed by\nthanks.example.org:8443\ndid:web:thanks.example.org%3A8443")
    at = datetime.fromisoformat(ana["validFrom"]).astimezone(UTC)
    assert facts.rstrip().endswith(f"at {at:%H:%M} UTC")
    assert ana["description"] in opened.page.locator("output q").inner_text()
    assert opened.said(pdf_with(content, content)) == "not_checked several"
    assert opened.said(pdf_with()) == opened.said(png_with()) == "not_checked nothing"
    assert opened.said(b"\0" * 1000) == "not_checked nothing"


def test_it_means_by_each_text_what_was_signed(
    opened: Opened, public: Installation, ana: Document
) -> None:
    """The order of statements and what is escaped in them are those of our signer."""
    did = ana["issuer"]["id"]
    with public.database.reading() as session:
        private = issuers.opened(public.seal, session.scalars(select(IssuerKey)).one())
    status = ana["credentialStatus"]
    entry = StatusEntry(status["statusListCredential"], int(status["statusListIndex"]))
    for name in (
        "莫莉",
        "محمد 😀",
        'a "quoted" \\ name',
        "é\uffee\U0001f469\u200d\U0001f9b0 <b>",
        "_:b0 !",
    ):
        values = [(f"{name} {number}", name) for number in range(7)]
        titles = tuple((title, place == 1) for place, (title, _) in enumerate(values))
        thanks = AchievementFacts(name, name, titles, "zh", design_id=1)
        site = "https://thanks.example.org"
        issuer = IssuerProfile(did, name, site, f"{site}/logo.png")
        facts = {"name": name, "values": values, "status": entry, "issuer": issuer}
        facts |= {"begin": AT, "end": AT}
        made = statement(**facts, achievement=thanks, issued_at=AT.replace(year=2020)).document()
        method = ana["proof"][0]["verificationMethod"]
        signed = proofs.signed(made, private, method, AT)
        assert opened.said(signed) == "good"
    # As all were signed before, and as they are now.
    assert opened.said(signed | {"proof": [signed["proof"]]}) == "good"


FORGED: dict[str, Callable[[Document], object]] = {
    "name": lambda made: made["credentialSubject"]["identifier"][0].update(identityHash="Eve"),
    "hours": lambda made: made["credentialSubject"]["result"][0].update(value="390 hours"),
    "issuer": lambda made: made["issuer"].update(name="Red Cross"),
    "date": lambda made: made.update(validFrom="2020-01-01T00:00:00Z"),
    "index": lambda made: made["credentialStatus"].update(statusListIndex="78"),
    "proof": lambda made: made["proof"][0].update(proofValue=f"z{'2' * 86}"),
    "when": lambda made: made["proof"][0].update(created="2020-01-01T00:00:00Z"),
    "key": lambda made: made["proof"][0].update(verificationMethod=made["issuer"]["id"] + "#k"),
    "id": lambda made: made.update(id="x"),
}
REFUSED: dict[str, Callable[[Document], object]] = {
    "more": lambda made: made.update(evidence=[]),
    "more under @": lambda made: made.update({"@included": []}),
    "another context": lambda made: made["@context"].append("https://evil.example/terms"),
    "no status": lambda made: made.pop("credentialStatus"),
    "in an array": lambda made: made.update(credentialStatus=[made["credentialStatus"]]),
    "of another kind": lambda made: made.update(name={"@value": made["name"]}),
    "two proofs": lambda made: made["proof"].append(made["proof"][0]),
    "no proof": lambda made: made["proof"].clear(),
    "a property of all objects": lambda made: made.update(constructor="x"),
}


def test_whatever_is_changed_is_bad(opened: Opened, ana: Document) -> None:
    for reason, ways in (("forged", FORGED), ("not_ours", REFUSED)):
        for how, change in ways.items():
            made = copy.deepcopy(ana)
            change(made)
            assert (how, opened.said(made)) == (how, f"bad {reason}")
    assert opened.page.locator("dl").count() == 0
    made = copy.deepcopy(ana)
    made["issuer"]["id"] = "did:web:elsewhere.example:issuers:installation"
    assert opened.said(made) == "not_checked key_elsewhere"


def test_what_a_leaked_key_signed_is_no_forgery_of_its_holder(
    opened: Opened, public: Installation, ana: Document, tmp_path: Path
) -> None:
    with public.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, public.seal, issuer, leaked=True)
    publish(public, tmp_path)
    assert opened.said(ana) == "bad key_withdrawn"
    assert "/verify/" in opened.page.locator("output").inner_text()
    assert opened.page.locator("dl").count() == 0
    made = copy.deepcopy(ana)
    made["name"] = "Another"
    assert opened.said(made) == "bad forged"


def test_what_was_withdrawn_since_counts_no_more_and_old_lists_say_nothing(
    opened: Opened, public: Installation, issued: list[int], ana: Document, tmp_path: Path
) -> None:
    with public.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, issued[0]).volunteer
        apply_to(session, Withdraw(of(person.id), "Was not there"), person)
    assert opened.said(ana) == "good"
    publish(public, tmp_path)
    assert opened.said(ana) == "bad revoked"
    assert "Ana Silva" in opened.page.locator("dl").inner_text()
    publish(public, tmp_path, until=datetime.now(UTC) - timedelta(minutes=1))
    assert opened.said(ana) == "bad list_old"
    [file] = (tmp_path / "status").iterdir()
    other = json.loads(file.read_bytes()) | {"id": "https://thanks.example.org/status/other.json"}
    file.write_bytes(proofs.written(other))
    assert opened.said(ana) == "bad list_wrong"
    file.unlink()
    assert opened.said(ana) == "not_checked list_elsewhere"


def test_the_address_in_a_qr_code_leads_to_what_was_published_of_it(
    opened: Opened, public: Installation, issued: list[int], site: str, tmp_path: Path
) -> None:
    with public.database.reading() as session:
        certificate = session.get_one(Certificate, issued[0])
        public_id, person = certificate.public_id, certificate.volunteer
    opened.page.goto(f"{site}/verify/{public_id}?lang=zh")
    assert opened.told() == "not_checked not_published"
    publish(public, tmp_path, with_credentials=True)
    opened.page.reload()
    assert opened.told() == "good"
    assert "签名有效" in opened.page.locator("output").inner_text()
    erase_person(public.database, public.seal, person, AT_THE_MACHINE)
    publish(public, tmp_path, with_credentials=True)
    opened.page.reload()
    assert opened.told() == "not_checked not_published"
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
