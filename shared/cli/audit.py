"""`certs audit`: the log of who did what, for owners and their scripts."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from shared.cli.options import AsJson, WhichEvent
from shared.cli.process import prepare

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shared.storage.models import Event


def audit(
    event: WhichEvent = 0,
    installation: Annotated[
        bool, typer.Option(help="Entries about no event: the owner's token, keys of others.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Print who did what on an event, the newest first."""
    from shared.events.installation import open_installation
    from shared.log import audit_log

    opened = open_installation(prepare())
    with opened.database.reading() as session:
        about = None if installation else _event_meant(session, event)
        for entry in audit_log.entries(session, audit_log.Wanted(event=about)):
            told = audit_log.told(entry)
            typer.echo(json.dumps(told, ensure_ascii=False) if as_json else _line(told))


def _event_meant(session: "Session", event_id: int) -> "Event":
    """The event, even if it was deleted. Raises EventUnknown."""
    from shared.events.installation import chosen_event
    from shared.log import audit_log

    return audit_log.event_that_was(session, event_id) or chosen_event(session, event_id)


def _line(told: dict[str, object]) -> str:
    """An entry as tab-separated text."""
    who = told["by"] or told["role"] or "-"
    about = [f"{name} {told[name]}" for name in ("volunteer", "key", "count") if told[name]]
    fields = told["fields"]
    assert isinstance(fields, list)
    return "\t".join(
        str(part) for part in (told["at"], who, told["network"], told["action"], *about, *fields)
    )
