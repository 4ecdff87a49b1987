"""Keyed hashes by which the installation recognizes addresses that it no longer keeps.

Their key is random and used for nothing else. It is stored sealed, so `rotate-keys` seals it again
and every hash goes on meaning the same address.
"""

import hmac

from sqlalchemy.orm import Session

from shared.storage.sealing.own_keys import ADDRESS_HASHES, own_key
from shared.storage.sealing.tokens import Seal


class AddressHashes:
    """Hashes by one key, without which nobody can make or check them."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, event_id: int, address: str) -> str:
        """64 hexadecimal digits, different in each event, so nobody sees who was on two lists."""
        return self._of(f"{event_id}:{address.lower()}")

    def of_account(self, account_id: int, address: str) -> str:
        """The same, different for each sending account."""
        return self._of(f"account {account_id}:{address.lower()}")

    def _of(self, content: str) -> str:
        return hmac.digest(self._key, content.encode(), "sha256").hex()


def address_hashes(session: Session, seal: Seal) -> AddressHashes:
    """The hashes of this installation; call it in a writing session for the first use.

    Raises SettingRefused when none of the keys of `seal` opens their key.
    """
    return AddressHashes(own_key(session, seal, ADDRESS_HASHES))
