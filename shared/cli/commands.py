"""The command line program `certs`: every process of the product, and what an owner runs."""

import logging
import os
import runpy
import signal
import sys
import threading
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from shared import logs
from shared.errors import ProductError, SettingRefused
from shared.events import owner_token
from shared.language import Language
from shared.rendering.design import Format
from shared.rendering.pdf.document import Standard
from shared.settings import Settings, asked_log_format, settings

log = logging.getLogger(__name__)

app = typer.Typer(
    help="Thank volunteers with certificates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class TableFormat(StrEnum):
    csv = "csv"
    xlsx = "xlsx"


# What ids can be in every database.
_MOST_ID = 2**31 - 1


@app.command()
def up() -> None:
    """Run API, console and worker together until Ctrl-C; one that dies is started again."""
    from shared.cli.supervisor import run_everything

    _prepare()
    raise typer.Exit(run_everything(settings()))


@app.command()
def api() -> None:
    """Run the API and the volunteers' page."""
    _run_service("api")


@app.command()
def console() -> None:
    """Run the organizer's console."""
    _run_service("console")


@app.command()
def worker() -> None:
    """Make certificates and send mails until SIGTERM or Ctrl-C."""
    from shared.certificates.upgrading import KeepTypesettings
    from shared.events.installation import open_installation
    from shared.volunteers.search_index import IndexEarlierPeople
    from shared.worker.dispatcher import run_worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _end_with_supervisor()
    installation = open_installation(_prepare())
    KeepTypesettings(installation.database, installation.settings, stop).start()
    IndexEarlierPeople(installation.database, stop).start()
    run_worker(installation, stop)


@app.command()
def migrate() -> None:
    """Bring the database up to date and make the owner's token; the services do it, too."""
    from shared.events.installation import open_installation

    prepared = _prepare()
    open_installation(prepared).database.close()
    if owner_token.is_waiting(prepared.data_dir):
        typer.echo("`certs owner-token` shows the owner's token once")


@app.command("owner-token")
def show_owner_token() -> None:
    """Show the owner's token that was made at the first start, and delete it: once."""
    token = owner_token.take(_prepare().data_dir)
    if token is None:
        _end(
            "no owner's token waits to be shown: it was shown before, or ADMIN_TOKEN gave one. "
            "A lost one is replaced by setting ADMIN_TOKEN"
        )
    typer.echo(token)


@app.command()
def demo() -> None:
    """Do the whole job once, unattended, into the rehearsal mailbox."""
    from shared.cli.demo import run_demo

    raise typer.Exit(run_demo(_prepare()))


@app.command()
def render(
    template: Annotated[
        Path,
        typer.Option(exists=True, dir_okay=False, help="The certificate's picture, PNG or JPEG."),
    ],
    layout: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="Where everything stands, JSON.")
    ],
    names: Annotated[
        Path,
        typer.Option(
            exists=True, dir_okay=False, help="A CSV, TXT or XLSX list with a column “name”."
        ),
    ],
    out: Annotated[Path, typer.Option(file_okay=False, help="The folder for the certificates.")],
    format: Annotated[str, typer.Option(help="jpg, png and pdf, separated by commas.")] = "jpg",
    report: Annotated[
        Path | None, typer.Option(dir_okay=False, help="JSON lines: how each name fits.")
    ] = None,
    picture: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True, dir_okay=False, help="A picture that the layout names, once for each."
        ),
    ] = None,
    font: Annotated[
        list[Path] | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="A TTF or OTF file whose SHA-256 the layout names as a face.",
        ),
    ] = None,
    pdf_standard: Annotated[
        Standard, typer.Option(help="PDF/UA for screen readers, or a PDF/A for archives.")
    ] = "ua-1",
    language: Annotated[Language, typer.Option(help="How dates are written.")] = "zh",
    allow_warnings: Annotated[
        bool, typer.Option(help="End with 0 also when a name is small or parted.")
    ] = False,
    resume: Annotated[
        bool, typer.Option(help="Keep the files that an earlier run of the same list made.")
    ] = False,
) -> None:
    """Make certificates for a list, without a database and without mail."""
    from rich.progress import Progress

    from shared.certificates.batch import render_list

    _prepare()
    with Progress(console=Console(stderr=True)) as bar:
        drawing = bar.add_task("Drawing", total=None)
        summary = render_list(
            template,
            layout,
            names,
            _formats(format),
            out,
            report,
            pictures=picture or (),
            fonts=font or (),
            standard=pdf_standard,
            language=language,
            resume=resume,
            progress=lambda done, total: bar.update(drawing, completed=done, total=total),
        )
    for outcome in summary.refused:
        typer.echo(f"line {outcome.line}: {outcome.problem}")
    for outcome in summary.repeated:
        typer.echo(f"line {outcome.line}: the same as line {outcome.same_as}")
    made = len(summary.outcomes) - len(summary.refused)
    typer.echo(
        f"{made} of {len(summary.outcomes)} names in {out}, {len(summary.refused)} refused, "
        f"{len(summary.warned)} to look at"
    )
    raise typer.Exit(0 if summary.is_fine(allow_warnings) else 1)


