"""`certs verify` and `certs publish`: certificates that are verified without this installation."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from shared.certificates.credentials.publishing import Folder, Own
from shared.certificates.credentials.publishing import publish as publish_files
from shared.certificates.credentials.verifying import Result, Verdict, judge, read
from shared.cli.options import AsJson, say
from shared.cli.process import prepare
from shared.events.installation import open_installation

_NOT_GOOD, _UNREADABLE = 1, 2


def verify(
    files: Annotated[
        list[Path], typer.Argument(help="Credentials (JSON), or folders of them.", exists=False)
    ],
    issuer: Annotated[
        Path | None,
        typer.Option(
            help="A did.json, or a folder that certs publish wrote; without it, this "
            "installation's own keys and lists."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say who signed a certificate's credential, what it states, and whether it still counts.

    Nothing is fetched. Exit code 0 if all are good, 1 if not, 2 if a file cannot be read.

    Example: `certs verify credential.json --issuer did.json`
    """
    known = Folder(issuer) if issuer else Own(open_installation(prepare()))
    code = 0
    for file in _all(files):
        try:
            content = file.read_bytes()
        except OSError as fault:
            typer.echo(f"{file}: {fault.strerror}", err=True)
            code = _UNREADABLE
            continue
        verdict = judge(read(content), known.key, known.list, datetime.now(UTC))
        say({"file": str(file), **verdict.to_json()}, f"{file}: {_line(verdict)}", as_json)
        if verdict.result is not Result.GOOD:
            code = max(code, _NOT_GOOD)
    raise typer.Exit(code)


def _all(files: list[Path]) -> Iterator[Path]:
    for one in files:
        yield from sorted(one.rglob("*.json")) if one.is_dir() else [one]


def _line(verdict: Verdict) -> str:
    told = verdict.to_json()
    parts = [verdict.result.value.replace("_", " ")]
    if facts := verdict.facts:
        # As JSON writes them, so that nothing in a name moves the cursor or the words around it.
        shown = (facts["name"], facts["event"], facts["description"], facts["issuer"])
        parts += [json.dumps(one, ensure_ascii=not str(one).isprintable()) for one in shown]
    return "\t".join([*parts, *filter(None, [verdict.issuer, told["why"]])])


def publish(
    folder: Annotated[Path, typer.Argument(help="Where a web server reads PUBLIC_URL's files.")],
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="The last day on which the lists are believed; a withdrawal after this run is "
            "not seen before. Without it, a day.",
        ),
    ] = None,
    with_credentials: Annotated[
        bool, typer.Option(help="Credentials as well, which contain people's names.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Write keys, lists and achievements as files, by which others verify without this
    installation; again: brings them up to date.

    Example: `certs publish /var/www/certificates --until 2036-12-31`
    """
    installation = open_installation(prepare())
    end = until and datetime.combine(until.date() + timedelta(days=1), time(), UTC)
    done = publish_files(installation, folder, until=end, with_credentials=with_credentials)
    told = {"folder": str(folder), **vars(done)}
    words = (
        f"{folder}: {done.issuers} issuers, {done.lists} lists, {done.achievements} achievements, "
        f"{done.credentials} credentials; {done.removed} credentials removed"
    )
    say(told, words, as_json)
    if end:
        typer.echo(f"A withdrawal from now on is not seen there before {end:%Y-%m-%d}.", err=True)
