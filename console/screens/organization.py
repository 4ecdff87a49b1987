"""Who thanks, and the mail account that the thanks are sent from."""

import streamlit as st

from console import desk
from console.desk import t
from console.screens import mail_account
from shared import events
from shared.models import Event


def show() -> None:
    st.title(t("Organization and mail"))
    with desk.reading() as (_, event):
        pass
    left, right = st.columns(2, gap="large")
    with left:
        _organization(event)
        mail_account.show_test_mail(event)
    with right:
        mail_account.show_account(event)


def _organization(event: Event) -> None:
    st.header(t("Organization"))
    with st.form("organization"):
        name = st.text_input(t("Name of the organization"), event.organization, max_chars=200)
        website = st.text_input(
            t("Website"), event.website, type="url", placeholder="https://example.org"
        )
        frontend = st.text_input(
            t("Page that the links lead to"),
            event.frontend_url,
            type="url",
            help=t("Empty: the page that comes with this program."),
        )
        if st.form_submit_button(t("Save"), type="primary"):
            with desk.changing(t("Saved.")) as (_, locked):
                events.update_organization(
                    locked, name=name, website=website, frontend_url=frontend
                )
