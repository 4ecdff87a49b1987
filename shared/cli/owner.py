"""Commands that the owner of an installation runs now and then: its token, its keys, its log,
whether all is well; and the whole as one file, and back."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import AsJson, WhichEvent, a_file, end, prepare, say
from shared.events.installation import (
    Installation,
    chosen_event,
    open_installation,
    take_owner_token,
)
from shared.log import audit_log
from shared.log.actor import AT_THE_MACHINE
from shared.log.audit import record
from shared.storage.database import Database
from shared.storage.models import Action
from shared.storage.sealing import key_rotation
from shared.storage.sealing.tokens import load_keys, new_token

_Passphrase = Annotated[
    Path | None, a_file("A file with the passphrase of the keys: 16 characters or more.")
]


def owner_token() -> None:
    """Show the owner's token that was made at the first start, once: then it is deleted.

    Example: `certs owner-token`
    """
    token = take_owner_token(prepare().data_dir)
    if token is None:
        end(
            "no owner's token waits to be shown: it was shown before, or ADMIN_TOKEN gave one. "
            "A lost one is replaced by setting ADMIN_TOKEN"
        )
    typer.echo(token)


def demo() -> None:
    """Do the whole job once, unattended, into the rehearsal mailbox.

    Example: `certs demo`
    """
    from shared.cli.demo import run_demo

    raise typer.Exit(run_demo(prepare()))


def doctor(
    quick: Annotated[bool, typer.Option(help="Ask no mail server and no DNS.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check everything that must be right, and say in words what is wrong.

    Example: `certs doctor --quick`
    """
    from shared.cli.doctor import examine

    healthy = True
    for one in examine(prepare(), quick=quick):
        line = f"{'ok  ' if one.is_fine else 'BAD '} {one.subject}: {one.text}"
        say({"subject": one.subject, "ok": one.is_fine, "text": one.text}, line, as_json)
        healthy = healthy and one.is_fine
    raise typer.Exit(0 if healthy else 1)


def rotate_keys(
    give_up_lost: Annotated[
        bool, typer.Option(help="Clear what none of the keys opens, when a key is lost for good.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before clearing.")] = False,
) -> None:
    """Seal everything stored with the first of SECRET_KEYS; services may run meanwhile.

    Example: `certs rotate-keys`, with SECRET_KEYS=new,old
    """
    installation = open_installation(prepare(), gives_up=give_up_lost)
    if give_up_lost:
        _give_up(installation, yes=yes)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        record(session, Action.SEALING_KEYS_ROTATED, None)
    done = key_rotation.rotate_keys(installation.database, installation.seal)
    typer.echo(
        f"{done['links']} links, {done['passwords']} passwords and {done['mails']} rehearsal mails "
        "were sealed with the first key"
    )
    if done["values"]:
        typer.echo(f"secret values of {done['values']} people and certificates were, too")


def _give_up(installation: Installation, *, yes: bool) -> None:
    lost = key_rotation.count_lost(installation.database, installation.seal)
    if not lost:
        typer.echo("the keys open everything that is stored sealed")
        return
    if not yes:
        typer.confirm(f"Clear {lost} passwords, links and other secrets for good?", abort=True)
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        record(session, Action.SEALING_KEYS_ROTATED, None, count=lost)
    done = key_rotation.give_up_lost(installation.database, installation.seal)
    typer.echo(
        f"{done['links']} links, {done['passwords']} passwords, {done['values']} secret values and "
        f"{done['mails']} rehearsal mails were cleared: enter the passwords again, and send "
        "people their links"
    )


