"""What fills the cells of a record of service: a column of the list, or one text for everybody."""

from typing import Any

import streamlit as st

from console.screens.certificate.saving import save
from console.session_key import SessionKey
from console.text import t
from shared.certificates.designs.gallery import style_of
from shared.language import N_
from shared.rendering.gallery.catalogue import Filling
from shared.rendering.gallery.layouts import cells_of, with_cell
from shared.rendering.gallery.record import CELLS, NAME, Cell
from shared.rendering.layout import Layout
from shared.rendering.placeholders import EVENT, ORGANIZATION
from shared.storage.models import Design

_CELL = SessionKey[Any]("certificate.cell")
_EMPTY: Filling = ("text", "")
# What is known of the event when a certificate is made.
_FACTS: dict[Filling, str] = {
    ("text", EVENT): N_("The event's name"),
    ("text", ORGANIZATION): N_("The organization"),
}
# Chosen to enter one text for everybody.
_SAME = ("same", "")


def show(design: Design, layout: Layout, columns: list[str]) -> None:
    """One question per cell, if the design is a record; what is answered is saved."""
    style = style_of(design)
    if not style or not style.is_record:
        return
    is_upright = (design.gallery or {})["format"] == "portrait"
    filled = dict(cells_of(layout))
    with st.expander(t("Cells of the record"), icon=":material/table:"):
        st.caption(
            t(
                "A template with what such records usually say. Whether it meets the rules that "
                "apply to you, please check yourself."
            )
        )
        for cell in CELLS:
            if cell.name != NAME:
                _ask(design.event_id, cell, filled.get(cell.name, _EMPTY), columns, is_upright)


def _ask(event_id: int, cell: Cell, stored: Filling, columns: list[str], is_upright: bool) -> None:
    key, label = _CELL.of(event_id, cell.name), t(cell.label)
    options: dict[Filling, str] = {
        _EMPTY: t("Leave empty"),
        **{fact: t(name) for fact, name in _FACTS.items()},
        _SAME: t("The same for everybody …"),
        **{("column", title): t("Column “{title}”", title=title) for title in columns},
    }
    given, typed = key.of("given"), key.of("text")
    # Whoever has chosen to enter a text, and has not yet, still sees where.
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
