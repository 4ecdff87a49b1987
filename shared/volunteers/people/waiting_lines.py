"""Lines of a list that wait as sealed rows until an act stores them."""

from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Select, Table, delete, exists, or_, select
from sqlalchemy.orm import Session

from shared.events import event_for_change
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.many_values import add_rows, among
from shared.storage.models import Event, Job, ListImport, ListLine
from shared.storage.models.job import GOING_ON
from shared.storage.sealing.own_keys import AddressHashes, address_hashes
from shared.storage.sealing.secret_values import binding_of_line, open_json, seal_json
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import delete_in_turns, in_turns
from shared.volunteers.lists.recipients import Recipient
from shared.volunteers.people.list_changes import begin_import

# The time for which they are kept without a job that stores them.
_KEPT_FOR = timedelta(hours=1)


def keep(
    database: Database, seal: Seal, event_id: int, people: Sequence[Recipient], reading: str
) -> int:
    """Store these lines, in turns and in order; return the id of their list. Raises
    EventUnknown."""
    with database.writing() as session:
        list_id = begin_import(session, event_for_change(session, event_id), reading).id
        hashes = address_hashes(session, seal)

    def keep_some(some: Sequence[Recipient]) -> None:
        rows = [_row_of(seal, hashes, event_id, list_id, person) for person in some]
        with database.writing() as session:
            add_rows(session.connection(), cast(Table, ListLine.__table__), rows)

    in_turns(database, people, keep_some)
    return list_id


def _row_of(
    seal: Seal, hashes: AddressHashes, event_id: int, list_id: int, person: Recipient
) -> dict[str, Any]:
    listed = person.as_listed.key
    return {
        "list_id": list_id,
        "address_hash": hashes.of(event_id, person.key),
        "listed_hash": None if listed == person.key else hashes.of(event_id, listed),
        "number": person.number,
        "sealed": seal_json(seal, _values(person), binding_of_line(list_id)),
    }


def _values(person: Recipient) -> list[Any]:
    before = person.before and _values(person.before)
    return [person.line, person.email, person.number, person.name, person.columns, before]


def _recipient(values: Sequence[Any]) -> Recipient:
    line, email, number, name, columns, before = values
    return Recipient(line, email, number, name, columns, before and _recipient(before))


def of_list(event: Event, list_id: int) -> Select[int]:
    """Return a query of the ids of a list's waiting lines, in order."""
    found = select(ListLine.id).join(ListImport, ListImport.id == ListLine.list_id)
    of_event = ListLine.list_id == list_id, ListImport.event_id == event.id
    return found.where(*of_event).order_by(ListLine.id)


def take(session: Session, seal: Seal, list_id: int, ids: Sequence[int]) -> list[Recipient]:
    """Remove these lines and return them, in order. Raises SettingRefused if no key opens one."""
    these = ListLine.list_id == list_id, among(ListLine.id, ids)
    sealed = session.scalars(select(ListLine.sealed).where(*these).order_by(ListLine.id)).all()
    session.execute(delete(ListLine).where(*these))
    binding = binding_of_line(list_id)
    return [_recipient(open_json(seal, line, binding)) for line in sealed if line is not None]


def numbers_among(session: Session, list_id: int, numbers: Sequence[str]) -> Collection[str]:
    """Return those of these numbers that waiting lines of the list have."""
    theirs = ListLine.list_id == list_id, among(ListLine.number, numbers)
    return set(session.scalars(select(ListLine.number).where(*theirs)))


def forget_lines(session: Session, seal: Seal, event_id: int, addresses: Iterable[str]) -> None:
    """Delete the waiting lines of these people, whose addresses are as `email_key`, or hashes."""
    lists = select(ListImport.id).where(ListImport.event_id == event_id)
    of_event = ListLine.list_id.in_(lists)
    if not session.scalar(select(exists().where(of_event))):
        return
    hashes = address_hashes(session, seal)
    known = [hashes.of(event_id, address) for address in addresses]
    theirs = or_(among(ListLine.address_hash, known), among(ListLine.listed_hash, known))
    session.execute(delete(ListLine).where(of_event, theirs))


def forget_left(database: Database) -> None:
    """Delete lines that nothing will store: their job is over, or was never asked for."""
    with database.reading() as session:
        goes_on = exists().where(Job.event_id == ListImport.event_id, GOING_ON)
        is_old = ListImport.at < database_time(session) - _KEPT_FOR
        lists = select(ListImport.id).where(~goes_on, is_old)
    delete_in_turns(database, ListLine.id, ListLine.list_id.in_(lists))
