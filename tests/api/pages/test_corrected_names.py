"""A name that was corrected is told to nobody any more but to whom it belonged."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import numpy
import pytest
from PIL import Image

from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.events.installation import Installation
from shared.features.credentials import stored
from shared.features.credentials.publishing import publish
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.own_data import held_about
from shared.storage.models import Certificate
from tests.support.acting import of
from tests.support.api_server import api, server_url
from tests.support.factories import seal
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public
from tests.support.one_database import database_url
from tests.support.submitting import submit_name
from tests.support.whole_events import add_inset

__all__ = ["api", "database_url", "server_url"]

WAS, IS = "Ana Silva", "Ana Souza"
# What its first edition said beside the name; nothing else on a page reads like that.
SAID = (WAS, "Silva", "39 hours", "39 小时")


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def issued(installation: Installation, event_id: int) -> int:
    """Ana's certificate, signed, before anything was corrected."""
    [made] = issue_for_real(installation, event_id)
    assert stored.served(installation, made)
    return made


def correct(installation: Installation, certificate_id: int, name: str = IS) -> int:
    """As its owner does, by their link; the id of the new one."""
    with installation.database.writing() as session:
        person = session.get_one(Certificate, certificate_id).volunteer
        token = installation.seal.open_token(person.token or "")
        of = session, installation.settings, installation.seal
        return submit_name(*of, token, name).id


@pytest.fixture(params=["corrected", "withdrawn and then corrected"])
def old(request: pytest.FixtureRequest, installation: Installation, issued: int) -> Certificate:
    correct(installation, issued)
    with installation.database.writing() as session:
        certificate = session.get_one(Certificate, issued)
        if "withdrawn" in request.param:
            certificate.withdrawn_at = datetime.now(UTC)
            certificate.withdrawal_reason = "The name is wrong"
        return certificate


@pytest.mark.parametrize(("language", "said"), [("en", "corrected"), ("zh", "更正")])
def test_the_page_says_that_it_was_corrected_and_not_what_it_said(
    api: httpx.Client, old: Certificate, language: str, said: str
) -> None:
    answer = api.get(f"/verify/{old.public_id}", params={"lang": language})
    assert answer.status_code == 200
    assert said in answer.text
    for known in ("Harbour Run 2026", old.number):
        assert known in answer.text
    # Nor in what is shown beside a link to it (Open Graph).
    for text in (*SAID, IS, f"{old.public_id}.json"):
        assert text not in answer.text


def test_programs_learn_that_it_was_corrected_and_not_what_it_said(
    api: httpx.Client, old: Certificate
) -> None:
    told = api.get(f"/verify/{old.public_id}", headers={"Accept": "application/json"})
    assert told.status_code == 200
    assert told.json()["state"] == ("withdrawn" if old.withdrawn_at else "replaced")
    assert told.json()["credential"] is None
    facts = told.json()["facts"]
    assert (facts.pop("name"), facts.pop("columns")) == ("", {})
    assert facts == {
        "event": "Harbour Run 2026",
        "organization": "",
        "number": old.number,
        "date": old.date.isoformat(),
    }
    for path, kind in (
        (f"/verify/{old.public_id}", "application/vc"),
        (f"/verify/{old.public_id}", "application/ld+json"),
        (f"/verify/{old.public_id}.json", "*/*"),
        *((f"/certificates/{old.public_id}.{form}", "*/*") for form in ("jpg", "png", "pdf")),
    ):
        answer = api.get(path, headers={"Accept": kind})
        assert answer.status_code == 410, path
        assert WAS not in answer.text


def test_its_pictures_are_those_of_any_other_name(
    api: httpx.Client, installation: Installation, issued: int
) -> None:
    second = correct(installation, issued, "Wolfeschlegelsteinhausenbergerdorff the Younger")
    correct(installation, second, "Bo")
    with installation.database.reading() as session:
        ids = [session.get_one(Certificate, one).public_id for one in (issued, second)]
    for name in ("void.jpg", "card.jpg"):
        first, another = (api.get(f"/verify/{one}/{name}") for one in ids)
        assert first.headers["content-type"] == "image/jpeg"
        assert first.content == another.content


@pytest.mark.parametrize(("language", "alt"), [("en", "without a name"), ("zh", "没有姓名")])
def test_the_picture_beside_an_old_file_is_without_the_name(
    api: httpx.Client, installation: Installation, issued: int, language: str, alt: str
) -> None:
    file = stored.served(installation, issued)
    assert file
    correct(installation, issued)
    with installation.database.reading() as session:
        public_id = session.get_one(Certificate, issued).public_id
    sent = api.post("/verify/file", params={"lang": language}, files={"file": ("x", file)})
    [picture] = [line for line in sent.text.splitlines() if "<img" in line or "alt=" in line][:1]
    shown = sent.text[sent.text.index(picture) :].partition(">")[0]
    assert f"verify/{public_id}/void.jpg" in shown
    assert alt in shown
    assert WAS not in shown


def test_what_was_published_of_it_goes_with_the_next_run(
    installation: Installation, issued: int, tmp_path: Path
) -> None:
    publish(installation, tmp_path, with_credentials=True)
    assert any(WAS in one.read_text() for one in tmp_path.rglob("*.json"))
    correct(installation, issued)
    done = publish(installation, tmp_path, with_credentials=True)
    assert (done.credentials, done.removed) == (1, 1)
    assert not any(WAS in one.read_text() for one in tmp_path.rglob("*.json"))


def test_its_owner_reads_all_of_it(installation: Installation, old: Certificate) -> None:
    with installation.database.reading() as session:
        person = session.get_one(Certificate, old.id).volunteer
        first, second = held_about(session, person, "en")["certificates"]
    assert (first["name"], second["name"]) == (WAS, IS)
    assert first["further_columns"]["Hours"] == "39"
    assert WAS in json.dumps(first["signed_credentials"], ensure_ascii=False)


def test_one_that_was_only_withdrawn_goes_on_telling_its_facts(
    api: httpx.Client, installation: Installation, issued: int
) -> None:
    """Whoever was shown it knows the name; its owner has no other."""
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        certificate = session.get_one(Certificate, issued)
        person, public_id = certificate.volunteer, certificate.public_id
        apply_to(session, Withdraw(of(person.id), "Was not there"), person)
    assert WAS in api.get(f"/verify/{public_id}", params={"lang": "en"}).text
    assert api.get(f"/verify/{public_id}.json").status_code == 200


def test_no_picture_without_a_name_carries_a_signature(
    api: httpx.Client, installation: Installation, event_id: int, issued: int
) -> None:
    """Somebody could write any name on it."""
    add_inset(installation, event_id, seal("blue"))
    sealed = correct(installation, issued)
    now = correct(installation, sealed, "Bo")
    made = json.loads(stored.served(installation, now) or b"")
    with installation.database.reading() as session:
        before, current = (session.get_one(Certificate, one).public_id for one in (sealed, now))
    thanked = made["credentialSubject"]["achievement"]["image"]["id"].removeprefix(PUBLIC)
    assert blue_in(api.get(f"/certificates/{current}.jpg")) > 1_000
    for nameless in (f"/verify/{before}/void.jpg", f"/verify/{before}/card.jpg", thanked):
        assert blue_in(api.get(nameless)) == 0, nameless


def blue_in(answer: httpx.Response) -> int:
    """How many pixels of the picture are clearly blue."""
    picture = Image.open(io.BytesIO(answer.raise_for_status().content)).convert("RGB")
    red, _, blue = numpy.asarray(picture, dtype=int).transpose(2, 0, 1)
    return int((blue > red + 80).sum())
