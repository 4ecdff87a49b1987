"""`certs backup` and `certs restore`."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import a_file, end, prepare
from shared.features.backup.backup_file import opened, read_passphrase
from shared.features.backup.restoring import restore as restore_backup
from shared.features.backup.writing import check as read_all
from shared.features.backup.writing import count_rows, write_backup
from shared.storage.database import Database
from shared.storage.sealing.tokens import load_keys, new_token

_Passphrase = Annotated[
    Path | None, a_file("A file with the passphrase of the keys: 16 characters or more.")
]


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
    passphrase = read_passphrase(passphrase_file) if passphrase_file else None
    if check:
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
    settings = prepare()
    with closing(Database(settings.database_url)) as database:
        total = count_rows(database)
        keys = load_keys(settings.given_keys, settings.key_file, is_new=False)
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
