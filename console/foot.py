"""The foot of a screen: what is saved, the next step, and the progress of jobs and mails."""

from datetime import timedelta

import streamlit as st

from console import jobs, pace
from console.navigation import is_open, link_to
from console.session import reading
from console.streamlit_edge.names import DeltaGenerator
from console.text import t, tn, written_soon
from shared.mail.queue.failed_mails import delayed
from shared.mail.queue.forecast import last_leaves_at
from shared.volunteers.people.progress import event_progress, is_sending

# Seconds between two looks at the progress, while there is any and while there is none. A browser
# asks less for a hidden tab.
_EVERY, _WHILE_IDLE = 2.0, 5.0


def foot(said: str = "", *, missing: str = "") -> DeltaGenerator:
    """Draw the foot of a screen, once, and return the place for the button of the next step.

    `said` is what is saved, in a few words; `missing`, beside the button, is what has to be done
    before the next step is possible.
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


def onward(screen: str, label: str, *, is_next: bool = True) -> None:
    """Draw the link to the screen, or to a window of it, of the next step; nothing for readers who
    may not see it. It looks like the main button if it `is_next`. Call it within `foot`."""
    if is_open(screen):
        with st.container(key=f"foot.{'onward' if is_next else 'later'}", width="content"):
            link_to(screen, label)


def foot_to_overview(said: str) -> None:
    """Draw the foot of a screen without a certain next step."""
    with foot(said):
        onward("overview", t("Open the overview"))


def show_going_on(*, with_mails: bool) -> None:
    """Show the progress of the event's job and, `with_mails`, of its sending, also of those that
    begin while the screen is open."""
    with reading() as (session, event):
        is_going_on = jobs.is_going_on(session, event) or is_sending(session, event)
    with st.bottom:
        st.fragment(_show, run_every=_EVERY if is_going_on else _WHILE_IDLE)(with_mails)


def _show(with_mails: bool) -> None:
    jobs.show_job()
    with reading() as (session, event):
        if not (with_mails and is_sending(session, event)):
            return
        progress = event_progress(session, event)
        to_go = sum(progress.all_to_go.values())
        done_at = last_leaves_at(session, event, to_go)
        left, whole = progress.under_way
        a_second = pace.of_late(event.id, left)
        parts = [tn("{count} mail left", "{count} mails left", to_go)]
        if done_at and not delayed(session, event, timedelta()):
            at = written_soon(pace.no_sooner(done_at, to_go, a_second), event)
            parts.append(t("the last one at about {time}", time=at))
    st.progress(left / whole if whole else 0.0, " · ".join(parts))
