"""The certificate: its template, the placement of its fields, and previews of the result."""

from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from console import group_choice
from console.design_changes import change_button
from console.foot import foot, onward
from console.group_choice import chosen
from console.navigation import NAMES, link_to
from console.screens.certificate import gallery, placement, placing, preview, saving, template
from console.screens.certificate.editing import FIELD
from console.screens.certificate.preview import show_preview
from console.session import in_hand, installation, may, reading
from console.session_key import SessionKey
from console.text import plain, t, tn
from console.widgets.pressed import act_button, draw_anew_if_changed
from console.widgets.spoken import show_caption, show_info, show_warning
from console.widgets.upload import as_button, show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.changes import OwnDesign, end_own_design
from shared.certificates.designs.designs import own_fonts, store_picture, template_size
from shared.certificates.designs.fit_sheet import LOOK_SECONDS, fit_sheet, look_through
from shared.certificates.designs.gallery import accepted_logo
from shared.certificates.issuing.columns import sample_values
from shared.events.groups import with_id
from shared.rendering.facts import Facts
from shared.rendering.gallery.layouts import SIGNED, with_signature
from shared.rendering.layout import Layout
from shared.rendering.uploads.accepted import accept_signature
from shared.rendering.uploads.template import Template
from shared.storage.models import Design, Event, Picture, Volunteer

HERE = Path(__file__).parent
_BUTTON = SessionKey[Any]("certificate.signing.button")
_PHOTO = SessionKey[Any]("certificate.signing.photo")
# The signature cut out of the last photograph, until somebody decides about it.
_SEEN = SessionKey[Template]("certificate.signing.seen")


def show() -> None:
    st.html(HERE / "certificate.css")
    with reading() as (session, event):
        has_design = event.design is not None
        is_listed = session.scalar(select(exists().where(Volunteer.event_id == event.id)))
    if has_design:
        group_choice.show_choice()
        if has_everybodys():
            return
    else:
        group_choice.GROUP.take()
    wishes = gallery.seen()
    is_made = wishes.design is not None
    with reading() as (_, event):
        is_waiting = saving.waiting(saving.place_of(event)) is not None
    said = t("Your last change is not saved.") if is_waiting else t("Everything is saved.")
    with foot(
        said if is_made else "",
        missing="" if is_made else t("Pick a design, or bring your own file."),
    ):
        onward(
            "volunteers" if is_listed else "volunteers?window=list", t("Next: volunteers"),
            is_next=is_made,
        )  # fmt: skip
    head = st.container(horizontal=True, vertical_alignment="center", key="certificate.head")
    # Questions and sentences appear under the buttons that lead to them.
    said_in = st.container()
    with head:
        st.title(t("Certificate"), width="stretch")
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            gallery.show_kind_of_sheet(wishes)
            template.upload(wishes, said_in)
            gallery.show_logo(wishes, said_in)
    with said_in:
        gallery.show_answer(wishes)
    # The wall keeps its place when it becomes a strip, so that the keyboard's focus stays in it.
    left, right = st.columns([1, 8], gap="small")
    wall = "strip" if is_made else "wall"
    with left, st.container(key=f"certificate.{wall}"):
        gallery.show_wall(wishes)
    if wishes.design is None:
        return
    with reading() as (session, _):
        picture = session.get_one(Picture, wishes.design.template_sha256)
    with right:
        template.say_what_was_found(wishes.design, picture)
        _place(is_waiting)
    # Last, since reading a long list takes time; it appears above the sheet.
    if may(Permission.CHANGE_LIST):
        with said_in:
            _tell_small_names()
    with st.expander(t("Print quality"), icon=":material/print:"):
        template.describe(wishes.design, picture)
    with st.expander(t("Own typeface"), icon=":material/font_download:"):
        template.show_own_typefaces()
    with st.expander(t("Attachment size"), icon=":material/attach_email:"):
        template.show_size_limit()
    offer_everybodys()
    group_choice.offer_first()


def _tell_small_names() -> None:
    """Say how many names are printed small, with a link to them."""
    with reading() as (_, event):
        event_id = event.id
    look_through(installation().database, event_id, LOOK_SECONDS)
    with reading() as (session, event):
        small = fit_sheet(session, event).small
    if small:
        with st.container(horizontal=True, vertical_alignment="center"):
            said = tn("{count} name is printed small.", "{count} names are printed small.", small)
            st.markdown(f":orange-badge[{said}]", width="content")
            link_to(NAMES, t("Show them"), ":material/id_card:")


