"""Sending: the count confirmed, then watched; what failed is retried from here."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from babel.numbers import format_decimal

from console.navigation import page
from console.screens.sending import flight_check
from console.screens.sending.failures import show_failures
from console.screens.sending.further_messages import show_further_messages
from console.screens.sending.reminders import show_reminders
from console.session import changing, installation, long_work, reading, say
from console.session_key import SessionKey
from console.text import language, plain, t, tn, written_time
from console.widgets.bars import show_bars, show_numbers
from shared.language import N_
from shared.mail.accounts.forecast import Forecast, forecast
from shared.mail.accounts.health import AccountState, Standing, account_state, limits_of
from shared.mail.queue import controls, invitations, long_commands
from shared.mail.queue.invitations import Departure
from shared.mail.rehearsal.rehearsed import count_rehearsed, forget_rehearsal
from shared.mail.transport.findings import Finding, Level
from shared.mail.transport.periods import Period
from shared.storage.models import Event, MailState, SendingAccount, Status
from shared.volunteers.progress import EventProgress, event_progress

_IS_DRAWN = SessionKey[bool]("sending.is_drawn")
_SEND_AT = SessionKey[datetime]("sending.send_at")

# What is said when mails are not leaving, and how it looks.
STATE_WORDS = {
    Standing.STOPPED: N_("Sending is stopped. Nothing is lost; press “Go on” when you are ready."),
    Standing.PAUSED: N_("The mail server asked us to wait. Sending goes on by itself at {until}."),
    Standing.SPENT: N_("The account's limit is reached. Sending goes on by itself at {until}."),
    Standing.NEEDS_FIXING: N_("Sending waits for you."),
}
# What an organizer can end.
_GOES_ON_BY_HAND = (Standing.STOPPED, Standing.NEEDS_FIXING, Standing.PAUSED)
# What an account's limits still allow; a day is the last 24 hours, as providers count.
LEFT_WORDS = {
    Period.MINUTE: N_("This minute: {left} of {limit} mails left."),
    Period.HOUR: N_("This hour: {left} of {limit} mails left."),
    Period.DAY: N_("Today (24 hours): {left} of {limit} mails left."),
}


def show() -> None:
    st.title(t("Sending"))
    with reading() as (session, event):
        waiting = invitations.count_waiting(session, event)
        progress = event_progress(session, event)
        rehearsed = count_rehearsed(session, event)
    # Containers keep their place when they are empty, so that nothing below jumps.
    top = st.container()
    seen = _what_needs_the_screen(progress)
    _IS_DRAWN.set(False)
    st.fragment(_watch, run_every=1 if seen.is_busy else 5)(seen)
    if progress.by_status[Status.INVITED]:
        show_reminders()
    show_further_messages()
    if progress.not_arrived:
        show_failures(progress)
    # Last, for a mail server may be slow to answer: the rest of the screen is there meanwhile.
    with top:
        if rehearsed:
            _offer_to_go_live(event.id, rehearsed)
        else:
            _invite(event, waiting, progress)
    _IS_DRAWN.set(True)


def _offer_to_go_live(event_id: int, rehearsed: int) -> None:
    st.warning(
        tn(
            "{count} person was invited in rehearsal only: no mail reached them.",
            "{count} people were invited in rehearsal only: no mail reached them.",
            rehearsed,
        ),
        icon=":material/theater_comedy:",
    )
    if st.button(t("Begin for real"), type="primary", icon=":material/rocket_launch:"):
        with long_work(t("The rehearsal is being forgotten …")) as told:
            forget_rehearsal(installation().database, event_id, told)
            say(t("The list is as new: now send the invitations."))
    st.caption(
        t(
            "What the rehearsal left is forgotten: statuses, names that were entered, and "
            "certificates. The list with its names and the design stay; everybody gets a new link."
        )
    )


def _invite(event: Event, waiting: int, progress: EventProgress) -> None:
    if event.design is None:
        st.warning(t("First upload the certificate: volunteers see it when they open the link."))
        st.page_link(page("certificate"), label=t("To the certificate"))
    elif waiting:
        with st.container(border=True):
            _confirm(event, waiting)
    elif held := progress.count(MailState.HELD):
        st.info(
            tn(
                "{count} invitation waits until you say so: see below.",
                "{count} invitations wait until you say so: see below.",
                held,
            )
        )
    elif progress.invitations_to_go:
        st.info(t("Some invitations have not left yet: see below."))
    elif new := progress.by_status[Status.NEW]:
        st.info(
            tn(
                "{count} person has not got the invitation: see below.",
                "{count} people have not got their invitations: see below.",
                new,
            )
        )
    elif progress.total:
        st.info(t("Everybody on the list is invited."))
    else:
        st.info(t("The list is empty: add recipients first."))
        st.page_link(page("recipients"), label=t("To the recipients"))


def _confirm(event: Event, waiting: int) -> None:
    st.header(t("Invitations"))
    if event.live_account is not None:
        st.markdown(_sender(event, event.live_account))
        st.caption(_duration(waiting))
    send_at = _chosen_moment(event)
    first_few = waiting > invitations.FIRST_FEW and st.checkbox(
        t("Only to the first five for now; the others wait until I say so"), key="sending.first_few"
    )
    found = flight_check.findings()
    count = invitations.FIRST_FEW if first_few else waiting
    may_go = _may_go(event, count, found)
    label = tn("Send {count} invitation", "Send {count} invitations", count)
    pressed = st.button(
        label,
        type="primary",
        disabled=not may_go,
        icon=":material/send:",
        key=f"sending.send.{event.id}",
    )
    if pressed and may_go:
        _send(event, send_at, first_few)
    flight_check.show(found)


def _may_go(event: Event, count: int, found: list[Finding]) -> bool:
    """Whether nothing is red, and a person has ticked the count and what is amber."""
    flight_check.show_stops(found)
    flight_check.show_doubts(found)
    doubts = tuple(one.words for one in flight_check.at_level(Level.AMBER, found))
    sure = st.checkbox(
        tn(
            "Yes, send the personal link to {count} person",
            "Yes, send their personal links to {count} people",
            count,
        ),
        # Another count, or another doubt, needs a tick of its own.
        key=f"sending.sure.{event.id}.{count}.{hash(doubts)}",
    )
    return sure and not flight_check.at_level(Level.RED, found)


def _send(event: Event, send_at: datetime | None, first_few: bool) -> None:
    said = t("The invitations are on their way.")
    if send_at:
        said = t("The invitations leave at {time}.", time=written_time(send_at, event))
    served = installation()
    with long_work(t("The invitations are being queued …")) as told:
        invitations.queue_in_turns(
            served.database, served.seal, event.id,
            send_at=send_at, first_few=first_few, told=told,
        )  # fmt: skip
        say(said)


def _chosen_moment(event: Event) -> datetime | None:
    """When the invitations are to leave, if not at once."""
    if not st.checkbox(t("Send later"), key=f"sending.later.{event.id}"):
        return None
    zone, key = ZoneInfo(event.time_zone), _SEND_AT.of(event.id)
    hour = datetime.now(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    # Set once: a default that moves with the clock would replace what was chosen.
    key.keep(hour + timedelta(hours=1))
    label = t("Date and time ({zone})", zone=event.time_zone)
    chosen = st.datetime_input(
        label,
        format="YYYY-MM-DD",
        step=timedelta(minutes=5),
        required=True,
        key=key.name,
        width=320,
    )
    assert chosen is not None
    moment = chosen.replace(tzinfo=zone)
    if moment <= datetime.now(zone):
        st.warning(t("This moment is over: the invitations would leave at once."))
    return moment


def _duration(waiting: int) -> str:
    with reading() as (session, event):
        expected = forecast(session, event, waiting)
    if expected.done_at is None:
        return t("They leave when you press “Go on”.")
    return _end(event, expected.done_at)


def _end(event: Event, done_at: datetime) -> str:
    moment = written_time(done_at, event)
    return t("As far as the account allows, the last one leaves at about {time}.", time=moment)


def _sender(event: Event, account: SendingAccount) -> str:
    return t(
        "They are sent from {sender} through {server}.",
        sender=plain(event.from_address or account.username),
        server=account.host,
    )


@dataclass(frozen=True)
class Seen:
    """What the rest of the screen was drawn from: it is redrawn when this changes."""

    is_busy: bool
    is_inviting: bool
    not_arrived: int


def _what_needs_the_screen(progress: EventProgress) -> Seen:
    return Seen(
        is_busy=any(progress.all_to_go.values()),
        is_inviting=progress.invitations_to_go > 0,
        not_arrived=progress.not_arrived,
    )


def _watch(seen: Seen) -> None:
    """How far it is, at this moment."""
    with reading() as (session, event):
        progress = event_progress(session, event)
        state = account_state(session, event, language())
        departures = invitations.departures(session, event)
        expected = forecast(session, event, _moving(progress, departures))
    if progress.total:
        _show_progress(event, state, progress, departures, expected)
    # Last, and never while the rest is drawn: a press that was not looked at yet would be lost.
    if _IS_DRAWN.get() and _what_needs_the_screen(progress) != seen:
        st.rerun()


def _show_progress(
    event: Event,
    state: AccountState,
    progress: EventProgress,
    departures: list[Departure],
    expected: Forecast,
) -> None:
    st.header(t("Progress"))
    _show_state(event, state)
    _show_departures(event, departures)
    _show_pace(event, state, expected)
    show_bars(progress)
    show_numbers(_to_go(progress))
    with st.container(horizontal=True):
        _pause_or_resume(state, event)
        _release(progress, event)
        _take_back(progress, event)


def _to_go(progress: EventProgress) -> list[tuple[str, int]]:
    return [
        *((t(label), count) for label, count in progress.all_to_go.items()),
        (t("Failed"), progress.count(MailState.FAILED)),
        (t("Outcome unknown"), progress.count(MailState.UNSURE)),
    ]


def _show_state(event: Event, state: AccountState) -> None:
    if state.standing not in STATE_WORDS:
        return
    until = written_time(state.until, event) if state.until else ""
    st.warning(
        "  \n".join([t(STATE_WORDS[state.standing], until=until), state.advice]),
        icon=":material/pause_circle:",
    )
    if state.answer:
        st.caption(t("The mail server said: {answer}", answer=plain(state.answer)))


def _show_departures(event: Event, departures: list[Departure]) -> None:
    for departure in departures:
        st.info(
            tn(
                "{count} invitation leaves at {time}.",
                "{count} invitations leave at {time}.",
                departure.count,
                time=written_time(departure.at, event),
            ),
            icon=":material/schedule_send:",
        )


def _moving(progress: EventProgress, departures: list[Departure]) -> int:
    """Mails that wait neither for a person nor for a chosen moment."""
    to_go = sum(progress.all_to_go.values())
    return to_go - progress.count(MailState.HELD) - sum(one.count for one in departures)


def _show_pace(event: Event, state: AccountState, expected: Forecast) -> None:
    """When the last of what is under way leaves, and what the account's limits still allow."""
    account = event.live_account
    if account is None:
        return
    told = [_left(account, period, left) for period, left in state.left.items()]
    if expected.to_go > 0 and expected.done_at:
        told.insert(0, _end(event, expected.done_at))
    if told:
        st.caption("  \n".join(told))


