"""The sliders and switches of one field. Each change is saved as a new design."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from console import desk, placement
from console.desk import t
from console.placer import PlacedBox, show_placer
from shared import designs
from shared.language import N_
from shared.rendering.design import CompiledDesign
from shared.rendering.facts import Facts, written_date
from shared.rendering.layout import FACE_NAMES, Field, Layout

KIND_NAMES = {
    "name": N_("Full name"),
    "number": N_("Number"),
    "date": N_("Date"),
    "qr": N_("QR code"),
    "picture": N_("Picture"),
}
FACES = {"kai": N_("Kai (brush)"), "song": N_("Song (serif)"), "hei": N_("Hei (sans serif)")}
ALIGNMENTS = {"left": N_("Left"), "center": N_("Centre"), "right": N_("Right")}
# What the component says, to eyes and to screen readers.
PLACER_WORDS = {
    "title": N_("Placing on the certificate"),
    "picture": N_("Preview of the certificate"),
    "help": N_(
        "Drag the box, or its corners to resize it. By keyboard: arrows move, Alt and arrows "
        "resize, Shift makes larger steps."
    ),
    # Filled in by the browser; the braces stay as they are until then.
    "position": N_("{{left}} from the left, {{top}} from the top, {{width}} wide, {{height}} high"),
}
# What a box's sliders are called, with their smallest value in percent.
BOX_SLIDERS = {
    "left": (N_("From the left (%)"), 0.0),
    "top": (N_("From the top (%)"), 0.0),
    "width": (N_("Width (%)"), 2.0),
    "height": (N_("Height (%)"), 2.0),
}
SIZE_SLIDERS = (
    ("size", N_("Size of the letters (%)")),
    ("minimum_size", N_("Smallest size (%)")),
)


def field_name(field: Field) -> str:
    """What a field is called on the screen: its kind, its column, or its own words."""
    if field.kind in ("column", "text"):
        return f"“{field.content[:20]}”"
    return t(KIND_NAMES[field.kind])


def show_controls(layout: Layout, columns: dict[str, str]) -> None:
    """Everything that can be set about one field at a time."""
    names = {field.id: field_name(field) for field in layout.fields}
    if added := st.session_state.pop("field_to_choose", None):
        st.session_state["field"] = added
    # A field that was removed must not stay chosen.
    if st.session_state.get("field") not in names:
        st.session_state["field"] = layout.fields[0].id
    chosen = st.segmented_control(
        t("What to place"), list(names), format_func=lambda id: names[id], key="field",
        required=True, width="stretch",
    )  # fmt: skip
    field = layout.field(str(chosen))
    if field.kind != "name":
        _toggle(layout, field)
    if field.shown:
        _box_sliders(layout, field)
        if field.is_text:
            _text_controls(layout, field)
    _removal(layout, field)
    _additions(layout, columns)


def show_boxes(
    design: CompiledDesign, facts: Facts, template: str, picture: str, revision: int
) -> None:
    """The certificate with a box for each shown field, to be dragged and resized."""
    boxes = [_box(field, facts) for field in design.layout.fields if field.shown]
    show_placer(
        template_url=template,
        picture_url=picture,
        boxes=boxes,
        selected=str(st.session_state.get("field", "name")),
        words={name: t(text) for name, text in PLACER_WORDS.items()},
        revision=revision,
        on_drop=take_drop,
        on_select=lambda field: st.session_state.update(field=field),
    )


def take_drop(boxes: Mapping[str, placement.Box]) -> None:
    """Store where the boxes were dropped."""
    with desk.installation().database.writing() as session:
        event = desk.chosen_event(session)
        assert event.design is not None
        layout = placement.with_all_kinds(designs.layout_of(event.design))
        designs.set_layout(session, event, placement.moved(layout, boxes))


def _box(field: Field, facts: Facts) -> PlacedBox:
    return PlacedBox(
        id=field.id,
        label=field_name(field),
        **field.box.model_dump(),
        text=_sample_text(field, facts),
        color=field.color,
        face=field.face,
        align=field.align,
        size=field.size,
    )


def _sample_text(field: Field, facts: Facts) -> str:
    """What stands in the box while it moves."""
    samples = {
        "name": facts.name,
        "number": facts.number,
        "date": written_date(facts.date, facts.language),
        "column": facts.columns.get(field.content, ""),
        "text": field.content,
    }
    return samples.get(field.kind, "▦")


def save(layout: Layout) -> None:
    """Store a placement; certificates that were issued keep theirs."""
    with desk.installation().database.writing() as session:
        event = desk.chosen_event(session)
        designs.set_layout(session, event, layout)


def _control(layout: Layout, field: Field, attribute: str, value: Any) -> dict[str, Any]:
    """The key of a widget, holding the stored value, and what to do when it is changed."""
    key = f"{field.id}.{attribute}"
    # The picture may have been dragged since: what is stored counts, not what was shown.
    st.session_state[key] = value

    def change() -> None:
        given = st.session_state[key]
        if attribute in BOX_SLIDERS:
            box = placement.inside({**field.box.model_dump(), attribute: given / 100})
            save(placement.changed(layout, field.id, box=box))
        elif attribute in ("size", "minimum_size"):
            save(placement.changed(layout, field.id, **{attribute: given / 100}))
        else:
            save(placement.changed(layout, field.id, **{attribute: given}))

    return {"key": key, "on_change": change}


def _toggle(layout: Layout, field: Field) -> None:
    st.toggle(
        t("Show {field} on the certificate", field=field_name(field)),
        **_control(layout, field, "shown", field.shown),
    )


def _box_sliders(layout: Layout, field: Field) -> None:
    columns = st.columns(2) * 2
    for column, (attribute, (label, least)) in zip(columns, BOX_SLIDERS.items(), strict=True):
        value = round(getattr(field.box, attribute) * 100, 1)
        column.slider(
            t(label), least, 100.0, step=0.1, format="%.1f",
            **_control(layout, field, attribute, max(value, least)),
        )  # fmt: skip


def _text_controls(layout: Layout, field: Field) -> None:
    for column, (attribute, label) in zip(st.columns(2), SIZE_SLIDERS, strict=True):
        value = round(getattr(field, attribute) * 100, 1)
        column.slider(
            t(label), 0.5, 30.0, step=0.1, format="%.1f",
            **_control(layout, field, attribute, min(max(value, 0.5), 30.0)),
        )  # fmt: skip
    st.segmented_control(
        t("Typeface"), FACE_NAMES, format_func=lambda face: t(FACES[face]), required=True,
        **_control(layout, field, "face", field.face),
    )  # fmt: skip
    left, right = st.columns([3, 1])
    with left:
        st.segmented_control(
            t("Alignment"), list(ALIGNMENTS), format_func=lambda side: t(ALIGNMENTS[side]),
            required=True, **_control(layout, field, "align", field.align),
        )  # fmt: skip
    with right:
        st.color_picker(t("Colour"), **_control(layout, field, "color", field.color))


def _removal(layout: Layout, field: Field) -> None:
    if field.kind in ("column", "text", "picture") and st.button(
        t("Remove {field}", field=field_name(field)), icon=":material/delete:"
    ):
        save(placement.without(layout, field.id))
        st.rerun()


def _additions(layout: Layout, columns: dict[str, str]) -> None:
    with st.popover(t("Add something"), icon=":material/add:"):
        text = st.text_input(t("Text that stands on every certificate"), max_chars=200)
        if st.button(t("Add this text"), disabled=not text.strip()):
            _add(placement.with_text(layout, text))
        unused = [c for c in columns if c not in {f.content for f in layout.fields}]
        if unused:
            title = st.selectbox(t("Column of your list"), unused)
            if st.button(t("Add this column")):
                _add(placement.with_column(layout, title))


def _add(layout: Layout) -> None:
    save(layout)
    st.session_state["field_to_choose"] = layout.fields[-1].id
    st.rerun()
