"""Entries of the log as lines of a table."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from console.text import t, written_time
from console.widgets.actions import action_name, actor_name, field_names
from console.widgets.roles import ROLE_NAMES
from shared.storage.models import AccessKey, AuditEntry, Event, Volunteer

Row = dict[str, object]


def rows(session: Session, event: Event, entries: Sequence[AuditEntry]) -> list[Row]:
    """A line for each entry; people and keys are looked up once for all."""
    numbers, keys = _numbers(session, entries), _names_of_keys(session, entries)
    return [_row(event, entry, _about(entry, numbers, keys)) for entry in entries]


def _row(event: Event, entry: AuditEntry, about: str) -> Row:
    return {
        t("Time"): written_time(entry.at, event),
        t("Who"): actor_name(entry),
        t("Role"): t(ROLE_NAMES[entry.by_role]) if entry.by_role else "",
        t("What was done"): action_name(entry.action),
        t("About"): about,
        t("Details"): field_names(entry),
        t("Network"): entry.network,
    }


def _about(entry: AuditEntry, numbers: dict[int, str], keys: dict[int, str]) -> str:
    """Whom or how many it is about."""
    if entry.volunteer_id is not None:
        return numbers.get(entry.id) or t("No longer on the list")
    if entry.key_id is not None:
        return keys.get(entry.key_id, "")
    return "" if entry.count is None else str(entry.count)


def _numbers(session: Session, entries: Sequence[AuditEntry]) -> dict[int, str]:
    """The volunteer's number, by the entry's id. Somebody added later may have the id of somebody
    removed."""
    ids = {entry.volunteer_id for entry in entries if entry.volunteer_id is not None}
    of_people = select(Volunteer.id, Volunteer.number, Volunteer.created_at)
    known = {row.id: row for row in session.execute(of_people.where(Volunteer.id.in_(ids)))}
    return {
        entry.id: known[entry.volunteer_id].number
        for entry in entries
        if entry.volunteer_id in known and known[entry.volunteer_id].created_at <= entry.at
    }


def _names_of_keys(session: Session, entries: Sequence[AuditEntry]) -> dict[int, str]:
    ids = {entry.key_id for entry in entries if entry.key_id is not None}
    named = select(AccessKey.id, AccessKey.name).where(AccessKey.id.in_(ids))
    return {key_id: name for key_id, name in session.execute(named)}
