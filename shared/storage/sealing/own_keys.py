"""Random keys of the installation, each for one use, sealed in the owner's row.

`rotate-keys` only seals them again, so that what was made with them stays valid.
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


def own_key(session: Session, seal: Seal, column: str) -> bytes:
    """Return the key; the first use, which creates it, needs a writing session.

    Raises SettingRefused if none of the keys of `seal` opens it.
    """
    owner = session.get_one(Owner, 1)
    if getattr(owner, column) is None:
        # Another process may have created it; it never changes.
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

    def of(self, event_id: int, known: str) -> str:
        """Return 64 hexadecimal digits, different in each event: nobody sees who was on two lists.
        What is `known` of a person is their address, or already its hash."""
        return self._of(f"{event_id}:{known.lower()}") if "@" in known else known

    def of_account(self, account_id: int, address: str) -> str:
        """Return 64 hexadecimal digits, different for each sending account."""
        return self._of(f"account {account_id}:{address.lower()}")

    def of_value(self, volunteer_id: int, title: str, value: str) -> str:
        """Return 64 hexadecimal digits of a value in a column, different for each person."""
        return self._of(json.dumps(["value", volunteer_id, title, value]))

    def _of(self, content: str) -> str:
        return hmac.digest(self._key, content.encode(), "sha256").hex()


def address_hashes(session: Session, seal: Seal) -> AddressHashes:
    """Return the hashes of this installation; the first use needs a writing session.

    Raises SettingRefused if none of the keys of `seal` opens their key.
    """
    return AddressHashes(own_key(session, seal, ADDRESS_HASHES))
