"""Random tokens, their hashes, and secrets sealed for the database.

A dump of the database alone opens nothing: organizers' tokens are stored as hashes, volunteers'
tokens and SMTP passwords are sealed with a key outside it.
"""

import hashlib
import hmac
import json
import os
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.errors import SettingRefused
from shared.language import N_

# Longer than any token that we make; anything longer is refused unread.
LONGEST_TOKEN = 128
# Prefix of secrets sealed with a binding; Fernet's base64 never contains it.
_BOUND = "siv:"
_NONCE_OCTETS = 16


def new_token() -> str:
    """Return 256 random bits, safe in a link (43 characters)."""
    return secrets.token_urlsafe(32)


def new_public_id() -> str:
    """Return 128 random bits that name a certificate in public; they open nothing else."""
    return secrets.token_urlsafe(16)


def token_hash(token: str) -> str:
    """The stored form of an organizer's token: SHA-256 suffices for 256 random bits."""
    return hashlib.sha256(_octets(token)).hexdigest()


def _octets(token: str) -> bytes:
    # JSON can carry half of a surrogate pair: not a token, but no reason to crash.
    return token.encode(errors="surrogatepass")


class Seal:
    """Seals with the newest of `keys` and opens with any of them, so that keys can be rotated."""

    def __init__(self, keys: list[str]) -> None:
        masters = [key.encode() for key in keys]
        ciphers = [Fernet(urlsafe_b64encode(_derive(key, b"secrets", 32))) for key in masters]
        self._secrets = MultiFernet(ciphers)
        # Deterministic (RFC 5297), so that an incoming token is found through an index.
        self._tokens = [AESSIV(_derive(master, b"tokens", 64)) for master in masters]
        self._mails = [AESSIV(_derive(master, b"rehearsal mails", 64)) for master in masters]
        self._bound = [AESSIV(_derive(master, b"bound secrets", 64)) for master in masters]
        self._fingerprints = [_derive(master, b"fingerprints", 32) for master in masters]

    def seal_secret(self, secret: str) -> str:
        return self._secrets.encrypt(secret.encode()).decode()

    def open_secret(self, sealed: str) -> str:
        """Open what `seal_secret` sealed. Raises SettingRefused if none of the keys does."""
        try:
            return self._secrets.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise SettingRefused(field="SECRET_KEYS", reason=_PASSWORD_STAYS_SEALED) from None

    def seal_bound(self, secret: str, binding: Sequence[str]) -> str:
        """Seal `secret`, not empty, so that it can be opened with the same `binding` only.

        AES-SIV takes the binding as associated data, with a nonce as the last item (RFC 5297, 3),
        so that equal secrets do not look equal.
        """
        nonce = os.urandom(_NONCE_OCTETS)
        sealed = self._bound[0].encrypt(secret.encode(), _associated(binding, nonce))
        return _BOUND + urlsafe_b64encode(nonce + sealed).decode()

    def open_bound(self, sealed: str, binding: Sequence[str]) -> str:
        """Open what `seal_bound` sealed. Raises SettingRefused if no key does with this binding."""
        return self._open_bound(sealed, binding, self._bound)

    def reseal_bound(self, sealed: str, binding: Sequence[str]) -> str:
        """Return the secret sealed with the newest key; `sealed` itself if it already is.

        Raises SettingRefused when none of the keys sealed it.
        """
        try:
            self._open_bound(sealed, binding, self._bound[:1])
        except SettingRefused:
            return self.seal_bound(self.open_bound(sealed, binding), binding)
        return sealed

    def _open_bound(self, sealed: str, binding: Sequence[str], ciphers: list[AESSIV]) -> str:
        with suppress(ValueError):  # For damaged base64.
            content = urlsafe_b64decode(sealed.removeprefix(_BOUND))
            nonce, content = content[:_NONCE_OCTETS], content[_NONCE_OCTETS:]
            if sealed.startswith(_BOUND):
                associated = _associated(binding, nonce)
                return _opened(ciphers, content, associated, _PASSWORD_STAYS_SEALED).decode()
        raise SettingRefused(field="SECRET_KEYS", reason=_PASSWORD_STAYS_SEALED)

    def fingerprints(self, *parts: str) -> list[str]:
        """Return a keyed hash of `parts` with each of the keys, newest first."""
        # As JSON, so that no two lists of parts are encoded the same.
        content = json.dumps(parts).encode()
        return [hmac.digest(key, content, "sha256").hex() for key in self._fingerprints]

    def seal_token(self, token: str) -> str:
        return _sealed(self._tokens[0], token)

    def reseal_token(self, sealed: str) -> str:
        """Return the token sealed with the newest key, always in the same form.

        Raises SettingRefused when none of the keys sealed it.
        """
        return self.seal_token(self.open_token(sealed))

    def sealed_forms(self, token: str) -> list[str]:
        """All forms in which the database may hold `token`, newest key first."""
        return [_sealed(cipher, token) for cipher in self._tokens]

    def open_token(self, sealed: str) -> str:
        """Open what `seal_token` sealed. Raises SettingRefused if none of the keys does."""
        reason = N_("none of the keys opens the stored links")
        return _opened(self._tokens, urlsafe_b64decode(sealed), None, reason).decode()

    def seal_mail(self, content: bytes, recipient: str) -> bytes:
        """Seal a rehearsal mail so that it cannot stand in for another recipient's."""
        return self._mails[0].encrypt(content, [_octets(recipient)])

    def open_mail(self, sealed: bytes, recipient: str) -> bytes:
        """Open a rehearsal mail. Raises SettingRefused if no key does for this recipient."""
        reason = N_("none of the keys opens this mail of the rehearsal")
        return _opened(self._mails, sealed, [_octets(recipient)], reason)


