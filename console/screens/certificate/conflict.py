"""Two tabs changed the same certificate's placement: both are shown, and the person chooses."""

import streamlit as st

from console.previews import preview_url
from console.screens.certificate import placement, saving
from console.session import reading
from console.text import in_words, t
from shared.certificates.designs import designs
from shared.errors import ProductError
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout
from shared.storage.models import Design


def show_conflict(place: saving.Place, design: Design, mine: Layout, facts: Facts) -> None:
    """Show what is saved and what this tab would have saved, side by side."""
    version = design.version
    saved = placement.with_all_kinds(designs.layout_of(design))
    st.warning(
        t(
            "The certificate was changed elsewhere, in another tab or by somebody else, since this "
            "page showed it. Your last change is not saved yet: choose which one stays."
        ),
        icon=":material/call_split:",
    )
    left, right = st.columns(2)
    with left:
        st.header(t("Saved elsewhere (version {version})", version=version))
        _picture(design, saved, facts, t("The certificate as it was saved elsewhere"))
        st.button(
            t("Go on with what is saved"), key="certificate.give_up", icon=":material/check:",
            on_click=saving.give_up, args=(place,),
        )  # fmt: skip
    with right:
        st.header(t("Yours, with your last change"))
        _picture(design, mine, facts, t("The certificate as you have placed it"))
        st.button(
            t("Put mine in its place"), key="certificate.insist", icon=":material/swap_horiz:",
            on_click=saving.insist, args=(version, saved, place),
        )  # fmt: skip


def _picture(design: Design, layout: Layout, facts: Facts, description: str) -> None:
    try:
        with reading() as (session, _):
            draft = designs.compiled_draft(
                session, design.template_sha256, layout, design.jpeg_quality
            )
        st.html(
            f'<img class="certificate" src="{preview_url(draft, facts, 600)}" alt="{description}">'
        )
    except ProductError as problem:
        st.error(in_words(problem))
