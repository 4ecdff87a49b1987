"""The foot of a screen: what is saved, what comes next, and above it how far long work is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState

from console import jobs
from console.navigation import is_open, link_to
from console.session import EVENT_ID, reading
from console.session_key import SessionKey
from console.text import t, tn, written_time
from shared.mail.queue.failed_mails import delayed
from shared.mail.queue.forecast import last_leaves_at
from shared.volunteers.people.progress import event_progress, is_sending

# How often a tab looks how far it is, and whether there is anything meanwhile: a hidden tab's
# browser asks less.
_EVERY, _MEANWHILE = 2.0, 5.0
# Where this tab draws the bar of its own work.
_PLACE = SessionKey[DeltaGenerator]("foot.place")
# What is being done in this console, each with its event, its share and its words.
_WORK: dict[object, tuple[int | None, float, str]] = {}


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


def onward(screen: str, label: str, *, is_next: bool = True) -> None:
    """The link to the screen, or to a window of it, where it goes on; it looks like the button to
    press next if it `is_next`. Call it within `foot`. Nothing for readers who may not see that
    screen."""
    if is_open(screen):
        with st.container(key=f"foot.{'onward' if is_next else 'later'}", width="content"):
            link_to(screen, label)


def foot_to_overview(said: str) -> None:
    """The foot of a screen after which nothing certain comes."""
    with foot(said):
        onward("overview", t("Open the overview"))


def show_long_work() -> None:
    """How far the sending of the event in hand is, and what else is being done to its people, on
    every screen and as long as it goes on; it may begin while the screen is open."""
    with reading() as (session, event):
        is_going_on = jobs.is_going_on(session, event) or bool(_going_on(event.id))
        is_going_on = is_going_on or is_sending(session, event)
    with st.bottom:
        _PLACE.set(st.empty())
        st.fragment(_show_going_on, run_every=_EVERY if is_going_on else _MEANWHILE)()


def _show_going_on() -> None:
    jobs.show_job()
    with reading() as (session, event):
        shown = _going_on(event.id)
        if is_sending(session, event):
            progress = event_progress(session, event)
            to_go = sum(progress.all_to_go.values())
            done_at = last_leaves_at(session, event, to_go)
            told = [tn("{count} mail left", "{count} mails left", to_go)]
            if done_at and not delayed(session, event, timedelta()):
                at = written_time(done_at, event)
                told.append(t("the last one at about {time}", time=at))
            left, whole = progress.under_way
            shown.append((left / whole if whole else 0.0, " · ".join(told)))
    for share, words in shown:
        st.progress(share, words)


@contextmanager
def bar(label: str) -> Iterator[Callable[[float], None]]:
    """A bar in the foot for as long as the block lasts; yields what sets its share.

    It stands in this tab, and on each screen of the event that somebody else opens meanwhile.
    """
    # Before its reader opens another screen: then Streamlit lets this run read nothing any more.
    key, event_id = object(), EVENT_ID.get()

    def draw(share: float) -> None:
        told = min(share, 1.0), f"{label} {share:.0%}"
        _WORK[key] = event_id, *told
        with _place() as place:
            place.progress(*told)

    try:
        yield draw
    finally:
        _WORK.pop(key, None)


def clear_bar() -> None:
    """Take the bar away where the screen is not drawn anew."""
    with _place() as place:
        place.empty()


@contextmanager
def _place() -> Iterator[DeltaGenerator]:
    """Where the bar stands, as part of the screen: the work may go on in a window or a fragment."""
    with ThreadState.scoped(fragment_id=None, delta_path=None):
        yield _PLACE.get() or st.empty()


def _going_on(event_id: int) -> list[tuple[float, str]]:
    return [(share, told) for about, share, told in [*_WORK.values()] if about == event_id]
