"""`certs render`: certificates for a list, without a database and without mail."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from shared.certificates.batch import BatchOrder, Sources, render_list
from shared.cli.process import a_file, prepare
from shared.dates import date_in
from shared.errors import SettingRefused
from shared.language import Language
from shared.rendering.design import Format
from shared.rendering.pdf import Standard
from shared.rendering.raster.print_size import Paper


def render(
    template: Annotated[Path, a_file("The certificate: PNG, JPEG, PDF or SVG.")],
    layout: Annotated[Path, a_file("Where everything stands, JSON.")],
    names: Annotated[Path, a_file("A CSV, TXT or XLSX list with a column “name”.")],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder for the certificates.")],
    format: Annotated[str, typer.Option(help="jpg, png and pdf, separated by commas.")] = "jpg",
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="JSON lines: how each name fits.")
    ] = None,
    picture: Annotated[
        list[Path] | None, a_file("A picture that the layout names, once for each.")
    ] = None,
    font: Annotated[
        list[Path] | None, a_file("A TTF or OTF file whose SHA-256 the layout names as a face.")
    ] = None,
    pdf_standard: Annotated[
        Standard | None,
        typer.Option(
            help="PDF/UA for screen readers, or a PDF/A for archives; otherwise PDF/UA-1 and "
            "PDF/A-3a at once, where there is a date."
        ),
    ] = None,
    credential: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            file_okay=False,
            help="A folder of signed credentials (*.json), as from “certs publish "
            "--with-credentials”: PDF and PNG files carry the one with the line's name and number. "
            "Otherwise they carry none; PDF/A-2 never does.",
        ),
    ] = None,
    paper: Annotated[
        Paper | None,
        typer.Option(help="How large PDFs are; otherwise as the template says, or A4."),
    ] = None,
    event: Annotated[str, typer.Option(help="What {event} stands for in the layout's texts.")] = "",
    organization: Annotated[
        str, typer.Option(help="What {organization} stands for in the layout's texts.")
    ] = "",
    date: Annotated[
        str,
        typer.Option(help="The date of lines without one, and what {date} stands for: 2026-11-24."),
    ] = "",
    language: Annotated[
        Language | None,
        typer.Option(
            help="How dates are written where the layout's words do not tell it; otherwise as the "
            "list's titles are, or as this machine speaks."
        ),
    ] = None,
    secret: Annotated[
        list[str] | None,
        typer.Option(help="A column that is masked on the certificates, once for each."),
    ] = None,
    allow_warnings: Annotated[
        bool, typer.Option(help="End with 0 also when a name is small or parted.")
    ] = False,
    resume: Annotated[
        bool, typer.Option(help="Keep the files that an earlier run of the same list made.")
    ] = False,
) -> None:
    """Make certificates for a list, without a database and without mail.

    A column of the list titled event, organization or date goes before the option of that name.

    Example: `certs render --template a.png --layout a.json --names a.csv --out certificates`
    """
    prepare()
    sources = Sources(template, layout, names, tuple(picture or ()), tuple(font or ()))
    known: tuple[Format, ...] = ("jpg", "png", "pdf")
    wanted = [word.strip() for word in format.split(",")]
    if set(wanted) - set(known):
        raise SettingRefused(field="--format", reason="must be jpg, png or pdf")
    order = BatchOrder(
        out,
        tuple(name for name in known if name in wanted),
        standard=pdf_standard,
        credentials=credential,
        language=language,
        date=date_in(date) if date else None,
        event=event,
        organization=organization,
        report=report,
        resume=resume,
        secrets=tuple(secret or ()),
        paper=paper,
    )
    with Progress(console=Console(stderr=True)) as bar:
        drawing = bar.add_task("Drawing", total=None)
        summary = render_list(
            sources, order, lambda done, total: bar.update(drawing, completed=done, total=total)
        )
    for finding in summary.found:
        typer.echo(finding)
    for outcome in summary.refused:
        typer.echo(f"line {outcome.line}: {outcome.problem}")
    for outcome in summary.repeated:
        typer.echo(f"line {outcome.line}: the same as line {outcome.same_as}")
    if credential:
        typer.echo(f"{summary.carrying} of {len(summary.outcomes)} names have a credential")
    made = len(summary.outcomes) - len(summary.refused)
    typer.echo(
        f"{made} of {len(summary.outcomes)} names in {out}, {len(summary.refused)} refused, "
        f"{len(summary.warned)} to look at"
    )
    raise typer.Exit(0 if summary.is_fine(allow_warnings) else 1)
