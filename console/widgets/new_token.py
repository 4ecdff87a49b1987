"""An organizer's new token, shown until it is saved."""

from dataclasses import dataclass

import streamlit as st

from console.session import installation
from console.session_key import SessionKey
from console.text import plain, t
from shared.storage.models import Event


@dataclass(frozen=True)
class NewToken:
    """An organizer's token, and the name of the event that it opens."""

    event: str
    token: str


_MADE = SessionKey[NewToken]("new_token.made")


def keep_new_token(event: Event, token: str) -> None:
    """Keep showing it until somebody confirms that it is saved."""
    _MADE.set(NewToken(event.name, token))


def show_new_token() -> None:
    """Show the organizer's token once: only its hash is stored."""
    made = _MADE.get()
    if made is None:
        return
    with st.container(border=True):
        st.header(t("The organizer's token of “{event}”", event=plain(made.event)))
        st.markdown(t("Copy it now. It is shown only this once; it can be renewed at any time."))
        st.code(made.token, language=None, wrap_lines=True)
        address = installation().settings.console_url
        st.caption(t("Whoever has it signs in at {address} and sees this event.", address=address))
        if st.button(t("I have saved it"), type="primary"):
            _MADE.take()
            st.rerun()
