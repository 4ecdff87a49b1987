"""Streamlit's captions, paragraphs and notes, with their sentence translated. A note has an icon
of Material Symbols; those with `_count` say the sentence about `one` or about `many`.
"""

import streamlit as st

from console.text import t, tn


def show_caption(message: str, **details: object) -> None:
    st.caption(t(message, **details))


def show_paragraph(message: str, **details: object) -> None:
    st.markdown(t(message, **details))


def show_info(message: str, *, icon: str = "", **details: object) -> None:
    st.info(t(message, **details), icon=_named(icon))


def show_warning(message: str, *, icon: str = "", **details: object) -> None:
    st.warning(t(message, **details), icon=_named(icon))


def show_caption_count(one: str, many: str, count: int, **details: object) -> None:
    st.caption(tn(one, many, count, **details))


def show_info_count(one: str, many: str, count: int, *, icon: str = "", **details: object) -> None:
    st.info(tn(one, many, count, **details), icon=_named(icon))


def show_warning_count(
    one: str, many: str, count: int, *, icon: str = "", **details: object
) -> None:
    st.warning(tn(one, many, count, **details), icon=_named(icon))


def _named(icon: str) -> str | None:
    return f":material/{icon}:" if icon else None
