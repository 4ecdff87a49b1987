"""The command line program `certs`: its commands, and how their failures are reported."""

import ast
import gc
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from shared import features

# The module of each command, which has a function of the command's name; for groups of commands the
# module, with the name there if it is not `app`, and the help. A command is loaded when it is
# named: all of them together take two seconds.
COMMANDS = {
    name: f"shared.cli.{module}"
    for module, names in (
        ("services", "up serve web api console worker migrate"),
        ("owner", "owner-token demo"),
        ("render", "render"),
        ("export", "export"),
        ("recipients", "erase record"),
        ("owner", "audit doctor mail-account rotate-keys"),
        ("sending", "send status"),
    )
    for name in names.split()
} | features.commands()
GROUPS = {
    "event": ("shared.cli.event", "Make, list, set up, pause, resume and delete events."),
    "design": ("shared.cli.design", "Use one of our designs for certificates."),
    "list": ("shared.cli.recipients", "Add people to an event's list."),
    "columns": (
        "shared.cli.columns:of_list",
        "Say what the columns of a list hold, and who qualifies.",
    ),
    "groups": (
        "shared.cli.columns",
        "Add, list and remove groups, which can have a certificate of their own.",
    ),
    "token": ("shared.cli.key:tokens", "Replace the token that opens an event for programs."),
    "key": ("shared.cli.key", "Add, list and remove the people who work on an event."),
} | features.groups()


class _ByName(TyperGroup):
    """The commands, each loaded when it is named; listing them loads none."""

    _is_listed = False

    def list_commands(self, ctx: Any) -> list[str]:
        return [*COMMANDS, *GROUPS]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS | GROUPS:
            return None
        app = typer.Typer(add_completion=False)
        if cmd_name in GROUPS:
            place, help = GROUPS[cmd_name]
            module, _, name = place.partition(":")
            if not self._is_listed:
                app = getattr(_loaded(module), name or "app")
            app.callback(help=help, no_args_is_help=True)(lambda: None)
        else:
            module, function = COMMANDS[cmd_name], cmd_name.replace("-", "_")
            if self._is_listed:
                app.command(help=_docstring(module, function))(lambda: None)
            else:
                app.command()(getattr(_loaded(module), function))
        found = get_command(app)
        found.name = cmd_name
        return found

    def format_help(self, ctx: Any, formatter: Any) -> None:
        self._is_listed = True
        super().format_help(ctx, formatter)


def _loaded(module: str) -> ModuleType:
    """Load a module without garbage collection, which took a tenth of the time."""
    gc.disable()
    try:
        return import_module(module)
    finally:
        gc.enable()


def _docstring(module: str, function: str) -> str | None:
    """Return the docstring of a function without loading its module."""
    found = find_spec(module)
    assert found is not None
    assert found.origin is not None
    source = Path(found.origin).read_text("utf-8")
    names = {
        node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)
    }
    return ast.get_docstring(names[function])


app = typer.Typer(
    cls=_ByName,
    help="Thank volunteers with certificates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _say_version(wanted: bool) -> None:
    if wanted:
        from shared.storage.schema import version_and_schema

        typer.echo(f"certs {version_and_schema()}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_say_version,
            is_eager=True,
            help="Say which version this is, and which schema it needs.",
        ),
    ] = False,
) -> None:
    features.load()


def main() -> None:
    """Run a command. Errors that a person can fix become a sentence; a bug crashes loudly."""
    try:
        app()
    except Exception as error:
        from shared.cli.process import end, words_of
        from shared.cli.supervisor import UNKNOWN_SCHEMA
        from shared.errors import SchemaUnknown

        if words := words_of(error):
            end(words, UNKNOWN_SCHEMA if isinstance(error, SchemaUnknown) else 1)
        raise
