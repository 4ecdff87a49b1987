"""The foot of a screen: what is saved, what comes next, and above it how far long work is."""

from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from console.navigation import is_open, page, window_in
from console.session import EVENT_ID, reading
from console.text import t, tn, written_time
from shared.mail.accounts.forecast import forecast
from shared.mail.queue.delayed import delayed
from shared.volunteers.people.progress import event_progress, is_sending

_EVERY = 2.0


def foot(said: str = "", *, missing: str = "") -> DeltaGenerator:
    """Draw the foot of a screen, once, and return the place for the button of what comes next.

    `said` is what is saved, in a few words; `missing` is what has to be done before the next step
    is possible, and stands beside its button.
    """
    with st.bottom, st.container(key="foot.line", horizontal=True, vertical_alignment="center"):
        with st.container(key="foot.said", gap=None):
            if said:
                st.caption(said)
            if missing:
                st.markdown(missing)
        return st.container(
            key="foot.next", horizontal=True, width="content", vertical_alignment="center"
        )


def onward(screen: str, label: str) -> None:
    """The link to the screen, or to a window of it, where it goes on; it looks like the button to
    press next. Call it within `foot`. Nothing for readers who may not see that screen."""
    if is_open(screen):
        with st.container(key="foot.onward", width="content"):
            place = {"event": str(EVENT_ID.get()), **window_in(screen)}
            st.page_link(page(screen), label=label, query_params=place)


def foot_to_overview(said: str) -> None:
    """The foot of a screen after which nothing certain comes."""
    with foot(said):
        onward("overview", t("To the overview"))


def show_long_work() -> None:
    """How far the sending of the event in hand is, on every screen and as long as it goes on."""
    with reading() as (session, event):
        is_going_on = is_sending(session, event)
    with st.bottom:
        st.fragment(_show_sending, run_every=_EVERY if is_going_on else None)()


def _show_sending() -> None:
    with reading() as (session, event):
        if not is_sending(session, event):
            return
        progress = event_progress(session, event)
        to_go = sum(progress.all_to_go.values())
        expected = forecast(session, event, to_go)
        waits = delayed(session, event, timedelta())
    told = [tn("{count} mail to go", "{count} mails to go", to_go)]
    if expected.done_at and not waits:
        at = written_time(expected.done_at, event)
        told.append(t("the last one at about {time}", time=at))
    left, whole = progress.under_way
    with st.container(key="foot.work"):
        st.progress(left / whole if whole else 0.0, " · ".join(told))
