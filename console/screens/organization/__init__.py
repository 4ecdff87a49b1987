"""Who says thanks, and what people are told about their data."""

from functools import partial

import streamlit as st

from console.foot import foot_to_overview
from console.session import changing, reach, reading
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import StoredForm, show_overtaken
from shared import events
from shared.access.roles import Permission
from shared.language import LANGUAGES
from shared.privacy.own_data import LONGEST_TEXT, StatementChange, default_text, update_statement
from shared.storage.models import Event

_FIELD = SessionKey[str]("organization.field")
_PRIVACY_FIELD = SessionKey[str]("organization.privacy")


def show() -> None:
    st.title(t("Organization and privacy"))
    with reading() as (_, event):
        pass
    left, right = st.columns(2, gap="large")
    with left:
        _organization(event)
    with right:
        _show_privacy(event)
    foot_to_overview(t("What was issued stays as it is."))


def _organization(event: Event) -> None:
    st.header(t("Organization"))
    form = StoredForm(_FIELD.of(event.id), partial(getattr, event))
    with st.form("organization"):
        name = st.text_input(
            max_chars=200, **form.field("organization", t("Name of the organization"))
        )
        website = st.text_input(
            type="url",
            placeholder="https://example.org",
            **form.field("website", t("Website")),
        )
        contact = st.text_input(
            **form.field("contact_address", t("Address to write to")),
            help=t(
                "Volunteers see it on their page, and answers to mails go there. "
                "Empty: answers go to the mail account."
            ),
        )
        # Apart from the website: a home page entered here breaks every link.
        own_page = t("Your own page for volunteers (for programmers)")
        with st.expander(own_page, icon=":material/code:"):
            st.caption(t("Leave empty unless you have built a page on this program's API."))
            frontend = st.text_input(**form.field("frontend_url", t("Page that the links lead to")))
        is_pressed = st.form_submit_button(t("Save"), type="primary", key=form.save.name)
        if form.are_to_be_stored(is_pressed):
            with changing(Permission.CHANGE_TEXTS, t("Saved."), form.settle) as (session, locked):
                form.check(partial(getattr, locked))
                # People type `example.org`; another scheme is left for the check to refuse.
                host = website.strip().partition("/")[0]
                events.update_organization(
                    locked,
                    name=name,
                    website=f"https://{website.strip()}" if host and ":" not in host else website,
                    contact_address=contact,
                    frontend_url=frontend,
                    reach=reach(session),
                )
    show_overtaken(form)


# What people are told about their data: who is responsible, whom to ask, a text


def _show_privacy(event: Event) -> None:
    st.header(t("Privacy"))
    st.caption(
        t("Everybody finds it on their page, beside what is held about them and how it is erased.")
    )
    form = StoredForm(_PRIVACY_FIELD.of(event.id), partial(_stored, event))
    with st.form("privacy"):
        responsible = st.text_input(
            max_chars=200,
            placeholder=event.organization or event.name,
            **form.field("responsible_organization", t("Responsible organization")),
        )
        contact = st.text_input(
            max_chars=200,
            placeholder=event.contact_address,
            **form.field("privacy_contact", t("Whom to ask about privacy")),
            help=t("An address, or a name with a telephone number."),
        )
        labels = {"en": t("Privacy text in English"), "zh": t("Privacy text in Chinese")}
        texts: dict[str, str] = {
            language: st.text_area(
                height=160,
                max_chars=LONGEST_TEXT,
                placeholder="\n\n".join(default_text(event, language)),
                **form.field(language, labels[language]),
                help=t(
                    "Empty: the text that is shown here in grey. One text serves both languages."
                ),
            )
            for language in LANGUAGES
        }
        is_pressed = st.form_submit_button(t("Save"), type="primary", key=form.save.name)
        if form.are_to_be_stored(is_pressed):
            change = StatementChange(responsible=responsible, contact=contact, texts=texts)
            with changing(Permission.CHANGE_TEXTS, t("Saved."), form.settle) as (session, locked):
                form.check(partial(_stored, locked))
                update_statement(session, locked, change)
    show_overtaken(form)


def _stored(event: Event, name: str) -> object:
    return event.privacy_texts.get(name, "") if name in LANGUAGES else getattr(event, name)
