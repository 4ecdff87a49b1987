"""The rehearsal mailbox: the mails that would have gone to people."""

import streamlit as st

from console.session import installation, reading
from console.text import in_words, plain, t, tn, written_time
from console.widgets.mail_page import isolated_page
from console.widgets.table import table_page
from shared.errors import SettingRefused
from shared.mail.rehearsal.mailbox import Attachment, mailbox, mailbox_size, parse
from shared.storage.models import Event, RehearsalMail

PAGE_SIZE = 20


def show() -> None:
    st.title(t("Rehearsal mailbox"))
    st.caption(t("Before the event is live, every mail stays here, just as it would be sent."))
    # Whoever comes to this screen looks for the mail that has just arrived.
    st.session_state.pop("mail_shown", None)
    st.fragment(_show_mailbox, run_every=3)()


def _show_mailbox() -> None:
    search = _search()
    with reading() as (session, event):
        size = mailbox_size(session, event.id, search)
        page, pages = table_page("mail_page", size, PAGE_SIZE)
        mails = mailbox(session, event.id, page - 1, PAGE_SIZE, search)
    if not mails:
        st.info(t("No mail has these words.") if search else t("No mail has arrived yet."))
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        st.caption(tn("{count} mail", "{count} mails", size))
        # It scrolls by itself, so that the mail stays in view whichever is chosen.
        with st.container(key="mails"):
            chosen = _choose(event, mails, size - (page - 1) * PAGE_SIZE)
        if pages > 1:
            st.pagination(pages, key="mail_page")
    with right:
        _show_mail(chosen)


def _search() -> str:
    label, example = t("Search"), t("Recipient or subject")
    return st.text_input(label, placeholder=example, key="mail_search", type="search") or ""


def _choose(event: Event, mails: list[RehearsalMail], newest: int) -> RehearsalMail:
    """The mail to show: the newest, or the one that was chosen while newer ones come in.

    `newest` is the number of the first mail, counted from the oldest: Streamlit knows what was
    chosen by its label only, and one person may have several mails.
    """
    known = {mail.id: mail for mail in mails}
    labels = {
        mail.id: f"{newest - position} · {plain(mail.recipient)}"
        for position, mail in enumerate(mails)
    }
    shown = st.session_state.get("mail_shown")
    key = f"mails_{hash(tuple(known))}"

    def keep() -> None:
        st.session_state["mail_shown"] = st.session_state[key]

    chosen = st.radio(
        t("Mails, the newest first"),
        list(known),
        index=list(known).index(shown) if shown in known else 0,
        format_func=labels.__getitem__,
        captions=[_caption(event, mail) for mail in mails],
        key=key,
        on_change=keep,
    )
    return known[chosen or mails[0].id]


def _caption(event: Event, mail: RehearsalMail) -> str:
    return f"{written_time(mail.received_at, event)} · {plain(mail.subject)}"


def _show_mail(row: RehearsalMail) -> None:
    try:
        mail = parse(installation().seal, row)
    except SettingRefused as refusal:
        st.error(in_words(refusal))
        return
    st.header(plain(mail.subject))
    st.caption(
        t(
            "From {sender} to {recipient}",
            sender=plain(mail.sender),
            recipient=plain(mail.recipient),
        )
    )
    if mail.link:
        st.link_button(t("Open the link in this mail"), mail.link, icon=":material/open_in_new:")
    designed, as_text = st.tabs([t("As it looks"), t("As plain text")])
    with designed:
        st.iframe(isolated_page(mail.html), height=560, alt=t("As it looks"))
    as_text.code(mail.text, language=None, wrap_lines=True)
    for attachment in mail.attachments:
        _show_attachment(attachment)


def _show_attachment(attachment: Attachment) -> None:
    if attachment.media_type.startswith("image/"):
        st.image(attachment.content, caption=attachment.name, alt=attachment.name)
    st.download_button(
        t("Download {file}", file=attachment.name), attachment.content, attachment.name,
        attachment.media_type, on_click="ignore", icon=":material/attach_file:",
    )  # fmt: skip
