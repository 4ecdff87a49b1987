"""Who decides the names: the people themselves, or the list."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from console.session import changing, may, reading
from console.session_key import SessionKey
from console.text import t, tn
from console.widgets.overtaken import show_overtaken
from console.widgets.stored_fields import StoredFields
from shared.access.roles import Permission
from shared.acts.issue import count_to_issue
from shared.events.naming import said_by, set_naming
from shared.language import N_
from shared.storage.models import Event, Naming

# What an organizer reads about each choice, and what follows from it.
NAMING_NAMES = {
    Naming.ASK: N_("Ask everybody"),
    Naming.ISSUE: N_("We know the names: make and mail the certificates now"),
    Naming.CHECK: N_("We know the names, but people check them first"),
}
_WHAT_FOLLOWS = {
    Naming.ASK: N_("Each person gets a link, enters the name and sees the certificate at once."),
    Naming.ISSUE: N_(
        "People with a name on the list get the certificate by mail. The others are asked for "
        "theirs."
    ),
    Naming.CHECK: N_(
        "Each person gets a link and can correct the name until a day that you choose. After that, "
        "the certificate is made with the name on the list automatically. People without a name "
        "are asked."
    ),
}
_A_WEEK = timedelta(days=7)
_FIELD = SessionKey[Any]("names.saying")


def show_saying(event: Event) -> None:
    st.header(t("Who decides the names?"))
    with reading() as (session, _):
        known = count_to_issue(session, event)
    st.caption(
        tn(
            "{count} person on the list has a name and no certificate yet.",
            "{count} people on the list have a name and no certificate yet.",
            known,
        )
    )
    if may(Permission.CHANGE_TEXTS):
        _choose(event)
    else:
        said, details = said_by(event)
        st.markdown(t(said, **details))


def _choose(event: Event) -> None:
    fields = StoredFields(_FIELD.of(event.id))
    with st.container(border=True):
        options = list(Naming)
        chosen = st.radio(
            options=options,
            format_func=lambda naming: t(NAMING_NAMES[naming]),
            captions=[t(_WHAT_FOLLOWS[naming]) for naming in options],
            label_visibility="collapsed",
            **fields.field(
                "naming",
                event.naming,
                t("Who decides the names?"),
                lambda naming: t(NAMING_NAMES[naming]),
            ),
        )
        suggested = datetime.now(ZoneInfo(event.time_zone)).date() + _A_WEEK
        until = None
        if chosen is Naming.CHECK:
            until = st.date_input(
                format="YYYY-MM-DD",
                width=320,
                **fields.field(
                    "names_until",
                    event.names_until or suggested,
                    t("They can check until the end of this day"),
                ),
            )
        is_new = (chosen, until) != (event.naming, event.names_until)
        is_pressed = st.button(t("Save"), type="primary", disabled=not is_new, key="names.save")
        if fields.are_to_be_stored(is_pressed):
            with changing(Permission.CHANGE_TEXTS, t("Saved.")) as (session, locked):
                fields.check(lambda name: getattr(locked, name) or suggested)
                set_naming(session, locked, chosen, until)
        show_overtaken(fields)
