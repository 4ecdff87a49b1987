"""Random keys of the installation's own, each for one use, sealed in the owner's row.

`rotate-keys` seals them again, so that what was made with one goes on meaning the same.
"""

from sqlalchemy.orm import Session

from shared.errors import SettingRefused
from shared.storage.models import Owner
from shared.storage.sealing.tokens import Seal, new_token

# The column that holds each key, and what its seal is bound to.
ADDRESS_HASHES, MESSAGE_IDS = "sealed_address_key", "sealed_message_key"
_BINDINGS = {ADDRESS_HASHES: ("key of address hashes",), MESSAGE_IDS: ("key of message ids",)}


def own_key(session: Session, seal: Seal, column: str) -> bytes:
    """The key; call it in a writing session for the first use, which makes it.

    Raises SettingRefused when none of the keys of `seal` opens it.
    """
    owner = session.get_one(Owner, 1)
    if getattr(owner, column) is None:
        # Whoever came first made the key, which never changes.
        session.refresh(owner, with_for_update=True)
    if getattr(owner, column) is None:
        setattr(owner, column, seal.seal_bound(new_token(), _BINDINGS[column]))
        session.flush()
    return seal.open_bound(getattr(owner, column), _BINDINGS[column]).encode()


def reseal_own_keys(session: Session, seal: Seal) -> None:
    """Seal them with the newest key of `seal`. Raises SettingRefused when none opens one."""
    owner = session.get_one(Owner, 1, with_for_update=True)
    for column, binding in _BINDINGS.items():
        if (sealed := getattr(owner, column)) is not None:
            setattr(owner, column, seal.reseal_bound(sealed, binding))


def count_lost_own_keys(session: Session, seal: Seal) -> int:
    """How many of them none of the keys of `seal` opens."""
    owner, lost = session.get(Owner, 1), 0
    for column, binding in _BINDINGS.items():
        sealed = getattr(owner, column, None)
        try:
            if sealed is not None:
                seal.open_bound(sealed, binding)
        except SettingRefused:
            lost += 1
    return lost
