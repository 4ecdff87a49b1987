"""The texts of the mails, with a preview beside them."""

import streamlit as st

from console import group_choice
from console.foot import foot, onward
from console.session import changing, reading
from console.session_key import SessionKey
from console.text import in_words, plain, t
from console.widgets.display import isolated_page
from console.widgets.stored_fields import StoredFields, show_overtaken
from shared import events
from shared.access.roles import Permission
from shared.errors import SettingRefused
from shared.events.groups import wording_of
from shared.language import N_
from shared.mail.kinds.registry import Kind, editable
from shared.mail.kinds.texts import check_wording, default_wording, preview
from shared.storage.models import Event, Group

_FIELD = SessionKey[str]("wording.field")
# For everybody, and for a group.
_BACK = (N_("Back to the original text"), N_("Back to everybody's text"))


def show() -> None:
    st.title(t("Mail texts"))
    group_choice.show_choice()
    with reading() as (_, event):
        group = group_choice.chosen(event)
        shown = {kind.family: kind for kind in editable(event)}
        family = st.segmented_control(
            t("Mail"),
            list(shown),
            default=next(iter(shown)),
            required=True,
            key="wording.mail",
            format_func=lambda family: t(shown[family].title),
        )
    left, right = st.columns(2, gap="large")
    with left:
        wording = _edited(event, group, shown[family])
    with right:
        try:
            text = preview(event, shown[family], wording, group)
        except SettingRefused as refusal:
            st.error(in_words(refusal))
        else:
            st.markdown(t("This is how it arrives:"))
            st.caption(plain(text.subject))
            st.iframe(isolated_page(text.html), height=620, alt=t("Preview of the mail"))
    group_choice.offer_first()


def _edited(event: Event, group: Group | None, kind: Kind) -> dict[str, str]:
    family, is_own = kind.family, kind.family in (group or event).wording
    stored = _stored(event, group, kind)
    place = _FIELD.of(event.id, group and group.id, family, event.language)
    fields = StoredFields(place, stored.__getitem__)
    # Their contents outlive the fields: Streamlit forgets fields that are not shown.
    kept = {part: place.of("kept", part) for part in stored}
    labels = {"subject": t("Subject"), "body": t("Text")}
    field = {part: fields.field(part, labels[part], before=kept[part].get()) for part in stored}
    subject = st.text_input(max_chars=200, **field["subject"])
    wording = {"subject": subject, "body": st.text_area(height=340, **field["body"])}
    for part, text in wording.items():
        kept[part].set(text)
    known = " ".join(f"`{{{name}}}`" for name in kind.placeholders)
    st.caption(t("Filled in for each person: {placeholders}", placeholders=known))
    with st.container(horizontal=True, vertical_alignment="center"):
        # An error is shown once, in place of the preview.
        is_pressed = st.button(t("Save this text"), type="primary")
        try:
            check_wording(kind, wording)
            can_be_sent = True
        except SettingRefused:
            can_be_sent = False
        if fields.are_to_be_stored(is_pressed) and can_be_sent:
            with changing(Permission.CHANGE_TEXTS, t("Saved."), fields.settle) as (_, locked):
                now_stored = _stored(locked, group_choice.chosen(locked), kind)
                fields.check(now_stored.__getitem__)
                _store(locked, kind, wording)
        if is_own and st.button(t(_BACK[group is not None]), key="wording.back"):
            done = t("The original text is back.")
            with changing(Permission.CHANGE_TEXTS, done, fields.settle) as (_, locked):
                _store(locked, kind, {"subject": "", "body": ""})
        # Whether saving would change nothing: spaces at the ends are not stored.
        is_saved = all(wording[part].split() == stored[part].split() for part in stored)
        if not is_saved:
            st.badge(t("Not saved yet"), color="orange")
    show_overtaken(fields)
    with foot(t("The texts are saved.") if is_saved else t("This text is not saved yet.")):
        onward("send", t("Next: send"))
    return wording


def _stored(event: Event, group: Group | None, kind: Kind) -> dict[str, str]:
    return default_wording(kind, event.language) | wording_of(event, group, kind.family)


def _store(event: Event, kind: Kind, wording: dict[str, str]) -> None:
    """For a group, store only what differs; the rest follows everybody's text."""
    group = group_choice.chosen(event)
    if group:
        everybodys = _stored(event, None, kind)
        wording = {
            part: text if text.split() != everybodys[part].split() else ""
            for part, text in wording.items()
        }
    subject, body = wording["subject"], wording["body"]
    events.set_wording(event, kind.family, subject=subject, body=body, group=group)
