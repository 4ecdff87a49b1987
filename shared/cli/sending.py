"""`certs send` and `certs status`: sending an event's mails, and its progress."""

from typing import Annotated

import typer

from shared.acts.waiting import count_waiting
from shared.certificates.issuing.chosen import with_outdated
from shared.cli.process import AsJson, WhichEvent, reading, say
from shared.log.actor import AT_THE_MACHINE
from shared.mail.queue import standing
from shared.mail.queue.failed_mails import delayed
from shared.mail.queue.hold import count_held
from shared.storage.rows import count_rows
from shared.volunteers.people.progress import STATUS_NAMES, event_progress


def send(
    event: WhichEvent = 0,
    again: Annotated[
        bool, typer.Option(help="Issue certificates anew that are older than the list.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Queue what each person on the list is due. A second call queues nobody twice.

    Example: `certs send --event 2`
    """
    from shared.acts.send import send as send_to_all
    from shared.preflight.checks import refuse_unready

    with reading(event) as (installation, _, chosen):
        event_id = chosen.id
    refuse_unready(installation, event_id, "en")
    sent = send_to_all(installation, event_id, again=again, by=AT_THE_MACHINE)
    said = (
        f"{sent.issued} certificates and {sent.invited} invitations queued; "
        f"{sent.held} people held, because their names cannot be drawn"
    )
    if again:
        said += f"; {sent.issued_anew} issued anew"
    answer = {name: count for name, count in vars(sent).items() if count is not None}
    say(answer, said, as_json)


def status(event: WhichEvent = 0, as_json: AsJson = False) -> None:
    """Print how far an event is: how many people have which status, and what is still to go.

    Example: `certs status --event 2 --json`
    """
    with reading(event) as (_, session, chosen):
        now, waiting = event_progress(session, chosen), count_waiting(session, chosen)
        state, late = standing.of_sending(session, chosen, "en"), delayed(session, chosen)
        outdated = count_rows(session, with_outdated(chosen))
        held = waiting.held + count_held(session, chosen.id)
        why = standing.of_event(session, chosen, "en")
    until = state.until if state.is_stop else None
    answer = {
        "event": chosen.id,
        "total": now.total,
        "status": {str(int(status)): count for status, count in now.by_status.items()},
        "invitations_to_go": now.invitations_to_go,
        "certificates_to_go": now.certificates_to_go,
        "failures": now.not_arrived,
        "outdated": outdated,
        "to_send": waiting.total,
        "held": held,
        "sending": state.standing.value,
        "paused_until": until and until.isoformat(),
        "paused_reason": state.reason(sees_addresses=True),
        "why": why.words if why else "",
        "delayed": late.count if late else 0,
        "delayed_reason": late.said if late else "",
    }
    statuses = now.by_status.items()
    lines = [
        *(f"{count:>9,}  {int(status)} {STATUS_NAMES[status]}" for status, count in statuses),
        f"{now.certificates_to_go} certificates and {now.invitations_to_go} invitations",
        f"to go, {now.not_arrived} not arrived, {held} held; {state.standing}",
    ]
    if state.is_stop:
        ends = f"until {until:%Y-%m-%d %H:%M} UTC: " if until else ""
        lines.append(ends + state.reason(sees_addresses=True))
    elif why:
        lines.append(f"the next mail: {why.words} {why.cure}".rstrip())
    if late:
        lines.append(f"{late.count} refused for now for more than four hours: {late.said}")
    say(answer, "\n".join(lines), as_json)
