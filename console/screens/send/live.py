"""The progress of a sending, refreshed every few seconds, and how to stop and continue it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from html import escape

import streamlit as st
from babel.numbers import format_decimal
from sqlalchemy.orm import Session

from console import pace
from console.jobs import acts_button
from console.session import reading
from console.session_key import SessionKey
from console.text import language, plain, sentences, t, tn, written_soon, written_time
from console.widgets.pressed import act_button, draw_anew_if_changed
from console.widgets.spoken import show_caption, show_info, show_info_count, show_warning_count
from shared import features
from shared.access.roles import Permission
from shared.acts.held_back import Release, TakeBackCertificates, begin_taking_back
from shared.language import N_
from shared.mail.accounts.bucket import Speed
from shared.mail.accounts.limits import budget_left, limits_of
from shared.mail.queue import enqueue, hold, standing
from shared.mail.queue.failed_mails import Delayed, delayed
from shared.mail.queue.forecast import last_leaves_at
from shared.mail.queue.standing import Standing, Why
from shared.mail.transport.providers import Period
from shared.storage.clock import database_time
from shared.storage.models import Event, MailState, SendingAccount, now
from shared.volunteers.people.progress import EventProgress, event_progress

IS_DRAWN = SessionKey[bool]("send.is_drawn")
_SOMETHING_IS_WRONG = N_(
    "Is something wrong with a certificate? Stop sending. Take back the certificates "
    "nobody can have seen. Those people get a new one when you send again. The others "
    "keep theirs. Reissue those in *Volunteers*."
)
# Standings that an organizer can end.
_GOES_ON_BY_HAND = ("stopped", "needs_fixing", "paused")
# Standings that are asked about above, or pass by themselves while mails leave.
_NOT_SAID = ("running", "rehearsal", "held", "between_two", "at_once")
# The mails that an account's limits still allow; a day is the last 24 hours, as providers count.
LEFT_WORDS = {
    Period.MINUTE: N_("This minute: {left} of {limit} mails left."),
    Period.HOUR: N_("This hour: {left} of {limit} mails left."),
    Period.DAY: N_("Today (24 hours): {left} of {limit} mails left."),
}


def what_needs_the_screen(progress: EventProgress) -> tuple[bool, bool, int]:
    """Return the state with which the rest of the screen is drawn; it is redrawn when that
    changes."""
    is_busy = any(progress.all_to_go.values())
    return is_busy, progress.invitations_to_go > 0, progress.not_arrived


def watch(seen: tuple[bool, bool, int]) -> None:
    """Show the progress; redraw the screen when its state is not the one that was `seen`."""
    draw_anew_if_changed()
    with reading() as (session, event):
        progress = event_progress(session, event)
        why = _why_it_waits(session, event, progress)
        departures = enqueue.departures(session, event)
        refused, late = delayed(session, event, timedelta()), delayed(session, event)
        # Mails that wait for a person, a chosen time or their next try do not count.
        waiting = progress.count(MailState.HELD) + sum(departure.count for departure in departures)
        waiting += refused.count if refused else 0
        to_go = sum(progress.all_to_go.values()) - waiting
        done_at = last_leaves_at(session, event, to_go) if to_go > 0 else None
        unseen, account = TakeBackCertificates().count(session, event), event.live_account
        left = budget_left(session, account, database_time(session)) if account else {}
    if not progress.total:
        return
    with st.container(border=bool(progress.mails), key="send.progress"):
        _show_progress(event, done_at, progress)
        _show_why_it_waits(event, why)
        _show_refused(refused, late)
        for show_feature in features.shown("send.live"):
            show_feature(progress.invitations_held)
        for departure in departures:
            show_info_count(
                "{count} invitation is sent at {time}.",
                "{count} invitations are sent at {time}.",
                departure.count,
                time=written_time(departure.at, event),
                icon="schedule_send",
            )
        with st.container(horizontal=True):
            pause_or_resume(why, progress, event)
            take_back(progress, event)
            take_back_unseen(unseen, event)
            release_held(progress, event)
        if account and left:
            _show_limits(event, account, left)
        if progress.certificates_to_go:
            show_caption(_SOMETHING_IS_WRONG)
    # Last, and never while the rest is being drawn, or a pending press would be lost.
    if IS_DRAWN.get() and what_needs_the_screen(progress) != seen:
        st.rerun()


def _show_progress(event: Event, done_at: datetime | None, progress: EventProgress) -> None:
    """Show how many mails have left, the pace, when the last one leaves, and what failed."""
    left, total = progress.under_way
    label = ""
    parts = [_counted(t(kind), count) for kind, count in progress.all_to_go.items() if count]
    if parts:
        show_caption("Sending")
        label = t("{done} of {total}", done=f"{left:,}", total=f"{total:,}")
        parts += _pace_in_words(event, total - left, pace.of_late(event.id, left), done_at)
    elif progress.mailed and event.live_at:
        label = tn("{count} mail sent", "{count} mails sent", progress.mailed)
    elif progress.mailed:
        label = tn(
            "{count} mail is in the mailbox here",
            "{count} mails are in the mailbox here",
            progress.mailed,
        )
    failed = progress.count(MailState.FAILED) - progress.came_back
    if failed or label:
        nothing = t("nothing failed")
        parts.append(tn("{count} failed", "{count} failed", failed) if failed else nothing)
    others = {
        t("Outcome unknown"): progress.count(MailState.UNSURE),
        t("Bounced"): progress.came_back,
    }
    parts += [_counted(trouble, count) for trouble, count in others.items() if count]
    said = " · ".join(filter(None, parts))
    if said:
        st.markdown(f"**{label}** :gray[· {said}]" if label else said)
    if total:
        share = left / total
        st.html(
            f'<div class="bar status-4" role="progressbar" aria-valuenow="{share * 100:.0f}" '
            f'aria-label="{escape(label)}"><div style="width:{share:.2%}"></div></div>'
        )


def _counted(label: str, count: int) -> str:
    return t("{what}: {count}", what=label, count=f"{count:,}")


def _pace_in_words(
    event: Event, to_go: int, a_second: float, done_at: datetime | None
) -> Iterator[str]:
    """Yield the pace, if it is known, and when the last mail leaves at that pace."""
    if a_second >= 1:
        yield t("{count} a second", count=f"{a_second:.0f}")
    elif a_second:
        yield t("{count} a minute", count=f"{a_second * 60:.0f}")
    if done_at:
        ends_at = pace.no_sooner(done_at, to_go, a_second)
        yield t("done at about {time}", time=written_soon(ends_at, event))


def _why_it_waits(session: Session, event: Event, progress: EventProgress) -> Why:
    """Return what holds the sending."""
    why = standing.of_sending(session, event, language())
    # A stop that nothing waits for ends with the next sending.
    is_idle = not any(progress.all_to_go.values())
    return Why(Standing.RUNNING, "") if is_idle and why.name == Standing.STOPPED else why


def _show_why_it_waits(event: Event, why: Why) -> None:
    """Show what holds all mails, until when, and what helps."""
    if why.name in _NOT_SAID:
        return
    if why.speed:
        _show_speed(event, why.speed)
        return
    said = [why.words]
    if why.until:
        until = written_soon(why.until, event)
        said.append(t("Sending continues automatically at {until}.", until=until))
    st.warning("  \n".join([sentences(*said), why.cure]), icon=":material/pause_circle:")
    if why.said:
        show_caption("The mail server said: {answer}", answer=plain(why.said))


def _show_refused(refused: Delayed | None, late: Delayed | None) -> None:
    """Show why mails were deferred (`refused`), and how many have been for long (`late`)."""
    if refused is None:
        return
    if late:
        show_warning_count(
            "{count} mail has been deferred for more than four hours. It is retried "
            "automatically for five days from its first try, then listed below.",
            "{count} mails have been deferred for more than four hours. They are "
            "retried automatically for five days from their first try, then listed "
            "below.",
            late.count,
            icon="hourglass_top",
        )
    else:
        show_info_count(
            "{count} mail was deferred and is retried automatically.",
            "{count} mails were deferred and are retried automatically.",
            refused.count,
            icon="hourglass_top",
        )
    show_caption("The mail server said: {answer}", answer=plain((late or refused).said))


def _show_limits(event: Event, account: SendingAccount, allowed: dict[Period, int]) -> None:
    """Show what the account's limits still allow, and when one was learned."""
    lines, limits = [], limits_of(account, now())
    for period, left in allowed.items():
        # A lowered limit may already be exceeded.
        numbers = {"left": max(left, 0), "limit": limits.get(period, left)}
        digits = {name: format_decimal(n, locale=language()) for name, n in numbers.items()}
        lines.append(t(LEFT_WORDS[period], **digits))
    if account.learned_at and account.learned_period in limits:
        at = written_time(account.learned_at, event)
        lines.append(t("Learned on {time} from the mail server's answer.", time=at))
    st.caption("  \n".join(lines))


