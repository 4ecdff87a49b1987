"""The command line program `certs`: its commands, and how their failures are reported."""

import typer
from sqlalchemy.exc import SQLAlchemyError

from shared.cli import (
    audit,
    bounce,
    columns,
    design,
    domain,
    erase,
    event,
    event_setup,
    export,
    groups,
    key,
    owner,
    recipients,
    render,
    sending,
    services,
)
from shared.cli.process import end
from shared.errors import ProductError

app = typer.Typer(
    help="Thank volunteers with certificates.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command()(services.up)
app.command()(services.api)
app.command()(services.console)
app.command()(services.worker)
app.command()(services.migrate)
app.command("owner-token")(owner.show_owner_token)
app.command()(owner.demo)
app.command()(render.render)
app.command()(export.export)
app.command()(columns.columns)
app.command()(bounce.bounce)
app.command()(domain.domain)
app.command()(erase.erase)
app.command()(audit.audit)
app.command()(owner.doctor)
app.command("rotate-keys")(owner.rotate_keys)
app.command()(sending.send)
app.command()(sending.status)
event.app.command("set")(event_setup.set_up)
app.add_typer(event.app, name="event", no_args_is_help=True)
app.add_typer(design.app, name="design", no_args_is_help=True)
app.add_typer(recipients.app, name="list", no_args_is_help=True)
app.add_typer(groups.app, name="groups", no_args_is_help=True)
app.add_typer(key.app, name="key", no_args_is_help=True)


def main() -> None:
    """Run a command. Errors that a person can fix become a sentence; a bug crashes loudly."""
    try:
        app()
    except ProductError as error:
        end(str(error))
    except SQLAlchemyError as error:
        end(f"the database does not answer: {getattr(error, 'orig', error)}")
    except OSError as error:
        # Without a file name it is not about a file that a person named.
        if error.filename is None:
            raise
        end(f"{error.filename}: {error.strerror}")
