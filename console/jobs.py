"""Acts on people: on a few at once, on many as a job that goes on by itself; how far that is, and
what became of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st
from sqlalchemy.orm import Session

from console.session import (
    actor,
    changing,
    installation,
    may,
    network,
    reading,
    refusing,
    require,
    say,
    session_of_reader,
    stay_known,
    writing,
)
from console.session_key import SessionKey
from console.text import in_words, sentences, t, tn, written_time
from shared.access.roles import Permission
from shared.acts import Act, Context, Tally
from shared.acts.run import run
from shared.jobs import asking
from shared.language import N_
from shared.storage.models import Event, Job

# The job that this tab has seen going on.
_GOING_ON = SessionKey[int | None]("jobs.going_on")


@dataclass(frozen=True)
class _Words:
    """What is said of an act while it goes on, and once it is done."""

    label: str
    done: Callable[[Tally], str]


def told_of_issued(tally: Tally) -> str:
    """How many certificates were issued, and how many names do not fit."""
    told = [tn("{count} certificate was issued.", "{count} certificates were issued.", tally.done)]
    if tally.refused:
        told.append(
            tn(
                "{count} name does not fit the new design and is marked: the old one stays.",
                "{count} names do not fit the new design and are marked: the old ones stay.",
                tally.refused,
            )
        )
    return sentences(*told)


def who_is_held(count: int) -> str:
    """How many names could not be drawn."""
    return tn(
        "{count} person waits for another name: this one cannot be drawn.",
        "{count} people wait for other names: these cannot be drawn.",
        count,
    )


def _told_of_sent(tally: Tally) -> str:
    one, many = "{count} certificate is on its way.", "{count} certificates are on their way."
    held = [who_is_held(tally.refused)] if tally.refused else []
    return sentences(tn(one, many, tally.done), *held)


_WORDS = {
    "IssueFromList": _Words(N_("The certificates are being queued …"), _told_of_sent),
    "Invite": _Words(
        N_("The invitations are being queued …"),
        lambda tally: tn(
            "{count} invitation is queued.", "{count} invitations are queued.", tally.done
        ),
    ),
    "Remove": _Words(
        N_("Removing"),
        lambda tally: tn("{count} person was removed.", "{count} people were removed.", tally.done),
    ),
    "Retry": _Words(N_("The mails are being queued …"), lambda _: t("They are sent again.")),
    "IssueAnew": _Words(N_("Issuing"), told_of_issued),
    "Withdraw": _Words(
        N_("Withdrawing"),
        lambda tally: tn(
            "{count} certificate was withdrawn.", "{count} certificates were withdrawn.", tally.done
        ),
    ),
    "UndoWithdrawal": _Words(
        N_("Undoing"),
        lambda tally: tn(
            "{count} certificate counts again.", "{count} certificates count again.", tally.done
        ),
    ),
    "UndoList": _Words(
        N_("The list is being undone …"),
        lambda tally: tn("Undone for {count} person.", "Undone for {count} people.", tally.done),
    ),
    "Remind": _Words(
        N_("The reminders are being queued …"), lambda _: t("The reminders are on their way.")
    ),
    "QueueKind": _Words(
        N_("The messages are being queued …"), lambda _: t("The messages are on their way.")
    ),
    "Release": _Words(
        N_("The mails are being queued …"),
        lambda tally: tn(
            "{count} mail that was held is on its way.",
            "{count} mails that were held are on their way.",
            tally.done,
        ),
    ),
}


def act_on_people(
    made: Callable[[], Act],
    event_id: int,
    needed: Permission,
    then: Callable[[], object] = lambda: None,
    further: Callable[[Tally], Sequence[str]] = lambda _: (),
) -> None:
    """Do an act to all whom it concerns, and tell the reader what became of it, with `further`
    sentences; to more than a few it is a job, which goes on by itself.

    `then` is called once it is done, or asked for. What refuses the act is shown in place.
    """
    require(needed)
    stay_known()
    with refusing():
        act = made()
        with reading() as (session, event):
            count = act.count(session, event)
        if count > asking.FEW:
            ask_for_job(needed, lambda *_: [act])
        else:
            served = installation()
            context = Context(served.seal, served.settings)
            tally = run(served.database, act, event_id, context, by=actor())
            say(sentences(_WORDS[type(act).__name__].done(tally), *further(tally)))
        then()
        st.rerun()


def ask_for_job(needed: Permission, made: Callable[[Session, Event], Sequence[Act]]) -> None:
    """Ask for these acts as a job of the event in hand; they are made while it is locked. Raises
    what making them raises, and ProductError while another job goes on."""
    with writing(needed) as (session, event):
        who = session_of_reader(session).row
        asking.ask(session, event, made(session, event), needed, who, network())
    say(t("This goes on by itself, even if you close the page. Its progress is below."))


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
        for one in results:
            if one.id == before:
                say(_outcome(one))
        st.rerun()


def _show(job: Job, *, is_held: bool) -> None:
    counts = {"done": f"{min(job.done, job.confirmed):,}", "total": f"{job.confirmed:,}"}
    told = [t(_words_of(job, job.step).label).rstrip(" …"), t("{done} of {total}", **counts)]
    if is_held:
        told.append(t("It waits, since the database was restored."))
    with st.container(horizontal=True, vertical_alignment="bottom", key="jobs.line"):
        st.progress(min(job.done / max(job.confirmed, 1), 1.0), " · ".join(told))
        if not may(Permission(job.needed)):
            return
        if is_held and st.button(t("Go on"), key=f"jobs.confirm.{job.id}"):
            with changing(Permission(job.needed)) as (session, event):
                asking.confirm(session, event.id, job.id)
        if st.button(t("Stop"), key=f"jobs.stop.{job.id}", type="tertiary"):
            said = t("Stopped. What was done stays.")
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
        if st.button(t("I have seen this"), key=f"jobs.seen.{event.id}"):
            asking.note_seen(installation().database, event.id, who)
            st.rerun()


def _outcome(job: Job) -> str:
    # What found nobody is left out, as long as something else did.
    begun = list(enumerate(job.tallies))
    begun = [(step, tally) for step, tally in begun if tally["looked_at"]] or begun[:1]
    told = [_words_of(job, step).done(_tally(tally)) for step, tally in begun]
    if refusal := asking.refused(job):
        told.append(in_words(refusal))
    elif job.is_stopped:
        told.append(t("It was stopped before its end."))
    return sentences(*told)


def _words_of(job: Job, step: int) -> _Words:
    return _WORDS[job.acts[min(step, len(job.acts) - 1)]["act"]]


def _tally(written: dict[str, Any]) -> Tally:
    return Tally(written["looked_at"], written["done"], written["refused"])