def audit(
    event: WhichEvent = 0,
    installation: Annotated[
        bool, typer.Option(help="Entries about no event: the owner's token, keys of others.")
    ] = False,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"], help="Only entries from then on, in UTC."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print who did what on an event, the newest first.

    Example: `certs audit --event 2 --since 2026-11-01`
    """
    opened = open_installation(prepare())
    with opened.database.reading() as session:
        # Even if it was deleted.
        that_was = None if installation else audit_log.event_that_was(session, event)
        about = None if installation else that_was or chosen_event(session, event)
        from_then = since and since.replace(tzinfo=UTC)
        for entry in audit_log.entries(session, audit_log.Wanted(event=about, since=from_then)):
            record = audit_log.as_record(entry)
            who = record["by"] or record["role"] or "-"
            of = [
                f"{name} {record[name]}" for name in ("volunteer", "key", "count") if record[name]
            ]
            parts = [record["at"], who, record["network"], record["action"], *of, *record["fields"]]
            say(record, "\t".join(map(str, parts)), as_json)


# The whole installation as one file, and back


def backup(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="The ZIP to write.")],
    passphrase_file: _Passphrase = None,
    without_keys: Annotated[
        bool, typer.Option("--without-keys", help="Leave out the keys, which are kept elsewhere.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; read the whole FILE.")
    ] = False,
) -> None:
    """Write everything that is stored to a file while everything runs, or check such a file.

    Keys are sealed with the passphrase: without it, the copy opens no link and no password. Without
    --passphrase-file and --without-keys, one is made and shown.

    Example: `certs backup certs.zip --passphrase-file passphrase`
    """
    from shared.backup.backup_file import read_passphrase

    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    if check:
        from shared.backup.backup_file import opened
        from shared.backup.writing import check as read_all

        with opened(file) as copy:
            manifest = copy.manifest
            with _bar(manifest.total, "Reading") as progress:
                read_all(copy, passphrase, progress)
        if passphrase and manifest.has_keys:
            held = "its keys open, which proves it"
        else:
            held = "not proven: without keys, anybody could have changed it"
            held += "; its keys were not tried: --passphrase-file" if manifest.has_keys else ""
        typer.echo(
            f"{file} is whole: {manifest.total:,} rows of {manifest.made_at} UTC, version "
            f"{manifest.product}, schema {manifest.schema}; {held}"
        )
        return
    if passphrase is not None and without_keys:
        end("either --passphrase-file FILE or --without-keys")
    is_made = passphrase is None and not without_keys
    if is_made:
        passphrase = new_token()
    from shared.backup.writing import count_rows, write_backup

    settings = prepare()
    given = settings.secret_keys.get_secret_value() if settings.secret_keys else None
    with closing(Database(settings.database_url)) as database:
        total = count_rows(database)
        keys = load_keys(given, settings.data_dir / "secret.key", is_new=False)
        with _bar(total, "Writing") as progress:
            manifest = write_backup(database, file, keys, passphrase, progress)
    held = "the keys sealed with the passphrase" if passphrase else "without keys"
    typer.echo(f"{manifest.total:,} rows of {len(manifest.tables)} tables, {held}: {file}")
    if is_made:
        typer.echo(f"passphrase, shown this once, without which its keys do not open: {passphrase}")


def restore(
    file: Annotated[Path, a_file("A backup.", typer.Argument)],
    passphrase_file: _Passphrase = None,
    give_up_lost: Annotated[
        bool,
        typer.Option(
            "--give-up-lost",
            help="Restore the rest when the keys are lost for good: links and passwords are gone.",
        ),
    ] = False,
) -> None:
    """Make this installation, which must be empty, that of a backup.

    It comes from this or an earlier version, and from either database. Mails wait afterwards until
    somebody has said, for each event, what became of those that had not left.

    Example: `certs restore certs.zip --passphrase-file passphrase`
    """
    from shared.backup.backup_file import opened, read_passphrase
    from shared.backup.restoring import restore as restore_backup

    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    settings = prepare()
    with opened(file) as backup, _bar(backup.manifest.total, "Restoring") as progress:
        made_at = backup.manifest.made_at
        restored = restore_backup(settings, backup, passphrase, progress, gives_up=give_up_lost)
    typer.echo(f"{restored.rows:,} rows, {restored.people:,} people, as of {made_at} UTC")
    for jump in restored.jumps:
        typer.echo(
            f"“{jump.event}” goes on with number {jump.now}: {jump.before} to {jump.now - 1} may "
            "have been given since"
        )
    if restored.erased is None:
        typer.echo("who was erased since is not known without the lost key: erase them again")
    elif restored.erased:
        typer.echo(f"{restored.erased} people who had been erased since were erased again")
    if give_up_lost:
        typer.echo("run `certs rotate-keys --give-up-lost`: it clears what no key opens any more")
    typer.echo("mails wait until somebody has said under “Send” of each event what left before")


@contextmanager
def _bar(total: int, label: str) -> Iterator[Callable[[int], object]]:
    with typer.progressbar(length=total, label=label, update_min_steps=10_000) as bar:
        yield bar.update
