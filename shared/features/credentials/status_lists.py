"""The stored lists of bits: places in them, setting bits, and the lists as signed documents."""

import zlib
from collections import defaultdict
from datetime import datetime, timedelta
from threading import Lock

from cachetools import LRUCache, cached
from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.orm import Session

from shared.errors import ProductError
from shared.events.installation import Installation
from shared.features.credentials import issuers, proofs
from shared.features.credentials.document import SIZE, index_at, list_document, with_set
from shared.features.credentials.models import Credential, Issuer, IssuerKey, StatusList
from shared.language import N_
from shared.storage.clock import database_time
from shared.storage.sealing.own_keys import PLACES_IN_LISTS, own_key
from shared.storage.sealing.tokens import Seal, new_public_id

# A verifier believes a list until its end, whatever has been withdrawn since; without an end, for
# ever. It is signed anew long before that.
BELIEVED = timedelta(hours=24)
_SIGNED_ANEW_SECONDS = 3600
_NO_LIST = N_("There is no such list.")


def close_all(session: Session) -> None:
    """Let what is signed from now on get new lists: places may have been taken in those of a
    restored database since its copy was made."""
    session.execute(update(StatusList).values(used=SIZE))


def take_places(
    session: Session, seal: Seal, issuer: Issuer, event_id: int, did: str, site: str, count: int
) -> list[tuple[StatusList, int]]:
    """Take so many places in the event's lists, in one or several, which stay locked; return the
    list and the index in it of each."""
    key = own_key(session, seal, PLACES_IN_LISTS)
    taken: list[tuple[StatusList, int]] = []
    while len(taken) < count:
        current = _with_room(session, issuer, event_id, did, site)
        until = min(SIZE, current.used + count - len(taken))
        for place in range(current.used, until):
            taken.append((current, index_at(key, current.id, place)))
        current.used = until
        session.flush()
    return taken


def _with_room(session: Session, issuer: Issuer, event_id: int, did: str, site: str) -> StatusList:
    of_event = select(StatusList).where(StatusList.event_id == event_id, StatusList.did == did)
    newest = of_event.order_by(StatusList.id.desc()).limit(1).with_for_update()
    found = session.scalar(newest.execution_options(populate_existing=True))
    if found is not None and found.used < SIZE:
        return found
    public_id = new_public_id()
    made = StatusList(
        public_id=public_id,
        issuer_id=issuer.id,
        event_id=event_id,
        did=did,
        address=f"{site}/status/{public_id}.json",
        used=0,
        version=0,
    )
    session.add(made)
    session.flush()
    return made


def revoke(session: Session, *which: ColumnElement[bool]) -> None:
    """Set the bits of all of these credentials, for ever.

    Call it in the transaction that replaces, withdraws, takes back or erases them, once that is
    flushed: whoever signs locks the certificate first, and then sees that it does not stand.
    """
    session.flush()
    place = Credential.id, Credential.status_list_id, Credential.index
    found = session.execute(select(*place).where(*which, Credential.revoked_at.is_(None))).all()
    if not found:
        return
    indexes: dict[int, list[int]] = defaultdict(list)
    for _, list_id, index in found:
        indexes[list_id].append(index)
    lists = select(StatusList).where(StatusList.id.in_(indexes)).order_by(StatusList.id)
    locked = lists.with_for_update().execution_options(populate_existing=True)
    for row in session.scalars(locked):
        row.bits = zlib.compress(with_set(bits_in(row), indexes[row.id]))
        row.version += 1
    revoked = update(Credential).where(Credential.id.in_([id for id, *_ in found]))
    session.execute(revoked.values(revoked_at=database_time(session)))


def revoke_all(session: Session, event_id: int) -> None:
    """Set the bits of an event that is being deleted, for ever; nothing takes a place after that.

    All there are, since those that are not taken mean nothing.
    """
    theirs = select(StatusList).where(StatusList.event_id == event_id).order_by(StatusList.id)
    locked = theirs.with_for_update().execution_options(populate_existing=True)
    for row in session.scalars(locked):
        row.bits = zlib.compress(b"\xff" * (SIZE // 8))
        row.version += 1


def has_any(session: Session, event_id: int) -> bool:
    """Return whether something was signed about certificates of the event."""
    return session.scalar(select(exists().where(StatusList.event_id == event_id))) is True


def bits_in(stored: StatusList) -> bytes:
    return zlib.decompress(stored.bits) if stored.bits else with_set(b"", [])


def served(installation: Installation, public_id: str) -> bytes:
    """Return the list as its address answers: signed within the last hour, and since its last
    change.

    Raises ProductError.
    """
    with installation.database.reading() as session:
        stored = session.scalar(select(StatusList).where(StatusList.public_id == public_id))
        if stored is None:
            raise ProductError(_NO_LIST)
        key, now = issuers.signing_key(session, stored.issuer_id), database_time(session)
    if key is None:
        # Its key has just been retired, or is needed for the first time.
        with installation.database.writing() as session:
            issuer = session.get_one(Issuer, stored.issuer_id)
            key = issuers.active_key(session, installation.seal, issuer)
    return _signed_lately(installation.seal, stored, key, now, now + BELIEVED)


def signed_list(
    seal: Seal, stored: StatusList, key: IssuerKey, now: datetime, until: datetime
) -> bytes:
    """Return the list, believed until then. Raises SettingRefused when no key opens the signing
    key."""
    document = list_document(stored.address, stored.did, bits_in(stored), now, until)
    key_id = f"{stored.did}#{key.name}"
    return proofs.written(proofs.signed(document, issuers.opened(seal, key), key_id, now))


# By the hours of the database's clock: the program's own may have been wrong for longer.
_signed_lately = cached(
    LRUCache(256),
    key=lambda _seal, stored, key, now, _until: (
        *(stored.public_id, stored.version, key.id),
        now.timestamp() // _SIGNED_ANEW_SECONDS,
    ),
    lock=Lock(),
)(signed_list)
