"""How others find an issuer's keys: did:web (W3C, DID method web), a file of the installation."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.certificates.credentials.proofs import multikey


@dataclass(frozen=True)
class NamedKey:
    """A public key and its fragment. The fragment is a name and never the key itself: a validator
    that is widely used believes such a fragment without reading the document."""

    name: str
    key: Ed25519PublicKey


def is_resolvable(public_url: str) -> bool:
    """Whether others can find documents there by did:web: https, and a name that is no address and
    not this machine's."""
    parts = urlsplit(public_url)
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme != "https" or host.endswith(".localhost") or "." not in host:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return True
    return False


def did_at(public_url: str, slug: str) -> str:
    """The DID whose document is at PUBLIC_URL/issuers/SLUG/did.json."""
    parts = urlsplit(public_url)
    host = f"{parts.hostname}%3A{parts.port}" if parts.port else str(parts.hostname)
    path = [quote(part) for part in parts.path.split("/") if part]
    return ":".join(["did:web", host, *path, "issuers", slug])


def did_document(did: str, keys: Sequence[NamedKey]) -> dict[str, Any]:
    """The document with all keys, so that what retired ones signed is verified for ever."""
    ids = [f"{did}#{one.name}" for one in keys]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {
                "id": id,
                "type": "Multikey",
                "controller": did,
                "publicKeyMultibase": multikey(one.key),
            }
            for id, one in zip(ids, keys, strict=True)
        ],
        "assertionMethod": ids,
    }
