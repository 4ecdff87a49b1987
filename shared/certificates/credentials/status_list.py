"""Lists of bits by which credentials are revoked (W3C, Bitstring Status List 1.0).

A bit that was set is never cleared: revocation is not reversible. Which index a credential gets
tells nobody how many there are, or who came before whom.
"""

import gzip
import hmac
import io
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from shared.certificates.credentials.contexts import CREDENTIALS
from shared.certificates.credentials.proofs import written_moment

# The least that keeps one credential among many (3.2), and a power of two.
SIZE = 131_072
_HALF_BITS = 9
_HALF = (1 << _HALF_BITS) - 1
_ROUNDS = 4


def index_at(key: bytes, list_id: int, place: int) -> int:
    """The index of whoever comes at this place of the list: a permutation that only `key` knows.

    A Feistel network on 18 bits, walked until it is back among the list's 17. Raises ValueError
    for a place that the list does not have.
    """
    if not 0 <= place < SIZE:
        raise ValueError("the list is full")
    index = _permuted(key, list_id, place)
    while index >= SIZE:
        index = _permuted(key, list_id, index)
    return index


def _permuted(key: bytes, list_id: int, number: int) -> int:
    left, right = number >> _HALF_BITS, number & _HALF
    for turn in range(_ROUNDS):
        mixed = hmac.digest(key, f"{list_id}:{turn}:{right}".encode(), "sha256")
        left, right = right, left ^ (int.from_bytes(mixed[:2]) & _HALF)
    return left << _HALF_BITS | right


def with_set(bits: bytes, indexes: Iterable[int]) -> bytes:
    """These bits, and those at `indexes`; the first one is the most significant of its octet."""
    changed = bytearray(bits or bytes(SIZE // 8))
    for index in indexes:
        changed[index // 8] |= 0x80 >> index % 8
    return bytes(changed)


def is_set(bits: bytes, index: int) -> bool:
    """Raises ValueError for an index that the list does not have."""
    if not 0 <= index < SIZE:
        raise ValueError("not in the list")
    return bool(bits[index // 8] & 0x80 >> index % 8)


def list_document(
    address: str, did: str, bits: bytes, begin: datetime, end: datetime
) -> dict[str, Any]:
    """The list as a credential without its proof; believed until `end` and not longer."""
    packed = urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")
    return {
        "@context": [CREDENTIALS],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": written_moment(begin),
        "validUntil": written_moment(end),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": f"u{packed}",
        },
    }


def bits_of(document: dict[str, Any]) -> bytes:
    """The bits of a list. Raises ValueError for what is none."""
    packed = document["credentialSubject"]["encodedList"]
    if not isinstance(packed, str) or packed[:1] != "u" or len(packed) > 2 * SIZE:
        raise ValueError("not a list of bits")
    octets = urlsafe_b64decode(packed[1:] + "=" * (-len(packed[1:]) % 4))
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(octets)) as opened:
            # Not one octet more, whatever it would become.
            bits = opened.read(SIZE // 8 + 1)
    except (OSError, EOFError, zlib.error) as damaged:
        raise ValueError("not a list of bits") from damaged
    if len(bits) != SIZE // 8:
        raise ValueError("not a list of this size")
    return bits
