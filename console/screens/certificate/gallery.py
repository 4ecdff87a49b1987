"""Our own designs to choose from: how each looks, and its texts."""

from dataclasses import replace
from html import escape
from typing import Any

import streamlit as st

from console import group_choice
from console.design_change import change_design
from console.previews import preview_url
from console.screens.certificate import preview, replaced
from console.screens.certificate.preview import sample_name
from console.session import in_hand, installation, reading, refuse
from console.session_key import SessionKey
from console.text import in_words, t
from shared.certificates.designs.gallery import choice_for, template_change
from shared.certificates.issuing.columns import sample_values
from shared.errors import PictureRefused, ProductError, ReadersBusy, SettingRefused
from shared.events.links import sample_link
from shared.language import LANGUAGE_NAMES, LANGUAGES, N_
from shared.rendering.design import compile_design
from shared.rendering.gallery.catalogue import (
    READABLE,
    STYLES,
    Choice,
    Filling,
    Style,
    contrast,
    style_named,
)
from shared.rendering.gallery.drawing import sketch
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.gallery.record import CELLS, NAME, Cell
from shared.rendering.placeholders import EVENT, ORGANIZATION, escaped
from shared.rendering.raster.uploaded_images import accept_inset
from shared.storage.models import Event

# Whether the screen shows the gallery in place of the event's certificate.
_IS_OPEN = SessionKey[bool]("certificate.gallery.open")
_STYLE = SessionKey[str]("certificate.gallery.style")
_CONTROL = SessionKey[Any]("certificate.gallery")
# Sizes of the sketches that previews are drawn on, and of the previews, in pixels.
_SMALL, _LARGE = (560, 400), (1400, 1000)
# Two in a row on a phone.
_CARD_WIDTH = 168
_CELL = SessionKey[Any]("certificate.gallery.cell")
_EMPTY: Filling = ("text", "")
# What is known of the event when a certificate is made.
_FACTS: dict[Filling, str] = {
    ("text", EVENT): N_("The event's name"),
    ("text", ORGANIZATION): N_("The organization"),
}
# Chosen to enter one text for everybody.
_SAME = ("same", "")
_LOGO = SessionKey[Any]("certificate.gallery.logo")
# The file that was last read, and the result.
_ACCEPTED_LOGO = SessionKey[tuple[str, bytes]]("certificate.gallery.accepted_logo")


def offer() -> None:
    """A button that leads to the gallery."""
    label = t("Choose a design")
    if st.button(label, key="certificate.gallery.offer", icon=":material/style:"):
        _IS_OPEN.of(_event_id()).set(True)
        st.rerun()


def is_open() -> bool:
    return _IS_OPEN.of(_event_id()).get(False)


def _event_id() -> int:
    with reading() as (_, event):
        return event.id


@st.fragment
@in_hand()
def show() -> None:
    st.header(t("Choose a design"))
    if st.button(t("Back"), key="certificate.gallery.back", icon=":material/arrow_back:"):
        _IS_OPEN.of(_event_id()).take()
        st.rerun()
    with reading() as (session, event):
        columns = sample_values(session, event) | group_choice.own_value(event)
        is_in_use = event.design is not None
    language, is_upright = _kind_of_sheet(event)
    style = _chosen_style(event, columns, language, is_upright)
    st.subheader(t(style.title))
    left, right = st.columns([2, 3], gap="large")
    with left:
        try:
            choice = _details(event, columns, style, language, is_upright)
        except SettingRefused as refusal:
            st.error(in_words(refusal))
            return
    with right:
        description = t("Preview of the certificate")
        fits = _show_if_it_fits(event, choice, columns, _LARGE, description)
        agreed = True
        if is_in_use:
            st.warning(
                t(
                    "The design takes the place of your picture and of everything that was placed "
                    "on it. Certificates that were issued stay as they are."
                ),
                icon=":material/swap_horiz:",
            )
            agreed = st.checkbox(t("Replace what there is"), key=_CONTROL.of("agreed").name)
        if st.button(
            t("Use this"), type="primary", key=_CONTROL.of("use").name, icon=":material/check:",
            disabled=not (fits and agreed),
        ):  # fmt: skip
            _use(choice)


def _kind_of_sheet(event: Event) -> tuple[str, bool]:
    """The language of its texts, and whether it is portrait."""
    with st.container(horizontal=True):
        language = st.segmented_control(
            t("Language of the certificate"), LANGUAGES, default=event.language, required=True,
            format_func=lambda one: LANGUAGE_NAMES[one], key=_CONTROL.of(event.id, "language").name,
        )  # fmt: skip
        is_upright = st.segmented_control(
            t("Format"), [False, True], default=False, required=True,
            format_func=lambda one: t("Portrait") if one else t("Landscape"),
            key=_CONTROL.of(event.id, "upright").name,
        )  # fmt: skip
    return str(language), bool(is_upright)


def _chosen_style(event: Event, columns: dict[str, str], language: str, is_upright: bool) -> Style:
    """A card for each design, with a button under its image."""
    chosen = _STYLE.keep(STYLES[0].name)
    with st.container(horizontal=True):
        for style in STYLES:
            choice = choice_for(style, language, list(columns), is_upright=is_upright)
            with st.container(width=_CARD_WIDTH):
                looks = f"{t(style.title)}: {t(style.looks)}"
                _show_if_it_fits(event, choice, columns, _SMALL, looks)
                is_chosen = style.name == chosen
                st.button(
                    t(style.title), key=_CONTROL.of("style", style.name).name, width="stretch",
                    type="primary" if is_chosen else "secondary",
                    icon=":material/check:" if is_chosen else None,
                    on_click=_STYLE.set, args=(style.name,),
                )  # fmt: skip
    return style_named(chosen)


