"""How a person's key is written: `certs_`, random letters and digits, and a checksum.

The prefix and the checksum let secret scanners recognize a key for certain, and let us detect a key
that was not copied whole before asking the database.
"""

import secrets
import string
import zlib

PREFIX = "certs_"
# A double click selects all of it, and it needs no escaping in addresses.
_ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
# 62**43 is just more than 2**256.
_RANDOM = 43
# 62**6 is just more than 2**32.
_CHECKSUM = 6
_SHOWN = 4


def new_key() -> str:
    """A key with 256 random bits (55 characters)."""
    body = PREFIX + "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM))
    return body + _checksum(body)


def is_whole(text: str) -> bool:
    """Whether `text` is a correctly copied key, of whatever installation."""
    body, checksum = text[:-_CHECKSUM], text[-_CHECKSUM:]
    is_long_enough = len(text) == len(PREFIX) + _RANDOM + _CHECKSUM
    return text.startswith(PREFIX) and is_long_enough and checksum == _checksum(body)


def hint_of(key: str) -> str:
    """The part of a key that may be shown: enough to tell it from others, too little to guess
    it."""
    return f"{key[: len(PREFIX) + _SHOWN]}…"


def _checksum(body: str) -> str:
    """CRC-32 (as in ISO 3309) in letters and digits, most significant first."""
    # Text that is not a key may contain half of a surrogate pair.
    left = zlib.crc32(body.encode(errors="surrogatepass"))
    written = ""
    for _ in range(_CHECKSUM):
        left, digit = divmod(left, len(_ALPHABET))
        written = _ALPHABET[digit] + written
    return written
