"""What programs read to verify certificates, at a real server."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO

import httpx
import pytest
from PIL import Image

from shared.acts.run import apply_to
from shared.acts.withdraw import Withdraw
from shared.events.installation import Installation
from shared.features.credentials import issuers, proofs, stored
from shared.features.credentials.publishing import Own
from shared.features.credentials.verifying import Result, judge
from shared.log.actor import AT_THE_MACHINE
from shared.privacy.erasure import erase_person
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.models import Certificate, Event
from tests.support.acting import of
from tests.support.api_server import api, server_url
from tests.support.factories import small_picture
from tests.support.issued_for_real import PUBLIC, issue_for_real, made_public

__all__ = ["api", "server_url"]

VC = {"Accept": "application/vc"}


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def ana(installation: Installation, event_id: int) -> Certificate:
    [issued] = issue_for_real(installation, event_id)
    with installation.database.reading() as session:
        return session.get_one(Certificate, issued)


@pytest.fixture
def withdraw(installation: Installation) -> Callable[[Certificate], None]:
    def done(certificate: Certificate) -> None:
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            person = session.get_one(Certificate, certificate.id).volunteer
            apply_to(session, Withdraw(of(person.id), "Was not there"), person)

    return done


def path_of(address: str) -> str:
    return address.removeprefix(PUBLIC).partition("#")[0]


@pytest.mark.parametrize(
    "kind", ["application/vc", "application/vc+ld+json", "application/ld+json"]
)
def test_a_program_gets_the_bare_credential(api: httpx.Client, ana: Certificate, kind: str):
    answer = api.get(f"/verify/{ana.public_id}", headers={"Accept": kind})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == kind
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Accept" in answer.headers["vary"]
    assert answer.json()["id"] == f"{PUBLIC}/verify/{ana.public_id}"
    assert api.get(f"/verify/{ana.public_id}", headers=VC).content == answer.content


@pytest.mark.parametrize(
    "accept",
    [
        "*/*",
        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "text/html, application/json;q=0.5",
        "application/json;q=0",
        "",
    ],
)
def test_people_get_the_page(api: httpx.Client, ana: Certificate, accept: str):
    answer = api.get(f"/verify/{ana.public_id}", headers={"Accept": accept})
    assert answer.headers["content-type"].startswith("text/html")
    assert "Accept" in answer.headers["vary"]
    address = f"{PUBLIC}/verify/{ana.public_id}.json"
    assert answer.headers["link"] == f'<{address}>; rel="alternate"; type="application/vc"'
    assert api.get(path_of(address)).headers["content-type"] == "application/vc"


def test_a_leaked_key_is_told_apart_from_those_that_verify(
    api: httpx.Client, installation: Installation, ana: Certificate
):
    api.get(f"/verify/{ana.public_id}", headers=VC)
    [before] = api.get("/issuers/installation/did.json").json()["verificationMethod"]
    assert api.get("/issuers/installation/withdrawn-keys.json").json()["verificationMethod"] == []
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        issuer = issuers.find(session, issuers.INSTALLATION)
        issuers.rotate(session, installation.seal, issuer, leaked=True)
    [after] = api.get("/issuers/installation/did.json").json()["verificationMethod"]
    [told] = api.get("/issuers/installation/withdrawn-keys.json").json()["verificationMethod"]
    assert after["id"] != before["id"]
    assert (told["id"], told["publicKeyMultibase"]) == (before["id"], before["publicKeyMultibase"])
    assert datetime.fromisoformat(told["revoked"]).tzinfo is not None
    assert api.get("/issuers/nobody/withdrawn-keys.json").status_code == 404


def test_everything_that_a_verifier_needs_is_found_from_the_credential(
    api: httpx.Client, ana: Certificate
):
    made = api.get(f"/verify/{ana.public_id}", headers=VC).json()
    did = api.get("/issuers/installation/did.json")
    assert did.headers["content-type"] == "application/did+json"
    assert did.json()["id"] == made["issuer"]["id"]
    [method] = did.json()["verificationMethod"]
    assert method["id"] == made["proof"][0]["verificationMethod"]
    key = proofs.from_multikey(method["publicKeyMultibase"])
    assert proofs.is_signed(made, key)
    address = made["credentialStatus"]["statusListCredential"]
    listed = api.get(path_of(address))
    assert listed.json()["id"] == address
    assert listed.json()["issuer"] == made["issuer"]["id"]
    assert proofs.is_signed(listed.json(), key)
    thanked = made["credentialSubject"]["achievement"]
    stated = api.get(path_of(thanked["id"]))
    assert {"@context": made["@context"], **thanked} == stated.json()
    picture = api.get(path_of(thanked["image"]["id"]))
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["access-control-allow-origin"] == "*"
    assert Image.open(BytesIO(picture.content)).format == "JPEG"
    # There is nobody's name on it.
    own = api.get(f"/certificates/{ana.public_id}.jpg?width=1000").content
    assert picture.content != own
    assert api.get("/achievements/nothing.jpg").status_code == 404
    for answer in (did, listed, stated):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_a_page_elsewhere_may_read_it(api: httpx.Client, ana: Certificate):
    headers = VC | {"Origin": "https://verifier.example"}
    answer = api.get(f"/verify/{ana.public_id}", headers=headers)
    assert answer.headers["access-control-allow-origin"] == "*"


def test_json_tells_state_facts_and_credential(
    api: httpx.Client, ana: Certificate, withdraw: Callable[[Certificate], None]
):
    wanted = {"Accept": "application/json"}
    told = api.get(f"/verify/{ana.public_id}", headers=wanted).json()
    assert set(told) == {"state", "checked", "facts", "credential", "event_deleted"}
    assert told["state"] == "valid"
    assert told["facts"] == {
        "name": "Ana Silva",
        "event": "Harbour Run 2026",
        "organization": "",
        "number": "HR-7",
        "date": ana.date.isoformat(),
        "columns": {"Hours": "39 hours"},
    }
    assert told["credential"] == api.get(f"/verify/{ana.public_id}", headers=VC).json()
    withdraw(ana)
    assert api.get(f"/verify/{ana.public_id}", headers=wanted).json()["state"] == "withdrawn"
    # Its state is in the list; what was signed stays true to its proof.
    assert api.get(f"/verify/{ana.public_id}", headers=VC).json() == told["credential"]


def test_of_who_was_erased_nothing_is_told(
    api: httpx.Client, installation: Installation, ana: Certificate
):
    api.get(f"/verify/{ana.public_id}", headers=VC)
    with installation.database.reading() as session:
        person = session.get_one(Certificate, ana.id).volunteer
    erase_person(installation.database, installation.seal, person, AT_THE_MACHINE)
    answer = api.get(f"/verify/{ana.public_id}", headers=VC)
    assert answer.status_code == 410
    assert "Ana" not in answer.text
    told = api.get(f"/verify/{ana.public_id}", headers={"Accept": "application/json"})
    assert told.status_code == 410
    assert {**told.json(), "checked": ""} == {
        "state": "erased",
        "checked": "",
        "facts": {},
        "credential": None,
        "event_deleted": None,
    }


@pytest.mark.parametrize("kind", ["application/vc", "application/json"])
def test_nobody_is_404(api: httpx.Client, kind: str):
    answer = api.get("/verify/AAAAAAAAAAAAAAAAAAAAAA", headers={"Accept": kind})
    assert answer.status_code == 404
    assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize(
    "path", ["/issuers/nobody/did.json", "/status/nothing.json", "/achievements/nothing.json"]
)
def test_what_is_not_there_is_404(api: httpx.Client, path: str):
    assert api.get(path).status_code == 404


def test_the_states_of_many_are_told_at_once_and_nothing_else(
    api: httpx.Client, ana: Certificate, withdraw: Callable[[Certificate], None]
):
    ids = [ana.public_id, "AAAAAAAAAAAAAAAAAAAAAA", "no id at all"]
    told = api.post("/verify", json={"ids": ids})
    assert told.json() == {"states": {ids[0]: "valid", ids[1]: "unknown", ids[2]: "unknown"}}
    withdraw(ana)
    told = api.post("/verify", json={"ids": [ana.public_id] * 1000})
    assert told.json() == {"states": {ana.public_id: "withdrawn"}}


@pytest.mark.parametrize(
    "body",
    [
        '{"ids": "all"}',
        '{"ids": [1]}',
        "{}",
        "[]",
        "no json",
        '{"ids": [], "list": true}',
        json.dumps({"ids": ["A"] * 1001}),
    ],
)
def test_another_shape_is_refused_with_a_sentence(api: httpx.Client, body: str):
    answer = api.post("/verify", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["message"].startswith("The request cannot be read.")


def test_who_asks_too_often_waits(api: httpx.Client, ana: Certificate):
    for _ in range(60):
        assert api.post("/verify", json={"ids": []}).status_code == 200
    refused = api.post("/verify", json={"ids": [ana.public_id]})
    assert refused.status_code == 429
    assert refused.headers["retry-after"] == "60"
    # Who reads one certificate is not counted.
    assert api.get(f"/verify/{ana.public_id}", headers=VC).status_code == 200


def test_the_logo_that_a_credential_names_stays(
    api: httpx.Client, installation: Installation, event_id: int, ana: Certificate
):
    addresses = []
    for colour in ("red", "blue"):
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            issuer = issuers.find(session, issuers.INSTALLATION)
            logo = accept_inset(small_picture(colour))
            issuers.describe(session, issuer, name="Us", page="https://us.example", logo=logo)
            # As after a withdrawal that was undone.
            stored.revoke(session, [ana])
        content = stored.served(installation, ana.id)
        assert content is not None
        made = json.loads(content)
        with installation.database.reading() as session:
            own = issuers.find(session, issuers.INSTALLATION)
            [key] = issuers.public_keys(session, own).values()
        assert proofs.is_signed(made, key)
        kept = Own(installation)
        assert judge(made, kept.key, kept.list, datetime.now(UTC)).result is Result.GOOD
        assert made["issuer"]["image"]["type"] == "Image"
        addresses.append(made["issuer"]["image"]["id"])
    assert addresses[0] != addresses[1]
    for address in addresses:
        answer = api.get(path_of(address))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.content.startswith(b"\x89PNG")
    assert api.get(f"/issuers/installation/{'0' * 64}.png").status_code == 404


def test_an_earlier_address_that_still_leads_here_keeps_its_keys(
    api: httpx.Client, installation: Installation, event_id: int
):
    earlier = made_public(installation, "https://earlier.example")
    [issued] = issue_for_real(earlier, event_id)
    made = json.loads(stored.served(earlier, issued) or b"")
    known = api.get("/issuers/installation/did.json", headers={"Host": "earlier.example"}).json()
    assert known["id"] == made["issuer"]["id"] == "did:web:earlier.example:issuers:installation"
    listed = api.get(
        made["credentialStatus"]["statusListCredential"].removeprefix("https://earlier.example")
    )
    assert listed.json()["id"] == made["credentialStatus"]["statusListCredential"]
    by_now = api.get("/issuers/installation/did.json").json()
    assert by_now["id"] == "did:web:thanks.example.org%3A8443:certs:issuers:installation"


def test_the_page_offers_the_credential_as_a_file_and_says_what_it_does_not_prove(
    api: httpx.Client, ana: Certificate
):
    page = api.get(f"/verify/{ana.public_id}", headers={"Accept": "text/html"}).text
    assert f'href="{ana.public_id}.json"' in page
    assert "It does not prove that the person who shows it has that name" in page
    file = api.get(f"/verify/{ana.public_id}.json")
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.content == api.get(f"/verify/{ana.public_id}", headers=VC).content
    assert api.get("/verify/AAAAAAAAAAAAAAAAAAAAAA.json").status_code == 404


def test_the_page_of_a_rehearsal_offers_none(
    api: httpx.Client, installation: Installation, event_id: int, ana: Certificate
):
    with installation.database.writing() as session:
        session.get_one(Event, event_id).live_at = None
    page = api.get(f"/verify/{ana.public_id}", headers={"Accept": "text/html"}).text
    assert ".json" not in page


@pytest.mark.parametrize(
    "address",
    [
        *("/verify/{}", "/verify/{}.json", "/verify/{}/card.jpg", "/certificates/{}.pdf"),
        *("/issuers/{}/did.json", "/issuers/x/{}.png", "/status/{}.json"),
        *("/achievements/{}.json", "/achievements/{}.jpg", "/event/{}", "/reminders/{}"),
    ],
)
def test_what_no_database_can_be_asked_for_is_not_there(api: httpx.Client, address: str) -> None:
    assert api.get(address.format("a%00b")).status_code == 404
