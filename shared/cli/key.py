"""`certs key`: the people who work on an event. `certs token`: replacing the token that opens it
for programs."""

from datetime import datetime
from typing import Annotated, Any

import typer

from shared.access import colleagues
from shared.cli.process import AsJson, WhichEvent, a_day, changing, reading, say
from shared.events.naming import end_of_day
from shared.events.settings import renew_organizer_token
from shared.storage.models import AccessKey

app = typer.Typer(add_completion=False)
tokens = typer.Typer(add_completion=False)

Name = Annotated[str, typer.Option(help="What the person is called.")]


@app.command()
def create(
    name: Name,
    role: Annotated[str, typer.Option(help="organizer, helper or viewer.")],
    event: WhichEvent = 0,
    expires: Annotated[datetime | None, a_day("The last day, in the event's time zone.")] = None,
    as_json: AsJson = False,
) -> None:
    """Add a person and print their key. It is shown this once: only a hash of it is kept.

    Example: `certs key create --event 2 --role helper --name Ana`
    """
    with changing(event) as (_, session, chosen):
        ends = end_of_day(chosen, expires.date()) if expires else None
        person, key = colleagues.add_person(session, chosen, name=name, role=role, expires_at=ends)
    say(_record(person) | {"key": key}, key, as_json)


@app.command("list")
def list_people(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print who works on the event: name, role, beginning of the key, last use, end.

    Example: `certs key list --event 2`
    """
    with reading(event) as (_, session, chosen):
        found = colleagues.people_of(session, chosen.id)
    for person in found:
        answer = _record(person.key) | {"created_by": person.added_by}
        parts = [answer["name"], answer["role"], answer["hint"]]
        parts += [f"last used {answer['last_used_at'] or 'never'}"]
        parts += [f"until {answer['expires_at']}"] if answer["expires_at"] else []
        say(answer, "\t".join(parts), as_json)


@app.command()
def revoke(name: Name, event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Remove a person: their key opens nothing from now on.

    Example: `certs key revoke --event 2 --name Ana`
    """
    with changing(event) as (_, session, chosen):
        person = colleagues.person_named(session, chosen, name)
        colleagues.remove_person(session, chosen, person.id)
    said = f"{person.name} is removed: the key {person.hint} is revoked"
    say(_record(person) | {"revoked": True}, said, as_json)


def _record(person: AccessKey) -> dict[str, Any]:
    def written(at: datetime | None) -> str | None:
        return at.isoformat(timespec="seconds") if at else None

    return {
        "id": person.id,
        "event": person.event_id,
        "name": person.name,
        "role": person.role.value,
        "hint": person.hint,
        "created_at": written(person.created_at),
        "last_used_at": written(person.last_used_at),
        "expires_at": written(person.expires_at),
    }


@tokens.command()
def renew(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print a new organizer's token, shown only this once; the old one opens nothing any more.

    Example: `certs token renew --event 2 --json`
    """
    with changing(event) as (_, _, chosen):
        token = renew_organizer_token(chosen)
    say({"id": chosen.id, "name": chosen.name, "token": token}, token, as_json)
