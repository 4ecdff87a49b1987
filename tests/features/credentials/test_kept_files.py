"""The files that people keep carry the signed credential, octet by octet."""

import io
import zipfile
from collections.abc import Callable

import httpx
import pymupdf
import pytest
from PIL import Image

from shared.acts.run import apply_to
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.certificates.bundles import BundleOrder, printed, zipped
from shared.certificates.issuing import drawing
from shared.events.installation import Installation
from shared.features.credentials import issuers, stored
from shared.features.credentials.carried import Carried, FileReader
from shared.log.actor import AT_THE_MACHINE
from shared.mail.kinds.certificate import CERTIFICATE
from shared.storage.models import Certificate, Event
from shared.worker import composing
from tests.support.acting import of
from tests.support.api_server import api, server_url
from tests.support.carried import attached, claims, in_chunk
from tests.support.composed import read
from tests.support.issued_for_real import issue_for_real, made_public
from tests.support.sending_steps import claim

__all__ = ["api", "server_url"]

FORMATS = ("jpg", "png", "pdf")


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def ana(installation: Installation, event_id: int) -> Certificate:
    [issued] = issue_for_real(installation, event_id)
    with installation.database.reading() as session:
        return session.get_one(Certificate, issued)


@pytest.fixture
def files(api: httpx.Client, ana: Certificate) -> Callable[[], dict[str, httpx.Response]]:
    """The files as their owner downloads them."""

    def had() -> dict[str, httpx.Response]:
        asked = {"png": {"credential": "true"}}
        address = f"/certificates/{ana.public_id}"
        return {one: api.get(f"{address}.{one}", params=asked.get(one)) for one in FORMATS}

    return had


def act_on(installation: Installation, certificate: Certificate, act: type, *more: object) -> None:
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, certificate.id).volunteer
        apply_to(session, act(of(person.id), *more), person)


def without(installation: Installation, certificate: Certificate) -> dict[str, bytes]:
    """The files as they were before there were credentials."""
    with installation.database.reading() as session:
        known = session.get_one(Certificate, certificate.id)
        return {
            one: drawing.render(session, installation.settings, known, one)  # type: ignore[arg-type]
            for one in FORMATS
        }


def seen(pdf: bytes) -> tuple[bytes, str]:
    page = pymupdf.open(stream=pdf)[0]
    return page.get_pixmap(dpi=100).samples, page.get_text()


def test_pdf_and_png_carry_it_on_first_demand_and_look_as_before(
    installation: Installation,
    api: httpx.Client,
    ana: Certificate,
    files: Callable[[], dict[str, httpx.Response]],
):
    before, now = without(installation, ana), files()
    credential = api.get(f"/verify/{ana.public_id}.json").content
    assert attached(now["pdf"].content) == credential
    assert claims(now["pdf"].content) == {"ua-1", "a-3a"}
    assert seen(now["pdf"].content) == seen(before["pdf"])
    assert in_chunk(now["png"].content) == credential.decode()
    with FileReader() as reader:
        for one in ("png", "pdf"):
            assert reader.carried_by(now[one].content) == Carried(credential)
    pictures = [Image.open(io.BytesIO(one)) for one in (now["png"].content, before["png"])]
    assert pictures[0].tobytes() == pictures[1].tobytes()
    # A JPEG has no place for it, and what stands at the public address keeps its bytes.
    assert now["jpg"].content == before["jpg"]
    assert api.get(f"/certificates/{ana.public_id}.png").content == before["png"]


def test_the_same_bytes_come_again_until_another_credential_takes_its_place(
    installation: Installation,
    api: httpx.Client,
    ana: Certificate,
    files: Callable[[], dict[str, httpx.Response]],
):
    first, again = files(), files()
    for one in FORMATS:
        assert first[one].content == again[one].content
        known = {"If-None-Match": first[one].headers["etag"]}
        assert api.get(str(first[one].request.url), headers=known).status_code == 304
    act_on(installation, ana, Withdraw, "A mistake")
    assert files()["pdf"].status_code == 410
    act_on(installation, ana, UndoWithdrawal)
    then = files()
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, installation.seal, issuer, leaked=True)
    for one in ("png", "pdf"):
        versions = [first[one], then[one], files()[one]]
        assert len({answer.content for answer in versions}) == 3
        assert len({answer.headers["etag"] for answer in versions}) == 3
    assert then["jpg"].headers["etag"] == first["jpg"].headers["etag"]


def test_a_rehearsal_carries_none(
    installation: Installation, event_id: int, files: Callable[[], dict[str, httpx.Response]]
):
    with installation.database.writing() as session:
        session.get_one(Event, event_id).live_at = None
    had = files()
    assert attached(had["pdf"].content) is None
    assert in_chunk(had["png"].content) is None


def test_the_mail_and_a_zip_carry_it_and_what_goes_to_a_printer_does_not(
    installation: Installation, event_id: int, ana: Certificate
):
    credential = stored.served(installation, ana.id)
    kept = {"png": lambda file: (in_chunk(file) or "").encode(), "pdf": attached}
    for one, carried in kept.items():
        pieces = zipped(installation, BundleOrder(event_id, format=one), lambda _: None)  # type: ignore[arg-type]
        with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
            [name] = archive.namelist()
            assert carried(archive.read(name)) == credential
    [task] = [one for one in claim(installation.database) if one.kind is CERTIFICATE]
    parts = read(composing.compose(installation, task)).iter_attachments()
    mailed = {part.get_content_type(): part.get_content() for part in parts}
    assert attached(mailed["application/pdf"]) == credential
    together = b"".join(printed(installation, BundleOrder(event_id), lambda _: None))
    assert attached(together) is None
