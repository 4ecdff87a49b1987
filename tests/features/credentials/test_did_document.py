"""Where others find the keys."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.features.credentials.document import (
    did_at,
    did_document,
    is_resolvable,
)
from shared.features.credentials.proofs import from_multikey


@pytest.mark.parametrize(
    ("site", "did"),
    [
        ("https://thanks.example.org", "did:web:thanks.example.org:issuers:rotary"),
        ("https://example.org:8443", "did:web:example.org%3A8443:issuers:rotary"),
        ("https://example.org/a/certs", "did:web:example.org:a:certs:issuers:rotary"),
        ("https://EXAMPLE.org:8443/c", "did:web:example.org%3A8443:c:issuers:rotary"),
    ],
)
def test_a_did_names_host_port_and_path(site: str, did: str) -> None:
    assert did_at(site, "rotary") == did


@pytest.mark.parametrize(
    ("site", "is_public"),
    [
        ("https://thanks.example.org", True),
        ("https://thanks.example.org:8443/certs", True),
        ("http://thanks.example.org", False),
        ("http://127.0.0.1:8000", False),
        ("https://127.0.0.1", False),
        ("https://[::1]", False),
        ("https://localhost", False),
        ("https://certs.localhost", False),
        ("https://intranet", False),
    ],
)
def test_only_a_public_name_can_be_resolved(site: str, is_public: bool) -> None:
    """did:web is read by https, and takes no bare addresses (its specification, 3.1)."""
    assert is_resolvable(site) is is_public


def test_the_document_names_every_key_in_full() -> None:
    keys = {f"key-2026-{n}": Ed25519PrivateKey.generate().public_key() for n in (1, 2)}
    document = did_document("did:web:example.org:issuers:rotary", keys)
    assert document["assertionMethod"] == [
        "did:web:example.org:issuers:rotary#key-2026-1",
        "did:web:example.org:issuers:rotary#key-2026-2",
    ]
    for method, (name, key) in zip(document["verificationMethod"], keys.items(), strict=True):
        assert (method["type"], method["controller"]) == ("Multikey", document["id"])
        assert from_multikey(method["publicKeyMultibase"]) == key
        assert method["id"] == f"{document['id']}#{name}"
