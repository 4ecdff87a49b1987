"""What gives access is shown once, until it is saved; such as an organizer's new token."""

from dataclasses import dataclass

import streamlit as st

from console.session_key import SessionKey
from console.text import t


@dataclass(frozen=True)
class Secret:
    """A secret of which only the hash is stored, what to do with it, and what it opens."""

    title: str
    what_to_do: str
    text: str
    then: str


def show_once(place: SessionKey[Secret]) -> None:
    """Show the secret that is kept there, until somebody confirms that it is saved."""
    made = place.get()
    if made is None:
        return
    with st.container(border=True):
        st.header(made.title)
        st.markdown(made.what_to_do)
        st.code(made.text, language=None, wrap_lines=True)
        st.caption(made.then)
        if st.button(t("I have saved it"), type="primary", key=place.of("saved").name):
            place.take()
            st.rerun()


# The event of the first start, which nobody created


def explain_first_event() -> None:
    """What it is for."""
    st.caption(
        t(
            "This event has been here since the first start: to try everything out, or to be "
            "renamed and used. Programs that name no event work on it."
        )
    )
