"""The overview of an event: the next step, its progress, what is done, and what happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console.design_changes import change_button
from console.jobs import show_results
from console.navigation import is_open, link_to
from console.previews import event_picture
from console.session import EVENT_ID, may, reading, signed_in
from console.text import language, plain, t, tn, written_time
from console.widgets.actions import entry_words
from console.widgets.confirming import effect_of_undoing, offer_to_undo
from console.widgets.display import explain_first_event, show_certificate, show_numbers
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption
from shared.access.roles import Permission
from shared.acts.begin_for_real import count_rehearsed
from shared.acts.remind import Remind, count_silent
from shared.acts.waiting import (
    count_undone_certificates,
    count_undone_invitations,
    count_waiting,
)
from shared.certificates.designs import designs
from shared.certificates.designs.changes import BringBack
from shared.certificates.designs.old_names import old_names
from shared.events.installation import first_event_id
from shared.events.naming import said_by
from shared.language import N_
from shared.log.audit_log import EntryFilter
from shared.log.audit_log import page as newest
from shared.mail.queue import hold
from shared.storage.models import (
    Action,
    AuditEntry,
    ColumnKind,
    Event,
    ListColumn,
    ListImport,
    MailState,
    Naming,
    Sending,
    Status,
)
from shared.volunteers.lists.column_values import written_number
from shared.volunteers.lists.list_columns import total_of
from shared.volunteers.people.first_people import first_name
from shared.volunteers.people.list_changes import imports_of
from shared.volunteers.people.progress import EventProgress, event_progress, is_sending

# Seconds between two looks at the numbers while mails leave.
_EVERY = 2.0
# The window in which the list is added.
LIST = "volunteers?window=list"
# Whom a reminder would reach is counted, one by one, of at most so many silent people.
_FEW = 10_000


def show() -> None:
    with reading() as (session, event):
        is_first = event.id == first_event_id(session)
        columns = list(event.known_columns)
        is_moving = is_sending(session, event)
    st.title(plain(event.name))
    naming, details = said_by(event)
    about = [plain(event.organization)] if event.organization else []
    names = t(naming, **details).rstrip(".。")
    st.caption(" · ".join([*about, names, t("Live") if event.live_at else t("Rehearsal")]))
    if is_first:
        explain_first_event(event)
    show_results()
    st.fragment(_show_state, run_every=_EVERY if is_moving else None)()
    _show_sums(columns)
    if may(Permission.SEE_LOG):
        _show_happened()


def _show_state() -> None:
    """Show the next step, the numbers and the steps; it is redrawn while mails leave."""
    with reading() as (session, event):
        progress = event_progress(session, event)
        sees_names = signed_in(session).may(Permission.SEE_TABLE)
        left = _what_is_left(session, event, progress)
        picture = event_picture(event, first_name(session, event) if sees_names else "")
    all_steps = steps(event, progress, left)
    step = next_step(event, progress, all_steps, left)
    ways = [way for way in step.ways if is_open(way[0])]
    with st.container(border=True, key="overview.next"):
        words = st.container()
        if picture:
            with words:
                beside, words = st.columns([1, 2], gap="medium", vertical_alignment="center")
            with beside:
                show_certificate(picture)
        with words:
            if ways or not step.ways:
                show_caption("Next step")
            else:
                show_caption("Next step for an organizer")
            st.header(step.title)
            if step.detail:
                st.markdown(step.detail)
            with st.container(horizontal=True, key="overview.ways"):
                for number, (screen, label) in enumerate(ways):
                    with st.container(key=f"overview.way.{number}", width="content"):
                        link_to(screen, label)
    entered = progress.total - progress.by_status[Status.NEW] - progress.by_status[Status.INVITED]
    is_given = event.naming is Naming.ISSUE
    show_numbers(
        [
            (t("Volunteers"), progress.total),
            (t("Certificates mailed"), progress.by_status[Status.MAILED]),
            (t("Certificates made") if is_given else t("Names entered"), entered),
            (t("Needs attention"), progress.problems),
        ]
    )
    if progress.came_back:
        counts = {"mailed": f"{progress.mailed:,}", "came_back": f"{progress.came_back:,}"}
        show_caption("Mail servers accepted {mailed} mails, and {came_back} bounced.", **counts)
    done = sum(step.is_done for step in all_steps)
    label = t("Done: {done} of {total}", done=done, total=len(all_steps))
    with st.expander(label, key="overview.steps"):
        for listed in all_steps:
            icon = ":material/check:" if listed.is_done else ":material/radio_button_unchecked:"
            said = t("Done") if listed.is_done else listed.missing
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                if is_open(listed.screen):
                    link_to(listed.screen, f"**{listed.title}**", icon)
                else:
                    st.markdown(f"{icon} **{listed.title}**", width="content")
                st.caption(said)


def _show_sums(columns: list[ListColumn]) -> None:
    """Show the total of each column of numbers, such as hours; nothing if the list has none."""
    numbers = [column for column in columns if column.kind is ColumnKind.NUMBER]
    if not numbers:
        return
    st.header(t("Totals"))
    for column in numbers:
        total = f"{written_number(total_of(column), language())} {plain(column.unit)}".strip()
        people = tn("{count} person", "{count} people", column.read_count)
        parts = [people]
        if column.unread_count:
            parts.append(
                tn(
                    "{count} value is not a number. Correct it in *Volunteers*, "
                    "*Columns and groups*.",
                    "{count} values are not numbers. Correct them in *Volunteers*, "
                    "*Columns and groups*.",
                    column.unread_count,
                )
            )
        if column.backlog:
            parts.append(t("still adding up"))
        st.markdown(f"**{plain(column.title)}** {total}  \n:small[{' · '.join(parts)}]")


@dataclass(frozen=True)
class _Left:
    """The numbers of people for whom something is left to do, each as the act itself counts
    them."""

    # People whom a sending would reach, and whose mail an organizer has yet to release.
    to_send: int
    # Invitations and certificates that have not left, or did not arrive.
    invitations: int
    certificates: int
    # People who could still enter their name, and those of them whom a reminder would reach now.
    silent: int
    to_remind: int
    # People who got their mails in rehearsal only, and whether mails are being sent.
    rehearsed: int
    is_moving: bool


def _what_is_left(session: Session, event: Event, progress: EventProgress) -> _Left:
    waiting, silent = count_waiting(session, event), count_silent(session, event)
    is_moving = is_sending(session, event)
    # Counting takes long for many, and would be repeated while mails leave.
    is_asked = 0 < silent <= _FEW and not is_moving
    return _Left(
        to_send=waiting.total + progress.count(MailState.HELD),
        invitations=waiting.held + count_undone_invitations(session, event, progress),
        certificates=count_undone_certificates(session, event, progress),
        silent=silent,
        to_remind=Remind().count(session, event) if is_asked else 0,
        rehearsed=count_rehearsed(session, event),
        is_moving=is_moving,
    )


@dataclass(frozen=True)
class Step:
    """A line of the checklist in the reader's language; it is done on `screen`, or in a window of
    it."""

    title: str
    screen: str
    is_done: bool
    missing: str


_TO_SEND = {
    Naming.ASK: N_("Send the invitations. Volunteers enter their names themselves."),
    Naming.ISSUE: N_("Send the certificates. People without a name are asked for it."),
    Naming.CHECK: N_("Send the links. People check their name or enter it."),
}


def steps(event: Event, progress: EventProgress, left: _Left) -> list[Step]:
    """Return the checklist of an event, in order."""
    # The certificate is done once it has the event's name of today.
    old = old_names(event.design, event) if event.design else []
    no_design = t("Choose a design or upload yours, and place the name on it.")
    if old:
        no_design = t(
            "It says “{name}”, but the name is now “{today}”. You can change it on “Send”.",
            name=old[0].name,
            today=old[0].today,
        )
    no_account = t("Not checked yet. Mails stay in the rehearsal mailbox.")
    if event.account is None:
        no_account = t("Not yet. Mails stay in the rehearsal mailbox, which is fine for a trial.")
    # Sending is done when nobody waits for a mail, not when the first ones have left.
    is_sent = not (left.to_send or left.invitations)
    invited = progress.total - progress.by_status[Status.NEW]
    to_send = t(_TO_SEND[event.naming])
    if invited:
        words = N_("{invited} of {total} invited")
        if event.naming is Naming.ISSUE:
            words = N_("{invited} of {total} contacted")
        to_send = t(words, invited=f"{invited:,}", total=f"{progress.total:,}")
    naming, details = said_by(event)
    is_over = is_sent and not (left.certificates or left.silent)
    return [
        Step(t("Certificate"), "certificate", event.design is not None and not old, no_design),
        Step(
            t("Organization"), "organization", bool(event.organization),
            t("Certificates and mails thank people in its name."),
        ),
        Step(t("Mail account"), "account", event.live_at is not None, no_account),
        Step(t("Volunteers"), LIST, progress.total > 0, t("Paste or upload your list.")),
        # The first mails settle who decides the names.
        Step(t("Names"), "volunteers?window=names", invited > 0, t(naming, **details)),
        Step(t("Send"), "send", invited > 0 and is_sent, to_send),
        Step(
            t("Certificates mailed"), "volunteers",
            progress.by_status[Status.MAILED] > 0 and is_over,
            t("See who has a certificate and what failed."),
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class Next:
    """The next step in the reader's language; `ways` are screens and the labels of their links, the
    best one first."""

    title: str
    detail: str
    ways: list[tuple[str, str]]


_TITLES = {
    "certificate": N_("Choose the certificate"),
    "organization": N_("Enter your organization"),
    LIST: N_("Add the volunteers"),
}


def next_step(event: Event, progress: EventProgress, all_steps: list[Step], left: _Left) -> Next:
    """Return the step that helps most now."""
    for step in all_steps:
        if step.screen in _TITLES and not step.is_done:
            title = t(_TITLES[step.screen])
            return Next(title, step.missing, [(step.screen, title)])
    if left.is_moving:
        to_go = sum(progress.all_to_go.values())
        said = tn("Sending {count} mail", "Sending {count} mails", to_go)
        return Next(said, "", [("send", t("Watch the sending"))])
    if progress.problems:
        title = tn("Check {count} volunteer", "Check {count} volunteers", progress.problems)
        others = tn("Send to the other {count}", "Send to the other {count}", left.to_send)
        return Next(
            title,
            t("Their name does not fit, or a mail failed or bounced."),
            [("volunteers", title), *([("send", others)] if left.to_send else [])],
        )
    if left.to_send:
        title = tn("Send to {count} volunteer", "Send to {count} volunteers", left.to_send)
        missing = next(step for step in all_steps if step.screen == "send")
        return Next(title, missing.missing, [("send", t("Open Send"))])
    # Everybody was written to. People of a rehearsal need the real mail, not a reminder.
    if event.live_at is None:
        return Next(
            t("The rehearsal is complete"),
            t("Read the mails, then add your mail account to send for real."),
            [("account", t("Add the mail account")), ("mailbox", t("Read the mails"))],
        )
    if left.rehearsed:
        only = tn(
            "{count} person was invited in rehearsal only. No mail reached them.",
            "{count} people were invited in rehearsal only. No mail reached them.",
            left.rehearsed,
        )
        return Next(t("Begin for real"), only, [("send", t("Open Send"))])
    if left.silent:
        said = tn(
            "{count} volunteer has not entered their name yet",
            "{count} volunteers have not entered their names yet",
            left.silent,
        )
        # A reminder's rules may leave fewer people, or nobody yet.
        remind = tn("Remind {count} person", "Remind {count} people", left.to_remind)
        return Next(said, "", [("send", remind if left.to_remind else t("Open Send"))])
    mailed = progress.by_status[Status.MAILED]
    title = tn("{count} certificate mailed", "{count} certificates mailed", mailed)
    return Next(
        title, t("Everybody has their certificate."), [("volunteers", t("See the volunteers"))]
    )


_MOST_ENTRIES = 8
_MOST_LISTS = 20
# A list and its entry in the log are stored together, in no certain order.
_AT_ONCE = timedelta(seconds=1)
_OF_LISTS = (Action.LIST_ADDED, Action.LIST_UPDATED)


def _show_happened() -> None:
    """Show the latest entries of the log, with *Undo* if an act can be undone."""
    with reading() as (session, event):
        entries = newest(session, EntryFilter(event=event), size=_MOST_ENTRIES)
        ways = _ways_back(session, event, entries)
    if not entries:
        return
    st.header(t("What happened"))
    with st.container(border=True, key="overview.happened", gap="small"):
        for entry in entries:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(written_time(entry.at, event), width="content")
                st.markdown(entry_words(entry), width="stretch")
                if offer := ways.get(entry.id):
                    offer()
    if is_open("log"):
        link_to("log", t("Show all"))


def _ways_back(
    session: Session, event: Event, entries: Sequence[AuditEntry]
) -> dict[int, Callable[[], None]]:
    """Return functions that draw *Undo*, by the ids of the entries that can be undone now."""
    ways: dict[int, Callable[[], None]] = {}
    if may(Permission.CHANGE_LIST):
        # The log has an entry for each turn in which a list was stored; the newest offers *Undo*.
        lists = [entry for entry in entries if entry.action in _OF_LISTS]
        for imported in imports_of(session, event, _MOST_LISTS):
            its_own = [entry for entry in lists if entry.at >= imported.at - _AT_ONCE]
            if its_own:
                ways[its_own[0].id] = partial(_offer_list, imported)
            lists = lists[len(its_own) :]
    stopped = next((entry for entry in entries if entry.action is Action.STOPPED), None)

    def offer_going_on() -> None:
        act_button(
            _undo(t("Sending stopped")), f"overview.undo.going_on.{event.id}",
            lambda _, locked: hold.resume(locked), Permission.SEND, t("Sending continues."),
            type="tertiary",
        )  # fmt: skip

    if stopped and event.sending is Sending.STOPPED and may(Permission.SEND):
        ways[stopped.id] = offer_going_on
    drawn = [entry for entry in entries if entry.action is Action.DESIGN_CHANGED]
    changed = next((entry for entry in drawn if "group" not in (entry.fields or ())), None)
    is_allowed = may(Permission.CHANGE_DESIGN)
    before = designs.way_back(session, event, event.design) if is_allowed else None
    version = event.design.version if event.design else 0

    def offer_design_before(its_version: int) -> None:
        # The key contains the version, so that a press meant for another design does nothing.
        key = f"overview.undo.design.{EVENT_ID.get()}.{version}"
        done = t("The earlier certificate is restored.")
        back = BringBack(its_version, seen_version=version)
        change_button(_undo(t("Certificate")), key, back, done, type="tertiary")

    if changed and before and {"template", "layout"} & {*(changed.fields or ())}:
        ways[changed.id] = partial(offer_design_before, before.version)
    return ways


def _offer_list(imported: ListImport) -> None:
    if found := effect_of_undoing(imported.id, _undo(t("List added"))):
        offer_to_undo(imported.id, found)


def _undo(whose: str) -> str:
    """Return the label of a button *Undo*, with `whose` for screen readers."""
    return f"{t('Undo')} :small[{whose}]"