def _show_speed(event: Event, speed: Speed) -> None:
    """Show the account's speed, since when, and why."""
    rate, why = speed.in_words(language()), plain(speed.why(language()))
    if speed.since is None:
        st.info(f"{rate}: {why}", icon=":material/speed:")
        return
    at = written_time(speed.since, event)
    show_info("{rate} since {time}: {why}", rate=rate, time=at, why=why, icon="speed")


def pause_or_resume(why: Why, progress: EventProgress, event: Event) -> None:
    """Offer to stop or to continue, whichever is possible; nothing if nothing runs or waits."""
    if why.name in _GOES_ON_BY_HAND:
        act_button(
            t("Continue"), f"send.go_on.{event.id}", lambda _, locked: hold.resume(locked),
            Permission.SEND, t("Sending continues."), type="primary", icon="play_arrow",
        )  # fmt: skip
    elif any(progress.all_to_go.values()):
        act_button(
            t("Stop sending"), f"send.stop.{event.id}", lambda _, locked: hold.pause(locked),
            Permission.SEND, t("Sending is stopped."), icon="pause",
        )  # fmt: skip


def take_back(progress: EventProgress, event: Event) -> None:
    """Offer to take back the mails that wait to leave."""
    waiting = progress.to_take_back
    if not waiting:
        return
    label = tn("Take back {count} invitation", "Take back {count} invitations", waiting)
    if waiting != progress.invitations_to_go:
        label = tn("Take back {count} message", "Take back {count} messages", waiting)
    _offer_to_take_back(
        label,
        tn("Yes, take back {count} invitation", "Yes, take back {count} invitations", waiting)
        if waiting == progress.invitations_to_go
        else tn("Yes, take back {count} message", "Yes, take back {count} messages", waiting),
        t("Those people get nothing until you send again."),
        f"take_back.{event.id}",
        certificates=False,
    )


def _offer_to_take_back(
    label: str, sure: str, effect: str, key: str, *, certificates: bool
) -> None:
    """Draw a button, and behind it another one, beside what follows, that takes the mails back."""
    with st.popover(label, icon=":material/undo:", key=f"send.{key}.asked"):
        st.caption(effect)
        begin = partial(begin_taking_back, certificates=certificates)
        acts_button(sure, f"send.{key}", begin, Permission.SEND, type="primary")


def take_back_unseen(count: int, event: Event) -> None:
    """Offer to take back the `count` certificates that wait and that nobody can have seen."""
    if count:
        _offer_to_take_back(
            tn("Take back {count} certificate", "Take back {count} certificates", count),
            tn("Yes, take back {count} certificate", "Yes, take back {count} certificates", count),
            t("Those people get a new certificate when you send again."),
            f"take_back_certificates.{event.id}",
            certificates=True,
        )


def release_held(progress: EventProgress, event: Event) -> None:
    """Offer to send the certificates that were held when the others were taken back."""
    held = progress.certificates_held
    label = tn("Send {count} held certificate", "Send {count} held certificates", held)
    if held:
        key = f"send.release_certificates.{event.id}"
        acts_button(label, key, Release(certificates=True), Permission.SEND, icon="send")
