"""`certs token`: the token that opens an event for programs, replaced."""

import typer

from shared.cli.options import AsJson, WhichEvent, say
from shared.cli.process import prepare
from shared.events import event_for_change, renew_organizer_token
from shared.events.installation import chosen_event, open_installation
from shared.log.actor import AT_THE_MACHINE

app = typer.Typer(add_completion=False)


@app.command()
def renew(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print a new organizer's token, shown only this once; the old one opens nothing any more.

    Example: `certs token renew --event 2 --json`
    """
    database = open_installation(prepare()).database
    with database.writing(by=AT_THE_MACHINE) as session:
        chosen = event_for_change(session, chosen_event(session, event).id)
        token = renew_organizer_token(chosen)
    say({"id": chosen.id, "name": chosen.name, "token": token}, token, as_json)
