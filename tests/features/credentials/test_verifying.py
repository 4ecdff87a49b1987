"""A credential that somebody brings is judged by what was signed, and by nothing else."""

import copy
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.features.credentials import proofs, verifying
from shared.features.credentials.document import (
    AchievementFacts,
    did_document,
    list_document,
    with_set,
    withdrawn_document,
)
from shared.features.credentials.verifying import (
    Result,
    Verification,
    address_of,
    judge,
    read,
)
from tests.support.credentials import AT, DID, KEY_ID, SITE, signed_one

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = did_document(DID, {"key-2026-1": KEY.public_key()})
LIST = f"{SITE}/status/bGlzdA.json"
NOW = AT + timedelta(hours=1)
Document = dict[str, Any]


def status_list(*revoked: int, address: str = LIST, hours: int = 24) -> Document:
    bits, end = with_set(b"", revoked), AT + timedelta(hours=hours)
    return proofs.signed(list_document(address, DID, bits, AT, end), KEY, KEY_ID, AT)


def judged(
    credential: Document | None, keys: Document | None = KEYS, listed: Document | None = None
) -> Verification:
    listed = status_list() if listed is None else listed
    return judge(credential, lambda _: keys, lambda _: listed or None, NOW)


def test_what_was_signed_is_good_and_says_what_it_says() -> None:
    verdict = judged(signed_one(KEY))
    assert (verdict.result, verdict.state, verdict.issuer) == (Result.GOOD, "valid", DID)
    assert verdict.facts["name"] == "Ana García"
    assert verdict.facts["columns"] == {"Hours": "39 hours", "Role": "Guide"}
    assert json.dumps(verdict.to_json())


@pytest.mark.parametrize(
    ("event", "organization", "language"),
    [
        ("River Clean-up", "City", "en"),
        ("[River]: *all*", r"A: b\*c. d", "en"),
        ("河道清理", "市政府：环保处。", "zh"),
        ("Run", "", "en"),
    ],
)
def test_the_organization_is_told_as_it_was_stated(
    event: str, organization: str, language: str
) -> None:
    thanked = AchievementFacts(event, organization, (), language)
    facts = judged(signed_one(KEY, achievement=thanked, values=[])).facts
    assert facts["organization"] == organization


def test_what_was_revoked_is_bad() -> None:
    verdict = judged(signed_one(KEY), listed=status_list(77))
    assert (verdict.result, verdict.state) == (Result.BAD, "revoked")
    assert judged(signed_one(KEY), listed=status_list(76, 78)).result == Result.GOOD


def test_another_list_of_the_same_issuer_does_not_count() -> None:
    """Other verifiers compare issuer and purpose alone, so this one would be believed."""
    elsewhere = status_list(address=f"{SITE}/status/another.json")
    assert judged(signed_one(KEY), listed=elsewhere).result == Result.BAD


@pytest.mark.parametrize("hours", [0, 1])
def test_an_old_list_is_never_good(hours: int) -> None:
    verdict = judged(signed_one(KEY), listed=status_list(hours=hours))
    assert verdict.result == Result.BAD
    assert "not of today" in verdict.why


def test_a_list_that_somebody_else_signed_does_not_count() -> None:
    document = {name: one for name, one in status_list().items() if name != "proof"}
    forged = proofs.signed(document, Ed25519PrivateKey.generate(), KEY_ID, AT)
    assert judged(signed_one(KEY), listed=forged).result == Result.BAD


def test_a_proof_in_a_list_of_one_is_the_proof() -> None:
    made = signed_one(KEY)
    assert judged({**made, "proof": [made["proof"]]}) == judged(made)


def test_what_a_withdrawn_key_signed_is_no_forgery_and_nothing_of_it_is_shown() -> None:
    stolen = Ed25519PrivateKey.generate()
    method = (proofs.multikey(stolen.public_key()), AT)
    told = withdrawn_document(DID, {KEY_ID.partition("#")[2]: method})

    def judged_by(made: Document, document: Document | None = told) -> Verification:
        return judge(made, lambda _: KEYS, lambda _: status_list(), NOW, lambda _: document)

    made = signed_one(stolen)
    verdict = judged_by(made)
    assert (verdict.result, verdict.state) == (Result.BAD, "key_withdrawn")
    assert (verdict.facts, verdict.issuer) == ({}, "")
    assert made["id"] in verdict.to_json()["why"]
    assert "2026-11-29" in verdict.to_json()["why"]
    # Its thief chooses no address of a page.
    elsewhere = signed_one(stolen, address="https://evil.example/verify/Zm9v")
    assert verdict.details["page"] == made["id"]
    assert judged_by(elsewhere).details["page"] == f"{SITE}/verify"
    # Whatever it did not sign is a forgery as before.
    assert judged_by(signed_one(Ed25519PrivateKey.generate())).why == verifying.FORGED
    assert judged_by(made, told | {"id": "did:web:evil.example:issuers:x"}).why == verifying.FORGED
    assert judged_by(made, None).why == verifying.FORGED


