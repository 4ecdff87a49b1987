"""Who decides the names: the people themselves, or the list."""

from datetime import date, timedelta

import streamlit as st

from console.session import changing, may, reading
from console.text import t, tn
from shared.certificates.issuing_from_list import count_to_issue
from shared.events.naming import said_by, set_naming
from shared.events.roles import Permission
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
        "Whoever has a name on the list gets the certificate by mail. Whoever has none is asked "
        "for it."
    ),
    Naming.CHECK: N_(
        "Each person gets a link and can correct the name until a day that you choose. Then the "
        "certificate is made with the name on the list, by itself. Whoever has none is asked."
    ),
}
_A_WEEK = timedelta(days=7)


def show_saying(event: Event) -> None:
    st.header(t("Who says the names?"))
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
    with st.container(border=True):
        options = list(Naming)
        chosen = st.radio(
            t("Who says the names?"),
            options,
            index=options.index(event.naming),
            format_func=lambda naming: t(NAMING_NAMES[naming]),
            captions=[t(_WHAT_FOLLOWS[naming]) for naming in options],
            label_visibility="collapsed",
            key=f"names.naming.{event.id}",
        )
        until = _last_day(event) if chosen is Naming.CHECK else None
        is_new = (chosen, until) != (event.naming, event.names_until)
        if st.button(t("Save"), type="primary", disabled=not is_new, key="names.save"):
            with changing(Permission.CHANGE_TEXTS, t("Saved.")) as (session, locked):
                set_naming(session, locked, chosen, until)


def _last_day(event: Event) -> date:
    return st.date_input(
        t("They can check until the end of this day"),
        event.names_until or date.today() + _A_WEEK,
        format="YYYY-MM-DD",
        width=320,
        key=f"names.until.{event.id}",
    )
