"""Acts on people: on a few at once, on many as a job that goes on by itself; how far that is, and
what became of it."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console import previews
from console.session import (
    EVENT_ID,
    changing,
    installation,
    may,
    network,
    reader,
    reading,
    refusing,
    require,
    say,
    session_of_reader,
    stay_known,
    writing,
)
from console.session_key import SessionKey
from console.text import in_words, language, sentences, t, written_time
from shared.access.roles import Permission
from shared.acts import Act, Context, Tally, results
from shared.acts.data import named
from shared.acts.run import run
from shared.jobs import asking
from shared.language import N_
from shared.storage.models import Event, Job

# The job that this tab has seen going on.
_GOING_ON = SessionKey[int | None]("jobs.going_on")
_GOES_ON = N_("This continues even if you close the page. Progress is below.")
# What makes acts for an event, which is locked.
Begin = Callable[[Session, Event], Sequence[Act]]


def act_on_people(
    made: Callable[[], Act],
    needed: Permission,
    then: Callable[[], object] = lambda: None,
    further: Callable[[Tally], Sequence[str]] = lambda _: (),
) -> None:
    """Do an act to all whom it concerns, and tell the reader what became of it, with `further`
    sentences; to more than a few it is a job, which goes on by itself.

    `then` is called once it is done, or asked for. What refuses the act is shown in place.
    """

    def ready() -> Begin:
        act = made()
        return lambda *_: [act]

    _do(ready, needed, then, further)


def do_acts(begin: Begin, needed: Permission, then: Callable[[], object] = lambda: None) -> None:
    """Do several acts, one after the other, as `act_on_people` does one. `begin` makes them for the
    event, which is locked, and stores what is to be stored before the first."""
    _do(lambda: begin, needed, then, lambda _: ())


def _do(
    ready: Callable[[], Begin],
    needed: Permission,
    then: Callable[[], object],
    further: Callable[[Tally], Sequence[str]],
) -> None:
    """`ready` is called with nothing locked. Nothing of Streamlit's is touched from there until it
    is done, or asked for: their reader may have left, and then Streamlit ends this run."""
    require(needed)
    stay_known()
    event_id, who, served = EVENT_ID.get(), reader(), installation()
    assert event_id is not None
    with refusing():
        begin = ready()
        with who.writing(event_id, needed) as (session, event):
            acts, asking_session = begin(session, event), who.row(session)
            job = asking.ask(
                session, event, acts, needed, asking_session, who.network, few=asking.FEW
            )
        if job:
            say(t(_GOES_ON))
        else:
            context = Context(served.seal, served.settings)
            tallies = [run(served.database, act, event_id, context, is_logged=True) for act in acts]
            done = list(zip(map(type, acts), map(vars, tallies), strict=True))
            said = [*results(done, language()), *(further(tallies[-1]) if tallies else ())]
            say(sentences(*said))
        then()
        st.rerun()


def acting(begin: Callable[..., Sequence[Act]], needed: Permission) -> Callable[..., object]:
    """For `pressed`: several acts, done in a callback as `do_acts` does. `begin` makes them for the
    event, which is locked, from what is typed."""
    who, spoken, goes_on, served = reader(), language(), t(_GOES_ON), installation()

    def ask_or_do(session: Session, event: Event, *typed: Any) -> str | Callable[[], str]:
        acts, event_id = begin(session, event, *typed), event.id
        asked = asking.ask(
            session, event, acts, needed, who.row(session), who.network, few=asking.FEW
        )
        return goes_on if asked else lambda: _done(acts, event_id)

    def _done(acts: Sequence[Act], event_id: int) -> str:
        context = Context(served.seal, served.settings)
        tallies = [run(served.database, act, event_id, context, is_logged=True) for act in acts]
        return sentences(
            *results(list(zip(map(type, acts), map(vars, tallies), strict=True)), spoken)
        )

    return ask_or_do


def acting_on_people(act: Act, needed: Permission) -> Callable[..., object]:
    """For `pressed`: does one act to all whom it concerns."""
    return acting(lambda *_: [act], needed)


def ask_for_job(needed: Permission, begin: Begin) -> None:
    """Ask for these acts as a job of the event in hand; they are made while it is locked. Raises
    what making them raises, and ProductError while another job goes on."""
    with writing(needed) as (session, event):
        who = session_of_reader(session).row
        asking.ask(session, event, begin(session, event), needed, who, network())
    say(t(_GOES_ON))


# How far it is, in the foot of every screen of the event


def is_going_on(session: Session, event: Event) -> bool:
    """Whether there is a job; from now on this tab waits for its end."""
    job = asking.going_on(session, event.id)
    _GOING_ON.set(job.id if job else None)
    return job is not None


def show_job() -> None:
    """How far the event's job is, with what can be done about it; when it ends, the screen is drawn
    anew, and whoever asked is told. Call it within a fragment that is drawn again and again."""
    with reading() as (session, event):
        job, before = asking.going_on(session, event.id), _GOING_ON.get()
        is_held = job is not None and asking.is_held(session, job)
        results = asking.results(session, event.id, session_of_reader(session).row)
    if job is not None:
        _GOING_ON.set(job.id)
        _show(job, is_held=is_held)
    elif before is not None:
        _GOING_ON.set(None)
        # Previews shown here may contain what is gone.
        previews.forget_all()
        for one in results:
            if one.id == before:
                say(_outcome(one))
        st.rerun()


def _show(job: Job, *, is_held: bool) -> None:
    counts = {"done": f"{min(job.done, job.confirmed):,}", "total": f"{job.confirmed:,}"}
    act = named(job.acts[min(job.step, len(job.acts) - 1)]["act"])
    told = [t(act.label).rstrip(" …"), t("{done} of {total}", **counts)]
    if is_held:
        told.append(t("Held, because the database was restored."))
    with st.container(horizontal=True, vertical_alignment="bottom", key="jobs.line"):
        st.progress(min(job.done / max(job.confirmed, 1), 1.0), " · ".join(told))
        if not may(Permission(job.needed)):
            return
        if is_held and st.button(t("Continue"), key=f"jobs.confirm.{job.id}"):
            with changing(Permission(job.needed)) as (session, event):
                asking.confirm(session, event.id, job.id)
        if act.may_stop and st.button(t("Stop"), key=f"jobs.stop.{job.id}", type="tertiary"):
            said = t("Stopped. Completed work stays.")
            with changing(Permission(job.needed), said) as (session, event):
                asking.stop(session, event.id, job.id)


# What became of it, on *Overview*, for whoever asked


def show_results() -> None:
    """What ended and its reader has not seen yet; nothing if there is nothing."""
    with reading() as (session, event):
        who = session_of_reader(session).row
        found = asking.results(session, event.id, who)
    if not found:
        return
    with st.container(border=True, key="jobs.results"):
        for job in found:
            at = written_time(job.ended_at, event) if job.ended_at else ""
            is_whole = job.refusal is None and not job.is_stopped
            icon = ":material/task_alt:" if is_whole else ":material/error:"
            st.markdown(f"{icon} {_outcome(job)} :gray[{at}]")
        if st.button(t("Mark as seen"), key=f"jobs.seen.{event.id}"):
            asking.note_seen(installation().database, event.id, who)
            st.rerun()


def _outcome(job: Job) -> str:
    acts = [named(act["act"]) for act in job.acts]
    told = results(list(zip(acts, job.tallies, strict=False)), language())
    if refusal := asking.refused(job):
        told.append(in_words(refusal))
    elif job.is_stopped:
        told.append(t("It was stopped early."))
    return sentences(*told)
