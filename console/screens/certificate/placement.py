"""Changes to a layout by hand or by slider; each returns a new, validated layout."""

from collections.abc import Mapping
from typing import Any

from shared.rendering.fields.field import KINDS
from shared.rendering.fields.settings import Beside, Setting, Share
from shared.rendering.layout import Box, Field, Layout, with_rules_moved

SMALLEST_SIDE = 0.02
# The range of the sliders.
LEAST_LETTERS, MOST_LETTERS = 0.005, 0.3

Sides = Mapping[str, float]


def changed(layout: Layout, field_id: str, **values: Any) -> Layout:
    """Return the layout with one field changed and its sizes kept in order; its rule moves with it.

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
    return Layout.from_json({"alt": layout.alt, "fields": fields})


def edited(layout: Layout, said: Mapping[str, Any]) -> Layout:
    """Return the layout with the editor's change to one field: another `box`, `scale` times its
    size, other settings (`set`), or its removal (`remove`).

    A field that is not there any more changes nothing. Raises LayoutRefused.
    """
    field = next((field for field in layout.fields if field.id == said["field"]), None)
    match said:
        case _ if field is None:
            return layout
        case {"box": box}:
            return changed(layout, field.id, box=inside(box))
        case {"scale": factor}:
            return scaled(layout, field.id, float(factor))
        case {"set": given}:
            return changed(layout, field.id, **values_of(field, given))
        case {"remove": True} if field.adding:
            return without(layout, field.id)
    return layout


def values_of(field: Field, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the field's attributes for values `given` to its controls, where shares are
    percents."""
    values: dict[str, Any] = {}
    if "shown" in given and field.may_be_hidden:
        values["shown"] = given["shown"]
    for setting in settings_of(field):
        if setting.attribute not in given:
            continue
        value = given[setting.attribute]
        if isinstance(setting, Share):
            value = min(max(float(value), setting.least), setting.most) / 100
            if setting.is_of_box:
                box = values.get("box", field.box.model_dump())
                values["box"] = inside({**box, setting.attribute: value})
                continue
        values[setting.attribute] = setting.stored(field, value)
    return values


def settings_of(field: Field) -> list[Setting]:
    """Return the settings that change anything in the field, without groups."""
    return [
        part
        for setting in field.settings
        for part in (setting.settings if isinstance(setting, Beside) else (setting,))
        if part.is_offered(field)
    ]


def placed(layout: Layout) -> list[Field]:
    """Return the fields that are placed by hand; a rule moves with its field."""
    return [field for field in layout.fields if field.belongs_to is None]


def scaled(layout: Layout, field_id: str, factor: float) -> Layout:
    """Return the layout with a field's letters and box larger or smaller; the box keeps its left,
    middle or right, as the field is aligned."""
    field = layout.field(field_id)
    box, held = field.box, {"left": 0.0, "center": 0.5, "right": 1.0}[field.align]
    width, height = min(box.width * factor, 1.0), min(box.height * factor, 1.0)
    place = {
        "left": box.left + (box.width - width) * (held if field.is_text else 0.5),
        "top": box.top + (box.height - height) / 2,
        "width": width,
        "height": height,
    }
    sizes = {
        name: min(max(getattr(field, name) * factor, LEAST_LETTERS), MOST_LETTERS)
        for name in ("size", "minimum_size")
    }
    return changed(layout, field_id, box=inside(place), **(sizes if field.is_text else {}))


def inside(box: Sides) -> dict[str, float]:
    """Return the nearest box inside of the sheet with at least the smallest size."""
    width = min(max(float(box["width"]), SMALLEST_SIDE), 1.0)
    height = min(max(float(box["height"]), SMALLEST_SIDE), 1.0)
    return {
        "left": min(max(float(box["left"]), 0.0), 1.0 - width),
        "top": min(max(float(box["top"]), 0.0), 1.0 - height),
        "width": width,
        "height": height,
    }


def with_all_kinds(layout: Layout) -> Layout:
    """Return the layout with every field that an organizer may switch on; new ones are hidden."""
    known = {field.kind for field in layout.fields}
    missing = [
        kind.model_validate({**kind.usual, "shown": not kind.may_be_hidden})
        for name, kind in KINDS.items()
        if kind.usual and name not in known
    ]
    return layout.model_copy(update={"fields": (*layout.fields, *missing)})


def with_added(layout: Layout, kind: str, content: str, **values: Any) -> Layout:
    """Return the layout with one more field of a kind that organizers may add. Raises
    LayoutRefused."""
    ids, adding = {field.id for field in layout.fields}, KINDS[kind].adding
    assert adding is not None
    number = next(n for n in range(1, len(ids) + 2) if f"{kind}-{n}" not in ids)
    field = {"id": f"{kind}-{number}", "kind": kind, "content": content, **adding.values, **values}
    fields = [*(field.model_dump() for field in layout.fields), field]
    return Layout.from_json({"alt": layout.alt, "fields": fields})


def without(layout: Layout, field_id: str) -> Layout:
    """Return the layout without a field and those that belong to it."""
    kept = tuple(field for field in layout.fields if field_id not in (field.id, field.belongs_to))
    return layout.model_copy(update={"fields": kept})
