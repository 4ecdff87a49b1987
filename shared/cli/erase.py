"""`certs erase`: a person leaves an event for good."""

import json
from typing import Annotated

import typer

from shared.cli.options import AsJson, WhichEvent
from shared.cli.process import prepare
from shared.log.actor import AT_THE_MACHINE


def erase(
    email: Annotated[str, typer.Option(help="The person's address, however it is written.")],
    event: WhichEvent = 0,
    as_json: AsJson = False,
) -> None:
    """Erase what is known about a person on an event's list, and print what was removed.

    The person still counts, but their certificate is withdrawn, and later lists leave them out.
    """
    from shared.events.installation import chosen_event, open_installation
    from shared.privacy import erasure

    installation = open_installation(prepare())
    with installation.database.reading() as session:
        event_of = chosen_event(session, event)
        person = erasure.find_person(session, installation.seal, event_of, email)
    went = erasure.erase_person(installation.database, installation.seal, person, AT_THE_MACHINE)
    told = {"event": person.event_id, "volunteer": person.id, "erased": True, **vars(went)}
    gone = (
        "gone: address, names, number, columns, places in the search; "
        f"addresses and answers of {went.mails} mails; {went.rehearsal_mails} rehearsal mails; "
        f"what stood on {went.certificates} certificates"
    )
    typer.echo(json.dumps(told) if as_json else gone)
