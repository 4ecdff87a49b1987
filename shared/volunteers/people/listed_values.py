"""Writing what a list says about people, with a mask in place of what is secret, and telling later
whether it still stands there."""

import json
import typing
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import String, Table, cast, literal, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from shared.events.groups import chooser
from shared.rendering.masks import is_masked, masked
from shared.storage.many_values import change_rows
from shared.storage.models import Event, Status, Volunteer
from shared.storage.sealing.secret_values import ListedValues, open_values, seal_value
from shared.storage.sealing.tokens import Seal
from shared.volunteers.lists.column_sums import count_in, count_out
from shared.volunteers.lists.list_columns import secret_titles

# The columns of the row that lists and organizers write, and those that say how far it is.
_LEFT = (
    *("email_key", "listed_name", "given_name", "number", "columns", "secrets", "status"),
    *("submitted_at", "reopened_at"),
)
# What a new row has there without saying it.
_LEFT_NEW = {"given_name": "", "status": Status.NEW}
_encoded = json.JSONEncoder(sort_keys=True, default=str).encode


def write_values(
    session: Session,
    seal: Seal,
    event: Event,
    wanted: Mapping[Volunteer, ListedValues],
) -> dict[Volunteer, ListedValues]:
    """Write these values, and find everybody's group; what stood there before, for each.

    Call with the event and its people locked. Sums follow, and issued certificates stay.
    """
    before = {one: _standing(seal, one, values) for one, values in wanted.items()}
    people = list(wanted)
    count_out(session, event, people)
    if renumbered := [one.id for one, values in wanted.items() if values.number is not None]:
        # Some may get the number that another one of them still has.
        apart = update(Volunteer).where(Volunteer.id.in_(renumbered))
        apart = apart.values(number=literal("~") + cast(Volunteer.id, String))
        session.execute(apart.execution_options(synchronize_session=False))
    secret = secret_titles(event)
    choose = chooser(event.groups) if event.groups_version else lambda _: None
    rows: list[dict[str, Any]] = []
    for one, values in wanted.items():
        columns, secrets = _columns_with(seal, one, values.columns, secret)
        group = choose(columns)
        rows.append(
            {
                "listed_name": one.listed_name if values.name is None else values.name,
                "number": one.number if values.number is None else values.number,
                "columns": columns,
                "secrets": secrets or None,
                "group_id": group.id if group else None,
            }
        )
    _store(session, people, rows, bool(renumbered))
    count_in(session, event, [(one.id, one.columns) for one in people])
    return before


def _store(
    session: Session, people: Sequence[Volunteer], rows: Sequence[dict[str, Any]], renumbered: bool
) -> None:
    """Write these values of people, as far as they are others for any of them."""
    session.flush()
    pairs = list(zip(people, rows, strict=True))
    others = {name for one, row in pairs for name in row if row[name] != getattr(one, name)}
    if renumbered:
        others.add("number")
    if not others:
        return
    written = [{"id": one.id} | {name: row[name] for name in sorted(others)} for one, row in pairs]
    change_rows(session.connection(), typing.cast(Table, Volunteer.__table__), written)
    for one, row in pairs:
        for name in others:
            set_committed_value(one, name, row[name])


def left_as(seal: Seal, row: Volunteer | Mapping[str, Any]) -> str:
    """A keyed hash of a row, stored or about to be, as it is now."""
    return _hashes(seal, row)[0]


def is_left_as(seal: Seal, row: Volunteer, then: str) -> bool:
    """Whether the row is as it was when this was its hash."""
    return then in _hashes(seal, row)


def _hashes(seal: Seal, row: Volunteer | Mapping[str, Any]) -> list[str]:
    if isinstance(row, Volunteer):
        values = [getattr(row, name) for name in _LEFT]
    else:
        values = [row.get(name, _LEFT_NEW.get(name)) for name in _LEFT]
    return seal.fingerprints("row of a list", _encoded(values))


def _standing(seal: Seal, person: Volunteer, values: ListedValues) -> ListedValues:
    """What stands where these values are to be."""
    sealed = {
        title: one for title, one in (person.secrets or {}).items() if title in values.columns
    }
    stored = person.columns | open_values(seal, person.event_id, sealed)
    return ListedValues(
        name=None if values.name is None else person.listed_name,
        number=None if values.number is None else person.number,
        columns={title: stored.get(title) for title in values.columns},
    )


def _columns_with(
    seal: Seal, person: Volunteer, given: Mapping[str, str | None], secret: set[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The person's columns, and the sealed ones among them, with these values in their place."""
    columns = {title: one for title, one in person.columns.items() if title not in given}
    secrets = {title: one for title, one in (person.secrets or {}).items() if title not in given}
    values = {title: value for title, value in given.items() if value is not None}
    shown, sealed = seal_secrets(seal, person.event_id, values, secret)
    return columns | shown, secrets | sealed


# Secrets


def seal_secrets(
    seal: Seal, event_id: int, values: Mapping[str, str], secret: Collection[str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The values as they are shown, with masks for the secret ones, and these, sealed."""
    shown = {title: masked(one) if title in secret else one for title, one in values.items()}
    given = {title: one for title, one in values.items() if title in secret and one}
    return shown, {title: seal_value(seal, event_id, one) for title, one in given.items()}


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


def seal_column(seal: Seal, person: Volunteer, title: str) -> None:
    """Seal the values of a column that has become secret. Repeating it changes nothing."""
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
