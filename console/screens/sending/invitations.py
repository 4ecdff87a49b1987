"""Sending to the list: how many, from whom and when, confirmed by a person."""

from dataclasses import replace
from datetime import datetime, timedelta
from html import escape
from zoneinfo import ZoneInfo

import streamlit as st
from sqlalchemy import select

from console.long_work import long_work
from console.navigation import is_open, page, show_window
from console.policy import isolated_page
from console.previews import issued_url
from console.screens.sending import flight_check
from console.screens.sending.live import end
from console.session import actor, installation, reading, refuse, require, say
from console.session_key import SessionKey
from console.text import in_words, plain, sentences, t, tn, written_time
from shared.access.roles import Permission
from shared.acts.held_back import Release
from shared.acts.invite import FIRST_FEW
from shared.acts.run import run
from shared.acts.send import Sent, Waiting, send
from shared.addresses import readable_address
from shared.certificates.issuing.pipeline import current_certificate
from shared.errors import SettingRefused
from shared.findings import Level
from shared.mail.accounts.forecast import forecast
from shared.mail.accounts.suppressions import count_left_out, count_new_left_out
from shared.mail.kinds.registry import kind_of
from shared.mail.kinds.texts import preview
from shared.storage.models import Event, Mail, Naming, Status, Volunteer
from shared.volunteers.people.progress import EventProgress, history

_SEND_AT = SessionKey[datetime]("sending.send_at")


def invite(event: Event, waiting: Waiting, progress: EventProgress) -> None:
    """Ask for confirmation to send to the `waiting` people, or say why there is nothing to send."""
    held = progress.invitations_held
    left_out = _say_who_is_left_out()
    if event.design is None:
        st.warning(t("First upload the certificate: volunteers see it when they open the link."))
        if is_open("certificate"):
            st.page_link(page("certificate"), label=t("To the certificate"))
    elif held or (event.first_few and waiting.total):
        with st.container(border=True):
            _show_first_few(event, waiting, held)
    elif waiting.total:
        with st.container(border=True):
            _confirm(event, waiting)
    else:
        _say_why_not(event, waiting, progress, left_out)


def _say_why_not(event: Event, waiting: Waiting, progress: EventProgress, left_out: int) -> None:
    """Why there is nothing to send now; `left_out` of those never written to get nothing."""
    if progress.certificates_to_go:
        st.info(
            tn(
                "{count} certificate has not left yet: see below.",
                "{count} certificates have not left yet: see below.",
                progress.certificates_to_go,
            )
        )
    if progress.invitations_to_go:
        st.info(t("Some invitations have not left yet: see below."))
    elif waiting.held:
        st.warning(_who_is_held(waiting.held))
        st.page_link(page("names"), label=t("To the names"))
    elif (new := progress.by_status[Status.NEW] - left_out) > 0:
        st.info(
            tn(
                "{count} person has not got the invitation: see below.",
                "{count} people have not got their invitations: see below.",
                new,
            )
        )
    elif not progress.total:
        st.info(t("The list is empty: add recipients first."))
        st.page_link(page("recipients"), label=t("To the recipients"))
    elif progress.certificates_to_go:
        return
    elif event.naming is Naming.ISSUE:
        st.info(t("Everybody on the list has been written to."))
    else:
        st.info(t("Everybody on the list is invited."))


def _say_who_is_left_out() -> int:
    """Two lines at most; returns how many of them were never written to."""
    with reading() as (session, event):
        left_out = count_left_out(session, event)
        new = count_new_left_out(session, event) if left_out.any else 0
    if left_out.dead:
        st.caption(
            tn(
                "**Dead {count}**: a report said that nobody has the address. No mail goes there; "
                "another address frees the person.",
                "**Dead {count}**: reports said that nobody has the addresses. No mail goes there; "
                "another address frees a person.",
                left_out.dead,
            )
        )
    if left_out.complained:
        st.caption(
            tn(
                "**Complained {count}**: told their provider that a mail was unwanted, and gets no "
                "more.",
                "**Complained {count}**: told their providers that a mail was unwanted, and get no "
                "more.",
                left_out.complained,
            )
        )
    if left_out.opted_out:
        st.caption(
            tn(
                "**Unsubscribed {count}**: gets no invitation and no reminder, but what they ask "
                "for, and their certificate.",
                "**Unsubscribed {count}**: get no invitations and reminders, but what they ask "
                "for, and their certificates.",
                left_out.opted_out,
            )
        )
    return new