def _left(account: SendingAccount, period: Period, left: int) -> str:
    # A limit that was lowered may be exceeded already.
    numbers = {"left": max(left, 0), "limit": limits_of(account)[period]}
    digits = {name: format_decimal(n, locale=language()) for name, n in numbers.items()}
    return t(LEFT_WORDS[period], **digits)


def _pause_or_resume(state: AccountState, event: Event) -> None:
    if state.standing in _GOES_ON_BY_HAND:
        if st.button(
            t("Go on"),
            type="primary",
            icon=":material/play_arrow:",
            key=f"sending.go_on.{event.id}",
        ):
            with changing(t("Sending goes on.")) as (_, locked):
                controls.resume(locked)
    elif st.button(t("Stop sending"), icon=":material/pause:", key=f"sending.stop.{event.id}"):
        with changing(t("Sending is stopped.")) as (_, locked):
            controls.pause(locked)


def _release(progress: EventProgress, event: Event) -> None:
    held = progress.count(MailState.HELD)
    if held and st.button(
        tn("Send the other one, too", "Send the other {count}, too", held),
        type="primary",
        key=f"sending.release.{event.id}",
    ):
        said = tn(
            "The other invitation is on its way.", "The other {count} are on their way.", held
        )
        with long_work(t("The invitations are being queued …")) as told:
            long_commands.release_in_turns(installation().database, event.id, told)
            say(said)


def _take_back(progress: EventProgress, event: Event) -> None:
    waiting = progress.to_take_back
    label = tn("Take back {count} invitation", "Take back {count} invitations", waiting)
    if waiting != progress.invitations_to_go:
        label = tn("Take back {count} message", "Take back {count} messages", waiting)
    if waiting and st.button(
        label,
        icon=":material/undo:",
        key=f"sending.take_back.{event.id}",
    ):
        with long_work(t("The invitations are being taken back …")) as told:
            controls.take_back_invitations(installation().database, event.id, told)
            say(t("What had not left was taken back."))
