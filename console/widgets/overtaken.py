"""Others stored what somebody is typing over: both are shown, and the person chooses."""

import streamlit as st

from console.text import plain, t
from console.widgets.stored_fields import StoredFields


def show_overtaken(fields: StoredFields) -> None:
    """Show what is saved and what was typed, side by side, with the two ways on; nothing if others
    stored nothing. Call after the fields, and outside of their form."""
    overtaken = fields.overtaken()
    if not overtaken:
        return
    with st.container(border=True):
        st.warning(
            t(
                "This was changed elsewhere, in another tab or by somebody else, since this page "
                "showed it. What you typed is not saved: choose which one stays."
            ),
            icon=":material/call_split:",
        )
        for one in overtaken:
            st.markdown(f"**{plain(one.label)}**")
            left, right = st.columns(2)
            for column, title, text in (
                (left, t("Saved elsewhere"), one.stored),
                (right, t("Yours"), one.typed),
            ):
                with column:
                    st.caption(title)
                    st.code(text, language=None, wrap_lines=True)
        with st.container(horizontal=True):
            st.button(
                t("Go on with what is saved"), key=fields.place.of("give_up").name,
                icon=":material/check:", on_click=fields.give_up,
            )  # fmt: skip
            st.button(
                t("Put mine in its place"), key=fields.place.of("insist").name,
                icon=":material/swap_horiz:", on_click=fields.insist,
            )  # fmt: skip
