"""One window for what the list's columns hold, and for the groups that are made of their values."""

import streamlit as st

from console import group_choice
from console.screens.volunteers import kinds
from console.session import may, reading
from console.text import t
from shared.access.roles import Permission
from shared.storage.models import Event


def is_offered(event: Event) -> bool:
    return bool(event.list_columns) and may(Permission.SEE_ADDRESSES)


def show() -> None:
    with reading() as (_, event):
        may_group = may(Permission.CHANGE_DESIGN) and bool(event.list_columns)
    if may_group:
        with st.expander(t("Groups"), icon=":material/groups:", key="volunteers.groups"):
            group_choice.show_groups()
    kinds.show()
