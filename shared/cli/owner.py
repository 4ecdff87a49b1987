"""Commands that the owner of an installation runs now and then."""

from typing import Annotated

import typer

from shared.cli.process import end, prepare
from shared.events import owner_token
from shared.log import audit
from shared.log.actor import AT_THE_MACHINE


def show_owner_token() -> None:
    """Show the owner's token that was made at the first start, once: then it is deleted."""
    token = owner_token.take(prepare().data_dir)
    if token is None:
        end(
            "no owner's token waits to be shown: it was shown before, or ADMIN_TOKEN gave one. "
            "A lost one is replaced by setting ADMIN_TOKEN"
        )
    typer.echo(token)


def demo() -> None:
    """Do the whole job once, unattended, into the rehearsal mailbox."""
    from shared.cli.demo import run_demo

    raise typer.Exit(run_demo(prepare()))


def doctor(
    quick: Annotated[bool, typer.Option(help="Ask no mail server and no DNS.")] = False,
) -> None:
    """Check everything that must be right, and say in words what is wrong."""
    from shared.cli.doctor import examine

    healthy = True
    for one in examine(prepare(), quick=quick):
        typer.echo(f"{'ok  ' if one.is_fine else 'BAD '} {one.subject}: {one.text}")
        healthy = healthy and one.is_fine
    raise typer.Exit(0 if healthy else 1)


def rotate_keys() -> None:
    """Seal everything stored with the first of SECRET_KEYS; services may run meanwhile."""
    from shared.events.installation import open_installation
    from shared.storage.models import Action
    from shared.storage.sealing import key_rotation

    installation = open_installation(prepare())
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        audit.record(session, Action.SEALING_KEYS_ROTATED, None)
    done = key_rotation.rotate_keys(installation.database, installation.seal)
    typer.echo(
        f"{done.links} links, {done.passwords} passwords and {done.mails} rehearsal mails "
        "were sealed with the first key"
    )
    if done.values:
        typer.echo(f"secret values of {done.values} people and certificates were, too")
