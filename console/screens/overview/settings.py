"""The settings of the event itself, and a new token for its organizer."""

from typing import Any

import streamlit as st

from console.session import changing, may
from console.session_key import SessionKey
from console.text import t
from console.widgets.new_token import keep_new_token
from console.widgets.stored_fields import StoredForm
from console.widgets.time_zones import time_zones
from shared import events
from shared.events.roles import Permission
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.storage.models import Event

_SETTING = SessionKey[Any]("overview.setting")


def show_settings(event: Event) -> None:
    st.header(t("Settings"))
    form = StoredForm(_SETTING.of(event.id))
    with st.form("event_settings"):
        values = _names_and_places(event, form) | _numbers_and_rules(event, form)
        if st.form_submit_button(t("Save"), type="primary", key=form.save.name):
            with changing(Permission.CHANGE_TEXTS, t("Saved."), form.settle) as (_, locked):
                events.update_event(locked, events.EventChange(**values))
    # Organizers who renewed it themselves would be signed out before they could copy it.
    if may(Permission.MANAGE_EVENTS):
        _renewal()


def _names_and_places(event: Event, form: StoredForm) -> dict[str, Any]:
    languages: list[str] = list(LANGUAGES)
    zone = form.of("time_zone", event.time_zone)
    zones = sorted({*time_zones(), zone.get(event.time_zone)})
    return {
        "name": st.text_input(t("Name"), max_chars=200, key=form.of("name", event.name).name),
        "language": st.selectbox(
            t("Language of mails and certificates"),
            languages,
            format_func=lambda code: LANGUAGE_NAMES[code],
            key=form.of("language", event.language).name,
        ),
        "time_zone": st.selectbox(t("Time zone"), zones, key=zone.name),
    }


def _numbers_and_rules(event: Event, form: StoredForm) -> dict[str, Any]:
    fixed_date = st.date_input(
        t("Date on the certificates"),
        None,
        format="YYYY-MM-DD",
        key=form.of("certificate_date", event.certificate_date).name,
        help=t("Empty: the day on which each certificate is made."),
    )
    return {
        "certificate_date": fixed_date,
        "any_date": fixed_date is None,
        "number_pattern": st.text_input(
            t("Pattern of the numbers"),
            max_chars=40,
            key=form.of("number_pattern", event.number_pattern).name,
            help=t("Each # is a digit of the running number."),
        ),
        "corrections_allowed": st.checkbox(
            t("Volunteers may correct their name after the certificate was mailed"),
            key=form.of("corrections_allowed", event.corrections_allowed).name,
        ),
        "ask_when_unsure": st.radio(
            t("When it is unknown whether a mail arrived"),
            [False, True],
            key=form.of("ask_when_unsure", event.ask_when_unsure).name,
            format_func=lambda asks: (
                t("Ask me") if asks else t("Send it again; the copy can be recognized")
            ),
        ),
    }


def _renewal() -> None:
    with st.expander(t("Organizer's token"), icon=":material/key:"):
        st.markdown(t("A new token replaces the old one, which stops working at once."))
        if st.button(t("Renew the token")):
            with changing(Permission.MANAGE_EVENTS) as (_, event):
                token = events.renew_organizer_token(event)
                keep_new_token(event, token)
