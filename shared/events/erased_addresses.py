"""Who was erased from an event, known by a hash of their address, so that nobody mails them again.

Addresses are given as `email_key`: in lower case, the domain as punycode.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from shared.storage.models import ErasedAddress
from shared.storage.sealing.address_hashes import address_hashes
from shared.storage.sealing.tokens import Seal

# So many are looked for by one statement.
_ASKED_AT_ONCE = 500


def note_erased(session: Session, seal: Seal, event_id: int, address: str) -> None:
    """Nobody with this address is added to the event again; twice is once."""
    known = address_hashes(session, seal).of(event_id, address)
    if session.get(ErasedAddress, (event_id, known)) is None:
        session.add(ErasedAddress(event_id=event_id, address_hash=known))
        session.flush()


def erased_among(session: Session, seal: Seal, event_id: int, addresses: Iterable[str]) -> set[str]:
    """Which of these addresses were erased from the event: asked by an index, 500 at a time."""
    anybody = exists().where(ErasedAddress.event_id == event_id)
    # As a rule nobody was, and then nothing is hashed.
    if not session.scalar(select(anybody)):
        return set()
    hashes, left, erased = address_hashes(session, seal), iter(addresses), set[str]()
    while part := list(islice(left, _ASKED_AT_ONCE)):
        address_of = {hashes.of(event_id, address): address for address in part}
        erased |= {address_of[known] for known in _known(session, event_id, list(address_of))}
    return erased


def _known(session: Session, event_id: int, hashes: Sequence[str]) -> Iterable[str]:
    return session.scalars(
        select(ErasedAddress.address_hash).where(
            ErasedAddress.event_id == event_id, ErasedAddress.address_hash.in_(hashes)
        )
    )
