"""The group that a screen is about, chosen at its top and kept in the page's address."""

import streamlit as st

from console.groups_window import show_button
from console.session import installation, reading
from console.session_key import AddressKey
from console.text import t
from shared.errors import GroupUnknown
from shared.events.groups import design_of
from shared.storage.models import Design, Event, Group
from shared.volunteers.people.grouping import WAITED_SECONDS, go_through, share_done

# The address contains what the screen shows: the group's name.
GROUP = AddressKey[str]("group")


def show_choice() -> None:
    """Offer everybody, or one of the event's groups; nothing if there are none."""
    with reading() as (_, event):
        names = [group.name for group in event.groups]
        event_id, is_known = event.id, event.grouped_until is None
    # Another event's group, or one that was removed, must not stay chosen.
    if GROUP.get("") not in names:
        GROUP.take()
    if names:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            st.selectbox(
                t("For whom"), ["", *names], key=GROUP.name, bind="query-params", width=320,
                format_func=lambda name: name or t("Everybody"),
            )  # fmt: skip
            show_button()
    if not is_known:
        _go_on(event_id)


def choose_everybody() -> None:
    """For a screen that offers no choice."""
    GROUP.take()


def offer_first() -> None:
    """The way to a first group, for the end of a screen: most events have none."""
    with reading() as (_, event):
        has_groups = bool(event.groups)
    if not has_groups:
        show_button()


def chosen(event: Event) -> Group | None:
    """The chosen group; None: everybody. Loaded anew, so it also works within a fragment.

    Raises GroupUnknown if it was removed meanwhile: what is meant for it is for nobody else.
    """
    name = GROUP.get("")
    found = next((group for group in event.groups if group.name == name), None)
    if name and found is None:
        raise GroupUnknown()
    return found


def shown_design(event: Event) -> Design | None:
    """The design for certificates of the chosen group, or of everybody."""
    return design_of(event, chosen(event))


def own_value(event: Event) -> dict[str, str]:
    """The column and value shared by everybody in the chosen group."""
    group = chosen(event)
    return {group.column_title: group.value} if group else {}


def chosen_id(event: Event) -> int | None:
    """Tells what is kept for one group from what is kept for others."""
    group = chosen(event)
    return group.id if group else None


def _go_on(event_id: int) -> None:
    """Go through a short list at once; the worker does long ones, and the progress is shown."""
    if go_through(installation().database, event_id, WAITED_SECONDS):
        return
    with reading() as (session, event):
        share = share_done(session, event)
    st.progress(
        share, t("Looking who on the list is in which group: {share}", share=f"{share:.0%}")
    )
