"""What an organizer does for an event, in order: what is done, and what comes next."""

from dataclasses import dataclass, field

from console.text import t, tn
from shared.certificates.designs.old_names import old_names
from shared.events.naming import said_by
from shared.language import N_
from shared.storage.models import Event, Naming, Status
from shared.volunteers.people.progress import EventProgress

# A window of a screen.
LIST = "volunteers?window=list"


@dataclass(frozen=True)
class Step:
    """One line of the checklist; `screen` is where it is done, perhaps in a window of it."""

    title: str
    screen: str
    is_done: bool
    missing: str
    details: dict[str, object] = field(default_factory=dict)


def steps(event: Event, progress: EventProgress) -> list[Step]:
    """What an organizer does for an event, in order, and whether it is done."""
    # Who decides the names; done once that is settled, at the latest by the first mails.
    is_settled = progress.total > progress.by_status[Status.NEW]
    missing, details = said_by(event)
    return [
        _certificate(event),
        Step(
            N_("Organization"),
            "organization",
            bool(event.organization),
            N_("Say who thanks the volunteers."),
        ),
        Step(
            N_("Mail account"),
            "account",
            event.live_at is not None,
            N_("Not yet: mails stay in the rehearsal mailbox, which is fine for trying.")
            if event.account is None
            else N_("Entered, but not checked: mails stay in the rehearsal mailbox."),
        ),
        Step(
            N_("Volunteers"),
            LIST,
            progress.total > 0,
            N_("Paste or upload the list of addresses."),
        ),
        Step(N_("Names"), "volunteers?window=names", is_settled, missing, details),
        _sending(event, progress),
        Step(
            N_("Certificates mailed"),
            "volunteers",
            progress.total > 0 and progress.by_status[Status.MAILED] == progress.total,
            N_("See who has what, and why something failed."),
        ),
    ]


def _certificate(event: Event) -> Step:
    """Done once there is one that says what the event is called today."""
    missing, details = N_("Choose a design or upload yours, and place the name on it."), {}
    old = old_names(event.design, event) if event.design else []
    if old:
        missing = N_("It says “{name}”; today it is called “{today}”. “Send” offers to change it.")
        details = {"name": old[0].name, "today": old[0].today}
    is_done = event.design is not None and not old
    return Step(N_("Certificate"), "certificate", is_done, missing, dict(details))


def _sending(event: Event, progress: EventProgress) -> Step:
    """Done when nobody is waiting for a mail, not when the first ones have left."""
    invited = progress.total - progress.by_status[Status.NEW]
    missing = N_("Send the invitations; volunteers enter their names themselves.")
    if event.naming is Naming.ISSUE:
        missing = N_("Send the certificates; whoever has no name on the list is asked.")
    elif event.naming is Naming.CHECK:
        missing = N_("Send the links; people check the names that you have, or enter theirs.")
    if invited:
        missing = N_("{invited} of {total} invited")
        if event.naming is Naming.ISSUE:
            missing = N_("{invited} of {total} written to")
    details: dict[str, object] = {"invited": f"{invited:,}", "total": f"{progress.total:,}"}
    return Step(N_("Send"), "send", 0 < invited == progress.total, missing, details)


# The next step, in words


@dataclass(frozen=True)
class Next:
    """The next step in the reader's words; `ways` are screens, each with its link's label, the one
    to take first."""

    title: str
    detail: str
    ways: list[tuple[str, str]]


_TITLES = {
    "certificate": N_("Choose the certificate"),
    "organization": N_("Say who thanks"),
    LIST: N_("Bring the list of volunteers"),
}


def next_step(
    event: Event, progress: EventProgress, all_steps: list[Step], *, is_moving: bool
) -> Next:
    """What helps most now."""
    for step in all_steps:
        if step.screen in _TITLES and not step.is_done:
            title = t(_TITLES[step.screen])
            return Next(title, t(step.missing, **step.details), [(step.screen, title)])
    if is_moving:
        to_go = sum(progress.all_to_go.values())
        said = tn("{count} mail is leaving", "{count} mails are leaving", to_go)
        return Next(said, "", [("send", t("Watch them leave"))])
    waiting = progress.by_status[Status.NEW]
    if progress.problems:
        return _look(progress.problems, waiting)
    if waiting:
        title = tn("Send to {count} volunteer", "Send to {count} volunteers", waiting)
        missing = next(step for step in all_steps if step.screen == "send")
        return Next(title, t(missing.missing, **missing.details), [("send", t("Go to Send"))])
    return _afterwards(event, progress)


def _look(count: int, waiting: int) -> Next:
    title = tn("Look at {count} volunteer", "Look at {count} volunteers", count)
    others = tn("Send to the other {count}", "Send to the other {count}", waiting)
    return Next(
        title,
        t("Their name does not fit, or a mail to them failed or came back."),
        [("volunteers", title), *([("send", others)] if waiting else [])],
    )


def _afterwards(event: Event, progress: EventProgress) -> Next:
    """Everybody was written to."""
    silent = progress.by_status[Status.INVITED]
    if silent:
        said = tn(
            "{count} volunteer has not entered their name yet",
            "{count} volunteers have not entered their names yet",
            silent,
        )
        return Next(said, "", [("send", t("Remind them"))])
    if event.live_at is None:
        return Next(
            t("The rehearsal is complete"),
            t("Look at the mails as they would arrive, then enter the account to send for real."),
            [("account", t("Enter the mail account")), ("mailbox", t("Look at the mails"))],
        )
    mailed = progress.by_status[Status.MAILED]
    title = tn("{count} certificate mailed", "{count} certificates mailed", mailed)
    return Next(
        title, t("Everybody has what they were to get."), [("volunteers", t("See who has what"))]
    )
