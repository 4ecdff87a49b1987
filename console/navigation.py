"""From one screen to another: the pages of the running script, by name."""

from collections.abc import Callable, Mapping
from typing import Literal
from urllib.parse import parse_qsl

import streamlit as st
from streamlit.navigation.page import Page

from console.session_key import SessionKey

# These screens are about no event; every other screen is about one.
OF_NO_EVENT = ("events", "issuers", "sessions")
_PAGES = SessionKey[Mapping[str, Page]]("navigation.pages")


def remember_pages(pages: Mapping[str, Page]) -> None:
    _PAGES.set(pages)


def page(name: str) -> Page:
    """The screen with this name, perhaps with a window of it, to link or to go to."""
    return _PAGES.get({})[name.partition("?")[0]]


def is_open(name: str) -> bool:
    """Whether the signed-in person may see this screen, which is not offered to others."""
    return page(name).visibility == "visible"


def window_in(name: str) -> dict[str, str]:
    """What the address says of the window, in the name of a screen with one of its windows, such as
    `volunteers?window=list`."""
    return dict(parse_qsl(name.partition("?")[2]))


# Windows over a screen, which stay open while something is chosen in them


_CLOSE = SessionKey[Callable[[], None]]("navigation.close")


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
