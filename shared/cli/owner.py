"""Commands for the owner of an installation: its token, its keys, its log, its health."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from shared.cli.process import AsJson, WhichEvent, a_file, end, prepare, say, writing
from shared.events.installation import Installation, chosen_event
from shared.events.opening import open_installation, take_owner_token
from shared.log import audit_log
from shared.log.actor import AT_THE_MACHINE
from shared.log.audit import record
from shared.storage.models import Action, Security
from shared.storage.sealing import key_rotation


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
    for found in examine(prepare(), quick=quick):
        line = f"{'ok  ' if found.is_fine else 'BAD '} {found.subject}: {found.text}"
        say({"subject": found.subject, "ok": found.is_fine, "text": found.text}, line, as_json)
        healthy = healthy and found.is_fine
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
        # A deleted event still has its log.
        that_was = None if installation else audit_log.event_that_was(session, event)
        about = None if installation else that_was or chosen_event(session, event)
        from_then = since and since.replace(tzinfo=UTC)
        for entry in audit_log.entries(
            session, audit_log.EntryFilter(event=about, since=from_then)
        ):
            record = audit_log.as_record(entry)
            who = record["by"] or record["role"] or "-"
            of = [
                f"{name} {record[name]}" for name in ("volunteer", "key", "count") if record[name]
            ]
            parts = [record["at"], who, record["network"], record["action"], *of, *record["fields"]]
            say(record, "\t".join(map(str, parts)), as_json)


def mail_account(
    server: Annotated[
        str | None, typer.Option(help="The mail server, as smtp.example.org.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535)] = None,
    security: Annotated[
        Security | None, typer.Option(help="tls, starttls, or none without a password.")
    ] = None,
    username: Annotated[str | None, typer.Option(help="Who signs in, often an address.")] = None,
    password_file: Annotated[
        Path | None, a_file("A file with the password; without it none is sent to a new server.")
    ] = None,
    sender: Annotated[
        str | None, typer.Option("--from", help="The sender's address, if it is another.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Enter the account by which the installation itself mails, and try it: links to all that a
    person did, over organizers. What is given is changed; NOTIFY_SMTP fills it at the first start.

    Example: `certs mail-account --server smtp.example.org --username certs@example.org
    --password-file password`
    """
    from shared.mail.accounts.credentials import try_stored_account
    from shared.mail.accounts.own import set_own_account

    with writing() as (installation, session):
        event = set_own_account(
            session,
            installation,
            server_address=server,
            smtp_port=port,
            security=security,
            username=username,
            password=password_file.read_text("utf-8").strip() if password_file else None,
            skip_auth=False if password_file else None,
            from_address=sender,
        )
    found = [finding.said("en") for finding in try_stored_account(installation, event)]
    answer = {"from": event.from_address, "found": found}
    say(answer, "\n".join(found) or f"mails leave as {event.from_address}", as_json)
