"""`certs event set`: sets up an event from scripts."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shared.cli.options import WhichEvent
from shared.cli.process import end, prepare
from shared.log.actor import AT_THE_MACHINE

if TYPE_CHECKING:
    from shared.events.installation import Installation


def _file(what: str) -> Any:
    return typer.Option(dir_okay=False, exists=True, help=what)


def set_up(
    event: WhichEvent = 0,
    name: Annotated[str | None, typer.Option(help="What the event is called.")] = None,
    organization: Annotated[str | None, typer.Option(help="The organization that thanks.")] = None,
    website: Annotated[str | None, typer.Option(help="Its web page.")] = None,
    names: Annotated[
        str | None,
        typer.Option(help="Who decides them: ask, issue or check (with --names-until)."),
    ] = None,
    names_until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="The last day for people to check them."),
    ] = None,
    picture: Annotated[Path | None, _file("The certificate's, or its page as PDF or SVG.")] = None,
    layout: Annotated[Path | None, _file("What stands where, as `certs render` takes it.")] = None,
) -> None:
    """Set up an event: what is given is changed. A file that cannot be used changes nothing."""
    from shared.certificates.designs.changes import LayoutChange, TemplateChange, change_design
    from shared.events.installation import chosen_event, open_installation
    from shared.rendering.layout import Layout
    from shared.rendering.pages.uploaded_page import accept_upload

    template = accept_upload(picture.read_bytes()) if picture else None
    placed = Layout.from_json(layout.read_bytes()) if layout else None
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        chosen = chosen_event(session, event).id
    _say_names(installation, chosen, name, organization, website, names, names_until)
    if template:
        change_design(installation.database, chosen, TemplateChange(template), AT_THE_MACHINE)
        for finding in template.warnings:
            typer.echo(finding)
    if placed:
        change_design(installation.database, chosen, LayoutChange(placed), AT_THE_MACHINE)


def _say_names(
    installation: "Installation",
    event_id: int,
    name: str | None,
    organization: str | None,
    website: str | None,
    names: str | None,
    until: datetime | None,
) -> None:
    from shared import events
    from shared.events.naming import set_naming
    from shared.storage.models import Naming

    with installation.database.writing(by=AT_THE_MACHINE) as session:
        event = events.event_for_change(session, event_id)
        events.update_event(event, events.EventChange(name=name))
        events.update_organization(event, name=organization, website=website)
        naming = event.naming if names is None else names
        if until and naming != Naming.CHECK:
            end("--names-until goes with --names check")
        set_naming(session, event, naming, until.date() if until else event.names_until)
