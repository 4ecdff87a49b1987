"""The choice of the event that the screens are about: by the address, or else by the reader."""

from collections.abc import Sequence

import streamlit as st

from console.navigation import OF_NO_EVENT, page
from console.previews import event_picture
from console.session import EVENT_ID, choose_event
from console.session_key import SessionKey
from console.text import distinct, plain, t
from console.widgets.spoken import show_caption, show_caption_count, show_paragraph, show_warning
from shared.access.keys import EventName
from shared.storage.models import Event

_SEARCH = SessionKey[str]("event_choice.search")
# The switcher shows no more; others are found by searching.
_MOST_SHOWN = 8


def offered(opened: Sequence[EventName]) -> list[EventName]:
    """Return the events to choose from, without the one of the first start until anybody uses
    it."""
    return [event for event in opened if not event.is_unused]


def names_of(opened: Sequence[EventName]) -> dict[int, str]:
    """Return the names of the events by their ids, each different."""
    return distinct({event.id: event.name for event in opened})


def settle(opened: Sequence[EventName]) -> int | None:
    """Choose one of the `opened` events for this run, and return its id; None if none is chosen.

    Links, reloads and the back button name it in the address. Between two screens the address
    briefly names none: then it is the one of this tab, or the only one.
    """
    named, asked = st.query_params.get("event"), _asked()
    chosen = next((event.id for event in opened if str(event.id) == asked), None)
    if not named and len(only := offered(opened)) == 1:
        chosen = only[0].id
    EVENT_ID.set(chosen)
    if chosen is not None and named != str(chosen):
        st.query_params["event"] = str(chosen)
    return chosen


def wanted() -> int | None:
    """Return the id of the requested event, whether or not it is open to the reader."""
    asked = _asked()
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def _asked() -> str:
    return st.query_params.get("event") or str(EVENT_ID.get(""))


def ask(opened: Sequence[EventName]) -> None:
    """Ask which event to show, in place of a screen about one."""
    st.title(t("Which event?"))
    if "event" in st.query_params:
        show_warning("This event does not exist, or you have no access to it.", icon="link_off")
    show_paragraph("Choose an event to work on.")
    listed = [event for event in offered(opened) if not event.is_archived]
    for event_id, name in names_of(listed).items():
        st.button(
            plain(name),
            key=f"event_choice.button.{event_id}",
            on_click=choose_event,
            args=(event_id,),
            icon=":material/celebration:",
            width=480,
        )


def show_switcher(event: Event | None, opened: Sequence[EventName], screen: str) -> None:
    """Draw the event with its certificate, and the way to another one on the same `screen`."""
    opened = offered(opened)
    # Archived events are not offered, but stay chosen for somebody who is looking at one.
    others = {
        other.id: name
        for other, name in zip(opened, names_of(opened).values(), strict=True)
        if not other.is_archived and other.id != (event and event.id)
    }
    label = label_of(event) if event else t("Choose an event")
    with st.container(key="event_choice.event"):
        if not others:
            if event:
                st.markdown(label)
            return
        switcher = st.popover(
            label,
            # By the event, so that it closes when another one is chosen.
            key=f"event_choice.switcher.{event and event.id}",
            on_change="rerun",
            width="stretch",
            wrap=True,
        )
        if switcher.open:
            with switcher:
                _offer(others, screen)


def label_of(event: Event) -> str:
    """Return an event's certificate, name and state as Markdown, for the top of the menu and, on a
    phone, of the screen."""
    picture = f"![]({event_picture(event)}) " if event.design_id else ""
    return f"{picture}**{plain(event.name)}** {badge_of(event)}"


def badge_of(event: Event) -> str:
    """Return as Markdown whether an event's mails reach people."""
    colour, state = ("green", t("Live")) if event.live_at else ("orange", t("Rehearsal"))
    return f":{colour}-badge[{state}]"


def _offer(names: dict[int, str], screen: str) -> None:
    if len(names) > _MOST_SHOWN:
        words = st.text_input(t("Search"), key=_SEARCH.name, type="search") or ""
        names = {id: name for id, name in names.items() if words.casefold() in name.casefold()}
    with st.container(key="event_choice.others", gap=None):
        for event_id in list(names)[:_MOST_SHOWN]:
            # Not a link, from which the back button would not lead to the event before.
            is_chosen = st.button(
                plain(names[event_id]),
                key=f"event_choice.other.{event_id}",
                type="tertiary",
                width="stretch",
                on_click=choose_event,
                args=(event_id,),
            )
            if is_chosen and screen in OF_NO_EVENT:
                st.switch_page(page("overview"), query_params={"event": str(event_id)})
    if len(names) > _MOST_SHOWN:
        show_caption_count("{count} more: search", "{count} more: search", len(names) - _MOST_SHOWN)
    elif not names:
        show_caption("No event has these words.")
