"""`certs columns`: what the columns of an event's list hold, and who sees them."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shared.cli.options import AsJson, WhichEvent
from shared.cli.process import prepare
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import ColumnKind

if TYPE_CHECKING:
    from shared.events.installation import Installation
    from shared.storage.models import ListColumn
    from shared.volunteers.lists.list_columns import ColumnChange


def columns(
    title: Annotated[str, typer.Argument(help="The title of the column to describe.")] = "",
    kind: Annotated[
        ColumnKind | None, typer.Option(help="What it holds. A secret is sealed and masked.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="What a number counts: hours, 小时.")] = None,
    public: Annotated[
        bool | None,
        typer.Option(help="Show it on the verification page of certificates issued from now on."),
    ] = None,
    in_full: Annotated[
        bool | None, typer.Option(help="Show a secret in full in its own person's PDF.")
    ] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Remove it, with everybody's values, for good.")
    ] = False,
    event: WhichEvent = 0,
    as_json: AsJson = False,
) -> None:
    """Print the columns of the list with their sums, or say what one of them holds."""
    from shared.events.installation import chosen_event, open_installation
    from shared.volunteers.lists.forgotten_columns import forget_column
    from shared.volunteers.lists.list_columns import ColumnChange, known_column

    if forget and not title:
        raise typer.BadParameter("name the column to forget")
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        event_id = chosen_event(session, event).id
    if forget:
        count = forget_column(installation.database, event_id, title, by=AT_THE_MACHINE)
        done = {"column": title, "forgotten": count}
        typer.echo(
            json.dumps(done, ensure_ascii=False) if as_json else f"{title}\t{count} forgotten"
        )
        return
    if title:
        change = ColumnChange(kind=kind, unit=unit, is_public=public, is_in_full=in_full)
        _change(installation, event_id, title, change)
    with installation.database.reading() as session:
        chosen = chosen_event(session, event_id)
        wanted = [title] if title else chosen.list_columns
        told = [_told(known_column(chosen, one)) for one in wanted]
    for one in told:
        typer.echo(json.dumps(one, ensure_ascii=False) if as_json else _line(one))


def _change(
    installation: "Installation", event_id: int, title: str, change: "ColumnChange"
) -> None:
    """Set the kind, and bring everybody on the list into line."""
    from shared.certificates.issuing.column_backlog import catch_up
    from shared.events import event_for_change
    from shared.volunteers.lists.list_columns import change_column

    with installation.database.writing(by=AT_THE_MACHINE) as session:
        column = change_column(session, event_for_change(session, event_id), title, change)
        column_id = column.id
    if column_id is not None:
        catch_up(installation.database, installation.seal, column_id)


def _told(column: "ListColumn") -> dict[str, Any]:
    is_number = column.kind is ColumnKind.NUMBER
    return {
        "column": column.title,
        "kind": column.kind.value,
        "unit": column.unit,
        "public": column.is_public,
        "in_full": column.is_in_full,
        # As text, which stays exact whatever reads it.
        "sum": column.total if is_number else None,
        "values": column.read_count if is_number else None,
        "not_read": column.unread_count,
    }


def _line(told: dict[str, Any]) -> str:
    parts = [told["column"], told["kind"]]
    if told["sum"] is not None:
        parts.append(f"{told['sum']} {told['unit']}".strip())
    if told["not_read"]:
        parts.append(f"{told['not_read']} not read")
    parts += [said.replace("_", " ") for said in ("public", "in_full") if told[said]]
    return "\t".join(parts)
