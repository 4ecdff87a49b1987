"""`certs event`: creating, setting up and deleting events, for owners and their scripts."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlalchemy import select

from shared.cli.process import (
    MOST_ID,
    AsJson,
    WhichEvent,
    a_day,
    a_file,
    changing,
    end,
    prepare,
    reading,
    say,
    writing,
)
from shared.events import event_for_change
from shared.events.installation import choose_default, chosen_event, first_event_id
from shared.events.naming import set_naming
from shared.events.opening import open_installation
from shared.events.settings import (
    EventChange,
    create_event,
    set_days,
    update_event,
    update_organization,
)
from shared.log import audit
from shared.log.actor import AT_THE_MACHINE
from shared.storage import hooks
from shared.storage.models import ORGANIZED, Action, Event, Naming, Sending
from shared.storage.private_files import writing_private

if TYPE_CHECKING:
    from shared.acts import Act

app = typer.Typer(add_completion=False)

EventId = Annotated[int, typer.Argument(min=1, max=MOST_ID, help="The event's id.")]


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="What the event is called.")],
    language: Annotated[
        str,
        typer.Option(help="Of mails and certificates: zh or en.", show_default="DEFAULT_LANGUAGE"),
    ] = "",
    time_zone: Annotated[
        str | None,
        typer.Option(help="A name like Europe/Berlin.", show_default="DEFAULT_TIME_ZONE"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make an event and print its organizer's token, which is shown only this once.

    Example: `certs event create "Beach Day" --json`
    """
    with writing() as (installation, session):
        spoken = language or installation.settings.default_language
        zone = time_zone or installation.settings.home_zone
        event, token = create_event(session, name=name, language=spoken, time_zone=zone)
    answer = {"id": event.id, "name": event.name, "token": token}
    say(answer, f"event {event.id}: {token}", as_json)


@app.command()
def default(event: EventId) -> None:
    """Let programs that name no event work on this one.

    Example: `certs event default 2`
    """
    with changing(event) as (_, session, chosen):
        choose_default(session, chosen)
    typer.echo(f"programs that name no event work on “{chosen.name}” from now on")


