"""Groups of an event's people, by the value in a column of its list, such as role = speaker.

Each may have a design and texts of its own, and otherwise uses the event's. Each person's group is
stored with them, so that an index finds it. When groups change, the list is updated in turns
(`volunteers.grouping`); until then a person's columns decide.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, literal, select
from sqlalchemy.orm import Session

from shared.errors import ProductError, SettingRefused
from shared.events.settings import one_line
from shared.language import N_
from shared.log import audit
from shared.storage.models import Action, ColumnKind, Design, Event, Group, Volunteer

GROUP_UNKNOWN = N_("The event has no such group.")

# Each group is compared with the columns of everybody who is added to the list.
MOST_GROUPS = 200


def value_key(value: str) -> str:
    """Return a key that ignores case, width and spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).split()).casefold()


def chooser(groups: Sequence[Group]) -> Callable[[Mapping[str, str]], Group | None]:
    """Return a function from a person's columns to the first of these groups that matches."""
    places = {
        (group.column_title, value_key(group.value)): place
        for place, group in reversed(list(enumerate(groups)))
    }
    titles = {group.column_title for group in groups}

    def choose(columns: Mapping[str, str]) -> Group | None:
        cells = ((title, value_key(columns.get(title) or "")) for title in titles)
        found = [places[cell] for cell in cells if cell in places]
        return groups[min(found)] if found else None

    return choose


def group_of(person: Volunteer) -> Group | None:
    """Return the group of their event that a person is in now."""
    event = person.event
    if not event.groups_version:
        return None
    # The group stored with this person is up to date.
    if event.grouped_until is None or person.id <= event.grouped_until:
        return with_id(event, person.group_id)
    return chooser(event.groups)(person.columns)


def with_id(event: Event, group_id: int | None) -> Group | None:
    """Return the event's group with this id; None if it was removed."""
    if group_id is None:
        return None
    return next((group for group in event.groups if group.id == group_id), None)


def design_of(event: Event, group: Group | None) -> Design | None:
    """Return the design for certificates of this group, or with None of people in no group."""
    return (group.design if group else None) or event.design


def wording_of(event: Event, group: Group | None, family: str) -> dict[str, str]:
    """Return the organizers' texts for a kind of message to the people of this group."""
    everybodys: dict[str, str] = event.wording.get(family, {})
    own: dict[str, str] = group.wording.get(family, {}) if group else {}
    return everybodys | {field: text for field, text in own.items() if text.strip()}


def newest_design(event: Event) -> ColumnElement[int]:
    """The id of the design that somebody in `Volunteer` would get, as part of a query."""
    own = select(Group.design_id).where(
        Group.id == Volunteer.group_id, Group.event_id == Volunteer.event_id
    )
    return func.coalesce(own.correlate(Volunteer).scalar_subquery(), literal(event.design_id))


def find_group(event: Event, name: str) -> Group:
    """Return the group with this name, or else this id. Raises ProductError."""
    # A team's name is often a number.
    named = [group for group in event.groups if group.name == name]
    if found := named or [group for group in event.groups if str(group.id) == name]:
        return found[0]
    raise ProductError(GROUP_UNKNOWN)


def add_group(
    session: Session, event: Event, column_title: str, value: str, name: str = ""
) -> Group:
    """Add a group of the people with this value in column `column_title`; the event is locked.

    Nobody is in it until the list has been updated. People in an earlier group stay there. `name`
    is for screens, by default the value. Raises SettingRefused.
    """
    value = one_line("value", value, needed=True)
    name = one_line("name", name) or value
    _refuse(event, column_title, value, name)
    group = Group(event_id=event.id, column_title=column_title, value=value, name=name, wording={})
    event.groups.append(group)
    session.flush()
    _invalidate(event)
    audit.record(session, Action.GROUP_ADDED, event.id)
    return group


def _refuse(event: Event, column_title: str, value: str, name: str) -> None:
    if column_title not in event.list_columns:
        raise SettingRefused(field="column", reason=N_("is no column of the list"))
    known = {column.title: column.kind for column in event.known_columns}
    if known.get(column_title) is ColumnKind.SECRET:
        raise SettingRefused(field="column", reason=N_("is secret, so it cannot form groups"))
    if len(event.groups) >= MOST_GROUPS:
        raise SettingRefused(field="value", reason=N_("exceeds the limit of 200 groups per event"))
    for group in event.groups:
        is_same = value_key(group.value) == value_key(value)
        if group.column_title == column_title and is_same:
            raise SettingRefused(field="value", reason=N_("already has a group"))
        if value_key(group.name) == value_key(name):
            raise SettingRefused(field="name", reason=N_("is already the name of another group"))


def remove_group(session: Session, event: Event, group: Group) -> None:
    """Remove a group: its people get what everybody gets, and what was issued does not change.

    Call with the event locked.
    """
    event.groups.remove(group)
    session.delete(group)
    _invalidate(event)
    audit.record(session, Action.GROUP_REMOVED, event.id)


def note_change(event: Event) -> None:
    """Invalidate what was measured or prepared with the groups as they were."""
    event.groups_version += 1


def _invalidate(event: Event) -> None:
    note_change(event)
    judge_anew(event)


def judge_anew(event: Event) -> None:
    """Have people's groups and qualification found again, in turns (`volunteers.grouping`)."""
    event.grouped_until = 0
