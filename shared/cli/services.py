"""The processes that an installation consists of."""

import errno
import os
import runpy
import signal
import socket
import threading
import time
from contextlib import closing
from functools import cache
from typing import Annotated, NoReturn

import typer

from shared import sandbox
from shared.cli import supervisor
from shared.cli.process import prepare
from shared.errors import KeysWrong, ProductError, SettingRefused, explain
from shared.events.opening import has_owner_token, open_installation, take_owner_token
from shared.settings import Settings, settings
from shared.storage import hooks, migrating
from shared.storage.database import Database
from shared.storage.private_files import private_folder

_Hold = Annotated[
    bool,
    typer.Option("--hold", help="Send nothing until somebody has said what left before a restore."),
]


_NOT_OURS = "this machine has no such address"
_IN_USE = "{field}: port {port} is in use. Stop what uses it, or choose another one."
_NOT_LET = "{field}: the system does not let port {port} be used: {reason}"


def up(hold: _Hold = False) -> None:
    """Run API, console and worker together until Ctrl-C; one that dies is started again.

    Example: `certs up`
    """
    chosen = settings()
    _refuse_taken(chosen.host, chosen.api_port, "API_PORT")
    _refuse_taken(chosen.host, chosen.console_port, "CONSOLE_PORT")
    pages = (
        f"http://{chosen.host_from_here}:{chosen.api_port}/health",
        f"http://{chosen.host_from_here}:{chosen.console_port}/_stcore/health",
    )
    _start("up", ("api", "console", "worker"), pages, hold=hold)


def serve(hold: _Hold = False) -> None:
    """Run everything on one port until Ctrl-C: API and console in one process, and the worker.

    For small machines, and hosts that give one port (PORT, unless API_PORT is set). The console is
    at /console. Example: `PORT=8080 PUBLIC_URL=https://certificates.example.org certs serve`
    """
    from shared.cli.one_port import path_of_console

    chosen = settings()
    field = "API_PORT" if chosen.is_given("api_port") or not chosen.port else "PORT"
    port = chosen.api_port if field == "API_PORT" else chosen.port
    # The services read this, whatever else the environment says.
    os.environ["API_PORT"] = str(port)
    settings.cache_clear()
    if not chosen.is_given("console_url"):
        os.environ["CONSOLE_URL"] = f"{settings().public_url}/console"
        settings.cache_clear()
    path_of_console(settings())
    _refuse_taken(chosen.host, settings().api_port, field)
    page = f"http://{chosen.host_from_here}:{port}/health"
    _start("serve", ("web", "worker"), (page,), hold=hold)


def web() -> None:
    """Run API and console in one process on one port, as `certs serve` does, without a worker.

    Example: `certs web`
    """
    from shared.cli import one_port

    _end_with_supervisor()
    one_port.run(prepare("web"))


def _start(
    command: str, services: tuple[str, ...], pages: tuple[str, ...], *, hold: bool
) -> NoReturn:
    """Become the supervisor, after opening the database once, which reports its problems."""
    prepare()
    # Not what `prepare` returns: the database is migrated as by a service.
    prepared = settings()
    if hold:
        _hold(prepared)
    open_installation(prepared).database.close()
    if token := take_owner_token(prepared.data_dir):
        print(f"\n  The owner's token, shown only now:  {token}\n", flush=True)
    words = (
        f"\n  Organizer's console   {prepared.console_url}"
        f"\n  Volunteers' page      {prepared.public_url}"
        "\n\n  Ctrl-C stops everything.\n"
    )
    supervisor.become(command, services, pages, words)


def api() -> None:
    """Run the API and the volunteers' page.

    Example: `certs api`
    """
    _run_service("api")


def console() -> None:
    """Run the organizer's console.

    Example: `certs console`
    """
    _run_service("console")


