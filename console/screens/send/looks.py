"""Previews before a sending: the first certificate and mail as they leave, and what the first few
people got."""

import streamlit as st
from sqlalchemy import select

from console.navigation import go_to_window, is_open, open_window, page, show_window
from console.previews import issued_url, preview_url
from console.session import installation, may, reading, require
from console.session_key import SessionKey
from console.text import in_words, plain, t, tn, written_time
from console.widgets.display import isolated_page, show_certificate
from console.widgets.pressed import act_button
from console.widgets.spoken import show_caption
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.certificates.issuing.current import current_certificate
from shared.certificates.issuing.samples import FirstMail, first_look, first_mail
from shared.errors import LayoutRefused, NameProblem, SettingRefused
from shared.mail.kinds.registry import kind_of
from shared.mail.kinds.texts import preview
from shared.mail.queue import enqueue
from shared.storage.models import Event, Mail, Volunteer
from shared.volunteers.people.progress import history

# The width of a certificate in pixels, for sharp screens.
_LOOK_WIDTH = 1000
# The number of the sending that this tab has looked at.
_SEEN = SessionKey[int]("send.first_few_seen")
_WINDOW = "first_few"
_ADDRESS = SessionKey[str]("send.my_address")


def show_first(event: Event) -> None:
    """Show the certificate of the first person who would get one, and the mail that leaves
    first."""
    mail = look = None
    try:
        with reading() as (session, current):
            look = first_look(session, installation().settings, current)
            mail = first_mail(session, installation().settings, current, look)
        if look:
            address = preview_url(look.design, look.facts, _LOOK_WIDTH)
            st.caption(
                t("A sample, since no name is known yet. Everything else is as sent.")
                if look.is_sample
                else t("First mail, exactly as sent: {name}", name=plain(look.facts.name))
            )
            show_certificate(address, t("Certificate of {name}", name=look.facts.name))
    except (NameProblem, LayoutRefused, SettingRefused):
        # The preflight checks say what is wrong.
        pass
    if mail:
        with st.container(border=True):
            _show_mail(event, mail)


def _show_mail(event: Event, mail: FirstMail) -> None:
    """Show a mail as it leaves, with the ways to change its text and to get a copy."""
    show_caption("Subject")
    st.markdown(f"**{plain(mail.text.subject)}**")
    _show_whole(mail.text.html)
    with st.container(horizontal=True, vertical_alignment="center"):
        if is_open("messages"):
            st.page_link(page("messages"), label=t("Change the text"), width="content")
        if may(Permission.CHANGE_ACCOUNT):
            form = f"send.to_me.{event.id}"
            with st.popover(t("Send me a copy"), type="tertiary"), st.form(form, border=False):
                address = _ADDRESS.of(event.id)
                st.text_input(t("My address"), type="email", key=address.name)
                act_button(
                    t("Mail it"), f"send.mail_me.{event.id}",
                    lambda session, event, address: enqueue.queue_test_mail(
                        session, event, mail.kind, address
                    ),
                    Permission.CHANGE_ACCOUNT, t("The test mail is being sent."), typed=(address,),
                    icon="send", in_form=True,
                )  # fmt: skip


def _show_whole(html: str) -> None:
    st.iframe(isolated_page(html), height=560, alt=t("Preview of the mail"))


def lead_to_first_few(event: Event, others: int) -> bool:
    """Offer to look at what the first few got, while `others` wait; return whether the reader has
    looked."""
    if not event.first_few:
        return True
    is_seen = _SEEN.of(event.id).get() == event.sendings
    st.header(tn("The first one got it", "The first {count} got theirs", len(event.first_few)))
    st.markdown(tn("{count} more is waiting.", "{count} more are waiting.", others))
    is_pressed = st.button(
        t("See what they got"),
        type="secondary" if is_seen else "primary",
        icon=":material/visibility:",
        key=f"send.look.{event.id}",
    )
    if is_pressed:
        _SEEN.of(event.id).set(event.sendings)
        go_to_window(_WINDOW)
    # The screen behind the window already offers the next step.
    return is_seen or is_pressed


def show_what_they_got() -> None:
    """Show the window with what the first few got, if it is open."""
    if open_window() == _WINDOW:
        show_window(t("What they got"), _show_what_they_got, width="large")


def _show_what_they_got() -> None:
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
                with right:
                    show_certificate(look, t("Certificate of {name}", name=person.name))
        kind = session.scalars(
            select(Mail.kind).where(Mail.volunteer_id.in_(event.first_few)).order_by(Mail.id.desc())
        ).first()
    if event.live_at is None and is_open("mailbox"):
        st.page_link(page("mailbox"), label=t("Open the rehearsal mailbox"))
    if kind:
        with st.expander(t("The mail, with sample values"), icon=":material/mail:"):
            try:
                mail = preview(event, kind_of(kind))
            except SettingRefused as refusal:
                st.error(in_words(refusal))
                return
            st.caption(plain(mail.subject))
            _show_whole(mail.html)
