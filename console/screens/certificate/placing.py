"""Additions to the certificate beside the editor: more fields, the description of its template, and
the cells of a record of service."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from console.design_changes import store_change
from console.group_choice import chosen_id, shown_design
from console.screens.certificate import placement
from console.screens.certificate.saving import REFUSAL, note_saved, place_of, save
from console.session import reading, writing
from console.session_key import SessionKey
from console.text import language, t
from console.widgets.pressed import IS_CHANGED
from console.widgets.spoken import show_caption
from console.widgets.stored_fields import saved_at_once
from console.widgets.upload import show_upload
from shared.access.roles import Permission
from shared.certificates.designs import designs
from shared.certificates.designs.changes import LayoutChange
from shared.certificates.designs.designs import store_picture
from shared.certificates.designs.gallery import style_of
from shared.language import N_, listed
from shared.rendering.fields.field import KINDS
from shared.rendering.fields.settings import LONGEST_TEXT, Adding, Source
from shared.rendering.gallery.catalogue import Filling
from shared.rendering.gallery.layouts import cells_of, with_cell
from shared.rendering.gallery.record import CELLS, NAME, Cell
from shared.rendering.layout import Layout
from shared.rendering.placeholders import EVENT, KNOWN, ORGANIZATION
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.models import Design
from shared.volunteers.lists.list_columns import known_column

# Whether the last field of the layout was just added.
ADDED = SessionKey[bool]("certificate.added")
_ALT = SessionKey[str]("certificate.alt")
_TYPED = SessionKey[str]("certificate.typed")
_INSET = SessionKey[Any]("certificate.inset")
_CELL = SessionKey[Any]("certificate.cell")
_EMPTY: Filling = ("text", "")
# The event's own facts, as texts of a cell.
_FACTS: dict[Filling, str] = {
    ("text", EVENT): N_("The event's name"),
    ("text", ORGANIZATION): N_("The organization"),
}
# The choice to enter one text for everybody.
_SAME = ("same", "")


def show_alt(layout: Layout) -> None:
    """Draw the field for the template's description, which screen readers read."""

    def change(words: str) -> None:
        save(lambda layout: layout.with_alt(words), t(label))

    label = N_("Description for people who cannot see the picture")
    usual = listed((t("Certificate"), EVENT, ORGANIZATION), language())
    st.text_input(
        t(label), max_chars=LONGEST_TEXT, placeholder=usual, help=about_placeholders(),
        **saved_at_once(_ALT, layout.alt, change),
    )  # fmt: skip


def about_placeholders() -> str:
    """Return what organizers should know of placeholders."""
    return t(
        "{known} are filled in for each certificate. To print a brace, type two.",
        known=KNOWN,
    )


def show_additions(layout: Layout, columns: dict[str, str]) -> None:
    """Draw what each kind of field needs that an organizer may add."""
    with st.popover(t("Add something"), icon=":material/add:"):
        order = list(Source)
        offered = [(name, kind.adding) for name, kind in KINDS.items() if kind.adding]
        for name, adding in sorted(offered, key=lambda item: order.index(item[1].source)):
            match adding:
                case Adding(Source.TYPED, label, button):
                    typed = _TYPED.of(name)
                    text = st.text_area(
                        t(label), max_chars=LONGEST_TEXT, height=80, key=typed.name,
                        help=about_placeholders(),
                    )  # fmt: skip
                    st.button(
                        t(button), disabled=not text.strip(), key=f"certificate.add.{name}",
                        on_click=_add_text, args=(name, typed),
                    )  # fmt: skip
                case Adding(Source.COLUMN, label, button):
                    used = {field.content for field in layout.fields if field.kind == name}
                    unused = [title for title in columns if title not in used]
                    if unused:
                        _add_column(name, t(label), t(button), unused, columns)
                case Adding(Source.UPLOAD, label):
                    show_upload(
                        t(label), _INSET.of(name), partial(_take_picture, name), types=["png"]
                    )


