"""The people who work on the event besides its owner, each with their own key and role."""

import streamlit as st

from console.screens.people import adding
from console.screens.people.invited import show_invited
from console.screens.people.listed import show_people
from console.screens.people.shown_once import show_once
from console.session import reading, signed_in
from console.text import t
from shared.access.colleagues import pending
from shared.access.people import people_of


def show() -> None:
    st.title(t("People"))
    st.caption(
        t(
            "Everybody who works on this event has a key of their own, which can be revoked alone. "
            "Hand the event over by adding an organizer and then removing yourself."
        )
    )
    with reading() as (session, event):
        people, invited = people_of(session, event.id), pending(session, event.id)
        mine = signed_in(session).key_id
    show_once(event.id)
    adding.offer_to_add(event, len(people) + len(invited))
    show_people(event, people, mine)
    show_invited(event, invited)
