"""`certs list`: adding files to an event's list. `certs erase`: erasing a person from an event.
`certs record`: all that an address was thanked for."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from shared.acts import Context
from shared.acts.add_list import add_list
from shared.acts.run import run
from shared.acts.undo_list import UndoList
from shared.acts.update_list import update_list
from shared.certificates.issuing import records
from shared.certificates.issuing.record_pdf import OF_ORGANIZER, record_pdf
from shared.cli.process import AsJson, WhichEvent, a_day, a_file, reading, say, writing
from shared.events.links import verification_link
from shared.language import translate
from shared.log import audit
from shared.log.actor import AT_THE_MACHINE
from shared.privacy import erasure
from shared.settings import Settings
from shared.storage.models import Action
from shared.storage.private_files import write_private
from shared.volunteers.lists import column_mapping, list_files, list_parser
from shared.volunteers.lists.list_columns import secret_titles
from shared.volunteers.lists.recipients import RejectedLine
from shared.volunteers.lists.remembered_mappings import recall
from shared.volunteers.lists.returned_lines import restored
from shared.volunteers.people.list_changes import imports_of

app = typer.Typer(add_completion=False)


@app.command()
def add(
    file: Annotated[Path, a_file("CSV, TXT, XLSX, XLS or ODS.", typer.Argument)],
    event: WhichEvent = 0,
    update: Annotated[
        bool, typer.Option(help="Change what the file says otherwise about people on the list.")
    ] = False,
    empty_erases: Annotated[
        bool, typer.Option(help="With --update: where the file is empty, erase what is stored.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add the people of a file to the list. Adding a file twice is harmless.

    Columns with the same titles are read as was chosen on the console's screen. With --update, of
    several lines with one address the last one counts, and who is missing from the file stays.

    Example: `certs list add people.xlsx --event 2`
    """
    if empty_erases and not update:
        raise typer.BadParameter("--empty-erases needs --update")
    rows = restored(list_files.read_file(file.read_bytes(), file.name).rows)
    with reading(event) as (installation, _, chosen):
        event_id, mapping = chosen.id, recall(chosen, rows) or column_mapping.find_mapping(rows)
        secret = secret_titles(chosen)
    found = list_parser.parse_table(rows, mapping, secret)
    database, seal = installation.database, installation.seal
    if update:
        result = update_list(
            database, seal, event_id, found, empty_erases=empty_erases, by=AT_THE_MACHINE
        )
        answer: dict[str, Any] = {
            "accepted": len(result.new),
            "updated": len(result.updated),
            "unchanged": len(result.already_there),
            "missing": result.missing,
            "duplicates": len(result.repeated),
            "repeated": _lines(result.repeated),
            "refused": _lines(result.refused),
        }
        summary = (
            f"{len(result.new)} added, {len(result.updated)} updated, "
            f"{len(result.already_there)} unchanged, {result.missing} not in the file, "
            f"{len(result.refused)} refused"
        )
    else:
        checked = add_list(database, seal, event_id, found, by=AT_THE_MACHINE)
        duplicates = len(checked.already_there) + len(checked.repeated)
        answer = {
            "accepted": len(checked.new),
            "duplicates": duplicates,
            "repeated": _lines(checked.repeated),
            "refused": _lines(checked.refused),
        }
        summary = (
            f"{len(checked.new)} added, {duplicates} were there already, "
            f"{len(checked.refused)} refused"
        )
    refused = [*answer["repeated"], *answer["refused"]]
    lines = [f"line {line['line']}: {line['text']}: {line['reason']}" for line in refused]
    say(answer, "\n".join([summary, *lines]), as_json)


def _lines(refusals: Sequence[RejectedLine]) -> list[dict[str, Any]]:
    return [
        {"line": row.line, "text": row.text, "reason": translate(row.reason, "en", **row.details)}
        for row in refusals
    ]


