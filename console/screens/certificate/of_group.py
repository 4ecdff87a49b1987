"""The certificate of a group: everybody's until it gets its own, and the way back."""

import streamlit as st

from console.group_choice import chosen
from console.session import changing, reading
from console.text import plain, t
from shared.access.roles import Permission
from shared.certificates.designs.group_designs import begin_own_design, end_own_design


def has_everybodys() -> bool:
    """Whether the chosen group has no certificate of its own; if so, the screen says so and offers
    one."""
    with reading() as (_, event):
        group = chosen(event)
    if group is None or group.design_id is not None:
        return False
    st.info(t("“{group}” gets the certificate that everybody gets.", group=plain(group.name)))
    if st.button(t("Give this group a certificate of its own"), icon=":material/add:"):
        done = t("It begins like everybody's.")
        with changing(Permission.CHANGE_DESIGN, done) as (session, event):
            if found := chosen(event):
                begin_own_design(session, event, found)
    return True


def offer_everybodys() -> None:
    """Offer the way back if a group has a certificate of its own."""
    with reading() as (_, event):
        group = chosen(event)
    if group is None:
        return
    with st.expander(t("Back to everybody's certificate"), icon=":material/undo:"):
        st.caption(t("The group's own one is gone then. What was issued stays as it is."))
        if st.button(t("Yes, give this group everybody's")):
            done = t("The group has everybody's certificate again.")
            with changing(Permission.CHANGE_DESIGN, done) as (session, event):
                if found := chosen(event):
                    end_own_design(session, event, found)
