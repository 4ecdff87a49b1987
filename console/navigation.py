"""From one screen to another: the pages of the running script, by name."""

from collections.abc import Mapping

from streamlit.navigation.page import Page

from console.session_key import SessionKey

_PAGES = SessionKey[Mapping[str, Page]]("navigation.pages")


def remember_pages(pages: Mapping[str, Page]) -> None:
    _PAGES.set(pages)


def page(name: str) -> Page:
    """The screen with this name, to link or to go to."""
    return _PAGES.get({})[name]


def is_open(name: str) -> bool:
    """Whether the signed-in person may see this screen, which is not offered to others."""
    return page(name).visibility == "visible"