@app.command()
def undo(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Undo the newest list of the last seven days: who came with it goes, who was changed is as
    before. Who was written to since, or changed, stays.

    Example: `certs list undo --event 2`
    """
    with reading(event) as (installation, session, chosen):
        event_id, kept = chosen.id, imports_of(session, chosen, most=1)
    if not kept:
        typer.echo("There is no list to undo.", err=True)
        raise typer.Exit(1)
    act = UndoList(kept[0].id)
    tally = run(installation.database, act, event_id, Context(installation.seal), by=AT_THE_MACHINE)
    answer = {"undone": tally.done, "staying": tally.refused}
    say(answer, f"{tally.done} undone, {tally.refused} stay as they are", as_json)


def erase(
    email: Annotated[str, typer.Option(help="The person's address, however it is written.")],
    event: WhichEvent = 0,
    as_json: AsJson = False,
) -> None:
    """Erase what is known about a person on an event's list, and print what was removed.

    The person still counts, but their certificate is withdrawn, and later lists leave them out.

    Example: `certs erase --email ana@example.org --event 2`
    """
    with reading(event) as (installation, session, chosen):
        person = erasure.find_person(session, installation.seal, chosen, email)
    went = erasure.erase_person(installation.database, installation.seal, person, AT_THE_MACHINE)
    answer = {"event": person.event_id, "volunteer": person.id, "erased": True, **vars(went)}
    gone = (
        "gone: address, names, number, columns, places in the search; "
        f"addresses and answers of {went.mails} mails; {went.rehearsal_mails} rehearsal mails; "
        f"what stood on {went.certificates} certificates"
    )
    say(answer, gone, as_json)


def record(
    address: Annotated[str, typer.Option(help="The person's address, however it is written.")],
    first: Annotated[
        datetime | None, a_day("Only certificates dated from this day on.", "--from")
    ] = None,
    last: Annotated[
        datetime | None, a_day("Only certificates dated until this day.", "--to")
    ] = None,
    pdf: Annotated[Path | None, typer.Option(help="Where to write it as PDF as well.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print all that an address was thanked for in the events of this installation, name by name,
    with the sums of hours and other units that are public on the certificates.

    Example: `certs record --address ana@example.org --from 2026-01-01 --to 2026-12-31`
    """
    days = {"first": first and first.date(), "last": last and last.date()}
    with writing() as (installation, session):
        found = records.record_of(session, address, **days)
        for event_id in sorted({entry.event_id for entry in found.entries}):
            audit.record(session, Action.EXPORTED, event_id, fields=["record"])
    settings = installation.settings
    if pdf:
        content = record_pdf(settings, address, found, settings.default_language, OF_ORGANIZER)
        write_private(pdf, content)
    names = [_of_name(settings, *named) for named in found.by_name()]
    lines = [line for name in names for line in _lines_of(name)]
    say({"names": names}, "\n".join(lines) or "Nothing was issued to this address.", as_json)


def _of_name(settings: Settings, name: str, found: records.Record) -> dict[str, Any]:
    certificates = [
        {
            "event": entry.event_id,
            "event_name": entry.event,
            "organization": entry.organization,
            "date": entry.date.isoformat(),
            "numbers": {unit: float(number) for unit, number in entry.numbers.items()},
            "withdrawn": entry.withdrawn,
            "link": verification_link(settings, entry.public_id),
        }
        for entry in found.entries
    ]
    return {
        "name": name,
        "sums": {unit: float(number) for unit, number in found.sums().items()},
        "counted": len(found.counted),
        "certificates": certificates,
    }


def _lines_of(answer: dict[str, Any]) -> list[str]:
    sums = [f"{number:g} {unit}" for unit, number in answer["sums"].items()]
    count = answer["counted"]
    lines = [", ".join([answer["name"], f"{count} certificate{'' if count == 1 else 's'}", *sums])]
    for row in answer["certificates"]:
        numbers = [f"{number:g} {unit}" for unit, number in row["numbers"].items()]
        reason = [f"withdrawn: {row['withdrawn']}"] if row["withdrawn"] else []
        said = [row["event_name"], row["organization"], *numbers, *reason, row["link"]]
        lines.append(f"  {row['date']}  " + " · ".join(filter(None, said)))
    return lines
