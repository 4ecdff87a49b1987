"""What leaves now: how many and in what time, to whom, and the buttons that send it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st
from babel.dates import format_timedelta
from sqlalchemy.orm import Session

from console.jobs import acting_on_people, ask_for_job
from console.navigation import is_open, link_to, page, show_window
from console.screens.send import flight_check, looks
from console.session import (
    actor,
    installation,
    reading,
    refuse,
    refusing,
    require,
    say,
    stay_known,
    writing,
)
from console.session_key import SessionKey
from console.text import language, listed, plain, sentences, t, tn, written_time
from console.widgets.display import small_table
from console.widgets.pressed import pressed
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.held_back import Release
from shared.acts.invite import FIRST_FEW
from shared.acts.issue import HELD
from shared.acts.run import run
from shared.acts.send import Sent, begin_sending, send
from shared.acts.waiting import Waiting, count_undone_invitations
from shared.events.naming import asks_to_check, issues_at_once
from shared.findings import Finding, Level
from shared.jobs.asking import FEW
from shared.language import N_
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.queue import hold
from shared.mail.queue.forecast import last_leaves_at
from shared.storage.database import database_time
from shared.storage.models import Event, Naming, Sending
from shared.storage.models.volunteer import LEFT_OUT
from shared.volunteers.people.progress import EventProgress, is_sending


@dataclass(frozen=True)
class Order:
    """What somebody sends by a press, and what they have seen by then: after a sending, with
    another count or another doubt it is another order."""

    sendings: int
    chosen: Waiting
    doubts: tuple[str, ...]
    are_few: bool
    # Those who are held behind the first few leave, too.
    releases: bool

    @classmethod
    def of(
        cls,
        event: Event,
        waiting: Waiting,
        found: list[Finding],
        *,
        are_few: bool = False,
        releases: bool = False,
    ) -> "Order":
        doubts = tuple(one.words for one in flight_check.at_level(Level.AMBER, found))
        # Of few, certificates first, if there are any, since they reveal most.
        if are_few and waiting.to_issue:
            waiting = replace(waiting, to_issue=min(waiting.to_issue, FIRST_FEW), to_invite=0)
        elif are_few:
            waiting = replace(waiting, to_invite=min(waiting.to_invite, FIRST_FEW))
        return cls(event.sendings, waiting, doubts, are_few, releases)


_SEND_AT = SessionKey[datetime]("send.send_at")
# What the buttons on the screen offered when it was last drawn, and what is to be confirmed.
_OFFERED = SessionKey[list[Order]]("send.offered")
_TO_CONFIRM = SessionKey[Order]("send.to_confirm")
_CONFIRMED = SessionKey[Order]("send.confirmed")
_CHANGED = N_("This has changed. Check it and press again.")


def offer(event: Event, waiting: Waiting, progress: EventProgress) -> list[Finding]:
    """Offer to send to the `waiting` people, or say why there is nothing to send; returns what was
    found about that."""
    held = progress.invitations_held
    if event.design is None:
        st.warning(t("Choose the certificate first. Volunteers see it when they open their link."))
        if is_open("certificate"):
            st.page_link(page("certificate"), label=t("Open the certificate"))
        return []
    if not (waiting.total or held):
        if _CONFIRMED.of(event.id).take():
            refuse(t(_CHANGED))
        _say_why_not(event, waiting, progress)
        return []
    with st.container(border=True):
        if held or event.first_few:
            found = _after_first_few(event, waiting, held)
        else:
            found = _offer_all(event, waiting)
    # One window at a time: whoever sends has looked.
    if _TO_CONFIRM.of(event.id).get() is None:
        looks.show_what_they_got()
    return found


def _say_why_not(event: Event, waiting: Waiting, progress: EventProgress) -> None:
    """Why there is nothing to send now, and who gets no mail."""
    with reading() as (session, current):
        is_anybody_left_out = bool(count_left_out(session, current))
        without = count_undone_invitations(session, current, progress)
    if is_anybody_left_out:
        _show_whom(waiting)
    if progress.invitations_to_go:
        return
    if waiting.held:
        st.warning(HELD.said(waiting.held, language()))
        link_to("volunteers?window=names", t("Open the names"))
    elif without:
        st.info(
            tn(
                "{count} person did not get the invitation, see below.",
                "{count} people did not get their invitations, see below.",
                without,
            )
        )
    elif not progress.total:
        st.info(t("The list is empty: add volunteers first."))
        link_to("volunteers?window=list", t("Open the list"))
    elif progress.certificates_to_go:
        return
    elif event.naming is Naming.ISSUE:
        st.info(t("All certificates are sent."))
    else:
        st.info(t("Everybody on the list is invited."))


def _offer_all(event: Event, waiting: Waiting) -> list[Finding]:
    st.caption(t("Ready to send"))
    st.header(_headline(waiting))
    _show_whom(waiting)
    if waiting.held:
        link_to("volunteers?window=names", t("Open the names"))
    found = flight_check.findings()
    flight_check.show_stops(found)
    # Certificates cannot be cancelled, while invitations can until they leave.
    if not waiting.to_issue:
        _ask_for_time(event)
    first = t("Send the first {count}", count=FIRST_FEW)
    orders = {_label(waiting): Order.of(event, waiting, found)}
    if waiting.total > FIRST_FEW:
        orders = {first: Order.of(event, waiting, found, are_few=True), **orders}
    _buttons(event, orders, found)
    if event.live_at:
        _show_from_where(event, waiting)
        return found
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(t("Rehearsal: mails stay in the mailbox here."), width="content")
        if is_open("account"):
            st.page_link(page("account"), label=t("Go live"), width="content")
    return found


def _after_first_few(event: Event, waiting: Waiting, held: int) -> list[Finding]:
    """The others after the first few: those who wait for their mail, and those who need one."""
    if not looks.lead_to_first_few(event, held + waiting.total):
        return []
    label = tn("Send to the other one", "Send to the other {count}", held + waiting.total)
    if not waiting.total:
        # Mails that are held were confirmed before, and what they say was looked at.
        st.button(
            label,
            type="primary",
            icon=":material/send:",
            **pressed(
                f"send.release.{event.id}",
                acting_on_people(Release(), Permission.SEND),
                Permission.SEND,
            ),
        )
        return []
    _show_whom(waiting)
    found = flight_check.findings()
    flight_check.show_stops(found)
    _buttons(event, {label: Order.of(event, waiting, found, releases=held > 0)}, found)
    return found


def _buttons(event: Event, orders: dict[str, Order], found: list[Finding]) -> None:
    """A button for each order, the last one the main one. What was not on the screen when somebody
    pressed is not sent; what needs it is confirmed in a window first."""
    is_stopped = bool(flight_check.at_level(Level.RED, found))
    pressed: Order | None = None
    with st.container(horizontal=True):
        for label, order in orders.items():
            if _button(event, label, is_open=not is_stopped, are_few=order.are_few):
                pressed = order
    offered, to_confirm = _OFFERED.of(event.id), _TO_CONFIRM.of(event.id)
    confirmed, seen = _CONFIRMED.of(event.id).take(), offered.get([])
    offered.set(list(orders.values()))
    # A rehearsal reaches nobody: without a doubt there is nothing to confirm.
    if pressed and not event.live_at and not pressed.doubts:
        confirmed = pressed
    if (pressed and pressed not in seen) or (confirmed and confirmed not in offered.get([])):
        refuse(t(_CHANGED))
    elif confirmed and not is_stopped:
        _send(event, confirmed)
    elif pressed:
        looks.close_what_they_got()
        to_confirm.set(pressed)
    if asked := to_confirm.get():
        title = next((label for label, one in orders.items() if one == asked), t("Send"))
        show_window(title, lambda: _confirm(event.id), to_confirm.take)


def _confirm(event_id: int) -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.SEND)
    order = _TO_CONFIRM.of(event_id).get()
    if order is None:
        return
    found = flight_check.findings()
    flight_check.show_stops(found)
    flight_check.show_doubts(found)
    with reading() as (_, event):
        _show_from_where(event, order.chosen)
    if st.button(
        _promise(order.chosen),
        type="primary",
        icon=":material/send:",
        key=f"send.confirm.{event_id}",
        disabled=bool(flight_check.at_level(Level.RED, found)),
    ):
        # The window closes, and the bar stands on the screen: what is typed there goes on.
        _TO_CONFIRM.of(event_id).take()
        _CONFIRMED.of(event_id).set(order)
        st.rerun()


def _button(event: Event, label: str, *, is_open: bool = True, are_few: bool = False) -> bool:
    # The same button whatever its label counts, so that a press while mails leave is not lost.
    return st.button(
        label,
        type="secondary" if are_few else "primary",
        disabled=not is_open,
        icon=":material/looks_5:" if are_few else ":material/send:",
        key=f"send.{'first_few' if are_few else 'send'}.{event.id}",
    )


def _label(chosen: Waiting) -> str:
    if not chosen.to_issue:
        return tn("Send {count} invitation", "Send {count} invitations", chosen.to_invite)
    if not chosen.to_invite:
        return tn("Send {count} certificate", "Send {count} certificates", chosen.to_issue)
    return t(
        "Send certificates: {certificates}, invitations: {invitations}",
        certificates=f"{chosen.to_issue:,}",
        invitations=f"{chosen.to_invite:,}",
    )


def _promise(chosen: Waiting) -> str:
    if not chosen.to_issue:
        return tn(
            "Yes, send the personal link to {count} person",
            "Yes, send their personal links to {count} people",
            chosen.to_invite,
        )
    if not chosen.to_invite:
        return tn(
            "Yes, make and mail the certificate of {count} person",
            "Yes, make and mail the certificates of {count} people",
            chosen.to_issue,
        )
    return t(
        "Yes, make and mail certificates: {certificates}, and ask for a name: {invitations}",
        certificates=f"{chosen.to_issue:,}",
        invitations=f"{chosen.to_invite:,}",
    )


def _send(event: Event, order: Order) -> None:
    chosen = order.chosen
    send_at = None if chosen.to_issue else _chosen_time(event)
    with reading() as (session, current):
        held = Release().count(session, current) if order.releases else 0

    def acts(session: Session, event: Event) -> list[Act]:
        begun = begin_sending(session, event, send_at=send_at, seen=order.sendings)
        return [*begun, *([Release()] if order.releases else [])]

    require(Permission.SEND)
    stay_known()
    with refusing(), st.spinner(_queueing(chosen)):
        _end_stop_of_nothing()
        if chosen.total + held > FEW:
            ask_for_job(Permission.SEND, acts)
        else:
            served = installation()
            sent = send(
                served, event.id, send_at=send_at, first_few=order.are_few, seen=order.sendings,
                by=actor(),
            )  # fmt: skip
            if order.releases:
                run(served.database, Release(), event.id, by=actor())
            said = t("The invitations are being sent.")
            if chosen.to_issue:
                said = t("The certificates are being sent.")
            elif send_at:
                said = t("The invitations are sent at {time}.", time=written_time(send_at, event))
            say(_fewer(sent) if sent.issued < chosen.to_issue else said)
        st.rerun()


def _queueing(chosen: Waiting) -> str:
    if not chosen.to_issue:
        return tn("Queueing {count} invitation …", "Queueing {count} invitations …", chosen.total)
    if not chosen.to_invite:
        return tn("Queueing {count} certificate …", "Queueing {count} certificates …", chosen.total)
    return tn("Queueing {count} mail …", "Queueing {count} mails …", chosen.total)


def _end_stop_of_nothing() -> None:
    """Whoever sends after all mails were taken back does not have to go on, too."""
    with writing(Permission.SEND) as (session, event):
        if event.sending is Sending.STOPPED and not is_sending(session, event):
            hold.resume(event)


def _fewer(sent: Sent) -> str:
    """How many certificates it was, and why not those that were wanted."""
    if sent.issued:
        count = sent.issued
        said = [
            tn(
                "{count} certificate is being sent.",
                "{count} certificates are being sent.",
                count,
            )
        ]
    elif sent.invited:
        said = [t("No certificate could be made."), t("The invitations are being sent.")]
    else:
        said = [t("No certificate could be made, so nothing was sent.")]
    if sent.held:
        said.append(HELD.said(sent.held, language()))
    return sentences(*said)


def _ask_for_time(event: Event) -> None:
    """When the invitations should leave, if not at once."""
    if not st.checkbox(t("Send later"), key=f"send.later.{event.id}"):
        return
    zone, key = ZoneInfo(event.time_zone), _SEND_AT.of(event.id)
    hour = datetime.now(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    # Set once: a default that moves with the clock would replace what was chosen.
    key.keep(hour + timedelta(hours=1))
    label = t("Date and time ({zone})", zone=event.time_zone)
    st.datetime_input(
        label,
        format="YYYY-MM-DD",
        step=timedelta(minutes=5),
        required=True,
        key=key.name,
        width=320,
    )
    chosen = _chosen_time(event)
    if chosen and chosen <= datetime.now(zone):
        st.warning(t("This time is past. The invitations would be sent at once."))


def _chosen_time(event: Event) -> datetime | None:
    if not SessionKey[bool](f"send.later.{event.id}").get(False):
        return None
    chosen = _SEND_AT.of(event.id).get()
    return chosen and chosen.replace(tzinfo=ZoneInfo(event.time_zone))


# Who gets what, as a small table, and how long that takes


def _show_whom(waiting: Waiting) -> None:
    """The table; each number is one that the sending itself asks."""
    with reading() as (session, event):
        left_out = count_left_out(session, event)
        now = database_time(session)
        at_once, is_check = issues_at_once(event, now), asks_to_check(event, now)
    asked = N_("no name on the list") if at_once else N_("not invited yet")
    what = N_("invitation to check the name") if is_check else N_("invitation")
    # To whom, what, how many: whom the sending brings something, and whom it does not.
    first = [(asked, what, waiting.to_invite)]
    if at_once:
        first.insert(0, (N_("with a name"), N_("certificate"), waiting.to_issue))
    crowds = {reason: words for fact in LEFT_OUT for reason, words in fact.crowds.items()}
    others = [
        (N_("names to check"), N_("nothing until you check them"), waiting.held),
        *((*crowds[reason], count) for reason, count in left_out.items()),
    ]
    rows = [*((True, row) for row in first), *((False, row) for row in others if row[2])]
    small_table(
        t("Recipients and messages"),
        (t("Recipients"), t("Message"), t("Count")),
        [(is_due, (t(to), t(what), f"{count:,}")) for is_due, (to, what, count) in rows],
        words=2,
    )


def _headline(waiting: Waiting) -> str:
    """How many leave, and in what time as far as that is known."""
    parts = []
    if waiting.to_issue:
        parts.append(tn("{count} certificate", "{count} certificates", waiting.to_issue))
    if waiting.to_invite:
        parts.append(tn("{count} invitation", "{count} invitations", waiting.to_invite))
    what = listed(parts)
    with reading() as (session, current):
        done_at = last_leaves_at(session, current, waiting.total)
        now = database_time(session)
    if done_at is None:
        return what
    takes = max(done_at - now, timedelta(seconds=1))
    duration = format_timedelta(takes, locale=language(), threshold=1.2)
    return t("{what}, in about {duration}", what=what, duration=duration)


def _show_from_where(event: Event, waiting: Waiting) -> None:
    """Who the sender is, and when the last one leaves; for an event that is live."""
    account = event.live_account
    if account is None:
        return
    sender = plain(event.from_address or account.username)
    st.caption(t("Sent from {sender} through {server}.", sender=sender, server=account.host))
    with reading() as (session, current):
        done_at = last_leaves_at(session, current, waiting.total)
    if done_at is None:
        st.caption(t("They are sent when you press “Continue”."))
    else:
        last = written_time(done_at, event)
        st.caption(t("At this account's pace, the last one is sent at about {time}.", time=last))
