"""`certs bounce`: what mails that came back would change, without changing it. `certs domain`: what
to enter in the DNS of the sender's domain, and what a test mail proves."""

from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import AsJson, WhichEvent, end, prepare, say
from shared.events.installation import chosen_event, open_installation
from shared.mail.bounces.decision import decide, decide_by_words
from shared.mail.bounces.report import read_report
from shared.preflight.sender_domain import is_mail_of, prove, records_to_copy
from shared.storage.database import database_time


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
                "address": one.address or one.original or None,
                "verdict": one.verdict().value,
                "status": one.status or None,
                "words": one.text,
            }
            for one in ([] if isinstance(report, str) else report.recipients)
        ]
        said = {"file": str(file), **told} if len(files) > 1 else told
        lines = "\n".join(f"{name}: {value}" for name, value in said.items() if value)
        say({**told, "file": str(file), "recipients": recipients}, lines, as_json)


def domain(
    file: Annotated[
        Path | None,
        typer.Argument(dir_okay=False, help="The source of a test mail that arrived (.eml)."),
    ] = None,
    event: WhichEvent = 0,
    as_json: AsJson = False,
) -> None:
    """Print what the DNS of the sender's domain should say; with a FILE, what that mail proves.

    Example: `certs domain received.eml --event 2`
    """
    source = file.read_bytes() if file else b""
    database = open_installation(prepare()).database
    with database.reading() as session:
        chosen = chosen_event(session, event)
        account = chosen.account
    if account is None:
        end("the event has no mail account yet")

    def is_ours(message_id: str) -> bool:
        with database.reading() as session:
            return is_mail_of(session, chosen, message_id)

    if file:
        lines = [{"level": one.level, "words": one.said("en")} for one in prove(source, is_ours)]
    else:
        address = chosen.from_address or account.username
        records = records_to_copy(address.rpartition("@")[2], account.host)
        lines = [{"name": one.name, "type": "TXT", "value": one.value} for one in records]
    database.close()
    for line in lines:
        say(line, "\t".join(line.values()), as_json)
