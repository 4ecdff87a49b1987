"""Anybody verifies a file on a page of ours: what it proves, and what it does not."""

import html
import io
import json
import logging
import re
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from api.fair_semaphore import FairSemaphore
from api.pages import credentials
from shared import budgets
from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.budgets import VERIFICATIONS
from shared.dates import written_date
from shared.events.installation import Installation
from shared.features.credentials import issuers, proofs, stored
from shared.features.credentials.models import IssuerKey
from shared.features.credentials.verifying import facts_of
from shared.log.actor import AT_THE_MACHINE
from shared.settings import Settings
from shared.storage.models import Base, Certificate, Event
from tests.support.acting import of
from tests.support.api_server import api, server_url
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.carriers import (
    chunk,
    heic,
    jpeg_of_scans,
    pdf_with,
    photo_of_code,
    png_with,
)
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.mailing import wait_until

__all__ = ["api", "server_url"]


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def ana(installation: Installation, event_id: int) -> int:
    [issued] = issue_for_real(installation, event_id)
    return issued


@pytest.fixture
def credential(installation: Installation, ana: int) -> bytes:
    content = stored.served(installation, ana)
    assert content
    return content


def public_id_of(installation: Installation, certificate_id: int) -> str:
    with installation.database.reading() as session:
        return session.get_one(Certificate, certificate_id).public_id


def asked(api: httpx.Client, content: bytes, language: str = "en") -> httpx.Response:
    return api.post("/verify/file", params={"lang": language}, files={"file": ("x", content)})


def words(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_file_of_ours_is_shown_with_its_facts_beside_our_own_picture(
    api: httpx.Client, installation: Installation, ana: int, credential: bytes
) -> None:
    for content in (credential, pdf_with(credential), png_with(chunk(credential))):
        answer = asked(api, content)
        assert "Signed and valid" in words(answer)
        assert "Ana Silva" in answer.text
        assert "39 hours" in answer.text
        picture = f"certificates/{public_id_of(installation, ana)}.jpg?width=1200"
        assert f'src="../{picture}"' in answer.text
        assert api.get(f"/{picture}").headers["content-type"] == "image/jpeg"
    chinese = words(asked(api, credential, "zh"))
    assert "签名有效" in chinese
    assert "不能证明出示者就是本人" in chinese


def test_it_was_issued_at_a_moment_and_what_is_signed_is_shown_in_its_own_words(
    api: httpx.Client, credential: bytes
) -> None:
    signed = json.loads(credential)
    moment = datetime.fromisoformat(signed["validFrom"]).astimezone(UTC)
    shown = words(asked(api, credential))
    assert f"Issued at {written_date(moment.date(), 'en')} {moment:%H:%M} UTC" in shown
    assert "It says: Date on the certificate: " in shown
    assert html.unescape(signed["description"]) in html.unescape(shown)
    assert "The name was given by the recipient." in signed["description"]


def test_who_vouches_and_who_thanked_stand_first_and_only_the_owner_links(
    api: httpx.Client, installation: Installation, event_id: int
) -> None:
    def shown() -> list[str]:
        """The beginning of the page of the certificate, and of that of its file."""
        file = stored.served(installation, issued)
        pages = api.get(f"/verify/{public_id}", params={"lang": "en"}), asked(api, file or b"")
        return [one.text.partition("<dl>")[2].partition("<dt>Name</dt>")[0] for one in pages]

    with installation.database.writing() as session:
        event = session.get_one(Event, event_id)
        event.organization, event.website = "Red *Cross*: all", "https://evil.example"
    [issued] = issue_for_real(installation, event_id)
    public_id = public_id_of(installation, issued)
    unsigned = api.get(f"/verify/{public_id}", params={"lang": "en"}).text
    assert "<dt>Signed by</dt>" in unsigned.partition("<dl>")[2].partition("<dt>Name</dt>")[0]
    for page in shown():
        said = " ".join(re.sub(r"<[^>]+>", " ", page).split())
        organization = "Organization, as stated by the organizer Red *Cross*: all"
        did = "did:web:thanks.example.org%3A8443:certs:issuers:installation"
        assert said == f"Signed by thanks.example.org:8443 {did} {organization}"
        assert "href" not in page
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        issuers.create(session, "rotary", "Rotary Club", "https://rotary.example")
        issuers.assign(session, session.get_one(Event, event_id), "rotary")
        issuers.rotate(
            session, installation.seal, issuers.find(session, "installation"), leaked=True
        )
    for page in shown():
        assert '<a href="https://rotary.example" rel="noopener noreferrer">' in page
        assert "evil.example" not in page


def test_a_swapped_picture_beside_a_valid_credential_is_never_shown(
    api: httpx.Client, installation: Installation, ana: int, credential: bytes
) -> None:
    """Somebody puts a true credential into a picture with another name."""
    forged = png_with(chunk(credential), picture=Image.new("RGB", (400, 300), "red"))
    answer = asked(api, forged)
    assert "Only these facts are signed, not the picture." in words(answer)
    [shown] = re.findall(r'<img src="\.\.([^"]+)"', answer.text)
    seen = Image.open(io.BytesIO(api.get(shown).content)).convert("RGB")
    assert seen.getpixel((5, 5)) != (255, 0, 0)
    assert "data:" not in answer.text


def test_what_was_withdrawn_is_told_and_crossed_out(
    api: httpx.Client, installation: Installation, ana: int, credential: bytes
) -> None:
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, ana).volunteer
        apply_to(session, Withdraw(of(person.id), "Was not there"), person)
    answer = asked(api, pdf_with(credential))
    assert "It was signed, and is no longer valid" in words(answer)
    assert f"verify/{public_id_of(installation, ana)}/void.jpg" in answer.text


