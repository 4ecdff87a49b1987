"""From one screen to another: the pages of the script that runs, by name."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import Page


def remember_pages(pages: Mapping[str, Page]) -> None:
    st.session_state["pages"] = pages


def page(name: str) -> Page:
    """The screen of this name, to link or to go to."""
    found: Page = st.session_state["pages"][name]
    return found
