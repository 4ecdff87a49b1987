"""`certs export`: the table of an event, or its certificates, as a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer
from sqlalchemy import Select

from shared.acts.pass_on import pass_on
from shared.certificates.bundles import Order, count, printed, zipped
from shared.certificates.issuing import chosen
from shared.cli.process import WhichEvent, end, prepare
from shared.errors import TooLongForExcel, explain
from shared.events.installation import Installation, chosen_event, open_installation
from shared.log import audit
from shared.log.actor import AT_THE_MACHINE
from shared.rendering.design import Format
from shared.storage.models import Action, Event
from shared.storage.private_files import open_private, writing_private
from shared.volunteers import table_files
from shared.volunteers.tables import csv_of

FileFormat = Literal["csv", "xlsx", "zip", "pdf"]


def export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    event: WhichEvent = 0,
    format: Annotated[
        FileFormat, typer.Option(help="CSV or XLSX; ZIP or PDF with --certificates.")
    ] = "csv",
    mails: Annotated[bool, typer.Option(help="The table of mails and tries instead.")] = False,
    certificates: Annotated[
        bool, typer.Option(help="The certificates: a ZIP of files, or one PDF for the printer.")
    ] = False,
    files: Annotated[Format, typer.Option(help="What the ZIP's files are.")] = "jpg",
    names: Annotated[
        str,
        typer.Option(help="How the ZIP's files are named: {number}, {name}, {email}, {column}."),
    ] = "{number} {name}",
) -> None:
    """Write an event's table of statuses, or its certificates.

    An XLSX file has every mail and try on a second sheet, and sums of columns on a third.

    Example: `certs export --event 2 --format xlsx --out statuses.xlsx`
    """
    if certificates != (format in ("zip", "pdf")):
        end("--certificates goes with --format zip or pdf, and these with nothing else")
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        event = chosen_event(session, event).id
    if certificates:
        _export_certificates(installation, out, event, format, files, names)
    else:
        _export_table(installation, out, event, format, mails)


def _export_table(
    installation: Installation, out: Path, event: int, format: FileFormat, mails: bool
) -> None:
    database, settings = installation.database, installation.settings
    try:
        with database.reading() as session:
            if format == "xlsx":
                table_files.check_for_excel(session, event)
            people = table_files.count_people(session, event)
            tries = table_files.count_tries(session, event)
    except TooLongForExcel as refusal:
        end(explain(refusal, "en"))
    with open_private(out) as file:
        _record(installation, out, event, table_files.with_picture(event))
        if format == "xlsx":
            file.writelines(table_files.workbook_of(database, settings, event))
        elif mails:
            file.writelines(csv_of(table_files.mails(database, event)))
        else:
            file.writelines(csv_of(table_files.people(database, settings, event)))
    typer.echo(f"{people} volunteers, {tries} tries of mails; written to {out}")


def _export_certificates(
    installation: Installation,
    out: Path,
    event: int,
    format: FileFormat,
    files: Format,
    names: str,
) -> None:
    with installation.database.reading() as session:
        order = Order(event, format=files, pattern=names)
        total = count(session, order)
        holders = chosen.with_certificate(session.get_one(Event, event))
    if not total:
        end("no certificate was issued yet")
    make = printed if format == "pdf" else zipped
    with (
        writing_private(out) as file,
        typer.progressbar(length=total, label="Drawing") as bar,
    ):
        _record(installation, out, event, holders)
        file.writelines(make(installation, order, lambda done: bar.update(done - bar.pos)))
    typer.echo(f"{total} certificates; written to {out}")


def _record(installation: Installation, out: Path, event: int, passed_on: Select[int]) -> None:
    """`passed_on`: whose certificates it contains, or leads to."""
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        audit.record(session, Action.EXPORTED, event, fields=[out.suffix])
    pass_on(installation.database, event, passed_on)
