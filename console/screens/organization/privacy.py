"""What people are told about their data: who is responsible, whom to ask, a text."""

import streamlit as st

from console.session import changing
from console.session_key import SessionKey
from console.text import t
from console.widgets.overtaken import show_overtaken
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.language import LANGUAGES
from shared.privacy.statement import (
    LONGEST_TEXT,
    StatementChange,
    default_text,
    update_statement,
)
from shared.storage.models import Event

_FIELD = SessionKey[str]("organization.privacy")


def show(event: Event) -> None:
    st.header(t("Privacy"))
    st.caption(
        t("Everybody finds it on their page, beside what is held about them and how it is erased.")
    )
    form = StoredForm(_FIELD.of(event.id))
    with st.form("privacy"):
        responsible = st.text_input(
            max_chars=200,
            placeholder=event.organization or event.name,
            **form.field(
                "responsible_organization",
                event.responsible_organization,
                t("Responsible organization"),
            ),
        )
        contact = st.text_input(
            max_chars=200,
            placeholder=event.contact_address,
            **form.field("privacy_contact", event.privacy_contact, t("Whom to ask about privacy")),
            help=t("An address, or a name with a telephone number."),
        )
        texts: dict[str, str] = {language: _text(event, language, form) for language in LANGUAGES}
        is_pressed = st.form_submit_button(t("Save"), type="primary", key=form.save.name)
        if form.are_to_be_stored(is_pressed):
            change = StatementChange(responsible=responsible, contact=contact, texts=texts)
            with changing(Permission.CHANGE_TEXTS, t("Saved."), form.settle) as (session, locked):
                form.check(lambda name: _stored(locked, name))
                update_statement(session, locked, change)
    show_overtaken(form)


def _stored(event: Event, name: str) -> object:
    return event.privacy_texts.get(name, "") if name in LANGUAGES else getattr(event, name)


def _text(event: Event, language: str, form: StoredForm) -> str:
    labels = {"en": t("Privacy text in English"), "zh": t("Privacy text in Chinese")}
    text: str = st.text_area(
        height=160,
        max_chars=LONGEST_TEXT,
        placeholder="\n\n".join(default_text(event, language)),
        **form.field(language, _stored(event, language), labels[language]),
        help=t("Empty: the text that is shown here in grey. One text serves both languages."),
    )
    return text
