"""The processes that an installation consists of."""

import signal
import threading
from typing import Annotated

import typer

from shared.cli.process import end_with_supervisor, prepare, run_service
from shared.events import owner_token
from shared.settings import Settings, settings

_Hold = Annotated[
    bool,
    typer.Option("--hold", help="Send nothing until somebody has said what left before a restore."),
]


def up(hold: _Hold = False) -> None:
    """Run API, console and worker together until Ctrl-C; one that dies is started again."""
    from shared.cli.supervisor import run_everything

    _hold_if_wanted(prepare(), wanted=hold)
    raise typer.Exit(run_everything(settings()))


def api() -> None:
    """Run the API and the volunteers' page."""
    run_service("api")


def console() -> None:
    """Run the organizer's console."""
    run_service("console")


def worker(hold: _Hold = False) -> None:
    """Make certificates and send mails until SIGTERM or Ctrl-C."""
    from shared.certificates.issuing.upgrading import KeepTypesettings
    from shared.events.installation import open_installation
    from shared.volunteers.people.search_index import IndexEarlierPeople
    from shared.worker.dispatcher import run_worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    end_with_supervisor()
    prepared = prepare("worker")
    _hold_if_wanted(prepared, wanted=hold)
    installation = open_installation(prepared)
    KeepTypesettings(installation.database, installation.settings, stop).start()
    IndexEarlierPeople(installation.database, stop).start()
    run_worker(installation, stop)


def _hold_if_wanted(prepared: Settings, *, wanted: bool) -> None:
    from shared.events.installation import open_installation
    from shared.log.actor import AT_THE_MACHINE
    from shared.mail.queue.hold import hold

    if not wanted:
        return
    database = open_installation(prepared).database
    with database.writing(by=AT_THE_MACHINE) as session:
        hold(session)
    database.close()


def migrate() -> None:
    """Bring the database up to date and make the owner's token; the services do it, too.

    Also store how the texts of what version 0.1.0 issued are set, however long that takes: a later
    version will no longer know the rules of that time.
    """
    from shared.certificates.issuing.upgrading import KeepTypesettings, count_missing
    from shared.events.installation import open_installation

    prepared = prepare()
    database = open_installation(prepared).database
    KeepTypesettings(database, prepared, threading.Event()).run()
    missing = count_missing(database)
    database.close()
    if missing:
        # No failure: containers wait for this command, and such a certificate is still drawn by
        # the rules of its time.
        typer.echo(f"certificates that could not be typeset: {missing}; the log says why", err=True)
    if owner_token.is_waiting(prepared.data_dir):
        typer.echo("`certs owner-token` shows the owner's token once")
