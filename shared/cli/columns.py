"""`certs columns`: the kinds of the list's columns, who sees them, and who qualifies by them.
`certs groups`: groups of people, by the value in a column."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from shared.cli.process import AsJson, WhichEvent, changing, prepare, reading, say
from shared.events import event_for_change
from shared.events import groups as groups_of_events
from shared.events.installation import Installation, chosen_event
from shared.events.opening import open_installation
from shared.log.actor import AT_THE_MACHINE
from shared.storage.models import ColumnKind
from shared.volunteers.lists.list_columns import ColumnChange, change_column, known_column
from shared.volunteers.lists.qualifying import Join, QualifyingRule, condition_in, rule_of
from shared.volunteers.people import grouping
from shared.volunteers.people.qualification import Effect, effect, set_rule


class _TitleOrCommand(TyperGroup):
    """Commands of `certs columns`; an argument that is no command is the title of a column."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        is_command = args[:1] == ["qualify"]
        return super().parse_args(ctx, args if is_command else ["describe", *args])


app = typer.Typer(add_completion=False)
of_list = typer.Typer(cls=_TitleOrCommand, add_completion=False)

WhichGroup = Annotated[str, typer.Argument(help="What the group is called, or its id.")]


@of_list.command(hidden=True)
def describe(
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
    """Print the columns of the list with their sums, or say what one of them holds.

    Who qualifies by them: see `certs columns qualify --help`.

    Example: `certs columns hours --event 2 --kind number --unit hours`
    """
    if forget and not title:
        raise typer.BadParameter("name the column to forget")
    with reading(event) as (installation, _, chosen):
        event_id = chosen.id
    if forget:
        from shared.acts.forget_column import forget_column

        count = forget_column(installation.database, event_id, title, by=AT_THE_MACHINE)
        say({"column": title, "forgotten": count}, f"{title}\t{count} forgotten", as_json)
        return
    if title:
        change = ColumnChange(kind=kind, unit=unit, is_public=public, is_in_full=in_full)
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            locked = event_for_change(session, event_id)
            column_id = change_column(session, locked, title, change).id
        if column_id is not None:
            from shared.acts import Context
            from shared.acts.catch_up import CatchUp
            from shared.acts.run import run

            # Update everybody on the list.
            run(installation.database, CatchUp(column_id), event_id, Context(installation.seal))
    with installation.database.reading() as session:
        chosen = chosen_event(session, event_id)
        wanted = [title] if title else chosen.list_columns
        found = [known_column(chosen, title) for title in wanted]
    for column in found:
        is_number = column.kind is ColumnKind.NUMBER
        answer = {
            "column": column.title,
            "kind": column.kind.value,
            "unit": column.unit,
            "public": column.is_public,
            "in_full": column.is_in_full,
            # A string stays exact in any JSON parser.
            "sum": column.total if is_number else None,
            "values": column.read_count if is_number else None,
            "not_read": column.unread_count,
        }
        parts = [column.title, answer["kind"]]
        if answer["sum"] is not None:
            parts.append(f"{answer['sum']} {column.unit}".strip())
        if column.unread_count:
            parts.append(f"{column.unread_count} not read")
        parts += [said.replace("_", " ") for said in ("public", "in_full") if answer[said]]
        say(answer, "\t".join(map(str, parts)), as_json)


@of_list.command()
def qualify(
    conditions: Annotated[
        list[str] | None,
        typer.Argument(help="Such as “hours >= 6”, “role in helper, lead”, “came yes”."),
    ] = None,
    any_of: Annotated[
        bool, typer.Option("--any", help="One of the conditions is enough; otherwise, all.")
    ] = False,
    everybody: Annotated[
        bool, typer.Option("--everybody", help="Everybody gets a certificate again.")
    ] = False,
    preview: Annotated[
        bool, typer.Option("--preview", help="Print what it would do, and store nothing.")
    ] = False,
    event: WhichEvent = 0,
    as_json: AsJson = False,
) -> None:
    """Say who gets a certificate, by the columns of the list, and print how many do.

    Without conditions, print who does now. What was issued stays. A column: with >=, <=, =, in,
    filled or yes.

    Example: `certs columns qualify "hours >= 6" "came yes" --event 2`
    """
    with reading(event) as (installation, session, chosen):
        event_id, rule = chosen.id, rule_of(chosen)
        if conditions:
            found = tuple(condition_in(condition, chosen.list_columns) for condition in conditions)
            rule = QualifyingRule(found, Join.ANY if any_of else Join.ALL)
        elif everybody:
            rule = None
        result = effect(session, chosen, rule) if rule else Effect()
    if (conditions or everybody) and not preview:
        with installation.database.writing(by=AT_THE_MACHINE) as session:
            set_rule(session, event_for_change(session, event_id), rule)
        grouping.go_through(installation.database, event_id)
    counts = {
        "qualify": result.qualify,
        "by_hand": result.by_hand,
        "do_not": result.do_not,
        "close": result.close,
        "not_read": result.unread,
        "holders": result.holders,
    }
    if rule is None:
        say({"rule": None}, "Everybody gets a certificate.", as_json)
        return
    parts = [f"{count} {name.replace('_', ' ')}" for name, count in counts.items()]
    say({"rule": rule.to_json()} | counts, "\t".join(parts), as_json)


@app.command()
def add(
    column: Annotated[str, typer.Option(help="The title of the list's column.")],
    value: Annotated[str, typer.Option(help="The value in that column.")],
    event: WhichEvent = 0,
    name: Annotated[str, typer.Option(help="The group's name; without it, the value.")] = "",
    as_json: AsJson = False,
) -> None:
    """Add a group of the people with this value in the column.

    Example: `certs groups add --event 2 --column role --value speaker`
    """
    with changing(event) as (installation, session, chosen):
        group = groups_of_events.add_group(session, chosen, column, value, name)
        event_id, group_id = chosen.id, group.id
    grouping.go_through(installation.database, event_id)
    _print_groups(installation, event_id, as_json, only=group_id)


@app.command("list")
def list_groups(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print the groups: id, name, column, value, and how many people are in each.

    Example: `certs groups list --event 2`
    """
    installation = open_installation(prepare())
    _print_groups(installation, event, as_json)


@app.command()
def remove(group: WhichGroup, event: WhichEvent = 0) -> None:
    """Remove a group: its people get what everybody gets. Issued certificates stay.

    Example: `certs groups remove speaker --event 2`
    """
    with changing(event) as (installation, session, chosen):
        found = groups_of_events.find_group(chosen, group)
        name, event_id = found.name, chosen.id
        groups_of_events.remove_group(session, chosen, found)
    grouping.go_through(installation.database, event_id)
    typer.echo(f"{name} is removed")


def _print_groups(
    installation: Installation, event_id: int, as_json: bool, only: int | None = None
) -> None:
    """Print the event's groups, or one of them, with how many people are in each."""
    with installation.database.reading() as session:
        event = chosen_event(session, event_id)
        found, people = list(event.groups), grouping.count_people(session, event)
    for group in found:
        if only in (None, group.id):
            count = sum(people[group.id].values())
            answer = {
                "id": group.id,
                "name": group.name,
                "column": group.column_title,
                "value": group.value,
                "people": count,
                "own_design": group.design_id is not None,
            }
            written = f"{group.column_title} = {group.value}"
            say(answer, f"{group.id}\t{group.name}\t{written}\t{count} people", as_json)
