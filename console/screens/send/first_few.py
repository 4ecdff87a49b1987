"""After the first few: what they got is looked at, and only then can it be sent to the others."""

from html import escape

import streamlit as st
from sqlalchemy import select

from console.navigation import is_open, page, show_window
from console.policy import isolated_page
from console.previews import issued_url
from console.session import installation, reading, require
from console.session_key import SessionKey
from console.text import in_words, plain, t, tn, written_time
from shared.access.roles import Permission
from shared.addresses import readable_address
from shared.certificates.issuing.pipeline import current_certificate
from shared.errors import SettingRefused
from shared.mail.kinds.registry import kind_of
from shared.mail.kinds.texts import preview
from shared.storage.models import Event, Mail, Volunteer
from shared.volunteers.people.progress import history

# Which sending of the event this tab has looked at, and whether it is looking.
_SEEN = SessionKey[int]("send.first_few_seen")
_IS_OPEN = SessionKey[bool]("send.first_few_open")


def show(event: Event, others: int) -> bool:
    """Lead to what the first few got, while `others` wait; whether the reader has looked."""
    is_seen = not event.first_few or _SEEN.of(event.id).get() == event.sendings
    if event.first_few:
        st.header(tn("The first one got it", "The first {count} got theirs", len(event.first_few)))
        st.markdown(tn("{count} other waits for you.", "{count} others wait for you.", others))
        if st.button(
            t("Look at what they got"),
            type="secondary" if is_seen else "primary",
            icon=":material/visibility:",
            key=f"send.look.{event.id}",
        ):
            _SEEN.of(event.id).set(event.sendings)
            _IS_OPEN.set(True)
            # The screen behind the window already offers the next step.
            is_seen = True
    return is_seen


def show_what_they_got() -> None:
    """The window, if it is open."""
    if _IS_OPEN.get(False):
        show_window(t("What they got"), _look, close, width="large")


def close() -> None:
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
