"""Ways from one screen to another, and windows over a screen."""

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
PAGES = SessionKey[Mapping[str, Page]]("navigation.pages")


def page(name: str) -> Page:
    """Return the page of the screen with this name, which may be followed by a window of it."""
    return PAGES.get({})[name.partition("?")[0]]


# The window with the tightest names of the list.
NAMES = "volunteers?window=names"


def is_open(name: str) -> bool:
    """Return whether the signed-in person may see this screen."""
    return page(name).visibility == "visible"


def link_to(screen: str, label: str, icon: str | None = None) -> None:
    """Draw a link to the screen, or to a window of it such as `volunteers?window=list`, of the same
    event."""
    place = {"event": str(EVENT_ID.get()), **dict(parse_qsl(screen.partition("?")[2]))}
    st.page_link(page(screen), label=label, icon=icon, query_params=place)


# The name in the address when a window was shown last, and what closes that window.
_SHOWN = SessionKey[tuple[str, Callable[[], object]]]("navigation.shown")


def show_window(
    title: str,
    draw: Callable[[], None],
    close: Callable[[], object] = lambda: None,
    *,
    width: Literal["small", "medium", "large"] = "small",
    is_beside: bool = False,
) -> None:
    """Show a window that `draw` fills, as a panel beside the screen if it `is_beside`, until its
    reader closes it, or `leave_window` does; `close` is called once it is no longer open.

    It stays open while its fields are used.
    """

    def dismissed() -> None:
        leave_window()
        close()

    def drawn() -> None:
        began = time.monotonic()
        draw_anew_if_changed()
        draw()
        # The window covers the foot of the screen.
        tell_the_rest(began)

    _SHOWN.set((open_window(), close))
    position: Literal["right", "center"] = "right" if is_beside else "center"
    st.dialog(title, width=width, position=position, on_dismiss=dismissed)(drawn)()


def close_what_was_left() -> None:
    """Close the window of another screen that was left, for example by the browser's buttons:
    readers who return would find it open over a changed screen."""
    name, close = _SHOWN.take(("", lambda: None))
    if open_window() == name:
        leave_window()
    close()


# The address names the open window, for links and for reloads.
_WINDOW = "window"


def open_window() -> str:
    """Return the name of the open window; empty if none is."""
    return st.query_params.get(_WINDOW, "")


def go_to_window(name: str) -> None:
    st.query_params[_WINDOW] = name


def leave_window() -> None:
    if _WINDOW in st.query_params:
        del st.query_params[_WINDOW]
