"""A new event, whose organizer's token is shown once."""

import streamlit as st

from console import kept_typing
from console.session import actor, choose_event, installation, refuse, require
from console.text import in_words, language, t
from console.widgets.new_token import keep_new_token
from console.widgets.time_zones import time_zones
from shared import events
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.language import LANGUAGE_NAMES, LANGUAGES
from shared.storage.models import Event

_NAME = "events.new.name"


def offer_new_event() -> None:
    with st.expander(t("New event"), icon=":material/add:"), st.form("new_event", border=False):
        name = st.text_input(t("Name"), max_chars=200, key=kept_typing.field(_NAME))
        left, right = st.columns(2)
        spoken = left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
        )
        zone = right.selectbox(t("Time zone"), time_zones(), index=_likely_zone())
        if st.form_submit_button(t("Create event"), type="primary"):
            _create(name, spoken, zone)


def _create(name: str, spoken: str, zone: str) -> None:
    try:
        require(Permission.MANAGE_EVENTS)
        with installation().database.writing(by=actor()) as session:
            event, token = events.create_event(session, name=name, language=spoken, time_zone=zone)
    except ProductError as refusal:
        refuse(in_words(refusal))
        return
    kept_typing.forget(installation().seal, [_NAME])
    show_as_new(event, token)


def show_as_new(event: Event, token: str) -> None:
    """Redraw the screen with the new event chosen, and its organizer's token."""
    keep_new_token(event, token)
    choose_event(event.id)
    st.rerun()


def _likely_zone() -> int:
    zones = time_zones()
    theirs = st.context.timezone or ""
    return zones.index(theirs if theirs in zones else "Asia/Shanghai")
