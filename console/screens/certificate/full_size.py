"""The certificate as it comes out, large and without the boxes' frames."""

import time
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

import streamlit as st

from console.group_choice import chosen_id, shown_design
from console.previews import preview_url
from console.session import installation, reading
from console.session_key import SessionKey
from console.text import in_words, plain, t
from shared.certificates.designs import designs
from shared.certificates.issuing.sample_pages import LASTS, SamplePage, token_of
from shared.certificates.issuing.samples import sample_facts
from shared.errors import ProductError
from shared.events.links import sample_page_link
from shared.preflight.checks import is_ours
from shared.rendering.facts import Facts
from shared.storage.models import Event

# CSS pixels: those of many phones, and as many as fit into a window of the console.
_PHONE, _HEIGHT = 390, 700
# The address of a sample page, for half of its lifetime.
_TOKEN = SessionKey[str]("certificate.sample")


def facts(event: Event, name: str, columns: dict[str, str]) -> Facts:
    """The facts on the sample."""
    today = datetime.now(ZoneInfo(event.time_zone)).date()
    return sample_facts(installation().settings, event, name, columns, today)


def show(name: str, columns: dict[str, str]) -> None:
    """A window with the certificate; a click opens it in full resolution in its own tab."""
    st.dialog(t("The certificate as it comes out"), width="large")(_picture)(name, columns)


def _picture(name: str, columns: dict[str, str]) -> None:
    try:
        with reading() as (session, event):
            shown = shown_design(event)
            assert shown is not None
            on_it = facts(event, name, columns)
            design = designs.compiled(session, shown, on_it)
            address = preview_url(design, on_it, design.width)
    except ProductError as problem:
        st.error(in_words(problem))
        return
    description, every_pixel = (
        t("Preview of the certificate"),
        t("Every pixel, in a tab of its own"),
    )
    st.html(
        f'<a href="{address}" target="_blank"><img class="certificate" src="{address}" '
        f'alt="{description}"><br>{every_pixel}</a>'
    )


# The page that volunteers see, with a working sample, on a phone and on a desktop


def show_volunteers_view(name: str) -> None:
    """A window with the page; nothing submitted there is stored."""
    st.dialog(t("What volunteers see"), width="large")(_sample_page)(name)


def _sample_page(name: str) -> None:
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
