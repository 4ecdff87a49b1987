"""An organizer's new token, shown until it is saved."""

import streamlit as st

from console.session import installation
from console.text import plain, t


def show_new_token() -> None:
    """The organizer's token, once: only its hash is kept."""
    made = st.session_state.get("new_token")
    if not made:
        return
    with st.container(border=True):
        st.header(t("The organizer's token of “{event}”", event=plain(made["event"])))
        st.markdown(t("Copy it now. It is shown only this once; it can be renewed at any time."))
        st.code(made["token"], language=None, wrap_lines=True)
        address = installation().settings.console_url
        st.caption(t("Whoever has it signs in at {address} and sees this event.", address=address))
        if st.button(t("I have saved it"), type="primary"):
            del st.session_state["new_token"]
            st.rerun()
