"""The event of the first start, which nobody made: what it is for."""

import streamlit as st

from console.session import installation
from console.text import t
from shared.events.installation import is_first_event
from shared.storage.models import Event


def explain_first_event(event: Event) -> None:
    """What the event is for that nobody made."""
    with installation().database.reading() as session:
        is_first = is_first_event(session, event)
    if is_first:
        st.caption(
            t(
                "This event has been here since the first start: to try everything out, or to be "
                "renamed and used. Programs that name no event work on it."
            )
        )
