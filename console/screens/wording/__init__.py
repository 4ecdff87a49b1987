"""The words of the mails, with a preview beside them."""

from typing import Any

import streamlit as st

from console.session import changing, reading
from console.session_key import SessionKey
from console.text import in_words, plain, t
from console.widgets.mail_page import isolated_page
from shared import events
from shared.errors import SettingRefused
from shared.events.roles import Permission
from shared.mail.kinds.registry import Kind, editable
from shared.mail.kinds.texts import check_wording, default_wording, preview
from shared.storage.models import Event

_DRAFT = SessionKey[dict[str, str]]("wording.draft")
_FIELD = SessionKey[str]("wording.field")
_AT_FIRST = SessionKey[str]("wording.at_first")


def show() -> None:
    st.title(t("Mail texts"))
    with reading() as (_, event):
        shown = {kind.family: kind for kind in editable(event)}
        family = st.segmented_control(
            t("Mail"),
            list(shown),
            default=next(iter(shown)),
            required=True,
            format_func=lambda family: t(shown[family].title),
        )
    left, right = st.columns(2, gap="large")
    with left:
        wording = _edited(event, shown[family])
    with right:
        _show_preview(event, shown[family], wording)


def _edited(event: Event, kind: Kind) -> dict[str, str]:
    family, is_own = kind.family, kind.family in event.wording
    stored = default_wording(kind, event.language) | event.wording.get(family, {})
    place = _DRAFT.of(event.id, family, event.language, is_own)
    wording = _draft(place, stored)
    known = " ".join(f"`{{{name}}}`" for name in kind.placeholders)
    st.caption(t("Filled in for each person: {placeholders}", placeholders=known))
    with st.container(horizontal=True, vertical_alignment="center"):
        # What is wrong is said once, where the preview would be.
        if st.button(t("Save this text"), type="primary") and _can_be_sent(kind, wording):
            with changing(Permission.CHANGE_TEXTS, t("Saved.")) as (_, locked):
                events.set_wording(locked, family, **wording)
                place.take()
        if is_own and st.button(t("Back to the original text")):
            with changing(Permission.CHANGE_TEXTS, t("The original text is back.")) as (_, locked):
                events.set_wording(locked, family, subject="", body="")
                place.take()
        if not _is_same(wording, stored):
            st.badge(t("Not saved yet"), color="orange")
    return wording


def _can_be_sent(kind: Kind, wording: dict[str, str]) -> bool:
    try:
        check_wording(kind, wording)
    except SettingRefused:
        return False
    return True


def _draft(place: SessionKey[dict[str, str]], stored: dict[str, str]) -> dict[str, str]:
    """What is in the fields. It outlives them: Streamlit forgets a field that is not shown."""

    def field(part: str) -> dict[str, Any]:
        typed, at_first = _FIELD.of(place.name, part), _AT_FIRST.of(place.name, part)
        if not typed.is_set():
            at_first.set(place.get(stored)[part])

        # Whoever goes to another screen while writing leaves this field only then.
        def keep() -> None:
            place.set(place.get(stored) | {part: typed.get("")})

        return {"value": at_first.get(""), "key": typed.name, "on_change": keep}

    subject = st.text_input(t("Subject"), max_chars=200, **field("subject"))
    body = st.text_area(t("Text"), height=340, **field("body"))
    return {"subject": subject, "body": body}


def _is_same(wording: dict[str, str], stored: dict[str, str]) -> bool:
    """Whether saving would change nothing: blanks at the ends are not kept."""
    return all(wording[part].split() == stored[part].split() for part in stored)


def _show_preview(event: Event, kind: Kind, wording: dict[str, str]) -> None:
    try:
        text = preview(event, kind, wording)
    except SettingRefused as refusal:
        st.error(in_words(refusal))
        return
    st.markdown(t("This is how it arrives:"))
    st.caption(plain(text.subject))
    st.iframe(isolated_page(text.html), height=620, alt=t("Preview of the mail"))
