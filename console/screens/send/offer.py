"""The offer to send: how many mails, in what time, to whom, and the buttons that send them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy.orm import Session

from console.jobs import acts_button
from console.navigation import (
    go_to_window,
    is_open,
    leave_window,
    link_to,
    open_window,
    page,
    show_window,
)
from console.screens.send import flight_check, looks
from console.session import installation, reading, require
from console.session_key import SessionKey
from console.text import (
    language,
    listed,
    plain,
    sentences,
    t,
    tn,
    written_soon,
    written_time,
    zone_name,
)
from console.widgets.display import small_table
from console.widgets.spoken import show_caption, show_info, show_info_count, show_warning
from shared.access.roles import Permission
from shared.acts import Act
from shared.acts.held_back import Release
from shared.acts.invite import FIRST_FEW, Invite
from shared.acts.issue import HELD
from shared.acts.send import QueuedMails, begin_sending, expect, finish_sending
from shared.acts.waiting import Waiting, count_undone_invitations
from shared.errors import ProductError
from shared.events.naming import asks_to_check, issues_at_once
from shared.findings import Finding, Level
from shared.language import N_, duration
from shared.mail.accounts.suppressions import count_left_out
from shared.mail.queue import hold
from shared.mail.queue.forecast import last_leaves_at
from shared.storage.clock import database_time
from shared.storage.models import Event, Naming, Sending
from shared.storage.models.volunteer import LEFT_OUT
from shared.volunteers.people.progress import EventProgress, event_progress, is_sending


@dataclass(frozen=True)
class SendRequest:
    """What a press sends, and what its sender has seen: after another sending, with another count
    or another doubt it is another request."""

    sendings: int
    chosen: Waiting
    doubts: tuple[str, ...]
    are_few: bool
    # Whether the mails that are held behind the first few leave, too.
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
    ) -> "SendRequest":
        doubts = tuple(finding.words for finding in flight_check.at_level(Level.AMBER, found))
        # The first few are certificates, if there are any, since these reveal most.
        if are_few and waiting.to_issue:
            waiting = replace(waiting, to_issue=min(waiting.to_issue, FIRST_FEW), to_invite=0)
        elif are_few:
            waiting = replace(waiting, to_invite=min(waiting.to_invite, FIRST_FEW))
        return cls(event.sendings, waiting, doubts, are_few, releases)


_SEND_AT = SessionKey[datetime]("send.send_at")
_IS_LATER = SessionKey[bool]("send.later")
# The names of the windows in which a sending is confirmed, by whether it is of the first few.
_CONFIRM = {False: "confirm.all", True: "confirm.first_few"}
_CHANGED = N_("This has changed. Check it and press again.")


def offer(event: Event, waiting: Waiting, progress: EventProgress) -> list[Finding]:
    """Offer to send to the `waiting` people, or say why there is nothing to send; return the
    findings about it."""
    held = progress.invitations_held
    if event.design is None:
        show_warning("Choose the certificate first. Volunteers see it when they open their link.")
        if is_open("certificate"):
            st.page_link(page("certificate"), label=t("Open the certificate"))
        return []
    if not (waiting.total or held):
        _say_why_not(event, waiting, progress)
        return []
    with st.container(border=True):
        if held or event.first_few:
            found = _after_first_few(event, waiting, held)
        else:
            found = _offer_all(event, waiting)
    looks.show_what_they_got()
    return found


def _say_why_not(event: Event, waiting: Waiting, progress: EventProgress) -> None:
    """Say why there is nothing to send now, and who gets no mail."""
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
        show_info_count(
            "{count} person did not get the invitation, see below.",
            "{count} people did not get their invitations, see below.",
            without,
        )
    elif not progress.total:
        show_info("The list is empty: add volunteers first.")
        link_to("volunteers?window=list", t("Open the list"))
    elif event.naming is not Naming.ISSUE and not progress.certificates_to_go:
        show_info("Everybody on the list is invited.")


def _offer_all(event: Event, waiting: Waiting) -> list[Finding]:
    """Offer to send to everybody who waits, or to the first few; return the findings."""
    show_caption("Ready to send")
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
    orders = {_label(waiting): SendRequest.of(event, waiting, found)}
    if waiting.total > FIRST_FEW:
        orders = {first: SendRequest.of(event, waiting, found, are_few=True), **orders}
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
    """Offer to send to the others after the first few, of whom `held` wait for a mail that was
    confirmed; return the findings."""
    if not looks.lead_to_first_few(event, held + waiting.total):
        return []
    label = tn("Send to the other one", "Send to the other {count}", held + waiting.total)
    if not waiting.total:
        # Held mails were confirmed before, and somebody has looked at the first ones.
        acts_button(
            label, f"send.release.{event.id}", Release(), Permission.SEND,
            type="primary", icon="send",
        )  # fmt: skip
        return []
    _show_whom(waiting)
    found = flight_check.findings()
    flight_check.show_stops(found)
    _buttons(event, {label: SendRequest.of(event, waiting, found, releases=held > 0)}, found)
    return found


def _buttons(event: Event, orders: dict[str, SendRequest], found: list[Finding]) -> None:
    """Draw a button for each request, the last one as the main one. Nothing is sent that was not on
    the screen; a window confirms what needs it."""
    with st.container(horizontal=True):
        for label, order in orders.items():
            # The key has no count, so that no press is lost while mails leave.
            name = "first_few" if order.are_few else "send"
            icon = "looks_5" if order.are_few else "send"
            looks: dict[str, Any] = {
                "type": "secondary" if order.are_few else "primary",
                "disabled": bool(flight_check.at_level(Level.RED, found)),
            }
            # A rehearsal reaches nobody, so only doubts have to be confirmed.
            if event.live_at or order.doubts:
                st.button(
                    label, key=f"send.{name}.{event.id}", icon=f":material/{icon}:",
                    on_click=go_to_window, args=(_CONFIRM[order.are_few],), **looks,
                )  # fmt: skip
            else:
                _send_button(label, name, event.id, order, icon=icon, **looks)
    for are_few, window in _CONFIRM.items():
        if open_window() == window:
            labels = (label for label, order in orders.items() if order.are_few is are_few)
            show_window(next(labels, t("Send")), partial(_confirm, event.id, are_few))


def _confirm(event_id: int, are_few: bool) -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.SEND)
    found = flight_check.findings()
    flight_check.show_stops(found)
    flight_check.show_doubts(found)
    with reading() as (session, event):
        waiting, progress = expect(session, event), event_progress(session, event)
        releases = progress.invitations_held > 0
        _show_from_where(event, waiting)
    if not waiting.total:
        _say_why_not(event, waiting, progress)
        return
    order = SendRequest.of(event, waiting, found, are_few=are_few, releases=releases)
    _send_button(
        _promise(order.chosen), "confirm", event_id, order, type="primary",
        icon="send", disabled=bool(flight_check.at_level(Level.RED, found)),
    )  # fmt: skip


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


def _send_button(label: str, name: str, event_id: int, order: SendRequest, **looks: Any) -> None:
    """Draw the button that sends what is requested, if that is still what there is to send."""
    zone = st.context.timezone

    def checked(is_later: bool | None = None, at: datetime | None = None) -> datetime | None:
        served = installation()
        found = flight_check.found(event_id, zone)
        with served.database.reading() as session:
            event = session.get_one(Event, event_id)
            now = SendRequest.of(
                event, expect(session, event), found,
                are_few=order.are_few, releases=order.releases,
            )  # fmt: skip
            if now != order or flight_check.at_level(Level.RED, found):
                raise ProductError(_CHANGED)
            return _moment(event, at) if is_later and at and not order.chosen.to_issue else None

    def begin(session: Session, event: Event, send_at: datetime | None) -> list[Act]:
        # After all mails were taken back, sending also ends the stop.
        if event.sending is Sending.STOPPED and not is_sending(session, event):
            hold.resume(event)
        begun = begin_sending(
            session, event, send_at=send_at, first_few=order.are_few, seen=order.sendings
        )
        return [*begun, *([Release()] if order.releases else [])]

    def carry_out(acts: Sequence[Act], event_id: int) -> str:
        sent = finish_sending(installation(), event_id, acts, is_logged=True)
        if sent.issued < order.chosen.to_issue:
            return _fewer(sent)
        if order.chosen.to_issue:
            return t("Sending has started.")
        send_at = next((act.send_at for act in acts if isinstance(act, Invite)), None)
        if not send_at:
            return t("Sending has started.")
        with installation().database.reading() as session:
            at = written_time(send_at, session.get_one(Event, event_id))
        return t("The invitations are sent at {time}.", time=at)

    acts_button(
        label, f"send.{name}.{event_id}", begin, Permission.SEND, carry_out=carry_out,
        first=checked, typed=(_IS_LATER.of(event_id), _SEND_AT.of(event_id)), then=leave_window,
        **looks,
    )  # fmt: skip


def _fewer(sent: QueuedMails) -> str:
    """Return how many certificates are sent, and why not all of them."""
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
    """Ask when the invitations should leave, if not at once."""
    if not st.checkbox(t("Send later"), key=_IS_LATER.of(event.id).name):
        return
    zone, key = ZoneInfo(event.time_zone), _SEND_AT.of(event.id)
    hour = datetime.now(zone).replace(minute=0, second=0, microsecond=0, tzinfo=None)
    # Set once: a default that moves with the clock would replace what was chosen.
    key.keep(hour + timedelta(hours=1))
    label = t("Date and time ({zone})", zone=zone_name(event.time_zone))
    st.datetime_input(
        label,
        format="YYYY-MM-DD",
        step=timedelta(minutes=5),
        required=True,
        key=key.name,
        width=320,
    )
    if (chosen := key.get()) and _moment(event, chosen) <= datetime.now(zone):
        show_warning("This time is past. The invitations would be sent at once.")


def _moment(event: Event, chosen: datetime) -> datetime:
    return chosen.replace(tzinfo=ZoneInfo(event.time_zone))


def _show_whom(waiting: Waiting) -> None:
    """Show the table of recipients; each number is one that the sending itself asks."""
    with reading() as (session, event):
        left_out = count_left_out(session, event)
        now = database_time(session)
        at_once, is_check = issues_at_once(event, now), asks_to_check(event, now)
    asked = N_("no name on the list") if at_once else N_("not invited yet")
    message = N_("invitation to check the name") if is_check else N_("invitation")
    # Recipients, message and count: first those to whom something is sent.
    first = [(asked, message, waiting.to_invite)]
    if at_once:
        first.insert(0, (N_("with a name"), N_("certificate"), waiting.to_issue))
    # If nobody is reached, zeros say so.
    first = [row for row in first if row[2]] or first
    crowds = {reason: words for fact in LEFT_OUT for reason, words in fact.crowds.items()}
    others = [
        (N_("names to check"), N_("nothing until you check them"), waiting.held),
        *((*crowds[reason], count) for reason, count in left_out.items()),
    ]
    rows = [*((True, row) for row in first), *((False, row) for row in others if row[2])]
    small_table(
        t("Recipients and messages"),
        (t("Recipients"), t("Message"), t("Count")),
        [(is_due, (t(to), t(message), f"{count:,}")) for is_due, (to, message, count) in rows],
        words=2,
    )


def _headline(waiting: Waiting) -> str:
    """Return how many mails leave, and in what time if that is known."""
    parts = []
    if waiting.to_issue:
        parts.append(tn("{count} certificate", "{count} certificates", waiting.to_issue))
    if waiting.to_invite:
        parts.append(tn("{count} invitation", "{count} invitations", waiting.to_invite))
    mails = listed(parts)
    with reading() as (session, current):
        done_at = last_leaves_at(session, current, waiting.total)
        now = database_time(session)
    if done_at is None:
        return mails
    takes = max(done_at - now, timedelta(seconds=1))
    return t("{what}, in about {duration}", what=mails, duration=duration(takes, language()))


def _show_from_where(event: Event, waiting: Waiting) -> None:
    """Show the sender of a live event, and when the last mail leaves."""
    account = event.live_account
    if account is None:
        return
    sender = plain(event.from_address or account.username)
    show_caption("Sent from {sender} through {server}.", sender=sender, server=account.host)
    with reading() as (session, current):
        done_at = last_leaves_at(session, current, waiting.total)
    if done_at is None:
        show_caption("They are sent when you press “Continue”.")
    else:
        last = written_soon(done_at, event)
        show_caption("At this account's pace, the last one is sent at about {time}.", time=last)
