"""Windows over a screen, which stay open while something is chosen in them."""

from collections.abc import Callable
from typing import Literal

import streamlit as st

from console.session_key import SessionKey

_CLOSE = SessionKey[Callable[[], None]]("windows.close")


def show_window(
    title: str,
    draw: Callable[[], None],
    close: Callable[[], None],
    *,
    width: Literal["small", "medium", "large"] = "small",
) -> None:
    """Show a window, which `draw` fills; `close` tells its screen that it is no longer open."""
    _CLOSE.set(close)
    st.dialog(title, width=width, on_dismiss=close)(draw)()


def close_what_was_left() -> None:
    """Close the windows of other screens, left for example by the browser's buttons: readers who
    return would meet them again, over what has changed meanwhile."""
    if close := _CLOSE.take():
        close()
