"""`certs export`: the table of an event as a file."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import prepare
from shared.events.actor import AT_THE_MACHINE

# What ids can be in every database.
_MOST_ID = 2**31 - 1


class TableFormat(StrEnum):
    csv = "csv"
    xlsx = "xlsx"


def export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    event: Annotated[
        int,
        typer.Option(min=0, max=_MOST_ID, help="The event's id; without it the default event."),
    ] = 0,
    format: Annotated[TableFormat, typer.Option(help="CSV or XLSX.")] = TableFormat.csv,
    mails: Annotated[bool, typer.Option(help="Every mail and every try instead.")] = False,
) -> None:
    """Write the table of statuses of an event; XLSX holds every mail and try on a second sheet."""
    from shared.events import audit
    from shared.events.installation import chosen_event, open_installation
    from shared.storage.models import Action
    from shared.storage.private_files import write_private
    from shared.volunteers import export as tables

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        audit.record(session, Action.EXPORTED, chosen_event(session, event).id, fields=[out.suffix])
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        people = tables.statuses(session, installation.settings, chosen)
        tries = tables.ledger(session, chosen)
    if format is TableFormat.xlsx:
        write_private(out, tables.to_xlsx(people, tries))
    else:
        write_private(out, tables.to_csv(tries if mails else people))
    typer.echo(f"{len(people)} volunteers, {len(tries)} tries of mails; written to {out}")
