"""Where everything is placed on the template: the layout, JSON with a version."""

import json
from typing import Any, Literal, Self

from pydantic import SerializeAsAny, ValidationError, model_validator

from shared.errors import LayoutRefused
from shared.rendering import placeholders
from shared.rendering.fields.field import FACE_NAMES, KINDS, Box, FaceName, Field, Frozen

__all__ = ["FACE_NAMES", "Box", "FaceName", "Field", "Layout", "standard_layout"]


class Layout(Frozen):
    """All fields of a design, in the order in which they are painted.

    Version 1 had no placeholders, so braces in its texts stay braces.
    """

    version: Literal[2] = 2
    fields: tuple[SerializeAsAny[Field], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_version_1(cls, values: Any) -> Any:
        if not isinstance(values, dict) or values.get("version") != 1:
            return values
        fields = values.get("fields", [])
        escaped = list(map(_with_braces, fields)) if isinstance(fields, list) else fields
        return {**values, "version": 2, "fields": escaped}

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [field.id for field in self.fields]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"two fields have the id {', '.join(twice)}")
        owners = {None, *(field.id for field in self.fields if field.belongs_to is None)}
        lost = [one.id for one in self.fields if one.shown and one.belongs_to not in owners]
        if lost:
            raise ValueError(f"the field of the rule {', '.join(lost)} is not there")
        return self

    @property
    def own_fonts(self) -> frozenset[str]:
        """The SHA-256 of each own font file that is needed to draw the layout."""
        return frozenset(field.own_font for field in self.fields if field.own_font)

    @property
    def has_texts(self) -> bool:
        """Whether it shows texts, which may be the same on all certificates."""
        return any(field.kind == "text" and field.shown for field in self.fields)

    @classmethod
    def from_json(cls, document: str | bytes | dict[str, Any]) -> Self:
        """Read a layout; LayoutRefused names the field and what is wrong with it."""
        try:
            values = document if isinstance(document, dict) else json.loads(document)
        except (ValueError, RecursionError) as problem:
            raise LayoutRefused(reason=f"this is not JSON ({problem})") from None
        try:
            return cls.model_validate(values)
        except ValidationError as problem:
            # JSON can spell half of a surrogate pair, which nothing can show.
            # The first thing that is wrong, with the field's id instead of its position.
            error = problem.errors(include_url=False, include_context=False)[0]
            place = list(error["loc"])
            if len(place) >= 2 and place[0] == "fields" and isinstance(place[1], int):
                raw = values["fields"][place[1]]
                name = raw.get("id") or raw.get("kind") if isinstance(raw, dict) else None
                place = [f"“{name or place[1] + 1}”", *place[2:]]
            where = ".".join(str(part) for part in place)
            in_words = f"{where}: {error['msg']}" if where else str(error["msg"])
            reason = in_words.encode(errors="replace").decode()
            raise LayoutRefused(reason=reason) from None

    def to_json(self) -> str:
        return self.model_dump_json()

    def field(self, id: str) -> Field:
        """The field with this id; KeyError if there is none."""
        return {field.id: field for field in self.fields}[id]


def _with_braces(field: Any) -> Any:
    """A field of version 1 whose text says the same in version 2."""
    if not isinstance(field, dict) or field.get("kind") != "text":
        return field
    content = field.get("content")
    escaped = placeholders.escaped(content) if isinstance(content, str) else content
    return {**field, "content": escaped}


def standard_layout() -> Layout:
    """A sensible start: the name wide in the middle, number and date small below."""
    kinds = (KINDS[name] for name in ("name", "number", "date"))
    return Layout(fields=tuple(kind.model_validate(kind.usual) for kind in kinds))


Position = tuple[float, float]


def from_old_positions(
    layout: Layout,
    template_size: tuple[int, int],
    name: Position | None = None,
    number: Position | None = None,
    date: Position | None = None,
) -> Layout:
    """`layout` with fields moved to positions in template pixels, as the old API gives them.

    The name's x is its centre, y its top; number and date start at their position, and are hidden
    if it is not positive. None leaves a field as it is.
    """
    moved = layout
    for kind, position in (("name", name), ("number", number), ("date", date)):
        if position is not None:
            known = [*moved.fields, *standard_layout().fields]
            field_of_kind = next(field for field in known if field.kind == kind)
            moved = _with_field(moved, _moved(field_of_kind, position, template_size))
    return moved


def with_rules_moved(layout: Layout, before: Field, box: Box) -> Layout:
    """The layout with the rules of a field moved as the field is moved, from its box to `box`."""
    across, down = (new - old for new, old in zip(_middle(box), _middle(before.box), strict=True))

    def moved(rule: Field) -> Field:
        left = min(max(rule.box.left + across, 0), 1 - rule.box.width)
        top = min(max(rule.box.top + down, 0), 1 - rule.box.height)
        return rule.model_copy(
            update={"box": rule.box.model_copy(update={"left": left, "top": top})}
        )

    fields = tuple(moved(one) if one.belongs_to == before.id else one for one in layout.fields)
    return layout.model_copy(update={"fields": fields})


def _middle(box: Box) -> Position:
    return box.left + box.width / 2, box.top + box.height / 2


def _with_field(layout: Layout, changed: Field) -> Layout:
    for field in layout.fields:
        if field.id == changed.id:
            layout = with_rules_moved(layout, field, changed.box)
    kept = tuple(field for field in layout.fields if field.id != changed.id)
    position = next((i for i, field in enumerate(layout.fields) if field.id == changed.id), None)
    index = len(kept) if position is None else position
    return layout.model_copy(update={"fields": (*kept[:index], changed, *kept[index:])})


def _moved(field: Field, position: Position, template_size: tuple[int, int]) -> Field:
    x, y = position[0] / template_size[0], position[1] / template_size[1]
    if field.kind != "name" and (x <= 0 or y <= 0):
        return field.model_copy(update={"shown": False})
    # A box keeps a minimum size even if the position is on or beyond an edge.
    x, y = min(max(x, 0.01), 0.97), min(max(y, 0.0), 0.97)
    height = min(2 * field.size, 1 - y)
    if field.kind == "name":
        # At most seven tenths of the width, so that names keep clear of a frame.
        reach = min(max(min(x, 1 - x) - 0.02, 0.01), 0.35)
        box = Box(left=max(x - reach, 0), top=y, width=2 * reach, height=height)
        return field.model_copy(update={"box": box, "align": "center", "vertical": "top"})
    box = Box(left=x, top=y, width=0.99 - x, height=height)
    return field.model_copy(update={"box": box, "align": "left", "vertical": "top", "shown": True})
