"""Which event the screens are about: the address names it, and otherwise the reader is asked."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from console.session import EVENT_ID, choose_event
from console.session_key import SessionKey
from console.text import plain, t
from shared.access.keys import EventName

_CHOICE = SessionKey[int | None]("event_choice.event")


def settle(opened: Sequence[EventName]) -> int | None:
    """Choose one of the `opened` events for this run; None if none is chosen.

    Links, reloads and the back button name it in the address. Between two screens the address
    briefly names none: then it is the one of this session; in a new session, as after a restart,
    the one that the sidebar still shows; or the only one.
    """
    named, asked = st.query_params.get("event"), _asked()
    found = next((event.id for event in opened if str(event.id) == asked), None)
    # Archived events are not offered, but stay chosen for somebody who is looking at one.
    listed = [event for event in opened if event.id == found or not event.is_archived]
    with st.sidebar:
        chosen = _sidebar_choice(listed, found, is_open=not asked)
    if len(opened) == 1 and not named:
        chosen = opened[0].id
    EVENT_ID.set(chosen)
    if chosen is not None and named != str(chosen):
        st.query_params["event"] = str(chosen)
    return chosen


def wanted() -> int | None:
    """The requested event, whether or not it is open to the reader."""
    asked = _asked()
    return int(asked) if asked.isdecimal() and len(asked) < 10 else None


def _asked() -> str:
    return st.query_params.get("event") or str(EVENT_ID.get(""))


def ask(opened: Sequence[EventName]) -> None:
    """Ask which event to show, in place of a screen about one."""
    st.title(t("Which event?"))
    if "event" in st.query_params:
        st.warning(
            t("The event in the address does not exist, or it is not open to you."),
            icon=":material/link_off:",
        )
    st.markdown(t("Choose the event that you want to work on."))
    listed = [event for event in opened if not event.is_archived]
    for event_id, name in _distinct_names(listed).items():
        st.button(
            plain(name),
            key=f"event_choice.button.{event_id}",
            on_click=choose_event,
            args=(event_id,),
            icon=":material/celebration:",
            width=480,
        )


def _sidebar_choice(opened: Sequence[EventName], found: int | None, *, is_open: bool) -> int | None:
    """The choice in the sidebar, which shows `found`; its value while the choice `is_open`."""
    names = _distinct_names(opened)
    if len(names) <= 1:
        return found
    if not is_open:
        _CHOICE.set(found)
    return st.selectbox(
        t("Event"),
        list(names),
        index=None,
        format_func=lambda id: names[id],
        placeholder=t("Choose an event"),
        key=_CHOICE.name,
        on_change=_take_choice,
    )


def _take_choice() -> None:
    # Not an id, but the name of before, if the event was renamed and its reader went on at once.
    if isinstance(event_id := _CHOICE.get(), int):
        choose_event(event_id)


def _distinct_names(opened: Sequence[EventName]) -> dict[int, str]:
    """Events with the same name are numbered: Streamlit knows a choice only by its label."""
    count = Counter(one.name for one in opened)
    return {
        one.id: one.name if count[one.name] == 1 else f"{one.name} ({one.id})" for one in opened
    }
