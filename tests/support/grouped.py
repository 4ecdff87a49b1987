"""An event with groups: who is on its list, what each group has of its own."""

from sqlalchemy import select

from shared import events
from shared.events import groups
from shared.events.settings import set_wording
from shared.rendering.uploads.accepted import accept_template
from shared.storage.database import Database
from shared.storage.models import Group, Volunteer
from shared.volunteers.people.grouping import go_through
from tests.support.designing import begin_own_design, set_template
from tests.support.factories import add, design, small_picture

# Cy has no role, and Di one that makes no group.
ROLES = (
    "email,name,role\n"
    "ana@example.org,Ana Silva,speaker\n"
    "bo@example.org,Bo Lund, Helper\n"
    "cy@example.org,Cy Young,\n"
    "di@example.org,Di Marsh,juror\n"
)


def grouped_event(database: Database, event_id: int, pasted: str = ROLES) -> None:
    """A certificate, a list with roles, and a group for speakers and one for helpers."""
    design(database, event_id)
    add(database, event_id, pasted)
    for value in ("speaker", "helper"):
        add_group(database, event_id, "role", value)
    assert go_through(database, event_id)


def add_group(
    database: Database, event_id: int, column: str, value: str, *, colour: str = ""
) -> int:
    """A new group, with a design of its own on a picture of this colour, if one is given."""
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        group = groups.add_group(session, event, column, value)
        group_id = group.id
    if colour:
        give_design(database, event_id, value, colour)
    return group_id


def give_design(database: Database, event_id: int, name: str, colour: str) -> None:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        group = groups.find_group(event, name)
        begin_own_design(session, event, group)
        set_template(session, event, accept_template(small_picture(colour)), group)


def give_text(database: Database, event_id: int, name: str, kind: str, subject: str) -> None:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        group = groups.find_group(event, name)
        set_wording(event, kind, subject=subject, body="", group=group)


def remove_group(database: Database, event_id: int, name: str) -> None:
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        groups.remove_group(session, event, groups.find_group(event, name))


def groups_of(database: Database, event_id: int) -> dict[str, str | None]:
    """The name of each person's group, as it is kept with them."""
    rows = (
        select(Volunteer.email, Group.name)
        .outerjoin(Group, Group.id == Volunteer.group_id)
        .where(Volunteer.event_id == event_id)
    )
    with database.reading() as session:
        return {email.partition("@")[0]: name for email, name in session.execute(rows)}
