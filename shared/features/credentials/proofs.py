"""Signing and verifying a document by the cryptosuite eddsa-rdfc-2022 (W3C, Data Integrity EdDSA
Cryptosuites 1.0, 3.2).

What is signed is the set of statements that a document means, not its text. A property that none of
the contexts defines would mean nothing and be signed by nobody, so it is refused.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Document = Mapping[str, Any]

# The two JSON-LD contexts that credentials are written in, as published: never fetched.
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
# Another text would give signed statements another meaning: that of "3.0.3" has changed once.
_FILES = {
    CREDENTIALS: (
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    OPEN_BADGES: (
        "open-badges-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
}

# Multibase base58btc, and the multicodec of an Ed25519 public key.
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_ED25519 = b"\xed\x01"
# What a relative address becomes, and an unknown type: neither is signed.
_RELATIVE = "http://relative.invalid/"
_ABSOLUTE = re.compile(r"(?!http://relative\.invalid/)[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_IS_KEYWORD = ("@context", "@id", "@type", "id", "type")


class TermUnknown(ValueError):
    """The error that a document says something that none of its contexts defines."""


def signed(document: Document, key: Ed25519PrivateKey, key_id: str, at: datetime) -> dict[str, Any]:
    """Return the document with its proof. Raises TermUnknown."""
    created = written_moment(at)
    to_sign = _hash_of_options(tuple(document["@context"]), key_id, created) + _hash(document)
    proof = options(key_id, created) | {"proofValue": base58(key.sign(to_sign))}
    return {**document, "proof": proof}


def unlisted(document: Document) -> Document:
    """Return the document with its proof as an object, also where that is in a list of one.

    Both are allowed (W3C, Verifiable Credential Data Integrity 1.0, 2.1); of several proofs none is
    read.
    """
    proof = document.get("proof")
    if isinstance(proof, list) and len(proof) == 1:
        return {**document, "proof": proof[0]}
    return document


def is_signed(document: Document, key: Ed25519PublicKey) -> bool:
    """Return whether the document's proof was made with this key, over just what the document
    means.

    Who may sign for whom, and whether that is the shape of our credentials, is for the caller.
    """
    document = unlisted(document)
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    try:
        proof = dict(document["proof"])
        signature = from_base58(proof.pop("proofValue"))
        if proof != options(proof["verificationMethod"], proof["created"]):
            return False
        contexts = tuple(document["@context"])
        hashed = _hash_of_options(contexts, proof["verificationMethod"], proof["created"])
        key.verify(signature, hashed + _hash(unsecured))
    except (InvalidSignature, TermUnknown, LookupError, TypeError, ValueError):
        return False
    return True


def options(key_id: str, created: str) -> dict[str, str]:
    """Return a proof but for its value."""
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": created,
        "verificationMethod": key_id,
        "proofPurpose": "assertionMethod",
    }


# Half of the time of a signature otherwise, and the same for all that one second signs.
@lru_cache(maxsize=16)
def _hash_of_options(contexts: tuple[str, ...], key_id: str, created: str) -> bytes:
    return _hash({"@context": list(contexts), **options(key_id, created)})


def _hash(document: Document) -> bytes:
    return hashlib.sha256(canonical(document).encode()).digest()


def canonical(document: Document) -> str:
    """Return what the document means, as N-Quads in canonical order (RDF Dataset Canonicalization
    1.0).

    Raises TermUnknown.
    """
    # A tenth of a second at the start of each process, most of which never sign.
    from pyld import jsonld

    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": _load,
        "base": _RELATIVE,
    }
    try:
        meant = jsonld.expand(document, options)
        canonized: str = jsonld.normalize(meant, options)
    except jsonld.JsonLdError as refused:
        raise TermUnknown(str(refused)) from None
    # Expanding dropped no property, and every type and id is an absolute address.
    if _count(document) != _count(meant) or not _is_absolute(meant):
        raise TermUnknown("one of its properties or types is in none of its contexts")
    return canonized


def _load(address: str, _options: Any) -> dict[str, Any]:
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        # It never changes, so pyld caches what it made of it: a signature takes a third less
        # (`make bench`: a PDF signed when it is drawn).
        "tag": "static",
        "document": context(address),
    }


@cache
def context(address: str) -> dict[str, Any]:
    """Return the context published at this address. Raises LookupError for any other."""
    name, digest = _FILES[address]
    content = (Path(__file__).parent / "contexts" / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise RuntimeError(f"{name} is not the text that it was when credentials were signed by it")
    found: dict[str, Any] = json.loads(content)
    return found


def _count(part: Any) -> int:
    """Count properties and values, but for those that JSON-LD itself is made of."""
    if isinstance(part, Mapping):
        if "@value" in part:
            return 1
        properties = [value for name, value in part.items() if name not in _IS_KEYWORD]
        return len(properties) + sum(map(_count, properties)) + ("@id" in part and len(part) == 1)
    if isinstance(part, list | tuple):
        return sum(map(_count, part))
    return part is not None


def _is_absolute(part: Any) -> bool:
    if isinstance(part, list):
        return all(map(_is_absolute, part))
    if not isinstance(part, Mapping) or "@value" in part:
        return True
    properties = [name for name in part if name[0] != "@"]
    names = [*part.get("@type", []), *properties, *([part["@id"]] if "@id" in part else [])]
    return all(map(_ABSOLUTE.fullmatch, names)) and all(
        _is_absolute(part[name]) for name in properties
    )


def written_moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def written(document: Document) -> bytes:
    """Return the document as it is stored and served."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def multikey(key: Ed25519PublicKey) -> str:
    """Return the key as a Multikey writes it (W3C, Controlled Identifiers 1.0, 2.2.2)."""
    return base58(_ED25519 + key.public_bytes_raw())


def from_multikey(text: str) -> Ed25519PublicKey:
    """Return the key. Raises ValueError for what is no Ed25519 key."""
    octets = from_base58(text)
    if octets[:2] != _ED25519:
        raise ValueError("not an Ed25519 key")
    return Ed25519PublicKey.from_public_bytes(octets[2:])


def base58(octets: bytes) -> str:
    """Return the octets as multibase base58btc: `z`, then the digits."""
    number, digits = int.from_bytes(octets), ""
    while number:
        number, digit = divmod(number, 58)
        digits = _BASE58[digit] + digits
    return "z" + "1" * (len(octets) - len(octets.lstrip(b"\0"))) + digits


def from_base58(text: str) -> bytes:
    """Return the octets. Raises ValueError for what is no multibase base58btc, or longer than any
    key or signature."""
    if text[:1] != "z" or len(text) > 100:
        raise ValueError("not base58")
    digits = text[1:]
    number = 0
    for digit in digits:
        number = number * 58 + _BASE58.index(digit)
    zeros = len(digits) - len(digits.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
