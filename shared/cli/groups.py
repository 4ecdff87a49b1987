"""`certs groups`: groups of an event's people, by the value in a column of its list."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shared.cli.options import AsJson, WhichEvent
from shared.cli.process import prepare
from shared.log.actor import AT_THE_MACHINE

if TYPE_CHECKING:
    from shared.storage.models import Group

app = typer.Typer(help="Add, list and remove groups, which can have a certificate of their own.")

WhichGroup = Annotated[str, typer.Argument(help="What the group is called, or its id.")]


@app.command()
def add(
    column: Annotated[str, typer.Option(help="The title of the list's column.")],
    value: Annotated[str, typer.Option(help="The value in that column.")],
    event: WhichEvent = 0,
    name: Annotated[str, typer.Option(help="The group's name; without it, the value.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a group of the people with this value in the column."""
    from shared.events import event_for_change, groups
    from shared.events.installation import chosen_event, open_installation
    from shared.storage.models import Group
    from shared.volunteers.people import grouping

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        chosen = event_for_change(session, chosen_event(session, event).id)
        group = groups.add_group(session, chosen, column, value, name)
        event_id, group_id = chosen.id, group.id
    grouping.go_through(installation.database, event_id)
    with installation.database.reading() as session:
        chosen = chosen_event(session, event_id)
        told = _told(session.get_one(Group, group_id), _people(session, chosen))
    typer.echo(json.dumps(told, ensure_ascii=False) if as_json else _line(told))


@app.command("list")
def list_groups(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print the groups: id, name, column, value, and how many people are in each."""
    from shared.events.installation import chosen_event, open_installation

    installation = open_installation(prepare())
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        people = _people(session, chosen)
        told = [_told(group, people) for group in chosen.groups]
    for one in told:
        typer.echo(json.dumps(one, ensure_ascii=False) if as_json else _line(one))


@app.command()
def remove(group: WhichGroup, event: WhichEvent = 0) -> None:
    """Remove a group: its people get what everybody gets. Issued certificates stay."""
    from shared.events import event_for_change, groups
    from shared.events.installation import chosen_event, open_installation
    from shared.volunteers.people import grouping

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        chosen = event_for_change(session, chosen_event(session, event).id)
        found = groups.find_group(chosen, group)
        name, event_id = found.name, chosen.id
        groups.remove_group(session, chosen, found)
    grouping.go_through(installation.database, event_id)
    typer.echo(f"{name} is removed")


def _people(session: Any, event: Any) -> dict[int, int]:
    """How many people are in each group."""
    from shared.volunteers.people.grouping import count_people

    return {id: sum(counts.values()) for id, counts in count_people(session, event).items()}


def _told(group: "Group", people: dict[int, int]) -> dict[str, Any]:
    return {
        "id": group.id,
        "name": group.name,
        "column": group.column_title,
        "value": group.value,
        "people": people[group.id],
        "own_design": group.design_id is not None,
    }


def _line(told: dict[str, Any]) -> str:
    return (
        f"{told['id']}\t{told['name']}\t{told['column']} = {told['value']}\t{told['people']} people"
    )
