"""The first certificate and the first mail, as they leave."""

from functools import partial
from html import escape

import streamlit as st

from console.navigation import is_open, page, show_window
from console.policy import isolated_page
from console.previews import preview_url
from console.session import changing, installation, may, reading
from console.session_key import SessionKey
from console.text import plain, t
from shared.access.roles import Permission
from shared.certificates.issuing.samples import FirstLook, FirstMail, first_look, first_mail
from shared.errors import LayoutRefused, NameProblem, SettingRefused
from shared.mail.queue import enqueue
from shared.storage.models import Event

# In pixels, as drawn for sharp screens.
_LOOK_WIDTH = 1000
_LONGEST_BEGINNING = 240
_IS_WHOLE = SessionKey[bool]("send.whole_mail")


def show(event: Event) -> None:
    """The certificate of the first person who would get one, and the mail that leaves first."""
    mail = look = None
    try:
        with reading() as (session, current):
            look = first_look(session, installation().settings, current)
            mail = first_mail(session, installation().settings, current, look)
        if look:
            _show_look(look)
    except (NameProblem, LayoutRefused, SettingRefused):
        # What is wrong with it is a finding.
        pass
    if mail:
        with st.container(border=True):
            _show_mail(event, mail)


def _show_look(look: FirstLook) -> None:
    address = preview_url(look.design, look.facts, _LOOK_WIDTH)
    name = plain(look.facts.name)
    st.caption(
        t("A sample: no name is known yet. Everything else is as it would leave.")
        if look.is_sample
        else t("The first one, exactly as it leaves: {name}", name=name)
    )
    description = escape(t("Certificate of {name}", name=look.facts.name))
    st.html(f'<img class="certificate" src="{address}" alt="{description}">')


def _show_mail(event: Event, mail: FirstMail) -> None:
    st.caption(t("Subject"))
    st.markdown(f"**{plain(mail.text.subject)}**")
    st.caption(plain(_beginning(mail.text.text)))
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(t("Whole mail"), type="tertiary", key=f"send.whole.{event.id}"):
            _IS_WHOLE.set(True)
        if is_open("messages"):
            st.page_link(page("messages"), label=t("Change the words"), width="content")
        if may(Permission.CHANGE_ACCOUNT):
            with st.popover(t("Send it to me"), type="tertiary"):
                _send_to_me(event, mail)
    if _IS_WHOLE.get(False):
        show_window(
            plain(mail.text.subject), partial(_show_whole, mail.text.html), _close, width="large"
        )


def _beginning(text: str) -> str:
    paragraphs = (
        " ".join(word for word in paragraph.split() if "://" not in word)
        for paragraph in text.split("\n\n")
    )
    said = "\n\n".join(filter(None, paragraphs))
    return said if len(said) <= _LONGEST_BEGINNING else f"{said[:_LONGEST_BEGINNING]} …"


def _show_whole(html: str) -> None:
    st.iframe(isolated_page(html), height=560, alt=t("Preview of the mail"))


def _close() -> None:
    _IS_WHOLE.take()


def _send_to_me(event: Event, mail: FirstMail) -> None:
    with st.form(f"send.to_me.{event.id}", border=False):
        address = st.text_input(t("My address"), type="email", key=f"send.my_address.{event.id}")
        if st.form_submit_button(t("Mail it"), icon=":material/send:"):
            done = t("The test mail is on its way.")
            with changing(Permission.CHANGE_ACCOUNT, done) as (session, locked):
                enqueue.queue_test_mail(session, locked, mail.kind, address)
