"""A credential's proof holds for just what the credential means."""

import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.features.credentials import proofs
from tests.support.credentials import AT, KEY_ID, signed_one, statement

W3C = json.loads((Path(__file__).parent / "w3c_vectors.json").read_text())
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture
def with_examples(monkeypatch: pytest.MonkeyPatch) -> None:
    """The context of W3C's examples beside ours."""
    address = W3C["alumni"]["@context"][1]
    ours = proofs.context
    monkeypatch.setattr(
        proofs, "context", lambda one: W3C["examples"] if one == address else ours(one)
    )


@pytest.mark.usefixtures("with_examples")
def test_it_signs_what_w3c_published_octet_by_octet() -> None:
    key = Ed25519PrivateKey.from_private_bytes(proofs.from_base58(W3C["secretKeyMultibase"])[2:])
    name = proofs.multikey(key.public_key())
    assert name == W3C["publicKeyMultibase"]
    at = datetime.strptime(W3C["created"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)

    made = proofs.signed(W3C["alumni"], key, f"did:key:{name}#{name}", at)

    assert made["proof"]["proofValue"] == W3C["alumniProof"]
    assert proofs._hash(W3C["alumni"]).hex() == W3C["alumniHash"]
    assert proofs.is_signed(made, proofs.from_multikey(W3C["publicKeyMultibase"]))


def test_what_w3c_signed_of_hashes_is_signed_alike() -> None:
    key = Ed25519PrivateKey.from_private_bytes(proofs.from_base58(W3C["secretKeyMultibase"])[2:])
    both = bytes.fromhex(W3C["optionsHash"] + W3C["employmentHash"])
    assert proofs.base58(key.sign(both)) == W3C["employmentProof"]


def _of_subject(**changed: Any) -> Callable[[dict[str, Any]], None]:
    return lambda made: made["credentialSubject"].update(changed)


@pytest.mark.parametrize(
    "forge",
    [
        lambda made: made["credentialSubject"]["identifier"][0].update(identityHash="Eve"),
        lambda made: made["credentialSubject"]["result"][0].update(value="390 hours"),
        lambda made: made["issuer"].update(name="Red Cross"),
        lambda made: made.update(validFrom="2020-01-01T00:00:00Z"),
        lambda made: made["credentialStatus"].update(statusListIndex="78"),
        lambda made: made.update(proof=signed_one(KEY, name="Eve")["proof"]),
        lambda made: made["proof"].update(created="2020-01-01T00:00:00Z"),
        lambda made: made["proof"].update(proofPurpose="authentication"),
        lambda made: made["proof"].update(domain="elsewhere.example"),
        lambda made: made.update(unknown="said, and signed by nobody"),
        _of_subject(unknown="said, and signed by nobody"),
    ],
)
def test_nothing_can_be_changed_or_added(forge: Callable[[dict[str, Any]], None]) -> None:
    made = signed_one(KEY)
    assert proofs.is_signed(made, KEY.public_key())
    forged = copy.deepcopy(made)
    forge(forged)
    assert not proofs.is_signed(forged, KEY.public_key())
    assert not proofs.is_signed(made, Ed25519PrivateKey.generate().public_key())


@pytest.mark.parametrize(
    "place",
    [lambda it: it, lambda it: it["issuer"], lambda it: it["credentialSubject"]["result"][0]],
)
@pytest.mark.parametrize("said", [{"hours": 3}, {"type": ["Nonsense"]}, {"id": "no address"}])
def test_a_term_that_no_context_defines_is_refused_before_signing(
    place: Callable[[dict[str, Any]], dict[str, Any]], said: dict[str, Any]
) -> None:
    document = copy.deepcopy(statement().document())
    place(document).update(said)
    with pytest.raises(proofs.TermUnknown):
        proofs.signed(document, KEY, KEY_ID, AT)


def test_no_other_context_is_read() -> None:
    document = statement().document()
    elsewhere = {**document, "@context": [*document["@context"], "https://example.org/terms.json"]}
    with pytest.raises(proofs.TermUnknown):
        proofs.signed(elsewhere, KEY, KEY_ID, AT)


def test_the_contexts_are_those_that_were_published(monkeypatch: pytest.MonkeyPatch) -> None:
    for address in (proofs.CREDENTIALS, proofs.OPEN_BADGES):
        assert proofs.context(address)["@context"]
    with pytest.raises(LookupError):
        proofs.context("https://example.org/terms.json")
    proofs.context.cache_clear()
    changed = {one: (name, "0" * 64) for one, (name, _) in proofs._FILES.items()}
    monkeypatch.setattr(proofs, "_FILES", changed)
    with pytest.raises(RuntimeError):
        proofs.context(proofs.CREDENTIALS)


@pytest.mark.parametrize("octets", [b"", b"\0\0abc", bytes(64), bytes(range(64))])
def test_base58_gives_back_what_it_was_given(octets: bytes) -> None:
    assert proofs.from_base58(proofs.base58(octets)) == octets


@pytest.mark.parametrize("text", ["", "m00", "z0OIl", "z" + "2" * 200])
def test_what_is_no_base58_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        proofs.from_base58(text)
