"""Hashes of addresses: of people erased from an event, so that nobody mails them again, and of
people of whom its list keeps only such a hash.

Addresses are given as `email_key`: in lower case, the domain as punycode.
"""

from collections.abc import Iterable
from itertools import islice

from sqlalchemy import ColumnElement, and_, exists, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.storage.models import ErasedAddress, Volunteer
from shared.storage.models.volunteer import ADDRESS_FORGOTTEN
from shared.storage.sealing.own_keys import address_hashes
from shared.storage.sealing.tokens import Seal

# Addresses for which one statement looks.
_MOST_AT_ONCE = 500


def note_erased(session: Session, seal: Seal, event_id: int, known: str) -> None:
    """Keep anybody with this address, of which perhaps only the hash is left, from being added to
    the event; repeating it changes nothing."""
    digest = address_hashes(session, seal).of(event_id, known)
    if session.get(ErasedAddress, (event_id, digest)) is None:
        session.add(ErasedAddress(event_id=event_id, address_hash=digest))
        session.flush()


def erased_among(session: Session, seal: Seal, event_id: int, addresses: Iterable[str]) -> set[str]:
    """Return those of these addresses that were erased from the event."""
    of_event = ErasedAddress.event_id == event_id
    return _among(session, seal, event_id, addresses, ErasedAddress.address_hash, of_event)


def forgotten_among(
    session: Session, seal: Seal, event_id: int, addresses: Iterable[str]
) -> set[str]:
    """Return those of these addresses that the event knows only as a hash, by its retention."""
    forgotten = and_(Volunteer.event_id == event_id, ADDRESS_FORGOTTEN)
    corrected, asked = and_(forgotten, Volunteer.stood_key.is_not(None)), list(addresses)
    return {
        *_among(session, seal, event_id, asked, Volunteer.email_key, forgotten),
        *_among(session, seal, event_id, asked, Volunteer.stood_key, corrected),
    }


def forgotten_person(session: Session, seal: Seal, event_id: int, address: str) -> Volunteer | None:
    """Return the person whom the event knows only by the hash of this address."""
    if not forgotten_among(session, seal, event_id, [address]):
        return None
    known = address_hashes(session, seal).of(event_id, address)
    return session.scalar(
        select(Volunteer).where(Volunteer.event_id == event_id, Volunteer.email_key == known)
    )


def _among(
    session: Session,
    seal: Seal,
    event_id: int,
    addresses: Iterable[str],
    column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
    rows: ColumnElement[bool],
) -> set[str]:
    # Usually there is nobody, and then nothing needs hashing.
    if not session.scalar(select(exists().where(rows))):
        return set()
    hashes, left, found = address_hashes(session, seal), iter(addresses), set[str]()
    while part := list(islice(left, _MOST_AT_ONCE)):
        address_of = {hashes.of(event_id, address): address for address in part}
        known = session.scalars(select(column).where(rows, column.in_(address_of)))
        found |= {address_of[digest] for digest in known if digest}
    return found
