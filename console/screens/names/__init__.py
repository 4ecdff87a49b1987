"""The names on the certificates: who decides them, and how they look there."""

import streamlit as st

from console.screens.names.fit import show_tight_names
from console.screens.names.saying import show_saying
from console.session import reading
from console.text import t


def show() -> None:
    st.title(t("Names"))
    with reading() as (_, event):
        show_saying(event)
        show_tight_names(event)
