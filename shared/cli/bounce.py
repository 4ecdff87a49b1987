"""`certs bounce`: what a mail that came back would change, without changing it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.cli.process import prepare

if TYPE_CHECKING:
    from shared.mail.bounces.decision import Decision


def bounce(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The mail as a file (.eml).")],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON.")] = False,
) -> None:
    """Say what a mail server's report means for the mails here, and why. Changes nothing."""
    from shared.events.installation import open_installation
    from shared.mail.bounces.decision import decide
    from shared.storage.database import database_time

    content = file.read_bytes()
    installation = open_installation(prepare())
    with installation.database.reading() as session:
        decision = decide(session, content, database_time(session))
    installation.database.close()
    typer.echo(json.dumps(_told(decision), ensure_ascii=False) if as_json else _said(decision))


def _told(decision: "Decision") -> dict[str, str | None]:
    answer = [f"The server said: {decision.answer}"] if decision.answer else []
    return {
        "verdict": decision.verdict.value,
        "email": decision.email or None,
        "message_id": decision.message_id or None,
        "why": " ".join([*decision.why, *answer]),
    }


def _said(decision: "Decision") -> str:
    told = _told(decision)
    return "\n".join(f"{name}: {value}" for name, value in told.items() if value)