@app.command()
def delete(
    event: EventId,
    archive: Annotated[
        Path, typer.Option(dir_okay=False, help="The ZIP to write first; it must not exist yet.")
    ],
    certificates: Annotated[bool, typer.Option(help="Put certificates into the ZIP, too.")] = False,
    withdraw: Annotated[
        bool | None,
        typer.Option(
            "--withdraw/--keep-standing",
            help="Whether the certificates that people have count no more.",
            show_default="asked; with --yes they keep standing",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Write everything of an event to a ZIP, then delete the event.

    It is gone for everybody at once; a running worker removes its rows and files. That its
    certificates were issued stays known.

    Example: `certs event delete 3 --archive beach.zip`
    """
    from shared.privacy.archive import archive as archive_of
    from shared.privacy.deletion import check_deletable, delete_event

    installation = open_installation(prepare())
    if archive.exists():
        end(f"{archive} is there already; name a file that is not")
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        check_deletable(session, chosen)
        is_issued = chosen.live_at is not None or hooks.features().is_given_out(session, event)
    if withdraw is None and is_issued and not yes:
        withdraw = typer.confirm("Withdraw its certificates? Otherwise they keep standing")
    name = chosen.name if yes else typer.prompt(f"To delete “{chosen.name}”, type its name")
    if not yes and name != chosen.name:
        end("nothing was deleted: that is not the event's name")
    # The whole archive or none; without it nothing is deleted.
    with writing_private(archive) as opened:
        opened.writelines(archive_of(installation, chosen, with_certificates=certificates))
    with installation.database.writing(by=AT_THE_MACHINE) as session:
        locked = event_for_change(session, event)
        audit.record(session, Action.EXPORTED, event, fields=["archive"])
        delete_event(session, locked, name, withdraws=bool(withdraw))
    typer.echo(f"“{chosen.name}” is deleted; everything that it was is in {archive}")


@app.command("take-back")
def take_back(event: EventId, as_json: AsJson = False) -> None:
    """Take back the event's certificates that nobody can have seen, and hold the mails of the
    others that wait.

    Example: `certs event take-back 2 --json`
    """
    from shared.acts.held_back import take_back_certificates

    installation = open_installation(prepare())
    taken = take_back_certificates(installation.database, event, by=AT_THE_MACHINE)
    said = (
        f"{taken.certificates} certificates taken back; "
        f"{taken.held} others may have been seen, so that their mails are held"
    )
    say(vars(taken), said, as_json)


@app.command("set")
def set_up(
    event: WhichEvent = 0,
    name: Annotated[str | None, typer.Option(help="What the event is called.")] = None,
    organization: Annotated[str | None, typer.Option(help="The organization that thanks.")] = None,
    website: Annotated[str | None, typer.Option(help="Its web page.")] = None,
    names: Annotated[
        str | None, typer.Option(help="Who decides them: ask, issue or check (with --names-until).")
    ] = None,
    names_until: Annotated[datetime | None, a_day("The last day for people to check them.")] = None,
    starts: Annotated[datetime | None, a_day("Its first day, for signed certificates.")] = None,
    ends: Annotated[datetime | None, a_day("Its last day, if it is another.")] = None,
    picture: Annotated[Path | None, a_file("The certificate's, or its page as PDF or SVG.")] = None,
    layout: Annotated[Path | None, a_file("What stands where, as `certs render` takes it.")] = None,
) -> None:
    """Set up an event: what is given is changed. A file that cannot be used changes nothing.

    Example: `certs event set --event 2 --picture picture.png --layout layout.json`
    """
    from shared.certificates.designs.changes import LayoutChange, TemplateChange, change_design
    from shared.rendering.layout import Layout
    from shared.rendering.uploads.accepted import accept_upload

    template = accept_upload(picture.read_bytes()) if picture else None
    placed = Layout.from_json(layout.read_bytes()) if layout else None
    with changing(event) as (installation, session, locked):
        update_event(locked, EventChange(name=name))
        first, last, until = (one and one.date() for one in (starts, ends, names_until))
        set_days(locked, first or locked.starts_on, last if starts or ends else locked.ends_on)
        update_organization(locked, name=organization, website=website)
        naming = locked.naming if names is None else names
        if until and naming != Naming.CHECK:
            end("--names-until goes with --names check")
        set_naming(session, locked, naming, until or locked.names_until)
    if template:
        change_design(installation.database, locked.id, TemplateChange(template), AT_THE_MACHINE)
        for finding in template.warnings:
            typer.echo(finding)
    if placed:
        change_design(installation.database, locked.id, LayoutChange(placed), AT_THE_MACHINE)


@app.command("list")
def list_events(as_json: AsJson = False) -> None:
    """Print the events: id, name, and whether they are live, stopped, archived or the default.

    Example: `certs event list --json`
    """
    database = open_installation(prepare()).database
    with database.reading() as session:
        found = session.scalars(select(Event).where(ORGANIZED).order_by(Event.id)).all()
        default_id = first_event_id(session)
    for event in found:
        answer = {
            "id": event.id,
            "name": event.name,
            "created_at": event.created_at.isoformat(),
            "time_zone": event.time_zone,
            "live": event.live_at is not None,
            "stopped": event.sending is Sending.STOPPED,
            "archived": event.archived_at is not None,
            "default": event.id == default_id,
        }
        marks = [name for name in ("live", "stopped", "archived", "default") if answer[name]]
        say(answer, "\t".join([str(event.id), event.name, *marks]), as_json)


@app.command()
def pause(event: EventId, as_json: AsJson = False) -> None:
    """Stop an event's mails that are not yet leaving, until somebody resumes.

    Example: `certs event pause 2`
    """
    from shared.mail.queue import hold

    _switch(event, hold.pause, as_json)


@app.command()
def resume(event: EventId, as_json: AsJson = False) -> None:
    """Let an event's mails leave again after a stop, its own or that of the mail server.

    Example: `certs event resume 2`
    """
    from shared.mail.queue import hold

    _switch(event, hold.resume, as_json)


@app.command()
def release(
    event: EventId,
    left: Annotated[bool, typer.Option("--left", help="All had left: none goes out.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="All go out, marked as possibly twice.")
    ] = False,
    log: Annotated[
        list[Path] | None,
        a_file(
            "Those left whose Message-ID stands in this log of a mail server (Postfix or another), "
            "or whose address it delivered to; the others go out. Can be given several times."
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what became of mails that are held since a restore, so that sending goes on.

    The same once more changes nothing.

    Example: `certs event release 2 --log /var/log/mail.log --json`
    """
    from shared.acts.decide import MailsDecision, decide
    from shared.acts.what_left import lines_of
    from shared.mail.queue.hold import count_held
    from shared.mail.queue.standing import of_sending

    if sum([left, again, bool(log)]) != 1:
        end("say what became of them: --left, --again, or --log FILE", 2)
    installation = open_installation(prepare())
    decision = MailsDecision.SEND_AGAIN if again else MailsDecision.THEY_LEFT
    with ExitStack() as files:
        opened = [files.enter_context(file.open(errors="replace")) for file in log or ()]
        lines = chain.from_iterable(map(lines_of, opened)) if log else ""
        decided = decide(installation, event, decision, lines, by=AT_THE_MACHINE)
    with installation.database.reading() as session:
        chosen = chosen_event(session, event)
        state, held = of_sending(session, chosen, "en"), count_held(session, event)
    answer = {
        "event": event,
        "left": decided.left,
        "again": decided.done - decided.left,
        "held": held,
        "sending": state.standing.value,
    }
    said = f"{decided.left} had left, {decided.done - decided.left} go out; {state.standing}"
    say(answer, said, as_json)


def _switch(event: int, control: Callable[[Event], None], as_json: bool) -> None:
    with changing(event) as (_, _, chosen):
        control(chosen)
    answer = {"event": chosen.id, "sending": chosen.sending.value}
    say(answer, f"“{chosen.name}”: {chosen.sending.value}", as_json)


@app.command()
def retry(event: EventId, as_json: AsJson = False) -> None:
    """Queue every mail of an event again that failed.

    Example: `certs event retry 2`
    """
    from shared.acts.retry import Retry

    _queue(event, Retry(), as_json, "{} mails queued again")


@app.command()
def remind(
    event: EventId,
    at_most: Annotated[int, typer.Option(min=1, max=10, help="Reminders for one person.")] = 1,
    days_apart: Annotated[
        int, typer.Option(min=0, max=60, help="Days since the last mail to them, at least.")
    ] = 3,
    as_json: AsJson = False,
) -> None:
    """Queue a reminder for everybody who was invited and has not entered a name.

    Example: `certs event remind 2 --days-apart 7`
    """
    from shared.acts.remind import Remind, Rules

    rules = Rules(at_most=at_most, days_apart=days_apart)
    _queue(event, Remind(rules=rules), as_json, "{} reminders queued")


def _queue(event: int, act: "Act", as_json: bool, words: str) -> None:
    from shared.acts.run import run

    with reading(event) as (installation, session, chosen):
        count = act.count(session, chosen)
    run(installation.database, act, chosen.id, by=AT_THE_MACHINE)
    say({"event": chosen.id, "queued": count}, words.format(count), as_json)