@app.command()
def export(
    out: Annotated[Path, typer.Option(dir_okay=False, help="The file to write.")],
    event: Annotated[
        int,
        typer.Option(min=0, max=_MOST_ID, help="The event's id; without it the default event."),
    ] = 0,
    format: Annotated[TableFormat, typer.Option(help="CSV or XLSX.")] = TableFormat.csv,
    mails: Annotated[bool, typer.Option(help="Every mail and every try instead.")] = False,
) -> None:
    """Write the table of statuses of an event; XLSX holds every mail and try on a second sheet."""
    from shared.events.installation import chosen_event, open_installation
    from shared.storage.private_files import write_private
    from shared.volunteers import export as tables

    installation = open_installation(_prepare())
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        people = tables.statuses(session, installation.settings, chosen)
        tries = tables.ledger(session, chosen)
    if format is TableFormat.xlsx:
        write_private(out, tables.to_xlsx(people, tries))
    else:
        write_private(out, tables.to_csv(tries if mails else people))
    typer.echo(f"{len(people)} volunteers, {len(tries)} tries of mails; written to {out}")


@app.command()
def doctor(
    quick: Annotated[bool, typer.Option(help="Ask no mail server and no DNS.")] = False,
) -> None:
    """Look at everything that must be right, and say in words what is not."""
    from shared.cli.doctor import examine

    healthy = True
    for finding in examine(_prepare(), quick=quick):
        typer.echo(f"{'ok  ' if finding.is_fine else 'BAD '} {finding.subject}: {finding.words}")
        healthy = healthy and finding.is_fine
    raise typer.Exit(0 if healthy else 1)


@app.command("rotate-keys")
def rotate_keys() -> None:
    """Seal all that is stored sealed with the first of SECRET_KEYS; safe while all runs."""
    from shared.events.installation import open_installation
    from shared.storage.sealing import key_rotation

    installation = open_installation(_prepare())
    done = key_rotation.rotate_keys(installation.database, installation.seal)
    typer.echo(
        f"{done.links} links, {done.passwords} passwords and {done.mails} rehearsal mails "
        "were sealed with the first key"
    )


def main() -> None:
    """Run a command; what a person can mend is said in a sentence, a bug crashes loudly."""
    try:
        app()
    except ProductError as error:
        _end(str(error))
    except SQLAlchemyError as error:
        _end(f"the database does not answer: {getattr(error, 'orig', error)}")
    except OSError as error:
        # Without a file it is nothing that a person has named.
        if error.filename is None:
            raise
        _end(f"{error.filename}: {error.strerror}")


def _end(words: str) -> NoReturn:
    """End with the reason: a sentence for a person, or a line of the log where programs read it."""
    if asked_log_format() != "json":
        sys.exit(f"certs: {words}")
    # A setting that cannot be used ends the program before its log is set up.
    logs.set_up("INFO", "json")
    log.critical(words)
    sys.exit(1)


def _prepare() -> Settings:
    logs.set_up(settings().log_level, settings().log_format)
    return settings()


def _formats(listed: str) -> list[Format]:
    known: tuple[Format, ...] = ("jpg", "png", "pdf")
    wanted = [word.strip() for word in listed.split(",")]
    if set(wanted) - set(known):
        raise SettingRefused(field="--format", reason="must be jpg, png or pdf")
    return [format for format in known if format in wanted]


def _run_service(package: str) -> None:
    """Run `api` or `console` in this process, so that its command line says `certs …`."""
    _end_with_supervisor()
    # By name: `shared` serves these packages and must not depend on them.
    runpy.run_module(package, run_name="__main__", alter_sys=False)


def _end_with_supervisor() -> None:
    """A process that `certs up` started ends when `certs up` was killed: nobody would stop it."""
    supervisor = os.environ.get("CERTS_SUPERVISOR")
    if not supervisor:
        return

    def watch() -> None:
        while os.getppid() == int(supervisor):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="watch-supervisor").start()
