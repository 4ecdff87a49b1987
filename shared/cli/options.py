"""Options that several commands share, and how they answer."""

import json
from typing import Annotated, Any

import typer

# The ids that both databases can hold.
MOST_ID = 2**31 - 1

WhichEvent = Annotated[
    int, typer.Option(min=0, max=MOST_ID, help="The event's id; without it the default event.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


def a_file(what: str, parameter: Any = typer.Option) -> Any:
    """An option, or an argument, that names a file which is there."""
    return parameter(dir_okay=False, exists=True, help=what)


def a_day(what: str) -> Any:
    """An option whose value is a day, such as 2026-11-24."""
    return typer.Option(formats=["%Y-%m-%d"], help=what)


def say(told: dict[str, Any], line: str, as_json: bool) -> None:
    """Print the answer: for programs, or as a line for people.

    What would move a terminal's cursor, or the words around it, is escaped for programs.
    """
    if as_json:
        line = json.dumps(told, ensure_ascii=False)
        line = line if line.isprintable() else json.dumps(told)
    typer.echo(line)
