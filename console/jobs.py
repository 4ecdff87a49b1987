"""Acts on people: few are acted on at once, many by a job; its progress and its result."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console import previews
from console.session import (
    installation,
    may,
    reader,
    reading,
    say,
    session_of_reader,
)
from console.session_key import SessionKey
from console.text import in_words, language, sentences, t, written_time
from console.widgets.pressed import ButtonAct, act_button
from shared.access.roles import Permission
from shared.acts import Act, Context, Tally, results
from shared.acts.data import named
from shared.acts.run import run
from shared.jobs import asking
from shared.language import N_
from shared.storage.models import Event, Job
from shared.volunteers.people import roster

# The id of the job that this tab has shown.
_GOING_ON = SessionKey[int | None]("jobs.going_on")
_GOES_ON = N_("This continues even if you close the page. Progress is below.")


def acts_button(
    label: str,
    key: str,
    begin: Act | Callable[..., Sequence[Act]],
    needed: Permission,
    *,
    carry_out: Callable[[Sequence[Act], int], str] | None = None,
    further: Callable[[Tally], Sequence[str]] = lambda _: (),
    **how: Any,
) -> None:
    """Draw a button that carries out several acts, one after the other, or asks for a job if they
    are about more than a few people; `how` is passed on to `act_button`.

    `begin` is the act, or makes the acts from the locked event and what is typed, and stores what
    they need. For few people, `carry_out` gets the acts and the event's id and returns their
    result in words; without it they are run in turns, and their results are said with `further`
    sentences about the last.
    """
    who, served = reader(), installation()

    def ask_or_do(session: Session, event: Event, *typed: Any) -> str | Callable[[], str]:
        acts = [begin] if isinstance(begin, Act) else begin(session, event, *typed)
        event_id = event.id
        asked = asking.ask(
            session, event, acts, needed, who.signed_in(session).row, who.network, few=asking.FEW
        )
        if asked:
            return t(_GOES_ON)
        return lambda: (carry_out or done_in_turns)(acts, event_id)

    def done_in_turns(acts: Sequence[Act], event_id: int) -> str:
        context = Context(served.seal, served.settings)
        tallies = [run(served.database, act, event_id, context, is_logged=True) for act in acts]
        done = list(zip(map(type, acts), map(vars, tallies), strict=True))
        more = further(tallies[-1]) if tallies else ()
        return sentences(*results(done, language()), *more)

    act_button(label, key, ask_or_do, needed, **how)


def acting_on_person(person_id: int, act: ButtonAct) -> ButtonAct:
    """Return an act for a button that gives `act` a session, the person and what is typed.

    It raises ProductError if the person is not of the event.
    """

    def act_on_person(session: Session, event: Event, *typed: object) -> object:
        return act(session, roster.with_id(session, event, person_id), *typed)

    return act_on_person


def is_going_on(session: Session, event: Event) -> bool:
    """Return whether the event has a job; if so, this tab waits for its end."""
    job = asking.going_on(session, event.id)
    _GOING_ON.set(job.id if job else None)
    return job is not None


def show_job() -> None:
    """Show the progress of the event's job, and how to continue or stop it. When it ends, redraw
    the screen and tell the result to who asked for it.

    Call it within a fragment that is drawn again and again.
    """
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
        for ended in results:
            if ended.id == before:
                say(_outcome(ended))
        st.rerun()


def _show(job: Job, *, is_held: bool) -> None:
    counts = {"done": f"{min(job.done, job.confirmed):,}", "total": f"{job.confirmed:,}"}
    act = named(job.acts[min(job.step, len(job.acts) - 1)]["act"])
    parts = [t(act.label).rstrip(" …"), t("{done} of {total}", **counts)]
    if is_held:
        parts.append(t("Held, because the database was restored."))
    with st.container(horizontal=True, vertical_alignment="bottom", key="jobs.line"):
        st.progress(min(job.done / max(job.confirmed, 1), 1.0), " · ".join(parts))
        if not may(Permission(job.needed)):
            return
        needed = Permission(job.needed)
        if is_held:
            act_button(
                t("Continue"), f"jobs.confirm.{job.id}",
                lambda session, event: asking.confirm(session, event.id, job.id), needed,
            )  # fmt: skip
        if act.may_stop:
            said = t("Stopped. Completed work stays.")
            act_button(
                t("Stop"), f"jobs.stop.{job.id}",
                lambda session, event: asking.stop(session, event.id, job.id), needed, said,
                type="tertiary",
            )  # fmt: skip


def show_results() -> None:
    """Show the results of ended jobs that their reader asked for and has not seen yet."""
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
        shown = installation().database, event.id, who, [job.id for job in found]
        st.button(
            t("Mark as seen"), key=f"jobs.seen.{event.id}", on_click=asking.note_seen, args=shown
        )


def _outcome(job: Job) -> str:
    acts = [named(act["act"]) for act in job.acts]
    said = results(list(zip(acts, job.tallies, strict=False)), language())
    if refusal := asking.refused(job):
        said.append(in_words(refusal))
    elif job.is_stopped:
        said.append(t("It was stopped early."))
    return sentences(*said)
