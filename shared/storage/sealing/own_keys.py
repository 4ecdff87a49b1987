"""Random keys of the installation's own, each for one use, sealed in the owner's row.

`rotate-keys` seals them again, so that what was made with one goes on meaning the same.
"""

import hmac
import json

from sqlalchemy.orm import Session

from shared.storage.models import Owner
from shared.storage.sealing.tokens import Seal, new_token

# The column that holds each key, and what its seal is bound to.
ADDRESS_HASHES, MESSAGE_IDS = "sealed_address_key", "sealed_message_key"
PLACES_IN_LISTS = "sealed_place_key"
BINDINGS = {
    ADDRESS_HASHES: ("key of address hashes",),
    MESSAGE_IDS: ("key of message ids",),
    PLACES_IN_LISTS: ("key of places in lists",),
}


def signing_key_binding(public_key: str) -> tuple[str, str]:
    """What an issuer's private key is bound to: its own public key."""
    return ("signing key", public_key)


def own_key(session: Session, seal: Seal, column: str) -> bytes:
    """The key; call it in a writing session for the first use, which makes it.

    Raises SettingRefused when none of the keys of `seal` opens it.
    """
    owner = session.get_one(Owner, 1)
    if getattr(owner, column) is None:
        # Whoever came first made the key, which never changes.
        session.refresh(owner, with_for_update=True)
    if getattr(owner, column) is None:
        setattr(owner, column, seal.seal_bound(new_token(), BINDINGS[column]))
        session.flush()
    return seal.open_bound(getattr(owner, column), BINDINGS[column]).encode()


class AddressHashes:
    """Keyed hashes by which the installation recognizes addresses and secret values that it no
    longer keeps; without the key, nobody can make or check them."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, event_id: int, address: str) -> str:
        """64 hexadecimal digits, different in each event, so nobody sees who was on two lists."""
        return self._of(f"{event_id}:{address.lower()}")

    def of_account(self, account_id: int, address: str) -> str:
        """64 hexadecimal digits, different for each sending account."""
        return self._of(f"account {account_id}:{address.lower()}")

    def of_value(self, volunteer_id: int, title: str, value: str) -> str:
        """64 hexadecimal digits of a value in a column, different for each person."""
        return self._of(json.dumps(["value", volunteer_id, title, value]))

    def _of(self, content: str) -> str:
        return hmac.digest(self._key, content.encode(), "sha256").hex()


def address_hashes(session: Session, seal: Seal) -> AddressHashes:
    """The hashes of this installation; call it in a writing session for the first use.

    Raises SettingRefused when none of the keys of `seal` opens their key.
    """
    return AddressHashes(own_key(session, seal, ADDRESS_HASHES))