def worker(hold: _Hold = False) -> None:
    """Make certificates and send mails until SIGTERM or Ctrl-C.

    Example: `certs worker`
    """
    from shared.volunteers.people.search import keep_indexing
    from shared.worker.dispatcher import run_worker
    from shared.worker.owner_notices import tell_of_wrong_key

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    _end_with_supervisor()
    prepared = prepare("worker")
    if hold:
        _hold(prepared)
    try:
        installation = open_installation(prepared)
    except KeysWrong as refusal:
        tell_of_wrong_key(prepared, refusal)
        raise
    database = installation.database
    threading.Thread(target=keep_indexing, args=(database, stop), daemon=True).start()
    run_worker(installation, stop)


def _run_service(package: str) -> None:
    """Run `api` or `console` in this process, so that its command line says `certs …`."""
    _end_with_supervisor()
    sandbox.hide_from_other_processes()
    # By name: `shared` serves these packages and must not depend on them.
    runpy.run_module(package, run_name="__main__", alter_sys=False)


def _end_with_supervisor() -> None:
    """End this process when the supervisor that started it was killed."""
    supervisor = os.environ.get("CERTS_SUPERVISOR")
    if not supervisor:
        return

    def watch() -> None:
        while os.getppid() == int(supervisor):
            time.sleep(1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="watch-supervisor").start()


def _hold(prepared: Settings) -> None:
    from shared.log.actor import AT_THE_MACHINE
    from shared.mail.queue.hold import hold

    with (
        closing(open_installation(prepared).database) as database,
        database.writing(by=AT_THE_MACHINE) as session,
    ):
        hold(session)


def migrate(
    without_backup: Annotated[
        bool, typer.Option("--without-backup", help="Write no backup first; you have one.")
    ] = False,
) -> None:
    """Bring the database up to date and make the owner's token; the services do it, too.

    Before a change that programs of the earlier version cannot work on, everything is written to
    DATA_DIR/before-SCHEMA.zip, without keys. To go back, restore it with the earlier version into a
    new installation with these keys; what was stored since is lost.

    Example: `certs migrate`
    """
    from shared.storage import room

    prepare()
    prepared = settings()
    private_folder(prepared.data_dir)
    with closing(Database(prepared.database_url)) as database:
        if others := migrating.others(database, of_another_version=True):
            typer.echo(f"programs of another version are at work: {'; '.join(others)}", err=True)
        # Once, even if the migration has to be tried again.
        keep = cache(lambda: None if without_backup else _ask_features(database, prepared))
        migrating.migrate(database, before_break=keep)
    database = open_installation(prepared.model_copy(update={"auto_migrate": True})).database
    try:
        if done := room.make_releasable(database):
            sizes = f"{done.before / 1e6:,.0f} MB, now {done.after / 1e6:,.0f}"
            typer.echo(f"the database's file gives back room from now on: it had {sizes}")
    except ProductError as refusal:
        # No failure, as the database can be used.
        typer.echo(explain(refusal, "en"), err=True)
    database.close()
    if has_owner_token(prepared.data_dir):
        typer.echo("`certs owner-token` shows the owner's token once")


def _ask_features(database: Database, prepared: Settings) -> None:
    for feature in hooks.loaded():
        if words := feature.migrating(database, prepared):
            typer.echo(words)


def _refuse_taken(host: str, port: int, name: str) -> None:
    try:
        for family, *_, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                if family == socket.AF_INET6:
                    # As servers do: otherwise "::" would also take the port of 0.0.0.0.
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
    except (socket.gaierror, UnicodeError):
        # The name is unknown, or not a valid name (an empty or overlong part).
        raise SettingRefused(field="HOST", reason=_NOT_OURS) from None
    except OSError as error:
        if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
            raise SettingRefused(field="HOST", reason=_NOT_OURS) from None
        words = _IN_USE if error.errno == errno.EADDRINUSE else _NOT_LET
        raise SettingRefused(words, field=name, port=port, reason=error.strerror) from None
