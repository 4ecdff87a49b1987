"""What people are told about their data: who is responsible, whom to ask, a text."""

import streamlit as st

from console.session import changing
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import StoredForm
from shared.events.roles import Permission
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
            t("Responsible organization"),
            max_chars=200,
            placeholder=event.organization or event.name,
            key=form.of("responsible", event.responsible_organization).name,
        )
        contact = st.text_input(
            t("Whom to ask about privacy"),
            max_chars=200,
            placeholder=event.contact_address,
            key=form.of("contact", event.privacy_contact).name,
            help=t("An address, or a name with a telephone number."),
        )
        texts = {language: _text(event, language, form) for language in ("en", "zh")}
        if st.form_submit_button(t("Save"), type="primary", key=form.save.name):
            change = StatementChange(responsible=responsible, contact=contact, texts=texts)
            with changing(Permission.CHANGE_TEXTS, t("Saved."), form.settle) as (session, locked):
                update_statement(session, locked, change)


def _text(event: Event, language: str, form: StoredForm) -> str:
    labels = {"en": t("Privacy text in English"), "zh": t("Privacy text in Chinese")}
    stored = event.privacy_texts.get(language, "")
    return st.text_area(
        labels[language],
        height=160,
        max_chars=LONGEST_TEXT,
        placeholder="\n\n".join(default_text(event, language)),
        key=form.of(language, stored).name,
        help=t("Empty: the text that is shown here in grey. One text serves both languages."),
    )
