"""Sentences that are translated where they are drawn: a `remark` is a caption, a `paragraph` plain
text, and `inform` and `caution` draw notes with an icon of Material Symbols."""

import streamlit as st

from console.text import t


def remark(message: str, **details: object) -> None:
    st.caption(t(message, **details))


def paragraph(message: str, **details: object) -> None:
    st.markdown(t(message, **details))


def inform(message: str, *, icon: str = "", **details: object) -> None:
    st.info(t(message, **details), icon=f":material/{icon}:" if icon else None)


def caution(message: str, *, icon: str = "", **details: object) -> None:
    st.warning(t(message, **details), icon=f":material/{icon}:" if icon else None)
