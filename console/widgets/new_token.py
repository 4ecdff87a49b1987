"""What gives access is shown once, until it is saved; such as an organizer's new token."""

from typing import Any

import streamlit as st

from console.session import installation
from console.session_key import SessionKey
from console.text import plain, t
from shared.storage.models import Event


def show_secret(
    title: str, what_to_do: str, secret: str, then: str, place: SessionKey[Any]
) -> bool:
    """Show a secret of which only the hash is stored. Returns whether it was just saved."""
    with st.container(border=True):
        st.header(title)
        st.markdown(what_to_do)
        st.code(secret, language=None, wrap_lines=True)
        st.caption(then)
        return st.button(t("I have saved it"), type="primary", key=place.of("saved").name)


# The name of an event, and the token that opens it.
_MADE = SessionKey[tuple[str, str]]("new_token.made")


def keep_new_token(event: Event, token: str) -> None:
    """Keep showing it until somebody confirms that it is saved."""
    _MADE.set((event.name, token))


def show_new_token() -> bool:
    """Show the new token once. Returns whether it was just saved."""
    name, token = _MADE.get(("", ""))
    if not token:
        return False
    address = installation().settings.console_url
    is_saved = show_secret(
        t("The organizer's token of “{event}”", event=plain(name)),
        t("Copy it now. It is shown only this once; it can be renewed at any time."),
        token,
        t("Whoever has it signs in at {address} and sees this event.", address=address),
        _MADE,
    )
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
