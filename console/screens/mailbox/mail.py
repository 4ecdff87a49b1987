"""One mail of the rehearsal, as it looks and as text."""

import streamlit as st

from console.session import installation
from console.text import in_words, plain, t
from console.widgets.mail_page import isolated_page
from shared.errors import SettingRefused
from shared.mail.rehearsal.mailbox import Attachment, parse
from shared.storage.models import RehearsalMail


def show_mail(row: RehearsalMail) -> None:
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
