"""`certs domain`."""

from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import AsJson, WhichEvent, end, reading, say
from shared.features.domain_proof.sender_domain import is_mail_of, prove, records_to_copy


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
    with reading(event) as (installation, _, chosen):
        account = chosen.account
    if account is None:
        end("the event has no mail account yet")

    def is_ours(message_id: str) -> bool:
        with installation.database.reading() as session:
            return is_mail_of(session, chosen, message_id)

    if file:
        lines = [
            {"level": finding.level, "words": finding.said("en")}
            for finding in prove(source, is_ours)
        ]
    else:
        address = chosen.from_address or account.username
        records = records_to_copy(address.rpartition("@")[2], account.host)
        lines = [{"name": record.name, "type": "TXT", "value": record.value} for record in records]
    installation.database.close()
    for line in lines:
        say(line, "\t".join(line.values()), as_json)
