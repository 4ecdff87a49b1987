"""`certs design`: the designs of the gallery, and using one for an event."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from shared.certificates.designs.changes import change_design
from shared.certificates.designs.gallery import (
    Taste,
    accepted_logo,
    choice_for,
    store_logo,
    template_change,
)
from shared.cli.process import WhichEvent, a_file, reading
from shared.events import event_for_change
from shared.log.actor import AT_THE_MACHINE
from shared.rendering.gallery.catalogue import SHEET_LANGUAGES, STYLES, DesignChoice, Filling
from shared.rendering.gallery.record import CELLS, NAME
from shared.rendering.uploads.accepted import accept_inset

app = typer.Typer(add_completion=False)

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@app.command("gallery")
def show_gallery() -> None:
    """Print our designs, and the cells of the record of service.

    Example: `certs design gallery`
    """
    for style in STYLES:
        typer.echo(f"{style.name:12} {style.looks}")
    typer.echo(f"cells of a record: {', '.join(c.name for c in CELLS if c.name != NAME)}")


@app.command()
def use(
    design: Annotated[str, typer.Argument(help="One that `certs design gallery` lists.")],
    event: WhichEvent = 0,
    language: Annotated[
        str, typer.Option(help=f"{', '.join(SHEET_LANGUAGES)}; without it the event's.")
    ] = "",
    portrait: Annotated[bool, typer.Option("--portrait", help="An upright sheet.")] = False,
    title: Annotated[str | None, typer.Option(help="The title at the top.")] = None,
    colour: Annotated[
        list[str] | None, typer.Option(help="#rrggbb: the main colour, then the second.")
    ] = None,
    logo: Annotated[Path | None, a_file("PNG or JPEG.")] = None,
    signer: Annotated[
        list[str] | None, typer.Option(help="Who signs, at most two: “Maria Fernández, Chair”.")
    ] = None,
    cell: Annotated[
        list[str] | None, typer.Option(help="A cell of a record: NAME=words or NAME=@Column.")
    ] = None,
) -> None:
    """Use a design for the event, instead of its picture and what was placed on it.

    Issued certificates stay as they are.

    Example: `certs design use waves --event 2`
    """
    if language and language not in SHEET_LANGUAGES:
        raise typer.BadParameter(f"designs speak {', '.join(SHEET_LANGUAGES)}")
    known, given = {style.name: style for style in STYLES}, colour or []
    if design not in known:
        raise typer.BadParameter(f"there is no design “{design}”, but {', '.join(known)}")
    for value in given:
        if not _COLOUR.fullmatch(value):
            raise typer.BadParameter(f"“{value}” is no colour like #1f4e79")
    if len(given) > 2:
        raise typer.BadParameter("a design has two colours")
    if len(signer or []) > 2:
        raise typer.BadParameter("at most two sign")
    # An empty one is the design's own.
    main, accent = (*given, "", "")[:2]
    mark = accepted_logo(accept_inset(logo.read_bytes())) if logo else None
    parts = [words.partition(",") for words in signer or []]
    signers = tuple((name.strip(), office.strip()) for name, _, office in parts)
    with reading(event) as (installation, _, chosen):
        taste = Taste(language or chosen.language, portrait, main, accent, mark, signers)
        first = choice_for(known[design], taste, chosen.list_columns)
        choice = replace(
            first,
            title=first.title if title is None else title,
            cells=_cells(first, cell or [], chosen.list_columns),
        )
    if mark:
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            store_logo(session, event_for_change(session, chosen.id), mark)
    change = template_change(installation.settings, choice)
    change_design(installation.database, chosen.id, change, AT_THE_MACHINE)


def _cells(
    first: DesignChoice, given: Sequence[str], columns: Sequence[str]
) -> tuple[tuple[str, Filling], ...]:
    """Return the design's cells with those that were given."""
    cells, known = dict(first.cells), {cell.name for cell in CELLS} - {NAME}
    for setting in given:
        name, _, words = setting.partition("=")
        if not first.style.is_record or name not in known:
            raise typer.BadParameter(f"“{name}” is no cell of this design")
        if words.startswith("@") and words[1:] not in columns:
            raise typer.BadParameter(f"the list has no column “{words[1:]}”")
        cells[name] = ("column", words[1:]) if words.startswith("@") else ("text", words)
    return tuple(cells.items())
