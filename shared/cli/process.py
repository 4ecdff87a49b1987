"""The frame of a command: its start, the options that several take, its answer, and its end when a
person has something to fix."""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from shared import liveness, logs, sandbox
from shared.settings import Settings, asked_log_format, settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from shared.events.installation import Installation
    from shared.storage.models import Event

log = logging.getLogger(__name__)
_watch = cache(liveness.watch_by_thread)

# The ids that both databases can hold.
MOST_ID = 2**31 - 1
WhichEvent = Annotated[
    int, typer.Option(min=0, max=MOST_ID, help="The event's id; without it the default event.")
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line, for programs.")]


def prepare(service: str = "") -> Settings:
    """Set up the log and the watch over a stuck process (`shared.liveness`); return the settings.

    Services migrate the database, as AUTO_MIGRATE says; other commands never migrate one that has
    people.
    """
    logs.set_up(settings().log_level, settings().log_format, service)
    if service:
        liveness.begin(service, settings().data_dir)
    sandbox.hide_from_other_processes()
    _watch()
    if service:
        from shared.storage.schema import version_and_schema

        log.info("certs %s, %s", service, version_and_schema())
    return settings() if service else settings().model_copy(update={"auto_migrate": False})


@contextmanager
def reading(event: int) -> Iterator[tuple["Installation", "Session", "Event"]]:
    """Yield the installation, a session that reads, and the event with this id, or the default one.
    Raises EventUnknown."""
    # Imported here, as `certs render` needs no database.
    from shared.events.installation import chosen_event
    from shared.events.opening import open_installation

    installation = open_installation(prepare())
    with installation.database.reading() as session:
        yield installation, session, chosen_event(session, event)


@contextmanager
def writing() -> Iterator[tuple["Installation", "Session"]]:
    """Yield the installation, and a session that writes for the person at the machine."""
    from shared.events.opening import open_installation
    from shared.log.actor import AT_THE_MACHINE

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        yield installation, session


@contextmanager
def changing(event: int) -> Iterator[tuple["Installation", "Session", "Event"]]:
    """Yield what `writing` does, and the event, locked, as `reading` finds it. Raises
    EventUnknown."""
    from shared.events import event_for_change
    from shared.events.installation import chosen_event

    with writing() as (installation, session):
        yield installation, session, event_for_change(session, chosen_event(session, event).id)


def words_of(error: Exception) -> str:
    """Return what a person can fix by; empty for other errors.

    The modules that know such errors are loaded only now: that takes longer than printing a help.
    """
    from sqlalchemy.exc import SQLAlchemyError

    from shared.errors import ProductError
    from shared.storage.database import explain_fault

    if isinstance(error, ProductError):
        return str(error)
    if isinstance(error, SQLAlchemyError):
        return explain_fault(error)
    # Without a file name it is not about a file that a person named.
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return ""


def end(words: str, code: int = 1) -> NoReturn:
    """Exit with the reason, as a sentence for a person or as a line of the log for programs."""
    if asked_log_format() != "json":
        print(f"certs: {words}", file=sys.stderr)
        sys.exit(code)
    # An unusable setting ends the program before its log is set up.
    logs.set_up("INFO", "json")
    log.critical(words)
    sys.exit(code)


def a_file(what: str, parameter: Any = typer.Option) -> Any:
    """Return an option, or an argument, that names an existing file."""
    return parameter(dir_okay=False, exists=True, help=what)


def a_day(what: str, *names: str) -> Any:
    """Return an option whose value is a day, such as 2026-11-24; `names` if it is not named after
    its parameter."""
    return typer.Option(*names, formats=["%Y-%m-%d"], help=what)


def say(answer: dict[str, Any], line: str, as_json: bool) -> None:
    """Print the answer, as JSON for programs or as a line for people.

    In JSON, characters that would move a terminal's cursor or reorder its text are escaped.
    """
    if as_json:
        line = json.dumps(answer, ensure_ascii=False)
        line = line if line.isprintable() else json.dumps(answer)
    typer.echo(line)
