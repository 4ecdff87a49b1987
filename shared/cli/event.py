"""`certs event`: creates events, and deletes them with an archive, for owners and their scripts."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.cli.options import MOST_ID, AsJson
from shared.cli.process import end, prepare
from shared.log.actor import AT_THE_MACHINE

if TYPE_CHECKING:
    from shared.events.installation import Installation
    from shared.storage.models import Event

app = typer.Typer(help="Make and delete events.")

EventId = Annotated[int, typer.Argument(min=1, max=MOST_ID, help="The event's id.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the event is called.")],
    language: Annotated[
        str,
        typer.Option(help="Of mails and certificates: zh or en.", show_default="DEFAULT_LANGUAGE"),
    ] = "",
    time_zone: Annotated[str, typer.Option(help="A name like Asia/Shanghai.")] = "Asia/Shanghai",
    as_json: AsJson = False,
) -> None:
    """Make an event and print its organizer's token, which is shown only this once."""
    from shared.events import create_event
    from shared.events.installation import open_installation

    installation = open_installation(prepare())
    spoken = language or installation.settings.default_language
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        event, token = create_event(session, name=name, language=spoken, time_zone=time_zone)
    told = {"id": event.id, "name": event.name, "token": token}
    typer.echo(json.dumps(told, ensure_ascii=False) if as_json else f"event {event.id}: {token}")


@app.command()
def default(event: EventId) -> None:
    """Let programs that name no event work on this one."""
    from shared.events import event_for_change
    from shared.events.installation import choose_default, open_installation

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        chosen = event_for_change(session, event)
        choose_default(session, chosen)
    typer.echo(f"programs that name no event work on “{chosen.name}” from now on")


@app.command()
def delete(
    event: EventId,
    archive: Annotated[
        Path, typer.Option(dir_okay=False, help="The ZIP to write first; it must not exist yet.")
    ],
    certificates: Annotated[bool, typer.Option(help="Put certificates into the ZIP, too.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Write everything of an event to a ZIP, then delete the event.

    It is gone for everybody at once; a running worker removes its rows and files.
    """
    from shared.events import event_for_change
    from shared.events.installation import chosen_event, open_installation
    from shared.log import audit
    from shared.privacy.deletion import check_deletable, delete_event
    from shared.storage.models import Action

    installation = open_installation(prepare())
    if archive.exists():
        end(f"{archive} is there already; name a file that is not")
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        check_deletable(session, chosen)
    name = chosen.name if yes else typer.prompt(f"To delete “{chosen.name}”, type its name")
    if not yes and name != chosen.name:
        end("nothing was deleted: that is not the event's name")
    _write(installation, chosen, archive, with_certificates=certificates)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        locked = event_for_change(session, event)
        audit.record(session, Action.EXPORTED, event, fields=["archive"])
        delete_event(session, locked, name)
    typer.echo(f"“{chosen.name}” is deleted; everything that it was is in {archive}")


def _write(
    installation: "Installation", event: "Event", file: Path, *, with_certificates: bool
) -> None:
    """Write the whole archive or none; without it nothing is deleted."""
    from shared.privacy.archive import archive
    from shared.storage.private_files import writing_private

    with writing_private(file) as opened:
        for piece in archive(installation, event, with_certificates=with_certificates):
            opened.write(piece)