def test_a_forged_or_foreign_one_shows_no_facts(
    api: httpx.Client, installation: Installation, credential: bytes
) -> None:
    forged = asked(api, credential.replace(b"39 hours", b"99 hours"))
    assert "This file does not prove anything" in words(forged)
    assert "99 hours" not in forged.text
    made = json.loads(credential)
    made["issuer"]["id"] = "did:web:elsewhere.example:issuers:x"
    foreign = asked(api, json.dumps(made).encode())
    assert "This could not be checked" in words(foreign)
    assert "https://elsewhere.example/issuers/x/did.json" in foreign.text
    assert "Ana Silva" not in foreign.text


def test_markup_and_direction_controls_do_nothing_on_the_page(
    api: httpx.Client, installation: Installation, credential: bytes
) -> None:
    """Even of what our own key would have signed by mistake."""
    made = json.loads(credential)
    name = "</bdi><script>alert(1)</script>\u202egnp\x1b[2J"
    made["credentialSubject"]["identifier"][0]["identityHash"] = name
    [proof] = made.pop("proof")
    with installation.database.reading() as session:
        [key] = session.query(IssuerKey).all()
        private, at = issuers.opened(installation.seal, key), key.created_at
    signed = proofs.signed(made, private, proof["verificationMethod"], at)
    answer = asked(api, proofs.written(signed))
    assert "Signed and valid" in words(answer)
    assert "<script>" not in answer.text
    assert "<bdi>&lt;/bdi&gt;&lt;script&gt;" in answer.text
    assert "\u202e" not in answer.text
    assert "\x1b" not in answer.text
    assert facts_of(signed)["name"] == name
    told = words(asked(api, photo_of_code("https://x.example/<b>\u202egnp")))
    assert "\u202e" not in told
    assert "no credential in this file." in told


def test_a_photo_of_our_code_leads_to_the_certificates_page(
    api: httpx.Client, installation: Installation, ana: int
) -> None:
    public_id = public_id_of(installation, ana)
    answer = asked(api, photo_of_code(f"{PUBLIC}/verify/{public_id}"), "zh")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{public_id}?lang=zh")
    elsewhere = asked(api, photo_of_code("https://evil.example/verify/x"))
    assert "Its QR code leads to https://evil.example/verify/x" in words(elsewhere).replace(
        "\u2068", ""
    ).replace("\u2069", "")
    assert 'href="https://evil' not in elsewhere.text


def test_a_strangers_file_is_not_kept_and_changes_nothing(
    api: httpx.Client, installation: Installation, credential: bytes, tmp_path: Path
) -> None:
    def rows() -> dict[str, int]:
        with installation.database.reading() as session:
            tables = Base.metadata.sorted_tables
            return {
                one.name: session.scalar(select(func.count()).select_from(one)) or 0
                for one in tables
            }

    def files() -> Iterator[Path]:
        folder = installation.settings.data_dir
        return (one for one in folder.rglob("*") if one.suffix not in ("-wal", "-shm"))

    asked(api, credential)
    before = rows(), sorted(files())
    for content in (credential, b"%PDF-1.7 rubbish", png_with(), bytes(2_000_000), b"", b"{"):
        assert asked(api, content).status_code == 200
    assert (rows(), sorted(files())) == before


def test_who_verifies_too_many_files_waits(api: httpx.Client) -> None:
    answers = [api.post("/verify/file", data={"file": "x"}) for _ in range(VERIFICATIONS.most + 1)]
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "60"


