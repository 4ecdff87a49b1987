"""The archive of an event holds all that was known of it, and nothing that opens anything."""

import csv
import io
import json
import zipfile

import pytest
from PIL import Image
from sqlalchemy import select

from shared import events
from shared.events.installation import Installation
from shared.events.settings import create_event, renew_organizer_token
from shared.features.credentials import stored
from shared.privacy.archive import archive
from shared.storage.clock import database_time
from shared.storage.models import Certificate, Event
from tests.support import factories
from tests.support.factories import add, seal, small_picture
from tests.support.grouped import give_design, grouped_event
from tests.support.issued_for_real import issue_for_real, made_public
from tests.support.submitting import submit_name
from tests.support.whole_events import add_inset, furnish

FONT = "a" * 64


def archived(installation: Installation, event_id: int, **options: object) -> zipfile.ZipFile:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
    content = b"".join(archive(installation, event, **options))
    file = zipfile.ZipFile(io.BytesIO(content))
    assert file.testzip() is None
    return file


def table(file: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read(name).decode("utf-8-sig"))))


@pytest.fixture
def whole(installation: Installation, event_id: int) -> tuple[int, dict[str, str]]:
    tokens = furnish(installation, event_id, small_picture(), FONT)
    add_inset(installation, event_id, seal())
    return event_id, tokens


def test_it_holds_people_mails_log_and_designs(installation: Installation, whole):
    file = archived(installation, whole[0])
    people = table(file, "people.csv")
    assert [(row["email"], row["name"], row["status"]) for row in people] == [
        ("ana@example.org", "Ana Lund", "4"),
        ("bo@example.org", "", "1"),
    ]
    mails = table(file, "mails.csv")
    assert [row["kind"] for row in mails].count("invitation") == 2
    assert sorted(row["verdict"] for row in mails) == ["", "sent", "sent"]
    assert "invitation_made" in [row["action"] for row in table(file, "log.csv")]
    assert json.loads(file.read("event.json"))["name"] == "Harbour Run 2026"
    names = file.namelist()
    layout = json.loads(file.read("designs/0002.json"))["layout"]
    shown = [field["content"] for field in layout["fields"] if field["kind"] == "picture"]
    assert f"designs/{shown[0]}.png" in names
    assert file.read(f"designs/Own-{FONT[:8]}.ttf") == b"a font"
    assert not any(name.startswith("certificates/") for name in names)


def test_it_holds_the_certificates_as_people_have_them(installation: Installation, whole):
    file = archived(installation, whole[0], with_certificates=True)
    (name,) = [name for name in file.namelist() if name.startswith("certificates/")]
    assert Image.open(io.BytesIO(file.read(name))).size == (600, 424)


def test_it_holds_the_signed_credentials_as_they_are_published(
    installation: Installation, event_id: int
):
    public = made_public(installation)
    people = "email,number,Hours,Badge\nana@example.org,1,3,-\nbo@example.org,2,3,-"
    kept = stored.all_served(public, issue_for_real(public, event_id, people))
    file = archived(public, event_id)
    with public.database.reading() as session:
        of = {session.get_one(Certificate, id).public_id: signed for id, signed in kept.items()}
    assert len(of) == 2
    for public_id, signed in of.items():
        assert file.read(f"credentials/{public_id}.json") == signed


def test_a_certificate_that_is_withdrawn_meanwhile_is_not_in_it(
    installation: Installation, listed: int
):
    for token in factories.invite(installation, listed).values():
        with installation.database.writing() as session:
            submit_name(session, installation.settings, installation.seal, token, "Ana Lund")
    certificates = select(Certificate.id).order_by(Certificate.id)
    with installation.database.reading() as session:
        first, second = session.scalars(certificates).all()

    def withdraw_the_second(done: float) -> None:
        if done > 0.7:
            with installation.database.writing() as session:
                session.get_one(Certificate, second).withdrawn_at = database_time(session)

    file = archived(installation, listed, with_certificates=True, progress=withdraw_the_second)
    (name,) = [name for name in file.namelist() if name.startswith("certificates/")]
    assert name.startswith(f"certificates/{first:07}")


def test_nothing_in_it_opens_anything(installation: Installation, whole):
    event_id, tokens = whole
    with installation.database.writing() as session:
        token = renew_organizer_token(events.event_for_change(session, event_id))
        kept = session.get_one(Event, event_id).organizer_token_hash
    file = archived(installation, event_id)
    everything = b"".join(file.read(name) for name in file.namelist())
    for secret in (token, kept, *tokens.values()):
        assert secret.encode() not in everything


def test_cells_are_no_formulas_and_other_events_are_not_in_it(installation: Installation, whole):
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Beach Day", language="en")
    add(installation.database, other.id, "email,name\ncy@example.org,=1+1")
    assert b"cy@example.org" not in archived(installation, whole[0]).read("people.csv")
    assert table(archived(installation, other.id), "people.csv")[0]["name"] == "'=1+1"


def test_it_says_how_far_it_is_and_comes_in_pieces(installation: Installation, listed: int):
    add(installation.database, listed, "\n".join(f"v{n}@example.org" for n in range(2_500)))
    told: list[float] = []
    with installation.database.reading() as session:
        event = session.get_one(Event, listed)
    pieces = [piece for piece in archive(installation, event, progress=told.append) if piece]
    assert len(pieces) >= 3
    assert told == sorted(told)
    assert 0 < told[0] < told[-1] == 1.0
    assert len(table(zipfile.ZipFile(io.BytesIO(b"".join(pieces))), "people.csv")) == 2_502


def test_an_event_without_anything_has_an_archive(installation: Installation, event_id: int):
    file = archived(installation, event_id, with_certificates=True)
    assert table(file, "people.csv") == []


def test_it_holds_the_groups_and_who_is_in_them(installation: Installation, event_id: int):
    grouped_event(installation.database, event_id)
    give_design(installation.database, event_id, "speaker", "gold")
    file = archived(installation, event_id)
    told = json.loads(file.read("groups.json"))
    assert [(one["name"], one["column"], one["design"]) for one in told] == [
        ("speaker", "role", 3), ("helper", "role", None),
    ]  # fmt: skip
    people = {row["email"]: row["certificate_group"] for row in table(file, "people.csv")}
    assert people["ana@example.org"] == "speaker"
    assert people["cy@example.org"] == ""
