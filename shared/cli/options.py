"""Options that several commands share."""

from typing import Annotated

import typer

# The ids that both databases can hold.
MOST_ID = 2**31 - 1

WhichEvent = Annotated[
    int, typer.Option(min=0, max=MOST_ID, help="The event's id; without it the default event.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]
