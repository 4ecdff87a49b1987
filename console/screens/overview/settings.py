"""The settings of the event itself, and a new token for its organizer."""

from typing import Any

import streamlit as st

from console.session import changing, may
from console.session_key import SessionKey
from console.text import t
from console.widgets.new_token import keep_new_token
from console.widgets.overtaken import show_overtaken
from console.widgets.stored_fields import StoredForm
from console.widgets.time_zones import time_zones
from shared import events
from shared.access.roles import Permission
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.storage.models import Event

_SETTING = SessionKey[Any]("overview.setting")


def show_settings(event: Event) -> None:
    st.header(t("Settings"))
    form = StoredForm(_SETTING.of(event.id))
    with st.form("event_settings"):
        values = _names_and_places(event, form) | _numbers_and_rules(event, form)
        is_pressed = st.form_submit_button(t("Save"), type="primary", key=form.save.name)
        if form.are_to_be_stored(is_pressed):
            with changing(Permission.CHANGE_TEXTS, t("Saved."), form.settle) as (_, locked):
                form.check(lambda name: getattr(locked, name))
                events.update_event(locked, events.EventChange(**values))
    show_overtaken(form)
    # Organizers who renewed it themselves would be signed out before they could copy it.
    if may(Permission.MANAGE_EVENTS):
        _renewal()


def _names_and_places(event: Event, form: StoredForm) -> dict[str, Any]:
    languages: list[str] = list(LANGUAGES)
    zone = form.of("time_zone", event.time_zone)
    zones = sorted({*time_zones(), zone.get(event.time_zone)})
    return {
        "name": st.text_input(max_chars=200, **form.field("name", event.name, t("Name"))),
        "language": st.selectbox(
            options=languages,
            format_func=LANGUAGE_NAMES.__getitem__,
            **form.field(
                "language",
                event.language,
                t("Language of mails and certificates"),
                LANGUAGE_NAMES.__getitem__,
            ),
        ),
        "time_zone": st.selectbox(
            options=zones, **form.field("time_zone", event.time_zone, t("Time zone"))
        ),
    }


def _numbers_and_rules(event: Event, form: StoredForm) -> dict[str, Any]:
    fixed_date = st.date_input(
        value=None,
        format="YYYY-MM-DD",
        **form.field(
            "certificate_date",
            event.certificate_date,
            t("Date on the certificates"),
            lambda day: str(day or ""),
        ),
        help=t("Empty: the day on which each certificate is made."),
    )
    return {
        "certificate_date": fixed_date,
        "any_date": fixed_date is None,
        "number_pattern": st.text_input(
            max_chars=40,
            **form.field("number_pattern", event.number_pattern, t("Pattern of the numbers")),
            help=t("Each # is a digit of the running number."),
        ),
        "corrections_allowed": st.checkbox(
            **form.field(
                "corrections_allowed",
                event.corrections_allowed,
                t("Volunteers may correct their name after the certificate was mailed"),
                lambda allowed: t("Yes") if allowed else t("No"),
            ),
        ),
        "ask_when_unsure": st.radio(
            options=[False, True],
            format_func=_what_follows,
            **form.field(
                "ask_when_unsure",
                event.ask_when_unsure,
                t("When it is unknown whether a mail arrived"),
                _what_follows,
            ),
        ),
    }


def _what_follows(asks: bool) -> str:
    return t("Ask me") if asks else t("Send it again; the copy can be recognized")


def _renewal() -> None:
    with st.expander(t("Organizer's token"), icon=":material/key:"):
        st.markdown(t("A new token replaces the old one, which stops working at once."))
        if st.button(t("Renew the token")):
            with changing(Permission.MANAGE_EVENTS) as (_, event):
                token = events.renew_organizer_token(event)
                keep_new_token(event, token)
