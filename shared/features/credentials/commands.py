"""`certs verify` and `certs publish`: certificates that are verified without this installation."""

import errno
import json
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import make_url

from shared import budgets
from shared.cli.process import AsJson, prepare, say
from shared.events.opening import open_installation
from shared.features.credentials.carried import FileReader
from shared.features.credentials.publishing import Folder, Online, Own
from shared.features.credentials.publishing import publish as publish_files
from shared.features.credentials.verifying import Result, Verification, moment_of
from shared.settings import Settings

_NOT_GOOD, _UNREADABLE = 1, 2
_IN_FOLDERS = (".json", ".pdf", ".png")


def verify(
    files: Annotated[
        list[Path],
        typer.Argument(
            help="Certificates (PDF, PNG), credentials (JSON), or folders of them.", exists=False
        ),
    ],
    issuer: Annotated[
        Path | None,
        typer.Option(
            help="A did.json, or a folder that certs publish wrote; without it, this "
            "installation's own keys and lists.",
            exists=True,
        ),
    ] = None,
    online: Annotated[
        bool,
        typer.Option(
            "--online", help="Read keys and lists at the issuers' addresses, by https alone."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say who signed a certificate's credential, what it states, and whether it still counts.

    Without --online nothing is fetched. Exit code 0 if all are good, 1 if not, 2 if a file cannot
    be read.

    Example: `certs verify certificate.pdf --issuer did.json`
    """
    folder = Folder(issuer) if issuer else None
    known: Folder | Own | Online
    if online:
        known = Online(prepare().organizers_reach, folder)
    else:
        known = folder or _known_here(prepare())
    code = 0
    found: list[Path] = []
    for path in files:
        inside = (file for file in path.rglob("*") if file.suffix.lower() in _IN_FOLDERS)
        found += sorted(filter(Path.is_file, inside)) or [path]
    with FileReader() as reader:
        for file in found:
            try:
                carried = reader.carried_by(_content(file))
            except OSError as fault:
                verdict, is_readable = Verification(Result.NOT_CHECKED, fault.strerror or ""), False
            else:
                verdict = carried.judged(known.key, known.list, datetime.now(UTC), known.withdrawn)
                is_readable = carried.is_readable
            told = {"file": str(file), **verdict.to_json()}
            if is_readable or as_json:
                say(told, _line(told), as_json)
            else:
                typer.echo(f"{_plain(str(file))}: {verdict.why}", err=True)
            if verdict.result is not Result.GOOD:
                code = max(code, _NOT_GOOD if is_readable else _UNREADABLE)
    for address, trouble in known.troubles.items() if isinstance(known, Online) else ():
        typer.echo(f"{_plain(address)}: {_plain(trouble)}", err=True)
    raise typer.Exit(code)


def _known_here(settings: Settings) -> Own | Folder:
    """What this installation knows; nothing where none was started, and reading starts none."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        return Folder(settings.data_dir)
    return Own(open_installation(settings))


def _content(file: Path) -> bytes:
    if file.is_dir():
        raise OSError(errno.EISDIR, "There is no PDF, PNG or JSON file in it.")
    with file.open("rb") as opened:
        # One more than may be, which says that it is too large.
        return opened.read(budgets.VERIFIED_FILE.most + 1)


def _line(told: dict[str, Any]) -> str:
    parts = [f"{_plain(told['file'])}: {told['result'].replace('_', ' ')}"]
    if facts := told["facts"]:
        # Who vouches, and who thanks by their own account, before what is said.
        parts.append(f"Signed by {_quoted(facts['issuer'])}")
        if facts["organization"]:
            parts.append(
                f"Organization, as stated by the organizer: {_quoted(facts['organization'])}"
            )
        parts += [_quoted(facts[name]) for name in ("name", "event", "description")]
        if issued := moment_of(facts["issued"]):
            parts.append(f"Issued at {issued:%Y-%m-%d %H:%M} UTC")
    return "\t".join([*parts, *map(_plain, filter(None, [told["issuer"], told["why"]]))])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())


def _plain(text: str) -> str:
    """The text for a terminal: if anything in it moves the cursor or the words around it, as JSON
    writes it."""
    return text if text.isprintable() else json.dumps(text)


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
    """Write keys, lists, achievements and a page that verifies, as files, by which others verify
    without this installation; again: brings them up to date.

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
