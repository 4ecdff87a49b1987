"""The certificate: its image, the placement on it, and how it comes out."""

import streamlit as st

from console import group_choice
from console.screens.certificate import (
    files,
    full_size,
    gallery,
    of_group,
    placing,
    replaced,
    saving,
    template,
    volunteers_view,
)
from console.screens.certificate.conflict import show_conflict
from console.screens.certificate.preview import choose_name, sample_name, show_preview
from console.session import in_hand, reading
from console.text import t
from shared.certificates.columns_shown import sample_values
from shared.certificates.designs import designs
from shared.storage.models import Picture
from shared.volunteers.people.longest_names import longest_names


def show() -> None:
    st.title(t("Certificate"))
    with reading() as (session, event):
        has_design = event.design is not None
    if has_design:
        group_choice.show_choice()
        if of_group.has_everybodys():
            return
    else:
        group_choice.choose_everybody()
    if gallery.is_open():
        gallery.show()
        return
    with reading() as (session, event):
        design = group_choice.shown_design(event)
        picture = session.get_one(Picture, design.template_sha256) if design else None
    if design is None or picture is None:
        template.ask_for_first()
        return
    template.say_what_was_found(design, picture)
    replaced.offer_back()
    _place()
    with st.expander(t("Another picture"), icon=":material/upload:"):
        template.describe(design, picture)
        st.caption(t("What was placed stays placed, and issued certificates stay as they are."))
        template.upload(design)
        gallery.offer()
    with st.expander(t("Own typeface"), icon=":material/font_download:"):
        files.show_own_typefaces()
    with st.expander(t("Size in the mail"), icon=":material/attach_email:"):
        files.show_size_limit()
    of_group.offer_everybodys()
    group_choice.offer_first()


@st.fragment
@in_hand()
def _place() -> None:
    with reading() as (session, event):
        design = group_choice.shown_design(event)
        assert design is not None
        columns = sample_values(session, event) | group_choice.own_value(event)
        families = designs.own_fonts(session, event)
        longest = longest_names(session, event)
        place = saving.place_of(event)
        history = saving.show_stored(place, design)
    if (mine := saving.waiting(place)) is not None:
        facts = full_size.facts(event, sample_name(event.language), columns)
        show_conflict(place, design, mine, facts)
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        name = choose_name(longest, event.language)
        with st.container(horizontal=True, vertical_alignment="center"):
            saving.show_steps(history)
            if st.button(
                t("Full size"), key="certificate.full_size", icon=":material/open_in_full:"
            ):
                full_size.show(name, columns)
            if st.button(
                t("What volunteers see"), key="certificate.view", icon=":material/smartphone:"
            ):
                volunteers_view.show(name)
        saving.say_saved()
        # Before the controls: the browser fetches it while they are made.
        placing.choose_field(history.layout)
        show_preview(name, columns)
    with right:
        placing.show_controls(history.layout, columns, families)
