"""The certificate as it comes out, large and without the boxes' frames."""

from datetime import datetime
from zoneinfo import ZoneInfo

import streamlit as st

from console.group_choice import shown_design
from console.previews import preview_url
from console.session import installation, reading
from console.text import in_words, t
from shared.certificates.designs import designs
from shared.certificates.issuing import sample_facts
from shared.errors import ProductError
from shared.rendering.facts import Facts
from shared.storage.models import Event


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
