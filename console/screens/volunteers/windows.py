"""Which window stands over the screen: the address says so, for links and for reloads."""

import streamlit as st

_NAME = "window"


def open_window() -> str:
    """The name of the window that is open; empty: none is."""
    return st.query_params.get(_NAME, "")


def offer_window(name: str, label: str, icon: str, *, is_first: bool = False) -> None:
    """A button that opens a window."""
    st.button(
        label, key=f"volunteers.open.{name}", icon=f":material/{icon}:",
        type="primary" if is_first else "secondary", on_click=show, args=(name,),
    )  # fmt: skip


def show(name: str) -> None:
    st.query_params[_NAME] = name


def close_window() -> None:
    if _NAME in st.query_params:
        del st.query_params[_NAME]
