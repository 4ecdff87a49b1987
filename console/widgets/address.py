"""The correction of a person's address."""

from typing import Any

import streamlit as st

from console.jobs import acting_on_person
from console.session import installation
from console.session_key import SessionKey
from console.text import t
from console.widgets.stored_fields import StoredForm
from shared.access.roles import Permission
from shared.volunteers.people import roster


def ask_for_address(place: SessionKey[Any], person_id: int, stored: str) -> None:
    """Draw the form that changes the address of a person, which is `stored` now."""
    form, seal = StoredForm(place), installation().seal
    act = acting_on_person(
        person_id,
        lambda session, person, address: roster.change_address(session, seal, person, address),
    )
    with st.form(place.name):
        address = form.of("address", stored)
        st.text_input(t("Address"), type="email", key=address.name)
        done = t("The address is changed. Failed mails are sent again.")
        label = t("Change the address")
        needed, typed = Permission.CHANGE_LIST, (address,)
        form.submit_button(label, act, needed, done=done, typed=typed, icon="edit")
