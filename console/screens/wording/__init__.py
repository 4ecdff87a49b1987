"""The words of the mails, with a preview beside them."""

from typing import Any

import streamlit as st

from console.session import changing, reading
from console.text import in_words, plain, t
from console.widgets.mail_page import isolated_page
from shared import events
from shared.errors import SettingRefused
from shared.language import N_
from shared.mail.kinds.messages import PLACEHOLDERS, check_wording, default_wording, preview
from shared.storage.models import Event, MailKind

KINDS = {
    MailKind.INVITATION: N_("Invitation"),
    MailKind.CERTIFICATE: N_("Certificate"),
    MailKind.REMINDER: N_("Reminder"),
}


def show() -> None:
    st.title(t("Mail texts"))
    with reading() as (_, event):
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
    place = f"draft_{event.id}_{kind}_{event.language}_{kind in event.wording}"
    wording = _draft(place, stored)
    known = " ".join(f"`{{{name}}}`" for name in PLACEHOLDERS[kind])
    st.caption(t("Filled in for each person: {placeholders}", placeholders=known))
    with st.container(horizontal=True, vertical_alignment="center"):
        # What is wrong is said once, where the preview would be.
        if st.button(t("Save this text"), type="primary") and _can_be_sent(kind, wording):
            with changing(t("Saved.")) as (_, locked):
                events.set_wording(locked, kind, **wording)
                st.session_state.pop(place, None)
        if kind in event.wording and st.button(t("Back to the original text")):
            with changing(t("The original text is back.")) as (_, locked):
                events.set_wording(locked, kind, subject="", body="")
                st.session_state.pop(place, None)
        if not _is_same(wording, stored):
            st.badge(t("Not saved yet"), color="orange")
    return wording


def _can_be_sent(kind: MailKind, wording: dict[str, str]) -> bool:
    try:
        check_wording(kind, wording)
    except SettingRefused:
        return False
    return True


def _draft(place: str, stored: dict[str, str]) -> dict[str, str]:
    """What is in the fields. It outlives them: Streamlit forgets a field that is not shown."""

    def draft() -> dict[str, str]:
        kept: dict[str, str] = st.session_state.get(place, stored)
        return kept

    def field(part: str) -> dict[str, Any]:
        key = f"{place}_{part}"
        if key not in st.session_state:
            st.session_state[f"{key}_at_first"] = draft()[part]

        # Whoever goes to another screen while writing leaves this field only then.
        def keep() -> None:
            st.session_state[place] = draft() | {part: st.session_state[key]}

        return {"value": st.session_state[f"{key}_at_first"], "key": key, "on_change": keep}

    subject = st.text_input(t("Subject"), max_chars=200, **field("subject"))
    body = st.text_area(t("Text"), height=340, **field("body"))
    return {"subject": subject, "body": body}


def _is_same(wording: dict[str, str], stored: dict[str, str]) -> bool:
    """Whether saving would change nothing: blanks at the ends are not kept."""
    return all(wording[part].split() == stored[part].split() for part in stored)


def _show_preview(event: Event, kind: MailKind, wording: dict[str, str]) -> None:
    try:
        letter = preview(event, kind, wording)
    except SettingRefused as refusal:
        st.error(in_words(refusal))
        return
    st.markdown(t("This is how it arrives:"))
    st.caption(plain(letter.subject))
    st.iframe(isolated_page(letter.html), height=620, alt=t("Preview of the mail"))
