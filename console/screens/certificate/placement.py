"""Changes to a layout by hand or by slider: each returns a new, validated layout."""

from collections.abc import Mapping
from typing import Any

from shared.rendering.layout import Box, Field, Layout, standard_layout, with_rules_moved

SMALLEST_SIDE = 0.02
# The first position of fields that are not in the standard layout.
_QR_BOX = {"left": 0.815, "top": 0.62, "width": 0.12, "height": 0.17}
_TEXT_BOX = {"left": 0.25, "top": 0.64, "width": 0.5, "height": 0.06}
_PICTURE_BOX = {"left": 0.66, "top": 0.72, "width": 0.16, "height": 0.14}

Sides = Mapping[str, float]


def changed(layout: Layout, field_id: str, **values: Any) -> Layout:
    """The layout with one field changed and its sizes kept in order; its rule moves with it.

    Raises LayoutRefused.
    """
    if "box" in values:
        box = Box.model_validate(dict(values["box"]))
        layout = with_rules_moved(layout, layout.field(field_id), box)
    fields = [
        {**field.model_dump(), **values} if field.id == field_id else field.model_dump()
        for field in layout.fields
    ]
    for field in fields:
        field["minimum_size"] = min(field["minimum_size"], field["size"])
    return Layout.from_json({"fields": fields})


def placed(layout: Layout) -> list[Field]:
    """The fields that are placed by hand: a rule goes with its field."""
    return [field for field in layout.fields if field.kind != "rule"]


def moved(layout: Layout, boxes: Mapping[str, Sides]) -> Layout:
    """The layout with every field named in `boxes` at its new place; boxes are pushed back into the
    image."""
    result = layout
    for field in layout.fields:
        if field.id in boxes:
            result = changed(result, field.id, box=inside(boxes[field.id]))
    return result


def inside(box: Sides) -> dict[str, float]:
    """The nearest box inside the image with at least the smallest size."""
    width = min(max(float(box["width"]), SMALLEST_SIDE), 1.0)
    height = min(max(float(box["height"]), SMALLEST_SIDE), 1.0)
    return {
        "left": min(max(float(box["left"]), 0.0), 1.0 - width),
        "top": min(max(float(box["top"]), 0.0), 1.0 - height),
        "width": width,
        "height": height,
    }


def with_all_kinds(layout: Layout) -> Layout:
    """The layout with every field that an organizer may switch on; new ones are hidden."""
    known = {field.kind for field in layout.fields}
    missing = [
        field.model_copy(update={"shown": field.kind == "name"})
        for field in standard_layout().fields
        if field.kind not in known
    ]
    if "qr" not in known:
        missing.append(Field.model_validate({"kind": "qr", "box": _QR_BOX, "shown": False}))
    return layout.model_copy(update={"fields": (*layout.fields, *missing)})


def with_text(layout: Layout, content: str) -> Layout:
    """Add a fixed text to every certificate. Raises LayoutRefused."""
    return _with(layout, "text", content)


def with_column(layout: Layout, title: str, after: str = "") -> Layout:
    """Add a column of the list, one value per volunteer, with text after it.

    Raises LayoutRefused.
    """
    added = _with(layout, "column", title)
    placed = added.fields[-1].model_copy(update={"after": after})
    return added.model_copy(update={"fields": (*added.fields[:-1], placed)})


def with_picture(layout: Layout, sha256: str) -> Layout:
    """Add an uploaded signature or seal to every certificate. Raises LayoutRefused."""
    return _with(layout, "picture", sha256, _PICTURE_BOX)


def without(layout: Layout, field_id: str) -> Layout:
    """Remove a field, with its rule."""
    kept = tuple(
        field
        for field in layout.fields
        if field.id != field_id and (field.kind != "rule" or field.content != field_id)
    )
    return layout.model_copy(update={"fields": kept})


def _with(layout: Layout, kind: str, content: str, box: Sides = _TEXT_BOX) -> Layout:
    ids = {field.id for field in layout.fields}
    number = next(n for n in range(1, len(ids) + 2) if f"{kind}-{n}" not in ids)
    field = {
        "id": f"{kind}-{number}",
        "kind": kind,
        "content": content,
        "box": box,
        "size": 0.04,
        "minimum_size": 0.02,
    }
    fields = [*(known.model_dump() for known in layout.fields), field]
    return Layout.from_json({"fields": fields})
