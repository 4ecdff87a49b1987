"""Sending: who gets what, the progress of it, its failures and its results."""

from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.foot import foot, foot_to_overview, onward
from console.jobs import acts_button
from console.navigation import go_to_window, leave_window, open_window, show_window
from console.poster import offer_poster
from console.screens.send import flight_check, looks, rehearsed, results, thanked
from console.screens.send.failures import show_failures
from console.screens.send.live import IS_DRAWN, watch, what_needs_the_screen
from console.screens.send.offer import offer
from console.session import installation, may, reading
from console.session_key import SessionKey
from console.text import language, plain, t, tn
from console.widgets.pressed import act_button
from console.widgets.spoken import (
    show_caption,
    show_caption_count,
    show_paragraph,
    show_warning_count,
)
from shared import features
from shared.access.roles import Permission
from shared.acts.begin_for_real import begin_forgetting, count_left, count_rehearsed
from shared.acts.decide import MailsDecision, as_said
from shared.acts.queue_kind import QueueKind
from shared.acts.send import expect
from shared.acts.waiting import Waiting, count_undone_invitations, count_waiting
from shared.certificates.designs.fit_sheet import LOOK_SECONDS, look_through
from shared.certificates.issuing import wall
from shared.errors import ProductError
from shared.events.event_page import LONGEST_THANKS, close, page_link, publish
from shared.findings import Finding
from shared.language import N_
from shared.mail.kinds.registry import offered
from shared.mail.queue.hold import count_held
from shared.storage.models import Event, Status
from shared.volunteers.people.progress import EventProgress, event_progress

_ANSWERS = {
    MailsDecision.ASK_FOR_EACH: N_("Ask me about each one in the list of failures"),
    MailsDecision.THEY_LEFT: N_("They were sent. Count them."),
    MailsDecision.SEND_AGAIN: N_("Send them. Some people may get a second copy."),
}
# The answer after a restore.
_ANSWER = SessionKey[MailsDecision]("send.held")
_LOG = SessionKey[str]("send.held_log")
_PAGE = SessionKey[Any]("send.page")


def show() -> None:
    st.title(t("Send"))
    with reading() as (session, event):
        progress = event_progress(session, event)
        to_forget = count_rehearsed(session, event)
        held = count_held(session, event.id)
    is_busy, *_ = seen = what_needs_the_screen(progress)
    end = st.container()
    left, right = st.columns([5, 4], gap="large")
    with left:
        # Containers keep their place when they are empty, so that nothing below jumps.
        first, second = st.container(), st.container()
        # A running sending comes first, and otherwise what can be sent.
        running, top = (first, second) if is_busy else (second, first)
        IS_DRAWN.set(False)
        with running:
            st.fragment(watch, run_every=1 if is_busy else 5)(seen)
    if progress.by_status[Status.INVITED]:
        results.show_reminders()
    show_further_messages()
    show_failures(progress)
    for show_feature in features.shown("send"):
        show_feature(event)
    results.show(event, progress)
    if may(Permission.CHANGE_TEXTS):
        show_event_page(event)
    # Last, since a mail server may be slow to answer, and the rest of the screen is then there.
    found: list[Finding] = []
    has_more = True
    with top:
        if held:
            ask_what_left(event, held)
        elif to_forget:
            _offer_to_begin(event, to_forget)
        else:
            waiting = _whom_it_would_reach()
            found = offer(event, waiting, progress)
            with reading() as (session, event):
                undone = count_undone_invitations(session, event, progress)
            has_more = bool(waiting.total or waiting.held or undone)
            if event.design and waiting.total:
                with right:
                    looks.show_first(event)
        if found:
            flight_check.show(found)
    is_over = not (is_busy or has_more)
    if is_over and progress.mailed:
        with end:
            thanked.show(event, progress) if event.live_at else rehearsed.show(progress)
    _show_foot(event, progress, is_over=is_over)
    IS_DRAWN.set(True)


def _show_foot(event: Event, progress: EventProgress, *, is_over: bool) -> None:
    """Draw the foot: what is missing or, if the sending `is_over`, the next step."""
    if event.design is None:
        foot(missing=t("The certificate is missing."))
    elif not progress.total:
        foot(missing=t("Nobody is on the list yet."))
    elif is_over and event.live_at:
        lost = progress.not_arrived
        undelivered = tn("{count} undelivered mail", "{count} undelivered mails", lost)
        foot_to_overview(undelivered if lost else t("All are sent."))
    elif is_over:
        with foot(t("Rehearsal: mails stay in the mailbox here.")):
            onward("account", t("Go live"))


def _offer_to_begin(event: Event, rehearsed: int) -> None:
    """Offer to begin for real: the event is live now, and `rehearsed` people were invited
    before."""
    show_warning_count(
        "{count} person was invited in rehearsal only. No mail reached them.",
        "{count} people were invited in rehearsal only. No mail reached them.",
        rehearsed,
        icon="theater_comedy",
    )
    st.button(
        t("Begin for real"), type="primary", icon=":material/rocket_launch:", on_click=go_to_window,
        args=("begin",),
    )  # fmt: skip
    if open_window() == "begin":
        show_window(t("Begin for real"), lambda: _ask(event.id))