def _confirm(event: Event, waiting: Waiting) -> None:
    st.header(t("Certificates") if waiting.to_issue else t("Invitations"))
    if event.live_account is not None:
        st.markdown(
            t(
                "They are sent from {sender} through {server}.",
                sender=plain(event.from_address or event.live_account.username),
                server=event.live_account.host,
            )
        )
        st.caption(_duration(waiting.total))
    # Certificates cannot be cancelled, while invitations can until they leave.
    send_at = None if waiting.to_issue else _chosen_time(event)
    are_few = waiting.total > FIRST_FEW and st.checkbox(
        t("Only to the first five for now; the others wait until I say so"), key="sending.first_few"
    )
    chosen = _of_first_few(waiting) if are_few else waiting
    if _is_ordered(event, chosen, _label(chosen)):
        _send(event, chosen, send_at, are_few=are_few)


def _send_to_others(event: Event, waiting: Waiting, held: int) -> None:
    """The others after the first few: those who wait for their mail, and those who need one."""
    label = tn("Send to the other one", "Send to the other {count}", held + waiting.total)
    if waiting.total:
        if _is_ordered(event, waiting, label):
            _send(event, waiting, None, are_few=False, held=held)
    # Mails that are held were confirmed before, and what they say was looked at.
    elif _button(event, label):
        with long_work(Permission.SEND, t("The invitations are being queued …")) as told:
            run(installation().database, Release(), event.id, by=actor(), progress=told)
            say(
                tn(
                    "The other invitation is on its way.",
                    "The other {count} are on their way.",
                    held,
                )
            )


def _is_ordered(event: Event, chosen: Waiting, label: str) -> bool:
    """Whether a person who has confirmed the count and what is amber has pressed."""
    found = flight_check.findings()
    # Whether nothing is red, and a person has ticked the count and what is amber.
    flight_check.show_stops(found)
    flight_check.show_doubts(found)
    doubts = tuple(one.words for one in flight_check.at_level(Level.AMBER, found))
    # After a sending, another count, or another doubt needs a new tick.
    seen = f"{event.sendings}.{chosen.to_issue}.{chosen.to_invite}.{hash(doubts)}"
    sure = st.checkbox(_promise(chosen), key=f"sending.sure.{event.id}.{seen}")
    may_go = sure and not flight_check.at_level(Level.RED, found)
    flight_check.show_look(event)
    is_pressed = _button(event, label, is_open=may_go)
    if is_pressed and not may_go:
        # Their tick was for what has been sent, or has changed, meanwhile.
        refuse(
            t("This has changed since you confirmed it. Look at it, confirm it, and press again.")
        )
    flight_check.show(found)
    return is_pressed and may_go


def _button(event: Event, label: str, *, is_open: bool = True) -> bool:
    return st.button(
        label,
        type="primary",
        disabled=not is_open,
        icon=":material/send:",
        key=f"sending.send.{event.id}",
    )


def _of_first_few(waiting: Waiting) -> Waiting:
    """Certificates first, if there are any, since they reveal most."""
    if waiting.to_issue:
        return replace(waiting, to_issue=min(waiting.to_issue, FIRST_FEW), to_invite=0)
    return replace(waiting, to_invite=min(waiting.to_invite, FIRST_FEW))


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


def _send(
    event: Event, chosen: Waiting, send_at: datetime | None, *, are_few: bool, held: int = 0
) -> None:
    said = t("The invitations are on their way.")
    label = t("The invitations are being queued …")
    if chosen.to_issue:
        said = t("The certificates are on their way.")
        label = t("The certificates are being queued …")
    elif send_at:
        said = t("The invitations leave at {time}.", time=written_time(send_at, event))
    with long_work(Permission.SEND, label) as told:
        sent = send(
            installation(), event.id, send_at=send_at, first_few=are_few, seen=event.sendings,
            by=actor(), progress=told,
        )  # fmt: skip
        if held:
            run(installation().database, Release(), event.id, by=actor(), progress=told)
        say(_fewer(sent) if sent.issued < chosen.to_issue else said)


