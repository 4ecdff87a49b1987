"""`certs list`: the list of an event, added to by scripts."""

import json
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.options import AsJson, WhichEvent
from shared.cli.process import prepare
from shared.log.actor import AT_THE_MACHINE

app = typer.Typer(help="Add people to an event's list.")


@app.command()
def add(
    file: Annotated[
        Path, typer.Argument(dir_okay=False, exists=True, help="CSV, TXT, XLSX, XLS or ODS.")
    ],
    event: WhichEvent = 0,
    as_json: AsJson = False,
) -> None:
    """Add the people of a file to the list. Adding a file twice is harmless.

    Columns with the same titles are read as was chosen on the console's screen.
    """
    from shared.acts.add_list import add_list
    from shared.events.installation import chosen_event, open_installation
    from shared.language import translate
    from shared.volunteers.lists import column_mapping, list_files, list_parser
    from shared.volunteers.lists.remembered_mappings import recall
    from shared.volunteers.lists.returned_lines import restored

    rows = restored(list_files.read_file(file.read_bytes(), file.name).rows)
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        event_id, mapping = chosen.id, recall(chosen, rows) or column_mapping.find_mapping(rows)
    found = list_parser.parse_table(rows, mapping)
    checked = add_list(installation.database, installation.seal, event_id, found, by=AT_THE_MACHINE)
    refused = [
        {"line": one.line, "text": one.text, "reason": translate(one.reason, "en", **one.details)}
        for one in checked.refused
    ]
    duplicates = len(checked.already_there) + len(checked.repeated)
    if as_json:
        told = {"accepted": len(checked.new), "duplicates": duplicates, "refused": refused}
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    typer.echo(f"{len(checked.new)} added, {duplicates} were there already, {len(refused)} refused")
    for one in refused:
        typer.echo(f"line {one['line']}: {one['text']}: {one['reason']}")
