"""Who works on the event besides its owner: each with a key and a role of their own."""

import streamlit as st

from console.screens.people import adding
from console.screens.people.listed import show_people
from console.session import reading
from console.text import t
from shared.events.people import people_of


def show() -> None:
    st.title(t("People"))
    st.caption(
        t(
            "Everybody who works on this event has a key of their own, which can be revoked alone. "
            "Hand the event over by adding an organizer and then removing yourself."
        )
    )
    with reading() as (session, event):
        people = people_of(session, event.id)
    adding.show_new_key(event.id)
    adding.offer_to_add(len(people))
    show_people(event, people)
