"""`certs bounce`: what mails that came back would change, without changing it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shared.cli.process import prepare

if TYPE_CHECKING:
    from shared.mail.bounces.decision import Decision
    from shared.mail.bounces.recipient import ReportedRecipient
    from shared.mail.bounces.report import Report

Decide = Callable[["Report | str"], "Decision"]


def bounce(
    files: Annotated[
        list[Path], typer.Argument(dir_okay=False, metavar="FILE…", help="Mails as files (.eml).")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON for each.")] = False,
    reports_only: Annotated[
        bool, typer.Option("--reports-only", help="Read the reports; look up no mail of ours.")
    ] = False,
) -> None:
    """Say what mail servers' reports mean for the mails here, and why. Changes nothing."""
    from shared.events.installation import open_installation
    from shared.mail.bounces.decision import decide, decide_by_words
    from shared.storage.database import database_time

    contents = [(file, file.read_bytes()) for file in files]
    if reports_only:
        return _say(contents, decide_by_words, as_json)
    installation = open_installation(prepare())
    try:
        with installation.database.reading() as session:
            now = database_time(session)
            _say(contents, lambda report: decide(session, installation.seal, report, now), as_json)
    finally:
        installation.database.close()


def _say(contents: list[tuple[Path, bytes]], decide: Decide, as_json: bool) -> None:
    from shared.mail.bounces.report import read_report

    for file, content in contents:
        report = read_report(content)
        decision = decide(report)
        answer = [f"The server said: {decision.answer}"] if decision.answer else []
        told = {
            "verdict": decision.verdict.value,
            "email": decision.email or None,
            "message_id": decision.message_id or None,
            "why": " ".join([*decision.why, *answer]),
        }
        recipients = [] if isinstance(report, str) else [_named(one) for one in report.recipients]
        if as_json:
            line = {**told, "file": str(file), "recipients": recipients}
            typer.echo(json.dumps(line, ensure_ascii=False))
        else:
            said = {"file": str(file), **told} if len(contents) > 1 else told
            typer.echo("\n".join(f"{name}: {value}" for name, value in said.items() if value))


def _named(recipient: "ReportedRecipient") -> dict[str, Any]:
    return {
        "address": recipient.address or recipient.original or None,
        "verdict": recipient.verdict().value,
        "status": recipient.status or None,
        "words": recipient.text,
    }
