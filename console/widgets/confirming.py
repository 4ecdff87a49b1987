"""A question that stands until it is answered: a button that says yes, and one that does not."""

from typing import Any

import streamlit as st

from console.session_key import SessionKey
from console.text import t


def is_confirmed(label: str, asked: SessionKey[Any], **how: Any) -> bool:
    """Whether what was `asked` is wanted; either answer forgets that it was."""
    is_pressed = st.button(label, key=asked.of("do").name, **how)
    st.button(t("Cancel"), key=asked.of("not").name, on_click=asked.forget)
    if is_pressed:
        asked.forget()
    return is_pressed