class TestFromManyNetworks:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"trusted_proxies": "127.0.0.1"})

    def verified(self, api: httpx.Client, address: str, content: bytes) -> httpx.Response:
        sent, came = {"file": ("x", content)}, {"X-Forwarded-For": address}
        return api.post("/verify/file", files=sent, headers=came)

    def test_a_flood_from_one_network_keeps_no_other_one_waiting(
        self, api: httpx.Client, credential: bytes, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # How long reading takes depends on the machine; whose turn is next does not.
        monkeypatch.setattr(credentials, "_PATIENCE_SECONDS", 60.0)
        content = jpeg_of_scans(95, (900, 600))
        with ThreadPoolExecutor(16) as pool:
            flood = [pool.submit(self.verified, api, "203.0.113.1", content) for _ in range(10)]
            wait_until(lambda: credentials._turns._free == 0)
            seen = [
                pool.submit(self.verified, api, address, credential)
                for address in ("198.51.100.1", "2001:db8:1::1")
            ]
            assert {one.result().status_code for one in seen} == {200}
            assert 503 in {one.result().status_code for one in flood}

    def test_whose_photos_are_quick_is_next_before_those_whose_files_take_long(self) -> None:
        turns = FairSemaphore[str](1, 9, 3, credit=3)
        assert turns.line_up("a").result(0)
        waiting = {site: turns.line_up(site) for site in "bcd"}
        for had_it, then in pairwise("abcd"):
            turns.release(had_it, 3)
            assert waiting[then].result(0)
            waiting[had_it] = turns.line_up(had_it)
        honest = turns.line_up("honest")
        turns.release("d", 3)
        assert honest.result(0)

    def test_who_has_many_networks_is_counted_by_what_a_customer_gets(
        self, api: httpx.Client
    ) -> None:
        most = budgets.VERIFICATIONS_OF_SITE.most
        found = [
            self.verified(api, f"2001:db8:1:{number:x}::1", b"").status_code
            for number in range(most + 1)
        ]
        assert found == [200] * most + [429]
        assert self.verified(api, "2001:db8:2::1", b"").status_code == 200


def test_a_photo_without_a_code_is_told_so_with_what_helps(api: httpx.Client) -> None:
    assert "no QR code was found. Take the photo closer" in words(asked(api, png_with()))
    assert "没有找到二维码" in words(asked(api, png_with(), "zh"))
    told = words(asked(api, heic(Image.new("RGB", (64, 64)))))
    assert "this is a HEIC photo, which is not read here. Save it as JPEG" in told


def test_files_that_hardly_arrive_keep_no_more_than_some_places(
    api: httpx.Client, server_url: str, credential: bytes
) -> None:
    host, port = urlsplit(server_url).netloc.split(":")
    begun = b"POST /verify/file HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n"
    begun += b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
    with ExitStack() as open_ones:
        for _ in range(budgets.ARRIVING_OF_SITE.most):
            one = open_ones.enter_context(socket.create_connection((host, int(port))))
            one.sendall(begun)
        # The server reads them before whoever comes later, but nobody says when.
        answers = (asked(api, b"").status_code for _ in range(12))
        assert 503 in answers
    while (answer := asked(api, credential)).status_code == 503:
        time.sleep(0.3)
    assert "Signed and valid" in words(answer)


def test_who_goes_with_half_a_file_sent_is_no_error_of_ours(
    api: httpx.Client, server_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    host, port = urlsplit(server_url).netloc.split(":")
    with socket.create_connection((host, int(port))) as one:
        one.sendall(
            b"POST /verify/file HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n"
            b"Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
        )
        time.sleep(0.2)
    assert asked(api, b"").status_code == 200
    assert [line for line in caplog.records if line.levelno >= logging.ERROR] == []


def test_a_file_without_an_end_is_refused(api: httpx.Client) -> None:
    assert asked(api, bytes(25_000_001)).status_code == 413


def test_one_chooses_a_file_and_reads_what_it_proves_without_any_script(
    page_at: PageAt, installation: Installation, server_url: str, credential: bytes
) -> None:
    for size, language in ((PHONE, "en"), (DESKTOP, "zh")):
        page = page_at(size, language, java_script_enabled=False)
        page.goto(f"{server_url}/verify")
        page.locator("input[type=file]").set_input_files(
            {"name": "ana.pdf", "mimeType": "application/pdf", "buffer": pdf_with(credential)}
        )
        page.locator("main button").click()
        page.wait_for_url("**/verify/file**")
        assert "Ana Silva" in page.locator("dl").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        page.locator("nav a").first.click()
        page.wait_for_url("**/verify?lang=**")