def _ask(event_id: int) -> None:
    """Show what the rehearsal left, and the button that removes it."""
    with reading() as (session, event):
        left = count_left(session, event)
    show_paragraph("This is deleted permanently:")
    lines = (
        tn(
            "the status and the link of {count} person",
            "the statuses and the links of {count} people",
            left.people,
        ),
        tn("{count} name that was entered", "{count} names that were entered", left.names),
        tn("{count} certificate", "{count} certificates", left.certificates),
        tn("{count} mail in the mailbox here", "{count} mails in the mailbox here", left.mails),
    )
    st.markdown("\n".join(f"- {line}" for line in lines))
    show_caption("The list, its names and the design stay. Everybody gets a new link.")
    acts_button(
        t("Delete rehearsal and begin"), f"send.begin.{event_id}", begin_forgetting,
        Permission.SEND, then=leave_window, type="primary",
    )  # fmt: skip


def _whom_it_would_reach() -> Waiting:
    """Return how many people a sending would reach, after their names were examined."""
    with reading() as (session, event):
        waiting = count_waiting(session, event)
    if not waiting.total:
        return waiting
    look_through(installation().database, event.id, LOOK_SECONDS)
    with reading() as (session, event):
        return expect(session, event)


def show_further_messages() -> None:
    """Draw a button for each kind of message that has no other place here, and has recipients."""
    for kind in offered():
        with reading() as (session, event):
            count = QueueKind(kind.name).count(session, event)
        if count:
            event_id = event.id
            with st.expander(t(kind.title), icon=":material/outgoing_mail:"):
                label = tn("Send to {count} person", "Send to {count} people", count)
                key = f"send.further.{kind.name}.{event_id}"
                acts_button(label, key, QueueKind(kind.name), Permission.SEND, icon="send")


def ask_what_left(event: Event, waiting: int) -> None:
    """Ask what became of the mails that are held after a restore; `waiting` of them may have left
    before it."""
    st.header(t("After the restore"))
    st.markdown(
        tn(
            "The database is older than the mails sent, or was moved. {count} mail is "
            "held because it may already be sent.",
            "The database is older than the mails sent, or was moved. {count} mails are "
            "held because they may already be sent.",
            waiting,
        )
    )
    said, log = _ANSWER.of(event.id), _LOG.of(event.id)
    answer = st.radio(
        t("What happened to them?"),
        list(MailsDecision),
        index=None,
        format_func=lambda answer: t(_ANSWERS[answer]),
        key=said.name,
    )
    if answer is MailsDecision.THEY_LEFT:
        st.text_area(
            t("Which were sent, if you know"),
            help=t(
                "Paste the mail server's log, or the sources of the mails in the sent "
                "folder. Mails with a Message-ID in it count as sent. If it has none, "
                "mails to addresses the server delivered to count as sent. The others "
                "are sent. Leave it empty if all were sent."
            ),
            key=log.name,
        )
    database, event_id = installation().database, event.id
    acts_button(
        t("Confirm"), f"send.held_decided.{event.id}", lambda _, __, act: [act], Permission.SEND,
        typed=(said, log), first=lambda answer, log: as_said(database, event_id, answer, log or ""),
        type="primary", disabled=answer is None,
    )  # fmt: skip


def show_event_page(event: Event) -> None:
    """Show the event's public page, folded: its address, its texts, and how to publish and close
    it."""
    with st.expander(t("Event page"), icon=":material/public:", key="send.page"):
        with reading() as (session, current):
            shown = wall.count(session, current) if current.page_published_at else 0
        if event.page_published_at:
            st.link_button(
                t("Open the page"),
                page_link(installation().settings, event),
                icon=":material/open_in_new:",
            )
            st.code(page_link(installation().settings, event), language=None, wrap_lines=True)
            show_caption_count(
                "It shows {count} certificate.", "It shows {count} certificates.", shown
            )
        else:
            show_caption(
                "Shows your thanks, the number of people and hours, and the "
                "certificates of people who agree."
            )
        offer_poster(event, language(), "send", of_page=True)
        with st.form(f"send.page.{event.id}", border=False):
            typed = tuple(_PAGE.of(name, event.id) for name in ("thanks", "listed", "sure"))
            thanks, listed, sure = typed
            st.text_area(
                t("Thanks in your words"),
                event.page_thanks,
                max_chars=LONGEST_THANKS,
                key=thanks.name,
            )
            st.checkbox(t("Let search engines list it"), event.page_is_listed, key=listed.name)
            if not event.page_published_at:
                words = t(
                    "Yes, anyone with the address can read “{event}”", event=plain(event.name)
                )
                st.checkbox(words, key=sure.name)
            label = t("Save") if event.page_published_at else t("Publish the page")
            act_button(
                label, f"send.page_save.{event.id}", _publish, Permission.CHANGE_TEXTS,
                t("The event's page is published."), typed=typed, in_form=True,
            )  # fmt: skip
        if event.page_published_at:
            done = t("The event's page is closed.")
            key = f"send.close_page.{event.id}"
            act_button(t("Close the page"), key, close, Permission.CHANGE_TEXTS, done)


def _publish(
    session: Session, event: Event, thanks: str, is_listed: bool, is_sure: bool | None
) -> None:
    """Publish the page, or change it. Raises ProductError unless somebody was sure of the first."""
    if not (event.page_published_at or is_sure):
        raise ProductError(N_("Tick the box above, then publish."))
    publish(session, event, thanks=thanks, is_listed=is_listed)