_PASSWORD_STAYS_SEALED = N_("none of the keys opens the stored password")


def _opened(
    ciphers: Sequence[AESSIV], sealed: bytes, associated: list[bytes] | None, reason: str
) -> bytes:
    for cipher in ciphers:
        with suppress(InvalidTag):
            return cipher.decrypt(sealed, associated)
    raise SettingRefused(field="SECRET_KEYS", reason=reason)


def _sealed(cipher: AESSIV, token: str) -> str:
    return urlsafe_b64encode(cipher.encrypt(_octets(token), None)).decode()


def _associated(binding: Sequence[str], nonce: bytes) -> list[bytes]:
    return [*(part.encode() for part in binding), nonce]


def _derive(master: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=b"volunteer-certificates " + purpose).derive(
        master
    )


def load_seal(keys: str | None, key_file: Path, *, is_new: bool = True) -> Seal:
    """The seal of this installation. See `load_keys`."""
    return Seal(load_keys(keys, key_file, is_new=is_new))


def load_keys(keys: str | None, key_file: Path, *, is_new: bool = True) -> list[str]:
    """The keys of this installation, newest first.

    `keys` are comma-separated, newest first. Without them the key is in `key_file` (mode 0600),
    made by the first process while the installation `is_new` and nothing is sealed. Raises
    SettingRefused if there is none.
    """
    if keys is None:
        key_file.parent.mkdir(parents=True, exist_ok=True)
        if not key_file.exists():
            if not is_new:
                raise SettingRefused(field="SECRET_KEYS", reason=_KEY_IS_LOST)
            # Create the file whole or not at all; of several processes the first wins.
            content = new_token()
            draft = key_file.with_name(f"{key_file.name}.{os.getpid()}.{secrets.token_hex(4)}")
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(content + "\n")
            try:
                os.link(draft, key_file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        try:
            keys = key_file.read_text(encoding="utf-8").strip()
        except UnicodeDecodeError:
            raise SettingRefused(field="SECRET_KEYS", reason=_KEY_IS_DAMAGED) from None
    masters = [key.strip() for key in keys.split(",") if key.strip()]
    if not masters:
        reason = N_("there is no key in it. Without the old key, stored links cannot be opened.")
        raise SettingRefused(field="SECRET_KEYS", reason=reason)
    return masters


_KEY_IS_DAMAGED = N_("the key file is damaged. Without the old key, stored links cannot be opened.")
# A silently created new key would open nothing of what is stored.
_KEY_IS_LOST = N_(
    "the key that sealed the stored links and passwords is missing. Put the old "
    "secret.key back into DATA_DIR, or its content into SECRET_KEYS. If it is lost, set "
    "SECRET_KEYS to a new one and run `certs rotate-keys --give-up-lost`. Mailed links "
    "then stop working."
)
