"""A secret of a list from end to end: in full in its owner's own PDF, and found nowhere else."""

import io
import logging
import zipfile
from pathlib import Path

import httpx
import openpyxl
import pytest

from shared.certificates.bundles import BundleOrder, known_values, printed, zipped
from shared.events.installation import Installation
from shared.privacy.archive import archive
from shared.storage.models import Event, Status
from shared.volunteers.lists.masks import masked
from shared.volunteers.table_files import people, workbook_of
from shared.volunteers.tables import csv_of
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, server_url
from tests.support.dumped import dump
from tests.support.factories import design, invite
from tests.support.list_columns import add_sealed, print_column, say
from tests.support.mailing import statuses, wait_until, working
from tests.support.pdf_texts import text_of

__all__ = ["api", "default_event", "server_url"]

CARD = "110101199003074234"
LIST = f"email,身份证号,hours\nana@example.org,{CARD},12.5"


@pytest.fixture
def token(installation: Installation, default_event: Event) -> str:
    """Ana's link: her number of the identity card is printed, and her hours are public."""
    design(installation.database, default_event.id)
    add_sealed(installation, default_event.id, LIST)
    print_column(installation.database, default_event.id, "身份证号")
    say(installation, default_event.id, "身份证号", is_in_full=True)
    say(installation, default_event.id, "hours", is_public=True)
    return invite(installation, default_event.id)["ana@example.org"]


def submitted(installation: Installation, api: httpx.Client, token: str) -> str:
    """Ana submits her name, and her mails leave; the public id of her certificate."""
    with working(installation):
        answer = api.post("/api/submitUserInfo", json={"token": token, "name": "Ana Souza"})
        assert answer.json()["code"] == 0
        wait_until(lambda: statuses(installation.database) == [Status.MAILED])
    info = api.get("/api/getUserInfo", params={"token": token}).json()["data"]
    return str(info["verification_url"]).rsplit("/", 1)[1]


def answers(api: httpx.Client, token: str, public_id: str) -> dict[str, httpx.Response]:
    """Every page and picture about her, and what programs are answered."""
    asked = {
        path: api.get(path)
        for path in (
            *(f"/certificate?token={token}", f"/my-data?token={token}"),
            *(f"/my-data.json?token={token}", f"/api/getUserInfo?token={token}"),
            *(f"/verify/{public_id}", f"/verify/{public_id}/card.jpg"),
            *(f"/certificates/{public_id}.{kind}" for kind in ("jpg", "png", "pdf")),
        )
    }
    refused = {"token": OWNER_TOKEN, "email": [{"email": "bo", "columns": {"身份证号": CARD}}]}
    asked["addUserData"] = api.post("/api/addUserData", json=refused)
    query = {"token": OWNER_TOKEN, "action": "query"}
    asked["email"] = api.post("/api/email", json=query)
    return asked


def files(installation: Installation, event_id: int) -> list[bytes]:
    """What organizers take along: the list, the archive, the certificates."""
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        assert "身份证号" not in known_values(event)
    taken = io.BytesIO(b"".join(archive(installation, event, with_certificates=True)))
    with zipfile.ZipFile(taken) as content:
        archived = [content.read(name) for name in content.namelist()]
    order = BundleOrder(event_id, format="pdf")
    bundle = io.BytesIO(b"".join(zipped(installation, order, lambda _: None)))
    with zipfile.ZipFile(bundle) as content:
        names = content.namelist()
        pdfs = [content.read(name) for name in names]
    pdfs.append(b"".join(printed(installation, order, lambda _: None)))
    texts = [text_of(pdf).encode() for pdf in pdfs]
    assert all(masked(CARD).encode() in text for text in texts)
    table = b"".join(csv_of(people(installation.database, installation.settings, event_id)))
    return [table, sheet_of(installation, event_id), *archived, *texts, repr(names).encode()]


def sheet_of(installation: Installation, event_id: int) -> bytes:
    """The text of the workbook."""
    pieces = workbook_of(installation.database, installation.settings, event_id)
    book = io.BytesIO(b"".join(pieces))
    return "".join(
        str(value)
        for sheet in openpyxl.load_workbook(book)
        for row in sheet.iter_rows(values_only=True)
        for value in row
    ).encode()


def test_a_secret_is_found_in_no_table_page_file_mail_or_log(
    installation: Installation,
    default_event: Event,
    api: httpx.Client,
    token: str,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG)
    public_id = submitted(installation, api, token)
    seen = answers(api, token, public_id)
    assert {answer.status_code for answer in seen.values()} == {200}
    for name, answer in seen.items():
        assert CARD not in str(answer.url), name
        assert CARD.encode() not in answer.content, name
    assert CARD not in text_of(seen[f"/certificates/{public_id}.pdf"].content)
    for content in files(installation, default_event.id):
        assert CARD.encode() not in content
    with installation.database.reading() as session:
        assert CARD not in dump(session)
    assert CARD not in caplog.text
    kept = [one for one in Path(installation.settings.data_dir).parent.rglob("*") if one.is_file()]
    assert not [file for file in kept if CARD.encode() in file.read_bytes()]


def test_its_owners_own_pdf_says_it_in_full_to_who_has_the_personal_link(
    installation: Installation, api: httpx.Client, token: str
):
    public_id = submitted(installation, api, token)
    page = api.get("/certificate", params={"token": token}).text
    assert f"my-certificate.pdf?token={token}" in page
    own = api.get("/my-certificate.pdf", params={"token": token})
    assert CARD in text_of(own.content)
    assert own.headers["Cache-Control"] == "no-store"
    for stranger in (public_id, "", "x" * 43):
        assert api.get("/my-certificate.pdf", params={"token": stranger}).status_code == 404


def test_what_is_public_is_told_before_it_is_and_then_stands_on_the_page(
    installation: Installation, api: httpx.Client, token: str
):
    told = "People who open the link or the code of your certificate see this"
    page = api.get("/certificate", params={"token": token, "lang": "en"}).text
    assert told in page
    assert "12.5 hours" in page
    public_id = submitted(installation, api, token)
    verified = api.get(f"/verify/{public_id}?lang=en").text
    assert "<dt><bdi>hours</bdi></dt><dd><bdi>12.5 hours</bdi></dd>" in verified
    assert "身份证号" not in verified
    assert "hours" not in api.get("/api/getUserInfo", params={"token": token}).text


def test_without_a_word_of_the_organizer_nothing_is_public(
    installation: Installation, default_event: Event, api: httpx.Client, token: str
):
    say(installation, default_event.id, "hours", is_public=False)
    assert "public-facts" not in api.get("/certificate", params={"token": token}).text
    public_id = submitted(installation, api, token)
    assert "hours" not in api.get(f"/verify/{public_id}").text
