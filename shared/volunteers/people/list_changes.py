"""Changes that lists make to people: secrets are sealed and shown as masks, and earlier values are
kept for a few days, so that a change can be undone if nothing has changed since."""

import json
import typing
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, Table, cast, delete, func, literal, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.many_values import add_rows, among, change_rows
from shared.storage.models import (
    Attempt,
    Certificate,
    Event,
    ListChange,
    ListImport,
    Mail,
    MailState,
    Status,
    Volunteer,
)
from shared.storage.models.message import TRIED
from shared.storage.models.volunteer import FACTS
from shared.storage.rows import change_unread
from shared.storage.sealing.secret_values import (
    ListedValues,
    binding_before,
    open_values,
    seal_json,
    seal_value,
)
from shared.storage.sealing.tokens import Seal
from shared.storage.turns import delete_in_turns
from shared.volunteers.lists.list_columns import count_in, count_out, secret_titles
from shared.volunteers.lists.masks import is_masked, with_masks
from shared.volunteers.people.grouping import drop_out, drops_out, following
from shared.volunteers.people.stood import Stood, hashed_for

# The columns that lists and organizers write, and those that say how far the person is.
_LEFT = (
    *("email_key", "listed_name", "given_name", "number", "columns", "secrets", "status"),
    *(fact.column.key for fact in FACTS if fact.ends_undo),
)
# The values of a new row in columns that it does not name.
_LEFT_NEW = {"given_name": "", "status": Status.NEW}
_encoded = json.JSONEncoder(sort_keys=True, default=str).encode
KEPT_FOR = timedelta(days=7)


def write_values(
    session: Session, seal: Seal, event: Event, wanted: Mapping[Volunteer, ListedValues]
) -> dict[Volunteer, ListedValues]:
    """Write these values and what follows from them; return the earlier values of each person.

    Call with the event, its people and their mails locked. Sums follow, and issued certificates do
    not change.
    """
    before = {person: _values_before(seal, person, values) for person, values in wanted.items()}
    people = list(wanted)
    count_out(session, event, people)
    if renumbered := [person.id for person, values in wanted.items() if values.number is not None]:
        # One may get the number that another of them still has.
        apart = update(Volunteer).where(Volunteer.id.in_(renumbered))
        number = literal("~") + cast(Volunteer.id, String)
        change_unread(session, apart.values(number=number))
    secret = secret_titles(event)
    follow = following(session, event)
    rows: list[dict[str, Any]] = []
    for person, values in wanted.items():
        columns, secrets = _columns_with(seal, person, values.columns, secret)
        rows.append(
            {
                "listed_name": person.listed_name if values.name is None else values.name,
                "number": person.number if values.number is None else values.number,
                "columns": columns,
                "secrets": secrets or None,
                **follow(columns, person),
                **(values.stood or Stood.of(person).as_row()),
            }
        )
    pairs = zip(people, rows, strict=True)
    drop_out(session, [person.id for person, row in pairs if drops_out(person, row)])
    _store(session, people, rows, bool(renumbered))
    count_in(session, event, [(person.id, person.columns) for person in people])
    return before


def _store(
    session: Session, people: Sequence[Volunteer], rows: Sequence[dict[str, Any]], renumbered: bool
) -> None:
    """Write the columns of people in which any of them differs."""
    session.flush()
    pairs = list(zip(people, rows, strict=True))
    others = {name for person, row in pairs for name in row if row[name] != getattr(person, name)}
    if renumbered:
        others.add("number")
    if not others:
        return
    written = [
        {"id": person.id} | {name: row[name] for name in sorted(others)} for person, row in pairs
    ]
    change_rows(session.connection(), typing.cast(Table, Volunteer.__table__), written)
    for person, row in pairs:
        for name in others:
            set_committed_value(person, name, row[name])


def left_as(seal: Seal, row: Volunteer | Mapping[str, Any]) -> str:
    """Return a keyed hash of a row, stored or about to be, as it is now."""
    return _hashes(seal, row)[0]


def is_left_as(seal: Seal, row: Volunteer, then: str) -> bool:
    """Return whether the row is unchanged since this was its hash."""
    return then in _hashes(seal, row)


