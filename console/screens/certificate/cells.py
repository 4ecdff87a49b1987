"""What fills the cells of a record of service: a column of the list, or one text for everybody."""

from typing import Any

import streamlit as st

from console.session_key import SessionKey
from console.text import t
from shared.language import N_
from shared.rendering.gallery.catalogue import Choice, Filling
from shared.rendering.gallery.record import CELLS, NAME, Cell
from shared.rendering.placeholders import EVENT, ORGANIZATION

_CELL = SessionKey[Any]("certificate.gallery.cell")
_EMPTY: Filling = ("text", "")
# What is known of the event when a certificate is made.
_FACTS: dict[Filling, str] = {
    ("text", EVENT): N_("The event's name"),
    ("text", ORGANIZATION): N_("The organization"),
}
# Chosen to enter one text for everybody.
_SAME = ("same", "")


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
