"""Somebody or something among others: its name, what it is, and lines about it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

import streamlit as st

from console.text import plain

Colour = Literal["blue", "gray", "green", "red", "orange"]


@contextmanager
def card(name: str, badges: Mapping[str, Colour], lines: Iterable[str]) -> Iterator[None]:
    """What can be done with it is drawn within."""
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{plain(name)}**", width="content")
            for badge, colour in badges.items():
                st.badge(badge, color=colour)
        st.caption("  \n".join(plain(line) for line in lines))
        yield
