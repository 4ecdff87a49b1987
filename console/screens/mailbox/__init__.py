"""The rehearsal mailbox, with the mails that would have gone to people."""

from threading import Lock

import streamlit as st
from cachetools import TTLCache, cached
from sqlalchemy import select

from console.foot import foot, onward
from console.session import actor, installation, reading
from console.session_key import SessionKey
from console.text import in_words, plain, t, written_time
from console.widgets.display import isolated_page
from console.widgets.spoken import show_caption, show_caption_count
from console.widgets.table import table_page
from shared.certificates.issuing.drawing import read_rehearsed
from shared.errors import SettingRefused
from shared.log import audit
from shared.mail.rehearsal import ReadMail, mailbox, mailbox_size
from shared.storage.models import Action, Event, RehearsalMail, Volunteer

_PAGE = SessionKey[int]("mailbox.page")
_MAILS = SessionKey[int]("mailbox.mails")
_SHOWN = SessionKey[int]("mailbox.shown")
# The mail whose view is already in the log.
_NOTED = SessionKey[int]("mailbox.noted")
PAGE_SIZE = 20
# The size of all cached mails; one with a certificate has about a megabyte.
_MOST_OCTETS = 20_000_000
_CACHED_SECONDS = 60.0


def show() -> None:
    st.title(t("Rehearsal mailbox"))
    # People come to this screen for the mail that has just arrived.
    _SHOWN.take()
    st.fragment(_show_mailbox, run_every=3)()
    with foot(t("Every mail stays here until the event is live.")):
        onward("send", t("Next: send"))


def _show_mailbox() -> None:
    label, example = t("Search"), t("Recipient or subject")
    search = st.text_input(label, placeholder=example, key="mailbox.search", type="search") or ""
    with reading() as (session, event):
        size = mailbox_size(session, event.id, search)
        page, pages = table_page(_PAGE, size, PAGE_SIZE)
        mails = mailbox(session, event.id, page - 1, PAGE_SIZE, search)
    if not mails:
        st.info(t("No mail matches.") if search else t("No mail has arrived yet."))
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        show_caption_count("{count} mail", "{count} mails", size)
        # The list scrolls by itself, so that the chosen mail stays in view.
        with st.container(key="mailbox.list"):
            chosen = _choose(event, mails, size - (page - 1) * PAGE_SIZE)
        if pages > 1:
            st.pagination(pages, key=_PAGE.name)
    # Each view is in the log, since a rehearsal mail contains its recipient's link.
    if _NOTED.get() != chosen.id:
        recipient = select(Volunteer.id).where(
            Volunteer.event_id == event.id, Volunteer.email_key == chosen.recipient.lower()
        )
        with installation().database.writing(by=actor()) as session:
            whose = session.scalar(recipient)
            audit.record(session, Action.MAILBOX_SEEN, event.id, volunteer_id=whose)
        _NOTED.set(chosen.id)
    with right:
        try:
            mail = _read(chosen)
        except SettingRefused as refusal:
            st.error(in_words(refusal))
            return
        st.header(plain(mail.subject))
        show_caption(
            "From {sender} to {recipient}",
            sender=plain(mail.sender),
            recipient=plain(mail.recipient),
        )
        if mail.link:
            st.link_button(t("Open this mail's link"), mail.link, icon=":material/open_in_new:")
        designed, as_text = st.tabs([t("Formatted"), t("Plain text")])
        with designed:
            st.iframe(isolated_page(mail.html), height=560, alt=t("Formatted"))
        as_text.code(mail.text, language=None, wrap_lines=True)
        for attachment in mail.attachments:
            if attachment.media_type.startswith("image/"):
                st.image(attachment.content, caption=attachment.name, alt=attachment.name)
            st.download_button(
                t("Download {file}", file=attachment.name), attachment.content, attachment.name,
                attachment.media_type, on_click="ignore", icon=":material/attach_file:",
            )  # fmt: skip


@cached(
    TTLCache(_MOST_OCTETS, _CACHED_SECONDS, getsizeof=lambda mail: mail.octets),
    key=lambda mail: (mail.id, hash(mail.content)),
    lock=Lock(),
)
def _read(mail: RehearsalMail) -> ReadMail:
    """Return the mail's parts, cached because the screen is redrawn every three seconds. Raises
    SettingRefused."""
    served = installation()
    with served.database.reading() as session:
        return read_rehearsed(session, served.settings, served.seal, mail)


def _choose(event: Event, mails: list[RehearsalMail], newest: int) -> RehearsalMail:
    """Ask which mail to show, and return it: the newest, or the one that was chosen before newer
    ones arrived.

    `newest` is the number of the first mail, counted from the oldest. It is part of the labels,
    which must differ, and one person may have several mails.
    """
    known = {mail.id: mail for mail in mails}
    labels = {
        mail.id: f"{newest - position} · {plain(mail.recipient)}"
        for position, mail in enumerate(mails)
    }
    shown = _SHOWN.get()
    key = _MAILS.of(hash(tuple(known)))

    def keep() -> None:
        if (mail_id := key.get()) is not None:
            _SHOWN.set(mail_id)

    chosen = st.radio(
        t("Mails, newest first"),
        list(known),
        index=list(known).index(shown) if shown in known else 0,
        format_func=labels.__getitem__,
        captions=[
            f"{written_time(mail.received_at, event)} · {plain(mail.subject)}" for mail in mails
        ],
        key=key.name,
        on_change=keep,
    )
    return known[chosen or mails[0].id]