def test_what_is_not_known_here_is_not_checked() -> None:
    verdict = judged(signed_one(KEY), keys=None)
    assert verdict.result == Result.NOT_CHECKED
    assert f"{SITE}/issuers/installation/did.json" in verdict.to_json()["why"]
    verdict = judge(signed_one(KEY), lambda _: KEYS, lambda _: None, NOW)
    assert verdict.result == Result.NOT_CHECKED
    assert LIST in verdict.to_json()["why"]


def _moved(made: Document) -> None:
    """Its statements in another place: the status is described where nobody looks."""
    status = made["credentialStatus"]
    made["credentialStatus"] = {"id": status["id"]}
    made["issuer"]["@included"] = [status]


FORGED: dict[str, Callable[[Document], object]] = {
    "name": lambda made: made["credentialSubject"]["identifier"][0].update(identityHash="Eve"),
    "hours": lambda made: made["credentialSubject"]["result"][0].update(value="390 hours"),
    "issuer": lambda made: made["issuer"].update(name="Red Cross"),
    "date": lambda made: made.update(validFrom="2020-01-01T00:00:00Z"),
    "index": lambda made: made["credentialStatus"].update(statusListIndex="78"),
    "list": lambda made: made["credentialStatus"].update(statusListCredential=f"{SITE}/x.json"),
    "proof": lambda made: made.update(proof=signed_one(KEY, name="Eve")["proof"]),
    "two proofs": lambda made: made.update(proof=[made["proof"], made["proof"]]),
    "no proof": lambda made: made.update(proof=[]),
    "more": lambda made: made.update(evidence=[{"id": "https://evil.example"}]),
    "more under @": lambda made: made.update({"@included": []}),
    "another context": lambda made: made["@context"].append("https://evil.example/terms"),
    "terms of its own": lambda made: made["@context"].append({"name": "https://evil.example"}),
    "no status": lambda made: made.pop("credentialStatus"),
    "moved": _moved,
    "two names": lambda made: made["credentialSubject"]["identifier"].append(
        made["credentialSubject"]["identifier"][0] | {"identityHash": "Eve"}
    ),
    "in an array": lambda made: made.update(credentialStatus=[made["credentialStatus"]]),
    "a name of another kind": lambda made: made.update(name={"@value": made["name"]}),
    "another's key": lambda made: made["proof"].update(verificationMethod=f"{DID}#key-2026-2"),
    "another's DID": lambda made: made["issuer"].update(id="did:web:evil.example:issuers:x"),
    "no DID of the web": lambda made: made["issuer"].update(id="did:key:z6Mk"),
}


@pytest.mark.parametrize("how", FORGED)
def test_whatever_is_changed_is_bad(how: str) -> None:
    forged = copy.deepcopy(signed_one(KEY))
    FORGED[how](forged)
    assert judged(forged).result == Result.BAD


def test_a_key_under_our_did_that_is_not_in_its_document_is_bad() -> None:
    assert judged(signed_one(Ed25519PrivateKey.generate())).result == Result.BAD
    nobody_may = KEYS | {"assertionMethod": []}
    assert judged(signed_one(KEY), keys=nobody_may).result == Result.BAD


def test_what_is_dated_in_the_future_is_bad() -> None:
    early = signed_one(KEY, issued_at=NOW + timedelta(days=1))
    assert judged(early).result == Result.BAD


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff", b"[" * 50_000, b'{"a":' * 20_000, b" " * 200_000]
)
def test_what_is_no_credential_is_no_credential(content: bytes) -> None:
    assert read(content) is None
    assert judged(read(content)).result == Result.BAD


@pytest.mark.parametrize(
    "did",
    ["did:web:x", "did:web:a%2Fb:issuers:x", "did:key:z", "web:a:b", "did:web::", "did:web:ä:x"],
)
def test_other_dids_lead_nowhere(did: str) -> None:
    assert address_of(did) is None
