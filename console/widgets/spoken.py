"""Sentences that are translated where they are drawn: a `remark` is a caption, a `paragraph` plain
text, and `inform` and `caution` draw notes with an icon of Material Symbols.

Those with `_count` say the sentence about `one` or about `many`.
"""

import streamlit as st

from console.text import t, tn


def remark(message: str, **details: object) -> None:
    st.caption(t(message, **details))


def paragraph(message: str, **details: object) -> None:
    st.markdown(t(message, **details))


def inform(message: str, *, icon: str = "", **details: object) -> None:
    st.info(t(message, **details), icon=_named(icon))


def caution(message: str, *, icon: str = "", **details: object) -> None:
    st.warning(t(message, **details), icon=_named(icon))


def remark_count(one: str, many: str, count: int, **details: object) -> None:
    st.caption(tn(one, many, count, **details))


def inform_count(one: str, many: str, count: int, *, icon: str = "", **details: object) -> None:
    st.info(tn(one, many, count, **details), icon=_named(icon))


def caution_count(one: str, many: str, count: int, *, icon: str = "", **details: object) -> None:
    st.warning(tn(one, many, count, **details), icon=_named(icon))


def _named(icon: str) -> str | None:
    return f":material/{icon}:" if icon else None
