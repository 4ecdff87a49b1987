"""What is published outlives the installation."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.events.installation import Installation
from shared.features.credentials import issuers, stored, verifying
from shared.features.credentials.publishing import Folder, Own, publish
from shared.features.credentials.verifying import Result, Verification
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.deletion import delete_event
from shared.privacy.erasure import erase_person
from shared.storage.models import Certificate, Event
from tests.support.acting import of
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public


@pytest.fixture
def public(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def ana(public: Installation, event_id: int) -> int:
    [issued] = issue_for_real(public, event_id)
    return issued


def judged(content: bytes | None, known: Folder | Own, days: int = 0) -> Verification:
    at = datetime.now(UTC) + timedelta(days=days)
    assert content is not None
    return verifying.judge(verifying.read(content), known.key, known.list, at)


def withdraw(public: Installation, certificate_id: int) -> None:
    with public.database.writing(by=AT_THE_MACHINE) as session:
        person = session.get_one(Certificate, certificate_id).volunteer
        apply_to(session, Withdraw(of(person.id), "Was not there"), person)


def test_a_credential_is_verified_from_files_alone(
    public: Installation, ana: int, tmp_path: Path
) -> None:
    content = stored.served(public, ana)
    folder = tmp_path / "public"
    done = publish(public, folder)
    assert (done.issuers, done.lists, done.achievements, done.credentials) == (1, 1, 1, 0)
    assert judged(content, Folder(folder)).result == Result.GOOD
    made = json.loads(content or b"")
    thanked = made["credentialSubject"]["achievement"]["id"].removeprefix(f"{PUBLIC}/")
    assert json.loads((folder / thanked).read_bytes())["name"] == "Harbour Run 2026"
    withdraw(public, ana)
    # Seen once it is brought up to date.
    assert judged(content, Folder(folder)).result == Result.GOOD
    publish(public, folder)
    assert judged(content, Folder(folder)).state == "revoked"


def test_the_picture_of_what_is_thanked_for_is_published_once(
    public: Installation, ana: int, tmp_path: Path
) -> None:
    assert stored.sign(public, [ana]) == 1
    publish(public, tmp_path)
    [picture] = (tmp_path / "achievements").glob("*.jpg")
    assert picture.read_bytes().startswith(b"\xff\xd8")
    before = picture.stat().st_mtime_ns
    publish(public, tmp_path)
    assert picture.stat().st_mtime_ns == before


def test_lists_are_believed_for_a_day_or_as_long_as_was_said(
    public: Installation, ana: int, tmp_path: Path
) -> None:
    content = stored.served(public, ana)
    publish(public, tmp_path)
    assert judged(content, Folder(tmp_path), days=2).result == Result.BAD
    publish(public, tmp_path, until=datetime.now(UTC) + timedelta(days=3650))
    assert judged(content, Folder(tmp_path), days=2).result == Result.GOOD


def test_the_key_alone_says_that_the_list_is_elsewhere(
    public: Installation, ana: int, tmp_path: Path
) -> None:
    content = stored.served(public, ana)
    publish(public, tmp_path)
    did = tmp_path / "issuers" / "installation" / "did.json"
    assert judged(content, Folder(did)).result == Result.NOT_CHECKED


def test_retired_keys_stay_and_what_they_signed_goes_on_verifying(
    public: Installation, ana: int, tmp_path: Path
) -> None:
    content = stored.served(public, ana)
    with public.database.writing(by=AT_THE_MACHINE) as session:
        issuers.rotate(session, public.seal, issuers.find(session, issuers.INSTALLATION))
    publish(public, tmp_path)
    did = json.loads((tmp_path / "issuers" / "installation" / "did.json").read_bytes())
    assert len(did["assertionMethod"]) == 2
    assert judged(content, Folder(tmp_path)).result == Result.GOOD
    with public.database.writing(by=AT_THE_MACHINE) as session:
        installation = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, public.seal, installation, leaked=True)
    publish(public, tmp_path)
    assert judged(content, Folder(tmp_path)).result == Result.BAD


def test_of_a_deleted_event_bits_and_what_it_thanked_for_stay(
    public: Installation, ana: int, event_id: int, tmp_path: Path
) -> None:
    content = stored.served(public, ana)
    publish(public, tmp_path, with_credentials=True)
    (tmp_path / "achievements" / "notes.txt").write_text("not ours")
    with public.database.writing(by=AT_THE_MACHINE) as session:
        event = session.get_one(Event, event_id)
        delete_event(session, event, event.name, withdraws=False)
    done = publish(public, tmp_path, with_credentials=True)
    assert (done.lists, done.achievements, done.removed) == (1, 1, 1)
    left = {file.suffix for file in (tmp_path / "achievements").iterdir()}
    assert left == {".txt", ".json", ".jpg"}
    assert not any("Ana" in file.read_text() for file in tmp_path.rglob("*.json"))
    assert judged(content, Folder(tmp_path)).result == Result.GOOD


def test_names_are_written_only_if_asked_for_and_go_with_who_is_erased(
    public: Installation, event_id: int, tmp_path: Path
) -> None:
    people = "email,number,Hours,Badge\nana@example.org,1,3,-\nbo@example.org,2,3,-"
    ana, bo = issue_for_real(public, event_id, people)
    publish(public, tmp_path)
    assert not any("Ana" in one.read_text() for one in tmp_path.rglob("*.json"))
    done = publish(public, tmp_path, with_credentials=True)
    assert (done.credentials, done.removed) == (2, 0)
    with public.database.reading() as session:
        person = session.get_one(Certificate, ana).volunteer
        names = {session.get_one(Certificate, one).public_id for one in (ana, bo)}
        gone = session.get_one(Certificate, ana).public_id
    assert {one.stem for one in (tmp_path / "verify").glob("*.json")} == names
    erase_person(public.database, public.seal, person, AT_THE_MACHINE)
    done = publish(public, tmp_path, with_credentials=True)
    assert (done.credentials, done.removed) == (1, 1)
    assert {one.stem for one in (tmp_path / "verify").glob("*.json")} == names - {gone}
    assert publish(public, tmp_path).removed == 1


def test_the_installation_verifies_its_own_also_after_it_moved(
    public: Installation, ana: int
) -> None:
    content = stored.served(public, ana)
    moved = made_public(public, "https://elsewhere.example")
    assert judged(content, Own(moved)).result == Result.GOOD
    withdraw(public, ana)
    assert judged(content, Own(moved)).state == "revoked"


def test_of_others_it_says_where_their_key_is(public: Installation, ana: int) -> None:
    made = json.loads(stored.served(public, ana) or b"")
    made["issuer"]["id"] = "did:web:other.example:issuers:installation"
    verdict = judged(json.dumps(made).encode(), Own(public))
    assert verdict.result == Result.NOT_CHECKED
    assert "https://other.example/issuers/installation/did.json" in verdict.to_json()["why"]