def _hashes(seal: Seal, row: Volunteer | Mapping[str, Any]) -> list[str]:
    if isinstance(row, Volunteer):
        values = [getattr(row, name) for name in _LEFT]
    else:
        values = [row.get(name, _LEFT_NEW.get(name)) for name in _LEFT]
    return seal.fingerprints("row of a list", _encoded(values))


def _values_before(seal: Seal, person: Volunteer, values: ListedValues) -> ListedValues:
    """Return the stored values that these would replace."""
    sealed = {
        title: value for title, value in (person.secrets or {}).items() if title in values.columns
    }
    stored = person.columns | open_values(seal, person.event_id, sealed)
    return ListedValues(
        name=None if values.name is None else person.listed_name,
        number=None if values.number is None else person.number,
        columns={title: stored.get(title) for title in values.columns},
        stood=Stood.of(person).as_row(),
    )


def _columns_with(
    seal: Seal, person: Volunteer, given: Mapping[str, str | None], secret: set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the person's columns, and the sealed secrets, with the `given` values."""
    columns = {title: text for title, text in person.columns.items() if title not in given}
    secrets = {title: text for title, text in (person.secrets or {}).items() if title not in given}
    values = {title: value for title, value in given.items() if value is not None}
    shown, sealed = seal_secrets(seal, person.event_id, values, secret)
    return columns | shown, secrets | sealed


def seal_secrets(
    seal: Seal, event_id: int, values: Mapping[str, str], secret: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the values with masks for the secret ones, and the secret ones sealed."""
    given = {title: value for title, value in values.items() if title in secret and value}
    sealed = {title: seal_value(seal, event_id, value) for title, value in given.items()}
    return with_masks(values, secret), sealed


def seal_rows(seal: Seal | None, event: Event, rows: Sequence[dict[str, Any]]) -> None:
    """Separate secrets from rows of the volunteers' table that are about to be stored."""
    titles = secret_titles(event)
    if not titles:
        return
    if seal is None:
        raise ValueError("a list with secret columns is stored with a seal")
    for row in rows:
        row["columns"], sealed = seal_secrets(seal, event.id, row["columns"], titles)
        row["secrets"] = sealed or None


def seal_column(session: Session, seal: Seal, person: Volunteer, title: str) -> None:
    """Seal the values of a column that has become secret. Repeating it changes nothing."""
    stood = Stood.of(person).sealed(title, hashed_for(session, seal, person))
    person.stood = stood.as_row()["stood"]
    value, before = person.columns.get(title, ""), person.secrets or {}
    if value and title not in before:
        shown, sealed = seal_secrets(seal, person.event_id, {title: value}, [title])
        person.columns, person.secrets = person.columns | shown, before | sealed


def open_column(seal: Seal, person: Volunteer, title: str) -> None:
    """Restore the values of a column that is no longer secret. Repeating it changes nothing.

    Raises SettingRefused when none of the keys opens it.
    """
    sealed = dict(person.secrets or {})
    if title not in sealed:
        return
    opened = open_values(seal, person.event_id, {title: sealed.pop(title)})
    person.secrets = sealed or None
    if is_masked(person.columns.get(title, "")):
        person.columns = person.columns | opened


def begin_import(session: Session, event: Event, reading: str) -> ListImport:
    """Store that a list is about to change the event's."""
    begun = ListImport(event_id=event.id, at=database_time(session), reading=reading)
    begun.added = begun.updated = 0
    session.add(begun)
    session.flush()
    return begun


def note_added(
    session: Session, seal: Seal, import_id: int, rows: Mapping[int, Mapping[str, Any]]
) -> None:
    """Note the rows that a list added, by their ids."""
    noted = [{"volunteer_id": id, "left_as": left_as(seal, row)} for id, row in rows.items()]
    _note(session, import_id, ListImport.added, noted)


def note_updated(
    session: Session, seal: Seal, import_id: int, before: Mapping[Volunteer, ListedValues]
) -> None:
    """Note the people whom a list changed, with their earlier values."""
    noted = [
        {
            "volunteer_id": person.id,
            "left_as": left_as(seal, person),
            "sealed_before": seal_json(seal, asdict(values), binding_before(person.id)),
        }
        for person, values in before.items()
    ]
    _note(session, import_id, ListImport.updated, noted)


def _note(session: Session, import_id: int, counted: Any, noted: list[dict[str, Any]]) -> None:
    rows = [{"import_id": import_id} | row for row in noted]
    add_rows(session.connection(), typing.cast(Table, ListChange.__table__), rows)
    more = update(ListImport).where(ListImport.id == import_id)
    change_unread(session, more.values({counted: counted + len(rows)}))


def readings_replaced(session: Session, import_id: int, people: Collection[int]) -> set[str]:
    """Return the readings of other lists that brought or changed these people."""
    theirs = select(ListImport.reading).join(ListChange, ListChange.import_id == ListImport.id)
    theirs = theirs.where(among(ListChange.volunteer_id, list(people)), ListImport.id != import_id)
    return set(session.scalars(theirs.distinct())) - {""}


def imports_of(session: Session, event: Event, most: int) -> Sequence[ListImport]:
    """Return the lists that can still be undone, newest first."""
    recent = select(ListImport).where(
        ListImport.event_id == event.id,
        ListImport.at > database_time(session) - KEPT_FOR,
        ListImport.added + ListImport.updated > 0,
    )
    return session.scalars(recent.order_by(ListImport.id.desc()).limit(most)).all()


def written_to_since(session: Session, at: datetime, people: Collection[int]) -> set[int]:
    """Return those of these people to whom a mail may have gone, or a certificate was issued, since
    this time."""
    theirs = select(Mail).where(among(Mail.volunteer_id, list(people)), TRIED)
    mails = session.scalars(theirs).all()
    lately = {mail.id for mail in mails if max(mail.created_at, mail.sent_at or at) > at}
    unknown = [mail.id for mail in mails if mail.state in (MailState.SENDING, MailState.UNSURE)]
    if unknown:
        tried = select(Attempt.mail_id).where(among(Attempt.mail_id, unknown), Attempt.at >= at)
        lately.update(session.scalars(tried))
    issued = select(Certificate.volunteer_id)
    issued = issued.where(
        among(Certificate.volunteer_id, list(people)), Certificate.created_at >= at
    )
    mailed = {mail.volunteer_id for mail in mails if mail.id in lately and mail.volunteer_id}
    return {*mailed, *session.scalars(issued)}


def kept_until(session: Session, volunteer_id: int) -> datetime | None:
    """Return until when earlier values of somebody are kept; None if none are."""
    newest = select(func.max(ListImport.at)).join(ListChange, ListChange.import_id == ListImport.id)
    theirs = ListChange.volunteer_id == volunteer_id, ListChange.sealed_before.is_not(None)
    at = session.scalar(newest.where(*theirs))
    return at + KEPT_FOR if at else None


def forget_changes(session: Session, people: Collection[int]) -> None:
    """Forget the earlier values of these people, so that nothing about them can be undone."""
    session.execute(delete(ListChange).where(among(ListChange.volunteer_id, list(people))))


def end_undoing(session: Session, event: Event) -> None:
    """Let none of the event's lists be undone; `forget_old_imports` does the rest."""
    over = update(ListImport).where(ListImport.event_id == event.id)
    session.execute(over.values(at=database_time(session) - KEPT_FOR))


def forget_old_imports(database: Database) -> int:
    """Forget lists whose time is over, in turns; return the number of their changes."""
    with database.reading() as session:
        old = ListImport.at <= database_time(session) - KEPT_FOR
        ids = session.scalars(select(ListImport.id).where(old)).all()
    return forget_imports(database, ids) if ids else 0


def forget_imports(database: Database, ids: Sequence[int]) -> int:
    """Forget these lists, so that they cannot be undone; return the number of their changes."""
    count = delete_in_turns(database, ListChange.id, ListChange.import_id.in_(ids))
    with database.writing() as session:
        session.execute(delete(ListImport).where(ListImport.id.in_(ids)))
    return count
