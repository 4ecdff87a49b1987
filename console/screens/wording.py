"""The words of the mails, with a preview beside them."""

import streamlit as st

from console import desk
from console.desk import t
from shared import events
from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.messages import PLACEHOLDERS, check_wording, default_wording, preview
from shared.models import Event, MailKind

KINDS = {
    MailKind.INVITATION: N_("Invitation"),
    MailKind.CERTIFICATE: N_("Certificate"),
    MailKind.REMINDER: N_("Reminder"),
}


def show() -> None:
    st.title(t("Words of the mails"))
    with desk.reading() as (_, event):
        kind = st.segmented_control(
            t("Mail"),
            list(KINDS),
            default=MailKind.INVITATION,
            required=True,
            format_func=lambda kind: t(KINDS[kind]),
        )
    left, right = st.columns(2, gap="large")
    with left:
        wording = _edited(event, MailKind(kind))
    with right:
        _show_preview(event, MailKind(kind), wording)


def _edited(event: Event, kind: MailKind) -> dict[str, str]:
    stored = default_wording(kind, event.language) | event.wording.get(kind, {})
    place = f"{event.id}_{kind}_{event.language}_{kind in event.wording}"
    subject = st.text_input(t("Subject"), stored["subject"], max_chars=200, key=f"subject_{place}")
    body = st.text_area(t("Text"), stored["body"], height=340, key=f"body_{place}")
    known = " ".join(f"`{{{name}}}`" for name in PLACEHOLDERS[kind])
    st.caption(t("Filled in for each person: {placeholders}", placeholders=known))
    wording = {"subject": subject, "body": body}
    with st.container(horizontal=True):
        if st.button(t("Save these words"), type="primary"):
            with desk.changing(t("Saved.")) as (_, locked):
                check_wording(kind, wording)
                events.set_wording(locked, kind, subject=subject, body=body)
        if kind in event.wording and st.button(t("Back to the original words")):
            with desk.changing(t("The original words are back.")) as (_, locked):
                events.set_wording(locked, kind, subject="", body="")
    return wording


def _show_preview(event: Event, kind: MailKind, wording: dict[str, str]) -> None:
    try:
        letter = preview(event, kind, wording)
    except SettingRefused as refusal:
        st.error(desk.in_words(refusal))
        return
    st.markdown(t("This is how it arrives:"))
    st.caption(desk.plain(letter.subject))
    st.iframe(desk.isolated_page(letter.html), height=620, alt=t("Preview of the mail"))