def _details(
    event: Event, columns: dict[str, str], style: Style, language: str, is_upright: bool
) -> Choice:
    """The design's texts and colours, kept for each design while the tab is open."""
    first = choice_for(style, language, list(columns), is_upright=is_upright)
    told = _with_texts(event, first)
    with st.container(horizontal=True):
        main = st.color_picker(
            t("Main colour"), style.main, key=_CONTROL.of(event.id, "main", style.name).name
        )
        accent = st.color_picker(
            t("Second colour"), style.accent, key=_CONTROL.of(event.id, "accent", style.name).name
        )
    told = replace(told, main=main, accent=accent)
    if contrast(main, style.paper) < READABLE:
        st.caption(t("The title is written in a darker shade, so that it can be read."))
    filled = ask(event.id, first, list(columns)) if style.is_record else ()
    return replace(told, logo=_ask_for_logo(event.id), cells=filled)


def _with_texts(event: Event, first: Choice) -> Choice:
    """On paper, names may be shorter than elsewhere; on a record they are in cells."""
    key, style = _CONTROL.of(event.id), first.style
    title = st.text_input(
        t("Title"), first.title, max_chars=120, key=key.of(style.is_record, first.language).name
    )
    if style.is_record:
        return replace(first, title=title)
    name = st.text_input(t("Event"), event.name, max_chars=200, key=key.of("event").name)
    organization = st.text_input(
        t("Organization"), event.organization, max_chars=200, key=key.of("organization").name
    )
    # Only what is called otherwise on paper stays as it is when the event is renamed.
    return replace(
        first,
        title=title,
        event=first.event if name == event.name else escaped(name),
        organization=(
            first.organization if organization == event.organization else escaped(organization)
        ),
    )


def _show_if_it_fits(
    event: Event, choice: Choice, columns: dict[str, str], size: tuple[int, int], description: str
) -> bool:
    """Whether everything fits; if not, an error is shown."""
    try:
        # Show the design with a sample name. Raises LayoutRefused or NameProblem.
        name = sample_name(choice.language)
        layout = layout_of(choice, sample_link(installation().settings))
        facts = preview.facts_shown(event, name, columns)
        drawn = compile_design(sketch(choice, size[0]), layout, common=facts.common)
        drawn.refuse_unfit(facts)
        address = preview_url(drawn, facts, size[1])
        st.html(f'<img class="certificate" src="{address}" alt="{escape(description)}">')
    except ProductError as problem:
        st.error(in_words(problem), icon=":material/format_overline:")
        return False
    return True


def _use(choice: Choice) -> None:
    with reading() as (_, event):
        before = group_choice.shown_design(event)
        event_id, group_id = event.id, group_choice.chosen_id(event)
    try:
        change = template_change(installation().settings, choice, group_id)
    except ProductError as problem:
        refuse(in_words(problem))
        return

    def close() -> None:
        replaced.note(before, change)
        _IS_OPEN.of(event_id).take()

    done = t("The design is in place. Everything on it can be moved and changed.")
    change_design(change, done, close)


# What fills the cells of a record of service: a column of the list, or one text for everybody
def ask(event_id: int, choice: Choice, columns: list[str]) -> tuple[tuple[str, Filling], ...]:
    """One question per cell; already answered where the columns' titles tell."""
    st.caption(
        t(
            "A template with what such records usually say. Whether it meets the rules that apply "
            "to you, please check yourself."
        )
    )
    first, asked = dict(choice.cells), [cell for cell in CELLS if cell.name != NAME]
    keys = [_CELL.of(event_id, cell.name) for cell in asked]
    return tuple(
        (cell.name, _filling(key, cell, first.get(cell.name, _EMPTY), columns))
        for key, cell in zip(keys, asked, strict=True)
    )


def _filling(key: SessionKey[Any], cell: Cell, first: Filling, columns: list[str]) -> Filling:
    options = [_EMPTY, *_FACTS, _SAME, *(("column", title) for title in columns)]
    _, words = first
    found = first if first in options else _SAME
    label = t(cell.label)
    chosen = st.selectbox(
        label, options, index=options.index(found), format_func=_in_words,
        key=key.name,
    )  # fmt: skip
    if chosen != _SAME:
        return chosen
    text = st.text_input(
        t("{cell}, the same for everybody", cell=label), words if found == _SAME else "",
        max_chars=200, key=key.of("text").name, label_visibility="collapsed",
    )  # fmt: skip
    return "text", text


def _in_words(option: Filling) -> str:
    kind, title = option
    if option in _FACTS:
        return t(_FACTS[option])
    if kind == "column":
        return t("Column “{title}”", title=title)
    return t("The same for everybody …") if option == _SAME else t("Leave empty")


# A logo for a gallery design; it is stored only as part of the design's image


def _ask_for_logo(event_id: int) -> bytes | None:
    """The uploaded logo as PNG; errors are shown."""
    uploaded = st.file_uploader(
        t("Logo (PNG or JPEG)"), ["png", "jpg", "jpeg"], key=_LOGO.of(event_id).name
    )
    if uploaded is None:
        return None
    accepted = _ACCEPTED_LOGO.of(event_id)
    if accepted.get(("", b""))[0] != uploaded.file_id:
        try:
            accepted.set((uploaded.file_id, accept_inset(uploaded.getvalue()).content))
        except (PictureRefused, ReadersBusy) as refusal:
            st.error(in_words(refusal))
            return None
    return accepted.get(("", b""))[1]
