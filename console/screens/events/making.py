"""The window that makes an event: its name, who thanks, and what is known of its people."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import streamlit as st

from console import kept_typing
from console.navigation import page, show_window
from console.session import IS_TO_CONFIRM, actor, choose_event, installation, refuse, require
from console.session_key import SessionKey
from console.text import in_words, language, t, time_zones
from shared import events
from shared.access.roles import Permission
from shared.errors import ProductError
from shared.events.naming import set_naming
from shared.language import LANGUAGE_NAMES, LANGUAGES, N_
from shared.storage.models import Naming

_IS_OPEN = SessionKey[bool]("events.new.is_open")
_NAME, _WHO = "events.new.name", "events.new.who"
_A_WEEK = timedelta(days=7)
_FALLBACK_ZONE = "Asia/Shanghai"
# What may be known of the people, and what follows from it.
_KNOWN = {
    Naming.ASK: (
        N_("Addresses"),
        N_("They enter their names, see the certificate, get it by mail."),
    ),
    Naming.ISSUE: (N_("Names"), N_("Certificates are made and mailed at once.")),
    Naming.CHECK: (
        N_("Names, to be checked"),
        N_("They correct them until a day; then the certificates leave."),
    ),
}


class _Entered(NamedTuple):
    name: str
    organization: str
    naming: Naming
    until: date | None
    language: str
    zone: str


def open_window() -> None:
    _IS_OPEN.set(True)


def show_if_open() -> None:
    # While its reader confirms who they are, that window stands in its place.
    if _IS_OPEN.get(False) and not IS_TO_CONFIRM.get(False):
        show_window(t("New event"), _show, _close, width="medium")


def _close() -> None:
    _IS_OPEN.take()
    kept_typing.forget(installation(), [_NAME, _WHO])


def _show() -> None:
    left, right = st.columns([3, 2])
    name = left.text_input(
        t("Its name, as it stands on the certificate"),
        max_chars=200,
        key=kept_typing.field(_NAME),
    )
    who = right.text_input(t("Who thanks"), max_chars=200, key=kept_typing.field(_WHO))
    naming = st.radio(
        t("What do you know?"),
        list(_KNOWN),
        format_func=lambda one: t(_KNOWN[one][0]),
        captions=[t(caption) for _, caption in _KNOWN.values()],
        horizontal=True,
        key="events.new.naming",
    )
    spoken, zone = _spoken_and_zone()
    until = _last_day(zone) if naming is Naming.CHECK else None
    if st.button(t("Create and choose the certificate"), type="primary", key="events.new.create"):
        _make(_Entered(name, who, naming, until, spoken, zone))


def _spoken_and_zone() -> tuple[str, str]:
    """The event's language and time zone, which are folded: mostly they are the reader's own."""
    zones, theirs = time_zones(), st.context.timezone or ""
    zone = theirs if theirs in zones else _FALLBACK_ZONE
    change = t("change")
    label = f"{LANGUAGE_NAMES[language()]} · {zone} · {change}"
    with st.expander(label, key="events.new.further"):
        left, right = st.columns(2)
        spoken = left.selectbox(
            t("Language of mails and certificates"),
            LANGUAGES,
            index=LANGUAGES.index(language()),
            format_func=lambda code: LANGUAGE_NAMES[code],
            key="events.new.language",
        )
        chosen = right.selectbox(
            t("Time zone"), zones, index=zones.index(zone), key="events.new.zone"
        )
    return spoken, chosen


def _last_day(zone: str) -> date | None:
    today = datetime.now(ZoneInfo(zone)).date()
    chosen: date | None = st.date_input(
        t("Last day to check the names"),
        value=today + _A_WEEK,
        min_value=today,
        format="YYYY-MM-DD",
        key="events.new.until",
    )
    return chosen


def _make(entered: _Entered) -> None:
    """Make the event, and go on to its certificate."""
    try:
        require(Permission.MANAGE_EVENTS)
        with installation().database.writing(by=actor()) as session:
            event, _ = events.create_event(
                session, name=entered.name, language=entered.language, time_zone=entered.zone
            )
            if entered.organization.strip():
                events.update_organization(event, name=entered.organization)
            set_naming(session, event, entered.naming, entered.until)
    except ProductError as refusal:
        refuse(in_words(refusal))
        return
    _close()
    choose_event(event.id)
    st.switch_page(page("certificate"), query_params={"event": str(event.id)})
