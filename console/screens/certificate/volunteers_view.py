"""The page that volunteers see, with a working sample, on a phone and on a desktop."""

import time
from typing import Literal

import streamlit as st

from console.group_choice import chosen_id
from console.session import installation, reading
from console.session_key import SessionKey
from console.text import plain, t
from shared.certificates.sample_pages import LASTS, SamplePage, token_of
from shared.events.links import sample_page_link
from shared.preflight.checks import is_ours

# CSS pixels: those of many phones, and as many as fit into a window of the console.
_PHONE, _HEIGHT = 390, 700
# The address of a sample page, for half of its lifetime.
_TOKEN = SessionKey[str]("certificate.sample")


def show(name: str) -> None:
    """A window with the page; nothing submitted there is stored."""
    st.dialog(t("What volunteers see"), width="large")(_page)(name)


def _page(name: str) -> None:
    with reading() as (_, event):
        page = SamplePage(event.id, name, group_id=chosen_id(event))
        language = event.language
    # Kept for a while: a new address would reload the page.
    kept = _TOKEN.of(page, time.time() // (LASTS / 2))
    token = kept.keep(token_of(installation().seal, page))
    public_url = installation().settings.public_url
    if not is_ours(public_url):
        st.warning(
            t(
                "{address} does not answer from here, so the page below may stay empty. It has to "
                "be the address at which volunteers reach this installation (PUBLIC_URL).",
                address=plain(public_url),
            ),
            icon=":material/cloud_off:",
        )
    on_phone, on_desktop = t("Phone"), t("Desktop")
    chosen = st.segmented_control(
        t("Seen on"), [on_phone, on_desktop], default=on_phone, required=True
    )
    address = sample_page_link(installation().settings, token, language)
    with st.container(horizontal_alignment="center"):
        width: int | Literal["stretch"] = _PHONE if chosen == on_phone else "stretch"
        st.iframe(address, width=width, height=_HEIGHT, alt=t("What volunteers see"))
    st.link_button(t("Open it in a tab of its own"), address, icon=":material/open_in_new:")
