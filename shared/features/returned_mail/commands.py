"""`certs bounce`: what mails that came back would change, without changing it."""

from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import prepare, say
from shared.events.opening import open_installation
from shared.features.returned_mail.decision import decide, decide_by_words
from shared.features.returned_mail.report import read_report
from shared.storage.clock import database_time


def bounce(
    files: Annotated[
        list[Path], typer.Argument(dir_okay=False, metavar="FILE…", help="Mails as files (.eml).")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One line of JSON for each.")] = False,
    reports_only: Annotated[
        bool, typer.Option("--reports-only", help="Read the reports; look up no mail of ours.")
    ] = False,
) -> None:
    """Say what mail servers' reports mean for the mails here, and why. Changes nothing.

    Example: `certs bounce returned.eml`
    """
    reports = [read_report(content) for content in [file.read_bytes() for file in files]]
    if reports_only:
        decisions = [decide_by_words(report) for report in reports]
    else:
        installation = open_installation(prepare())
        with installation.database.reading() as session:
            now = database_time(session)
            decisions = [decide(session, installation.seal, report, now) for report in reports]
        installation.database.close()
    for file, report, decision in zip(files, reports, decisions, strict=True):
        answer = [f"The server said: {decision.answer}"] if decision.answer else []
        told = {
            "verdict": decision.verdict.value,
            "email": decision.email or None,
            "message_id": decision.message_id or None,
            "why": " ".join([*decision.why, *answer]),
        }
        recipients = [
            {
                "address": recipient.address or recipient.original or None,
                "verdict": recipient.verdict().value,
                "status": recipient.status or None,
                "words": recipient.text,
            }
            for recipient in ([] if isinstance(report, str) else report.recipients)
        ]
        said = {"file": str(file), **told} if len(files) > 1 else told
        lines = "\n".join(f"{name}: {value}" for name, value in said.items() if value)
        say({**told, "file": str(file), "recipients": recipients}, lines, as_json)