def _fewer(sent: Sent) -> str:
    """How many certificates it was, and why not those that were wanted."""
    said = [_what_leaves(sent)]
    if sent.invited and not sent.issued:
        said.append(t("The invitations are on their way."))
    if sent.held:
        said.append(_who_is_held(sent.held))
    return sentences(*said)


def _what_leaves(sent: Sent) -> str:
    if not sent.issued and not sent.invited:
        return t("No certificate could be made, so nothing was sent.")
    if not sent.issued:
        return t("No certificate could be made.")
    return tn(
        "{count} certificate is on its way.", "{count} certificates are on their way.", sent.issued
    )


def _who_is_held(count: int) -> str:
    return tn(
        "{count} person waits for another name: this one cannot be drawn.",
        "{count} people wait for other names: these cannot be drawn.",
        count,
    )


def _chosen_time(event: Event) -> datetime | None:
    """When the invitations should leave, if not at once."""
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
    send_at = chosen.replace(tzinfo=zone)
    if send_at <= datetime.now(zone):
        st.warning(t("This moment is over: the invitations would leave at once."))
    return send_at


def _duration(waiting: int) -> str:
    with reading() as (session, event):
        expected = forecast(session, event, waiting)
    if expected.done_at is None:
        return t("They leave when you press “Go on”.")
    return end(event, expected.done_at)


# After the first few: what they got is looked at, and only then can it be sent to the others


# Which sending of the event this tab has looked at, and whether it is looking.
_SEEN = SessionKey[int]("sending.first_few_seen")
_IS_OPEN = SessionKey[bool]("sending.first_few_open")


def _show_first_few(event: Event, waiting: Waiting, held: int) -> None:
    """Lead to what the first few got; who has looked is offered to send to the others."""
    is_seen = not event.first_few or _SEEN.of(event.id).get() == event.sendings
    if event.first_few:
        st.header(tn("The first one got it", "The first {count} got theirs", len(event.first_few)))
        waits = tn(
            "{count} other waits for you.", "{count} others wait for you.", held + waiting.total
        )
        st.markdown(waits)
        if st.button(
            t("Look at what they got"),
            type="secondary" if is_seen else "primary",
            icon=":material/visibility:",
            key=f"sending.look.{event.id}",
        ):
            _SEEN.of(event.id).set(event.sendings)
            _IS_OPEN.set(True)
            # The screen behind the window already offers the next step.
            is_seen = True
    if is_seen:
        _send_to_others(event, waiting, held)
    if _IS_OPEN.get(False):
        show_window(t("What they got"), _look, _close, width="large")


def _close() -> None:
    _IS_OPEN.take()


def _look() -> None:
    # The window is drawn again without its screen, perhaps long after.
    require(Permission.SEND)
    with reading() as (session, event):
        found = select(Volunteer).where(
            Volunteer.event_id == event.id, Volunteer.id.in_(event.first_few)
        )
        for person in session.scalars(found.order_by(Volunteer.id)):
            left, right = st.columns(2)
            left.header(plain(person.name or readable_address(person.email) or t("Erased")))
            left.markdown(
                "  \n".join(
                    f"`{written_time(entry.at, event)}` {plain(t(entry.what, **entry.details))}"
                    for entry in history(session, person)
                )
            )
            certificate = current_certificate(session, person)
            if certificate and (look := issued_url(session, installation().settings, certificate)):
                alt = escape(t("Certificate of {name}", name=person.name))
                right.html(f'<img class="certificate" src="{look}" alt="{alt}">')
        kind = session.scalars(
            select(Mail.kind).where(Mail.volunteer_id.in_(event.first_few)).order_by(Mail.id.desc())
        ).first()
    if event.live_at is None and is_open("mailbox"):
        st.page_link(page("mailbox"), label=t("To the rehearsal mailbox"))
    if kind:
        with st.expander(t("The mail, with sample values"), icon=":material/mail:"):
            try:
                mail = preview(event, kind_of(kind))
            except SettingRefused as refusal:
                st.error(in_words(refusal))
                return
            st.caption(plain(mail.subject))
            st.iframe(isolated_page(mail.html), height=560, alt=t("Preview of the mail"))
