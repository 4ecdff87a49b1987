"""The keys of an installation, sealed with a passphrase."""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from shared.errors import ProductError
from shared.language import N_

# OWASP, “Password Storage”: 64 MB and a fifth of a second for each guess. Fixed for this format,
# since a file could ask for any amount of memory.
_COST, _BLOCK, _LANES = 2**16, 8, 2
_SALT_OCTETS, _NONCE_OCTETS = 16, 12


def seal_keys(keys: list[str], passphrase: str, manifest: bytes) -> bytes:
    """The keys, which open only together with this very manifest: it is proven with them."""
    salt, nonce = os.urandom(_SALT_OCTETS), os.urandom(_NONCE_OCTETS)
    content = json.dumps(keys).encode()
    sealed = _cipher(passphrase, salt).encrypt(nonce, content, manifest)
    return json.dumps({"salt": _written(salt), "sealed": _written(nonce + sealed)}).encode()


def open_keys(sealed: bytes, passphrase: str, manifest: bytes) -> list[str]:
    """Raises ProductError for another passphrase, and for a manifest that was changed."""
    try:
        parts = json.loads(sealed)
        salt, content = b64decode(parts["salt"]), b64decode(parts["sealed"])
        cipher = _cipher(passphrase, salt)
        opened = cipher.decrypt(content[:_NONCE_OCTETS], content[_NONCE_OCTETS:], manifest)
        keys: list[str] = json.loads(opened)
    except (InvalidTag, ValueError, KeyError, TypeError):
        raise ProductError(
            N_(
                "The passphrase does not open the keys in this backup: it is another one's, or the "
                "file was changed. Nothing was done."
            )
        ) from None
    return keys


def read_passphrase(file: Path) -> str:
    """What stands in the file, without the end of the line. Raises ProductError, and OSError."""
    try:
        passphrase = file.read_text(encoding="utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        passphrase = ""
    if not passphrase:
        raise ProductError(N_("{file} has no passphrase in it: one line of text."), file=str(file))
    return passphrase


def _cipher(passphrase: str, salt: bytes) -> ChaCha20Poly1305:
    derived = Scrypt(salt=salt, length=32, n=_COST, r=_BLOCK, p=_LANES)
    return ChaCha20Poly1305(derived.derive(passphrase.encode()))


def _written(content: bytes) -> str:
    return b64encode(content).decode()
