"""From one screen to another: the pages of the running script, by name."""

import time
from collections.abc import Callable, Mapping
from typing import Literal
from urllib.parse import parse_qsl

import streamlit as st

from console.session import EVENT_ID, tell_the_rest
from console.session_key import SessionKey
from console.streamlit_edge.names import Page
from console.widgets.pressed import draw_anew_if_changed
from shared import features

# These screens are about no event; every other screen is about one.
OF_NO_EVENT = ("events", *features.screens(), "mail", "sessions")
_PAGES = SessionKey[Mapping[str, Page]]("navigation.pages")


def remember_pages(pages: Mapping[str, Page]) -> None:
    _PAGES.set(pages)


def page(name: str) -> Page:
    """The screen with this name, perhaps with a window of it, to link or to go to."""
    return _PAGES.get({})[name.partition("?")[0]]


# The window with the tightest names of the list.
NAMES = "volunteers?window=names"


def is_open(name: str) -> bool:
    """Whether the signed-in person may see this screen, which is not offered to others."""
    return page(name).visibility == "visible"


def link_to(screen: str, label: str, icon: str | None = None) -> None:
    """A link to the screen, or to one of its windows, such as `volunteers?window=list`; it stays
    about the same event."""
    place = {"event": str(EVENT_ID.get()), **dict(parse_qsl(screen.partition("?")[2]))}
    st.page_link(page(screen), label=label, icon=icon, query_params=place)


# Windows over a screen, which stay open while something is chosen in them


_CLOSE = SessionKey[Callable[[], object]]("navigation.close")


def show_window(
    title: str,
    draw: Callable[[], None],
    close: Callable[[], object],
    *,
    width: Literal["small", "medium", "large"] = "small",
    is_beside: bool = False,
) -> None:
    """Show a window, which `draw` fills, or a panel beside the screen; `close` tells its screen
    that it is no longer open."""

    def dismissed() -> None:
        close()

    def drawn() -> None:
        began = time.monotonic()
        draw_anew_if_changed()
        draw()
        # It covers the foot of the screen.
        tell_the_rest(began)

    _CLOSE.set(close)
    position: Literal["right", "center"] = "right" if is_beside else "center"
    st.dialog(title, width=width, position=position, on_dismiss=dismissed)(drawn)()


def close_what_was_left() -> None:
    """Close the windows of other screens, left for example by the browser's buttons: readers who
    return would meet them again, over what has changed meanwhile."""
    if close := _CLOSE.take():
        close()


# The address names the window that stands over a screen, for links and for reloads

_WINDOW = "window"


def open_window() -> str:
    """The name of the window that is open; empty: none is."""
    return st.query_params.get(_WINDOW, "")


def go_to_window(name: str) -> None:
    st.query_params[_WINDOW] = name


def leave_window() -> None:
    if _WINDOW in st.query_params:
        del st.query_params[_WINDOW]
