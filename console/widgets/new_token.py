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


def is_kept() -> bool:
    """Whether there is one that nobody has said they saved."""
    return _MADE.get() is not None


def show_new_token() -> bool:
    """Show the new token once: only its hash is stored. Returns whether it was just saved."""
    made = _MADE.get()
    if made is None:
        return False
    with st.container(border=True):
        st.header(t("The organizer's token of “{event}”", event=plain(made.event)))
        st.markdown(t("Copy it now. It is shown only this once; it can be renewed at any time."))
        st.code(made.token, language=None, wrap_lines=True)
        address = installation().settings.console_url
        st.caption(t("Whoever has it signs in at {address} and sees this event.", address=address))
        is_saved = st.button(t("I have saved it"), type="primary")
    if is_saved:
        _MADE.take()
    return is_saved


# The event of the first start, which nobody created


def explain_first_event() -> None:
    """What it is for."""
    st.caption(
        t(
            "This event has been here since the first start: to try everything out, or to be "
            "renamed and used. Programs that name no event work on it."
        )
    )
