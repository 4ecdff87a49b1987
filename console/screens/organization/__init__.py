"""The organization that gives thanks, and what people read about their data."""

from functools import partial

import streamlit as st
from sqlalchemy.orm import Session

from console.foot import foot_to_overview
from console.session import Viewer, reader, reading
from console.session_key import SessionKey
from console.text import t
from console.widgets.saving_fields import SavingFields
from console.widgets.spoken import show_caption
from console.widgets.stored_fields import StoredForm
from shared.events.settings import update_organization
from shared.language import LANGUAGES
from shared.privacy.own_data import LONGEST_TEXT, StatementChange, default_text, update_statement
from shared.storage.models import Event

_FIELD = SessionKey[str]("organization.field")
_TEXTS = SessionKey[str]("organization.texts")


def show() -> None:
    st.title(t("Organization and privacy"))
    with reading() as (_, event):
        pass
    fields = SavingFields(_FIELD, event, getattr, partial(_store, reader()))
    left, right = st.columns(2, gap="large")
    with left:
        st.header(t("Organization"))
        fields.show(st.text_input, "organization", t("Name of the organization"), max_chars=200)
        fields.show(
            st.text_input, "website", t("Website"), type="url", placeholder="https://example.org"
        )
        fields.show(
            st.text_input, "contact_address", t("Contact address"),
            help=t(
                "Volunteers see it on their page, and replies go there. If empty, replies "
                "go to the mail account."
            ),
        )  # fmt: skip
        # Not beside the website: a home page entered here breaks every link.
        own_page = t("Your own volunteer page (for programmers)")
        with st.expander(own_page, icon=":material/code:"):
            show_caption("Leave empty unless you have built a page on this program's API.")
            fields.show(st.text_input, "frontend_url", t("Page that links open"))
    with right:
        _show_privacy(event, fields)
    foot_to_overview(t("Certificates already issued do not change."))


def _store(who: Viewer, session: Session, event: Event, name: str, value: str) -> None:
    match name:
        case "organization":
            update_organization(event, name=value)
        case "website":
            # People type `example.org`; the check refuses other schemes.
            host = value.strip().partition("/")[0]
            page = f"https://{value.strip()}" if host and ":" not in host else value
            update_organization(event, website=page)
        case "contact_address":
            update_organization(event, contact_address=value)
        case "frontend_url":
            reach = who.reach(session, event.id)
            update_organization(event, frontend_url=value, reach=reach)
        case "responsible_organization":
            update_statement(session, event, StatementChange(responsible=value))
        case "privacy_contact":
            update_statement(session, event, StatementChange(contact=value))


def _show_privacy(event: Event, fields: SavingFields) -> None:
    st.header(t("Privacy"))
    show_caption("It appears on each person's page, beside their data and how to erase it.")
    fields.show(
        st.text_input, "responsible_organization", t("Responsible organization"), max_chars=200,
        placeholder=event.organization or event.name,
    )  # fmt: skip
    fields.show(
        st.text_input, "privacy_contact", t("Privacy contact"), max_chars=200,
        placeholder=event.contact_address,
        help=t("An address, or a name and a phone number."),
    )  # fmt: skip
    form = StoredForm(_TEXTS.of(event.id), event, _text, _store_texts)
    with st.form("privacy"):
        labels = {"en": t("Privacy text in English"), "zh": t("Privacy text in Chinese")}
        for language in LANGUAGES:
            st.text_area(
                height=160,
                max_chars=LONGEST_TEXT,
                placeholder="\n\n".join(default_text(event, language)),
                **form.field(language, labels[language]),
                help=t("If empty, the grey text is used. One text serves both languages."),
            )
        form.save_button(t("Use these texts"), in_form=True, type="primary")
    form.show_overtaken()


def _store_texts(session: Session, event: Event, *texts: str) -> None:
    change = StatementChange(texts=dict(zip(LANGUAGES, texts, strict=True)))
    update_statement(session, event, change)


def _text(event: Event, language: str) -> str:
    text: str = event.privacy_texts.get(language, "")
    return text
