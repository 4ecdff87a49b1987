"""`certs key`: the people who work on an event, for owners and their scripts."""

import json
from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from shared.cli.options import AsJson, WhichEvent
from shared.cli.process import prepare
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import AccessKey

app = typer.Typer(help="Add, list and remove the people who work on an event.")

Name = Annotated[str, typer.Option(help="What the person is called.")]


@app.command()
def create(
    name: Name,
    role: Annotated[str, typer.Option(help="organizer, helper or viewer.")],
    event: WhichEvent = 0,
    expires: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day, in the event's time zone."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Add a person and print their key. It is shown this once: only a hash of it is kept."""
    from shared.access import people
    from shared.events import event_for_change
    from shared.events.installation import chosen_event, open_installation

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        chosen = event_for_change(session, chosen_event(session, event).id)
        ends = (
            datetime.combine(expires.date() + timedelta(days=1), time(), ZoneInfo(chosen.time_zone))
            if expires
            else None
        )
        person, key = people.add_person(session, chosen, name=name, role=role, expires_at=ends)
    typer.echo(json.dumps(_told(person) | {"key": key}, ensure_ascii=False) if as_json else key)


@app.command("list")
def list_people(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print who works on the event: name, role, beginning of the key, last use, end."""
    from shared.access import people
    from shared.events.installation import chosen_event, open_installation

    installation = open_installation(prepare())
    with installation.database.reading() as session:
        found = people.people_of(session, chosen_event(session, event).id)
    for person in found:
        told = _told(person.key) | {"created_by": person.added_by}
        line = json.dumps(told, ensure_ascii=False) if as_json else _line(person.key)
        typer.echo(line)


@app.command()
def revoke(name: Name, event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Remove a person: their key opens nothing from now on."""
    from shared.access import people
    from shared.events import event_for_change
    from shared.events.installation import chosen_event, open_installation

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        chosen = event_for_change(session, chosen_event(session, event).id)
        person = people.person_named(session, chosen, name)
        people.remove_person(session, chosen, person.id)
    told = json.dumps(_told(person) | {"revoked": True}, ensure_ascii=False)
    typer.echo(told if as_json else f"{person.name} is removed: the key {person.hint} is revoked")


def _told(person: AccessKey) -> dict[str, Any]:
    return {
        "id": person.id,
        "event": person.event_id,
        "name": person.name,
        "role": person.role.value,
        "hint": person.hint,
        "created_at": _written(person.created_at),
        "last_used_at": _written(person.last_used_at),
        "expires_at": _written(person.expires_at),
    }


def _line(person: AccessKey) -> str:
    used, ends = _written(person.last_used_at), _written(person.expires_at)
    told = [person.name, person.role.value, person.hint, f"last used {used or 'never'}"]
    return "\t".join([*told, f"until {ends}"] if ends else told)


def _written(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at else None
