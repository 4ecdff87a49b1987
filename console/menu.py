"""The sidebar: the event, its screens, and the reader's account."""

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from console import event_choice
from console.navigation import is_open, page
from console.session import EVENT_ID
from console.text import language, t, tn
from shared import features
from shared.access.keys import EventName
from shared.language import LANGUAGE_NAMES
from shared.settings import settings
from shared.storage.models import Event
from shared.storage.schema import version_and_schema
from shared.volunteers.people.progress import MOST_NEEDING

# The entries of the menu by their titles, each with its screens and their titles within it.
Entries = Mapping[str, Mapping[str, str]]


def show_menu(
    entries: Entries, screen: str, event: Event | None, opened: Sequence[EventName], needing: int
) -> None:
    """Draw the sidebar. `screen` is the open one; `needing` people need attention."""
    event_choice.show_switcher(event, opened, screen)
    with st.container(key="menu.entries", gap=None):
        for title, screens in entries.items() if event else ():
            seen = [name for name in screens if is_open(name)]
            label = t(title)
            if needing and title == "Volunteers":
                # Screen readers get words beside the number.
                number = f"{MOST_NEEDING}+" if needing > MOST_NEEDING else str(needing)
                words = tn("needs attention", "need attention", needing)
                label += f" :red-badge[{number} :small[{words}]]"
            if seen:
                _link(seen[0], label, is_current=screen in screens)
    with st.container(key="menu.foot", gap=None):
        _link("events", t("All events"), is_current=screen == "events")
        for name, declared in features.screens().items():
            if is_open(name):
                _link(name, t(declared.title), is_current=screen == name)
        if is_open("mail"):
            _link("mail", t("Installation mail"), is_current=screen == "mail")
        _link("sessions", t("My sign-ins"), is_current=screen == "sessions")
        base, guide, leave = settings().console_path, t("Guide"), t("Sign out")
        links = [
            *(
                f'<a href="{base}/language/{code}" target="_self" lang="{code}">{name}</a>'
                for code, name in LANGUAGE_NAMES.items()
                if code != language()
            ),
            f'<a href="{base}/guide" target="_blank">{guide}</a>',
            f'<a href="{base}/signout" target="_self">{leave}</a>',
        ]
        version = f'<div class="version">{version_and_schema()}</div>'
        st.html('<div class="quiet-links">' + " · ".join(links) + f"{version}</div>")


def show_parts(entries: Entries, screen: str) -> None:
    """Draw the links between the screens of one entry, above the open one."""
    screens = next((parts for parts in entries.values() if screen in parts), {})
    seen = {name: title for name, title in screens.items() if is_open(name)}
    if len(seen) < 2:
        return
    with st.container(key="menu.parts", horizontal=True, gap="small"):
        for name, title in seen.items():
            _link(name, t(title), is_current=name == screen, width="content")


def _link(
    name: str,
    label: str,
    *,
    is_current: bool,
    width: Literal["stretch", "content"] = "stretch",
) -> None:
    """Draw a link to a screen of the same event; `page.js` tells screen readers which one is
    open."""
    event_id = EVENT_ID.get()
    state = "current" if is_current else "other"
    # A screen may be linked as an entry and among the parts of it.
    with st.container(key=f"menu.{state}.{width}.{name}", width=width):
        st.page_link(
            page(name),
            label=label,
            width=width,
            query_params=None if event_id is None else {"event": str(event_id)},
        )
