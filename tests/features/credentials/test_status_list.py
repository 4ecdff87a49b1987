"""Bits that say which credentials were revoked."""

import gzip
from base64 import urlsafe_b64decode
from datetime import timedelta
from itertools import pairwise

import pytest

from shared.features.credentials import proofs
from shared.features.credentials.document import (
    SIZE,
    bits_of,
    index_at,
    is_set,
    list_document,
    with_set,
)
from tests.support.credentials import AT, DID, SITE


def test_everybody_gets_an_index_of_their_own() -> None:
    """All places at once: a permutation of the list."""
    assert {index_at(b"key", 7, place) for place in range(SIZE)} == set(range(SIZE))


def test_an_index_tells_nothing_about_the_one_before() -> None:
    indexes = [index_at(b"key", 7, place) for place in range(1000)]
    assert indexes != [index_at(b"key", 8, place) for place in range(1000)]
    assert indexes != [index_at(b"another", 7, place) for place in range(1000)]
    steps = {later - before for before, later in pairwise(indexes)}
    assert len(steps) > 900
    with pytest.raises(ValueError):
        index_at(b"key", 7, SIZE)


def test_a_list_is_read_as_w3c_says() -> None:
    """Bitstring Status List 1.0, 2.2 and 3.3: base64url behind `u`, gzip, the first bit left."""
    address = f"{SITE}/status/bGlzdA.json"
    bits = with_set(b"", [0, 9, SIZE - 1])
    document = list_document(address, DID, bits, AT, AT + timedelta(days=1))
    packed = document["credentialSubject"]["encodedList"]
    assert packed[0] == "u"
    octets = gzip.decompress(urlsafe_b64decode(packed[1:] + "=="))
    assert (len(octets), octets[:2], octets[-1]) == (SIZE // 8, b"\x80\x40", 1)
    assert bits_of(document) == bits
    assert [is_set(bits, one) for one in (0, 1, 9, SIZE - 1)] == [True, False, True, True]
    assert document["validUntil"] == "2026-11-30T09:30:00Z"
    proofs.canonical(document)


def test_what_is_no_list_or_another_size_is_refused() -> None:
    for packed in ("", "x", "u", "uAAAA", "u" + "A" * 500_000):
        with pytest.raises(ValueError):
            bits_of({"credentialSubject": {"encodedList": packed}})
