"""What several commands are told in the same words."""

from typing import Annotated

import typer

# What ids can be in every database.
_MOST_ID = 2**31 - 1

WhichEvent = Annotated[
    int, typer.Option(min=0, max=_MOST_ID, help="The event's id; without it the default event.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
