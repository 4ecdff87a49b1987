"""Sending: the count is confirmed, the sending watched, and failures retried from here."""

import streamlit as st

from console.screens.sending.failures import show_failures
from console.screens.sending.further_messages import show_further_messages
from console.screens.sending.going_live import offer_to_begin
from console.screens.sending.held import ask_what_left
from console.screens.sending.invitations import invite
from console.screens.sending.live import IS_DRAWN, watch, what_needs_the_screen
from console.screens.sending.reminders import show_reminders
from console.screens.sending.unproven import show_unproven
from console.session import installation, reading
from console.text import t
from shared.acts.begin_for_real import count_rehearsed
from shared.acts.send import Waiting, count_waiting, expect
from shared.certificates.designs.fit_sheet import LOOK_SECONDS, look_through
from shared.mail.queue.hold import count_held
from shared.storage.models import Status
from shared.volunteers.people.progress import event_progress


def show() -> None:
    st.title(t("Sending"))
    with reading() as (session, event):
        progress = event_progress(session, event)
        rehearsed = count_rehearsed(session, event)
        held = count_held(session, event.id)
    # Containers keep their place when they are empty, so that nothing below jumps.
    top = st.container()
    seen = what_needs_the_screen(progress)
    IS_DRAWN.set(False)
    st.fragment(watch, run_every=1 if seen.is_busy else 5)(seen)
    if progress.by_status[Status.INVITED]:
        show_reminders()
    show_further_messages()
    if progress.not_arrived:
        show_failures(progress)
    show_unproven()
    # Last, since a mail server may be slow to answer, and the rest of the screen should be there.
    with top:
        if held:
            ask_what_left(event, held)
        elif rehearsed:
            offer_to_begin(event.id, rehearsed)
        else:
            invite(event, _whom_it_would_reach(), progress)
    IS_DRAWN.set(True)


def _whom_it_would_reach() -> Waiting:
    """As the flight check will say it, so the names are examined first."""
    with reading() as (session, event):
        waiting = count_waiting(session, event)
    if not waiting.total:
        return waiting
    look_through(installation().database, event.id, LOOK_SECONDS)
    with reading() as (session, event):
        return expect(session, event)