def _add_column(
    kind: str, label: str, button: str, titles: list[str], columns: dict[str, str]
) -> None:
    title = st.selectbox(label, titles, key=f"certificate.{kind}")
    with reading() as (_, event):
        unit = known_column(event, title).unit if KINDS[kind].takes_words else ""
    # The unit follows the number, unless the list has it in each cell.
    after = f" {unit}" if unit and unit.casefold() not in columns[title].casefold() else ""
    addition = partial(placement.with_added, kind=kind, content=title, after=after)
    st.button(button, key=f"certificate.add.{kind}", on_click=_add, args=(addition,))


def _take_picture(kind: str, content: bytes) -> str:
    """Add a picture to the certificate, and return what to say.

    It is stored first, so that a layout with it can be drawn before the event is locked. Raises
    ProductError.
    """
    inset = accept_inset(content)
    with writing(Permission.CHANGE_DESIGN) as (session, event):
        store_picture(session, event, inset)
    with reading() as (_, event):
        design = shown_design(event)
        assert design is not None
    layout = placement.with_all_kinds(designs.layout_of(design))
    layout = placement.with_added(layout, kind, inset.sha256)
    design = store_change(
        LayoutChange(layout, seen_version=design.version, group_id=chosen_id(event))
    )
    note_saved(place_of(event), design.version, designs.layout_of(design), t("a new field"))
    ADDED.set(True)
    return "\n\n".join(
        t(sentence) for sentence in (N_("The picture is in place."), *inset.warnings)
    )


def _add_text(kind: str, typed: SessionKey[str]) -> None:
    _add(partial(placement.with_added, kind=kind, content=typed.get("")))


def _add(addition: Callable[[Layout], Layout]) -> None:
    """Save the layout with a field added as its last one, and select that field next."""
    save(addition, t("a new field"))
    for place in (ADDED, IS_CHANGED):
        place.set(not REFUSAL.is_set())


def show_cells(design: Design, layout: Layout, columns: list[str]) -> None:
    """Ask what fills each cell of a record of service, a column or one text for everybody, and save
    the answers; nothing for other designs."""
    style = style_of(design)
    if not style or not style.is_record:
        return
    is_upright = (design.gallery or {})["format"] == "portrait"
    filled = dict(cells_of(layout))
    with st.expander(t("Record cells"), icon=":material/table:"):
        show_caption(
            "A template with the usual content of such records. Check that it meets "
            "the rules that apply to you."
        )
        for cell in CELLS:
            if cell.name != NAME:
                _ask_for_cell(
                    design.event_id, cell, filled.get(cell.name, _EMPTY), columns, is_upright
                )


def _ask_for_cell(
    event_id: int, cell: Cell, stored: Filling, columns: list[str], is_upright: bool
) -> None:
    key, label = _CELL.of(event_id, cell.name), t(cell.label)
    options: dict[Filling, str] = {
        _EMPTY: t("Leave empty"),
        **{fact: t(name) for fact, name in _FACTS.items()},
        _SAME: t("The same for everybody …"),
        **{("column", title): t("Column “{title}”", title=title) for title in columns},
    }
    given, typed = key.of("given"), key.of("text")
    # The field stays for people who have chosen to enter a text and have not done so yet.
    is_typing = stored == _EMPTY and given.get() == _SAME
    given.set(_SAME if is_typing or stored not in options else stored)

    def fill(filling: Filling) -> None:
        if filling != stored:
            save(lambda layout: with_cell(layout, cell.name, filling, is_upright), label)

    def choose() -> None:
        if (chosen := given.get(_SAME)) != _SAME:
            fill(chosen)
        elif stored in options:
            fill(_EMPTY)

    st.selectbox(
        label, list(options), key=given.name, format_func=options.__getitem__, on_change=choose
    )
    if given.get() == _SAME:
        typed.set(stored[1] if stored not in options else "")
        st.text_input(
            t("{cell}, the same for everybody", cell=label), max_chars=200, key=typed.name,
            label_visibility="collapsed", on_change=lambda: fill(("text", str(typed.get()))),
        )  # fmt: skip
