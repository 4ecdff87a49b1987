"""`certs export`: an event's table, or its certificates, as a file."""

import re
from pathlib import Path
from typing import Annotated, Literal

import typer
from sqlalchemy import Select, select

from shared.acts.pass_on import pass_on
from shared.certificates.bundles import BundleOrder, count, printed, zipped
from shared.certificates.issuing import chosen
from shared.cli.process import MOST_ID, end, prepare
from shared.errors import TooLongForExcel, explain
from shared.events.installation import Installation, chosen_event
from shared.events.opening import open_installation
from shared.log import audit
from shared.log.actor import AT_THE_MACHINE
from shared.rendering.design import Format
from shared.storage.models import ORGANIZED, Action, Event
from shared.storage.private_files import open_private, writing_private
from shared.volunteers import table_files
from shared.volunteers.tables import csv_of, jsonl_of

FileFormat = Literal["csv", "xlsx", "jsonl", "zip", "pdf"]
_ALL = -1


def _id_or_all(text: str | int) -> int:
    if text == "all":
        return _ALL
    # The default comes as a number.
    if not re.fullmatch("[0-9]{1,10}", str(text)) or int(text) > MOST_ID:
        raise typer.BadParameter("it is the id of an event, or all")
    return int(text)


def export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    event: Annotated[
        int,
        typer.Option(
            parser=_id_or_all,
            metavar="ID|all",
            help="The event's id; without it the default event. All events go with JSONL.",
        ),
    ] = 0,
    format: Annotated[
        FileFormat,
        typer.Option(
            help="CSV or XLSX; JSONL, an object a line, for programs; ZIP or PDF with "
            "--certificates."
        ),
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

    All events for programs: `certs export --event all --format jsonl --out people.jsonl`
    """
    if certificates != (format in ("zip", "pdf")):
        end("--certificates goes with --format zip or pdf, and these with nothing else")
    if event == _ALL and format != "jsonl":
        end("--event all goes with --format jsonl: the lists of events have different columns")
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        if event == _ALL:
            events = list(session.scalars(select(Event.id).where(ORGANIZED).order_by(Event.id)))
        else:
            events = [chosen_event(session, event).id]
    if certificates:
        _export_certificates(installation, out, events[0], format, files, names)
    else:
        _export_table(installation, out, events, format, mails)


def _export_table(
    installation: Installation, out: Path, events: list[int], format: FileFormat, mails: bool
) -> None:
    database, settings = installation.database, installation.settings
    try:
        with database.reading() as session:
            if format == "xlsx":
                table_files.check_for_excel(session, events[0])
            people = sum(table_files.count_people(session, id) for id in events)
            tries = sum(table_files.count_tries(session, id) for id in events)
    except TooLongForExcel as refusal:
        end(explain(refusal, "en"))
    with open_private(out) as file:
        for event in events:
            _record(installation, out, event, table_files.with_picture(event))
        for event in events:
            if format == "xlsx":
                file.writelines(table_files.workbook_of(database, settings, event))
                continue
            for_programs = format == "jsonl"
            if mails:
                table = table_files.mails(database, event, for_programs=for_programs)
            else:
                table = table_files.people(database, settings, event, for_programs=for_programs)
            file.writelines((jsonl_of if for_programs else csv_of)(table))
    typer.echo(f"{people} volunteers, {tries} tries of mails; written to {out}")


def _export_certificates(
    installation: Installation, out: Path, event: int, format: FileFormat, files: Format, names: str
) -> None:
    with installation.database.reading() as session:
        order = BundleOrder(event, format=files, pattern=names)
        total = count(session, order)
        holders = chosen.with_certificate(session.get_one(Event, event))
    if not total:
        end("no certificate was issued yet")
    make = printed if format == "pdf" else zipped
    with writing_private(out) as file, typer.progressbar(length=total, label="Drawing") as bar:
        _record(installation, out, event, holders)
        file.writelines(make(installation, order, lambda done: bar.update(done - bar.pos)))
    typer.echo(f"{total} certificates; written to {out}")


def _record(installation: Installation, out: Path, event: int, passed_on: Select[int]) -> None:
    """Log an export; `passed_on` are the ids of people whose certificates it has, or links to."""
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        audit.record(session, Action.EXPORTED, event, fields=[out.suffix])
    pass_on(installation.database, event, passed_on)