@st.fragment
@in_hand()
def _place(was_waiting: bool) -> None:
    """Show the sheet with its tools, or a conflict with somebody else's change. `was_waiting` says
    whether the foot, drawn before, speaks of a conflict."""
    draw_anew_if_changed()
    with reading() as (session, event):
        design = group_choice.shown_design(event)
        assert design is not None
        columns = sample_values(session, event) | group_choice.own_value(event)
        families = own_fonts(session, event)
        names = preview.names_to_try(session, event)
        place = saving.place_of(event)
        history = saving.show_stored(place, design)
        before = designs.way_back(session, event, design)
    mine = saving.waiting(place)
    if was_waiting != (mine is not None):
        st.rerun()
    if mine is not None:
        facts = preview.facts_shown(event, names[0], columns)
        show_conflict(place, design, *mine, facts)
        return
    name = preview.chosen_name(names)
    facts = preview.facts_shown(event, name, columns)
    if show_on_sheet(place, design, history.layout, facts):
        return
    sheet = st.container()
    tools = st.container(horizontal=True, vertical_alignment="center", key="certificate.tools")
    trial = st.container(horizontal=True, vertical_alignment="center", key="certificate.names")
    saving.say_saved()
    # Sentences about a change do not move the buttons above.
    said_in = st.container()
    with sheet:
        show_preview(facts, families, said_in)
    with tools:
        saving.show_steps(place, design, before.version if before else None)
        placing.show_additions(history.layout, columns)
        _offer_signing(place, t("Your signature"))
        if st.button(t("Full size"), key="certificate.full_size", icon=":material/open_in_full:"):
            window = st.dialog(t("Preview of the certificate file"), width="large")
            window(preview.show_full_size)(facts)
        if st.button(
            t("What volunteers see"), key="certificate.view", icon=":material/smartphone:"
        ):
            window = st.dialog(t("What volunteers see"), width="large")
            window(preview.show_volunteers_view)(name)
    with trial:
        preview.choose_name(names)
    if not history.layout.has_title:
        placing.show_alt(history.layout)
    placing.show_cells(design, history.layout, list(columns))


def show_conflict(
    place: saving.Place, design: Design, mine: Layout, change: str, facts: Facts
) -> None:
    """Show the saved placement and `mine` side by side, with a button for each; `change` says what
    this tab did."""
    version = design.version
    saved = placement.with_all_kinds(designs.layout_of(design))
    show_warning(
        "Somebody else, or you in another tab, changed the certificate. Choose which "
        "version to keep.",
        icon="call_split",
    )
    left, right = st.columns(2)
    with left:
        st.header(t("Saved elsewhere"))
        show_caption("Version {version}", version=version)
        st.button(
            t("Keep the saved version"), key="certificate.give_up", icon=":material/check:",
            on_click=saving.give_up, args=(place,),
        )  # fmt: skip
        description = t("The certificate saved elsewhere")
        preview.show_draft(design, saved, facts, description, width=600)
    with right:
        st.header(t("Yours, with your change"))
        st.caption(plain(change))
        st.button(
            t("Use mine"), key="certificate.insist", icon=":material/swap_horiz:",
            on_click=saving.insist, args=(version, saved, place),
        )  # fmt: skip
        description = t("The certificate with your change")
        preview.show_draft(design, mine, facts, description, width=600)


def has_everybodys() -> bool:
    """Return whether the chosen group uses everybody's certificate; if so, say so and offer to make
    its own."""
    with reading() as (_, event):
        group = chosen(event)
    if group is None or group.design_id is not None:
        return False
    show_info("“{group}” gets the general certificate.", group=plain(group.name))
    done = t("It starts as a copy of the general one.")
    key, change = f"certificate.own.{group.id}", OwnDesign(group_id=group.id)
    change_button(t("Make its own certificate"), key, change, done, icon="add")
    return True


def offer_everybodys() -> None:
    """Offer everybody's certificate to a group that has its own."""
    with reading() as (_, event):
        group = chosen(event)
    if group is None:
        return
    with st.expander(t("Use the general certificate"), icon=":material/undo:"):
        show_caption(
            "This deletes the group's own certificate. Certificates already issued do not change."
        )
        act_button(
            t("Yes, switch"), f"certificate.everybodys.{group.id}",
            partial(_end_own_design, group.id), Permission.CHANGE_DESIGN,
            t("The group uses the general certificate again."),
        )  # fmt: skip


def _end_own_design(group_id: int, session: Session, event: Event) -> None:
    if found := with_id(event, group_id):
        end_own_design(session, event, found)


def _offer_signing(place: saving.Place, label: str) -> None:
    """Draw the upload of a photographed signature as a button."""
    show_upload(
        t("Photo of a signature"),
        _PHOTO.of(*place),
        lambda photo: _SEEN.of(*place).set(accept_signature(photo)),
        # For types, phones offer their camera; not every system knows the type of a .heic.
        ["image/jpeg", "image/png", "image/heic", ".heic", ".heif"],
        drawn_in=as_button(_BUTTON, label),
    )


def show_on_sheet(place: saving.Place, design: Design, layout: Layout, facts: Facts) -> bool:
    """Show the sheet with a signature that nobody has decided about; return False if there is
    none."""
    seen = _SEEN.of(*place)
    if (ink := seen.get()) is None:
        return False
    with reading() as (session, _):
        width, height = template_size(session.connection(), design.template_sha256)
    preview.show_draft(
        design, with_signature(layout, accepted_logo(ink), width / height), facts,
        t("The certificate with your signature"), unstored={ink.sha256: ink.content},
    )  # fmt: skip
    with st.container(horizontal=True):
        act_button(
            t("Keep it"), "certificate.signing.keep", partial(store_picture, inset=ink),
            Permission.CHANGE_DESIGN, then=partial(_place_signature, place, ink, width / height),
            type="primary", icon="check",
        )  # fmt: skip
        _offer_signing(place, t("Retake photo"))
        st.button(
            t("Discard it"), key="certificate.signing.discard", on_click=_discard, args=(place,)
        )
    return True


def _place_signature(place: saving.Place, ink: Template, ratio: float) -> None:
    saving.save(
        lambda layout: with_signature(layout, accepted_logo(ink), ratio), t("your signature")
    )
    FIELD.set(SIGNED)
    _discard(place)


def _discard(place: saving.Place) -> None:
    _SEEN.of(*place).take()
