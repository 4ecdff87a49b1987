"""Keyed hashes by which the installation recognizes addresses that it no longer keeps.

Their key is random and used for nothing else. It is stored sealed, so `rotate-keys` seals it again
and every hash goes on meaning the same address.
"""

import hmac

from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.models import Owner
from shared.storage.sealing.tokens import Seal, new_token

_BINDING = ("key of address hashes",)


class AddressHashes:
    """Hashes by one key, without which nobody can make or check them."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def of(self, event_id: int, address: str) -> str:
        """64 hexadecimal digits, different in each event, so nobody sees who was on two lists."""
        content = f"{event_id}:{address.lower()}".encode()
        return hmac.digest(self._key, content, "sha256").hex()


def address_hashes(session: Session, seal: Seal) -> AddressHashes:
    """The hashes of this installation; call it in a writing session for the first use.

    Raises SettingRefused when none of the keys of `seal` opens their key.
    """
    owner = session.get_one(Owner, 1)
    if owner.sealed_address_key is None:
        # Whoever came first made the key, which never changes.
        session.refresh(owner, with_for_update=True)
    if owner.sealed_address_key is None:
        owner.sealed_address_key = seal.seal_bound(new_token(), _BINDING)
        session.flush()
    return AddressHashes(seal.open_bound(owner.sealed_address_key, _BINDING))


def reseal_address_key(session: Session, seal: Seal) -> None:
    """Seal the key with the newest one of `seal`. Raises SettingRefused when none opens it."""
    owner = session.get_one(Owner, 1, with_for_update=True)
    if owner.sealed_address_key is not None:
        owner.sealed_address_key = seal.reseal_bound(owner.sealed_address_key, _BINDING)


def count_lost_address_keys(session: Session, seal: Seal) -> int:
    """1 when none of the keys of `seal` opens the stored key, else 0."""
    owner = session.get(Owner, 1)
    if owner is None or owner.sealed_address_key is None:
        return 0
    try:
        seal.open_bound(owner.sealed_address_key, _BINDING)
    except SettingRefused:
        return 1
    return 0
