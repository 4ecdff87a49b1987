"""The public page of the event: published by a person, closed by one press."""

import streamlit as st

from console.poster import offer_poster
from console.session import changing, installation, reading
from console.text import language, plain, t, tn
from shared.access.roles import Permission
from shared.certificates.issuing import wall
from shared.events.event_page import LONGEST_THANKS, close, page_link, publish
from shared.storage.models import Event


def show(event: Event) -> None:
    """Folded: what it shows, its address, and the word that publishes it."""
    with st.expander(t("Page of the event"), icon=":material/public:", key="send.page"):
        with reading() as (session, current):
            shown = wall.count(session, current) if current.page_published_at else 0
        if event.page_published_at:
            st.link_button(
                t("Open the page"),
                page_link(installation().settings, event),
                icon=":material/open_in_new:",
            )
            st.code(page_link(installation().settings, event), language=None, wrap_lines=True)
            st.caption(tn("It shows {count} certificate.", "It shows {count} certificates.", shown))
        else:
            st.caption(
                t(
                    "How many people and hours, your thanks, and the certificates of those who "
                    "agree on their own page. Who is looking for their certificate asks for their "
                    "link there."
                )
            )
        offer_poster(event, language(), "send")
        with st.form(f"send.page.{event.id}", border=False):
            thanks = st.text_area(
                t("Thanks in your words"), event.page_thanks, max_chars=LONGEST_THANKS,
                key=f"send.page_thanks.{event.id}",
            )  # fmt: skip
            is_listed = st.checkbox(
                t("Search engines may list it"), event.page_is_listed,
                key=f"send.page_listed.{event.id}",
            )  # fmt: skip
            is_sure = bool(event.page_published_at) or st.checkbox(
                t("Yes, everybody who has the address may read “{event}”", event=plain(event.name)),
                key=f"send.page_sure.{event.id}",
            )
            is_pressed = st.form_submit_button(
                t("Save") if event.page_published_at else t("Publish the page"),
                key=f"send.page_save.{event.id}",
            )
        if is_pressed and not is_sure:
            st.warning(t("Tick that everybody may read it, then publish."))
        elif is_pressed:
            done = t("The page of the event is published.")
            with changing(Permission.CHANGE_TEXTS, done) as (session, locked):
                publish(session, locked, thanks=thanks, is_listed=is_listed)
        if event.page_published_at and st.button(
            t("Close the page"), key=f"send.close_page.{event.id}"
        ):
            done = t("Nobody finds the page of the event any more.")
            with changing(Permission.CHANGE_TEXTS, done) as (session, locked):
                close(session, locked)
