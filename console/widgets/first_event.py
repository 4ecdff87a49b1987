"""The event of the first start, which nobody created."""

import streamlit as st

from console.text import t


def explain_first_event() -> None:
    """What it is for."""
    st.caption(
        t(
            "This event has been here since the first start: to try everything out, or to be "
            "renamed and used. Programs that name no event work on it."
        )
    )
