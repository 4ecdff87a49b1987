"""The processes that an installation consists of."""

import signal
import threading

import typer

from shared.cli.process import end_with_supervisor, prepare, run_service
from shared.events import owner_token
from shared.settings import settings


def up() -> None:
    """Run API, console and worker together until Ctrl-C; one that dies is started again."""
    from shared.cli.supervisor import run_everything

    prepare()
    raise typer.Exit(run_everything(settings()))


def api() -> None:
    """Run the API and the volunteers' page."""
    run_service("api")


def console() -> None:
    """Run the organizer's console."""
    run_service("console")


def worker() -> None:
    """Make certificates and send mails until SIGTERM or Ctrl-C."""
    from shared.certificates.upgrading import KeepTypesettings
    from shared.events.installation import open_installation
    from shared.volunteers.search_index import IndexEarlierPeople
    from shared.worker.dispatcher import run_worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    end_with_supervisor()
    installation = open_installation(prepare("worker"))
    KeepTypesettings(installation.database, installation.settings, stop).start()
    IndexEarlierPeople(installation.database, stop).start()
    run_worker(installation, stop)


def migrate() -> None:
    """Bring the database up to date and make the owner's token; the services do it, too."""
    from shared.events.installation import open_installation

    prepared = prepare()
    open_installation(prepared).database.close()
    if owner_token.is_waiting(prepared.data_dir):
        typer.echo("`certs owner-token` shows the owner's token once")
