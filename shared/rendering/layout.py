"""The layout: where everything is placed on the template, as JSON with a version."""

import json
from typing import Any, Literal, Self

from pydantic import Field as Limits
from pydantic import SerializeAsAny, ValidationError, field_validator, model_validator

from shared.errors import LayoutRefused
from shared.rendering import placeholders
from shared.rendering.fields.field import KINDS, Box, Field, Frozen
from shared.rendering.fields.qr import readable_box
from shared.rendering.fields.settings import LONGEST_TEXT
from shared.rendering.text.faces import FACE_NAMES, FaceName, language_of_letters

__all__ = ["FACE_NAMES", "Box", "FaceName", "Field", "Layout", "standard_layout"]


class Layout(Frozen):
    """All fields of a design, in the order in which they are painted.

    Version 1 had no placeholders, so braces in its texts are braces. PDFs of version 2 are read in
    the order of painting, as they were issued; later ones from the top. `alt` describes the
    template to people who do not see it: a text with placeholders.
    """

    version: Literal[2, 3] = 3
    alt: str = Limits(default="", max_length=LONGEST_TEXT, exclude_if=lambda words: not words)
    fields: tuple[SerializeAsAny[Field], ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _of_version_1(cls, values: Any) -> Any:
        if not isinstance(values, dict) or values.get("version") != 1:
            return values

        def escaped(field: Any) -> Any:
            """Return the field with the same text as version 2 writes it."""
            content = field.get("content") if isinstance(field, dict) else None
            if not isinstance(content, str) or field.get("kind") != "text":
                return field
            return {**field, "content": placeholders.escaped(content)}

        fields = values.get("fields", [])
        fields = list(map(escaped, fields)) if isinstance(fields, list) else fields
        return {**values, "version": 2, "fields": fields}

    @model_validator(mode="after")
    def _ids_are_unique(self) -> Self:
        ids = [field.id for field in self.fields]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            raise ValueError(f"two fields have the id {', '.join(twice)}")
        owners = {None, *(field.id for field in self.fields if field.belongs_to is None)}
        shown = (field for field in self.fields if field.shown)
        lost = [field.id for field in shown if field.belongs_to not in owners]
        if lost:
            raise ValueError(f"the field of the rule {', '.join(lost)} is not there")
        return self

    @field_validator("alt")
    @classmethod
    def _placeholders_are_known(cls, alt: str) -> str:
        placeholders.refuse_unknown(alt, "alt")
        return alt

    @property
    def has_title(self) -> bool:
        """Whether a field is the certificate's title, so that the template needs none."""
        return any(field.is_title and field.shown for field in self.fields)

    @property
    def language(self) -> str:
        """The language (ISO 639) of its words, by their letters, or ""."""
        return language_of_letters(" ".join(field.words for field in self.fields if field.shown))

    def with_alt(self, alt: str) -> Self:
        """Return the layout with another `alt`. Raises LayoutRefused."""
        return self.from_json(self.model_dump() | {"alt": alt})

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
        """Return the layout of a document. Raises LayoutRefused, which names the field and what is
        wrong."""
        try:
            values = document if isinstance(document, dict) else json.loads(document)
        except (ValueError, RecursionError) as problem:
            raise LayoutRefused(reason=f"this is not JSON ({problem})") from None
        try:
            return cls.model_validate(values)
        except ValidationError as problem:
            # Only the first error, with the field's id instead of its position.
            error = problem.errors(include_url=False, include_context=False)[0]
            place = list(error["loc"])
            if len(place) >= 2 and place[0] == "fields" and isinstance(place[1], int):
                raw = values["fields"][place[1]]
                name = raw.get("id") or raw.get("kind") if isinstance(raw, dict) else None
                place = [f"“{name or place[1] + 1}”", *place[2:]]
            where = ".".join(str(part) for part in place)
            in_words = f"{where}: {error['msg']}" if where else str(error["msg"])
            # JSON can spell half of a surrogate pair and NUL, which nothing can show or store.
            reason = "".join(letter if letter.isprintable() else "?" for letter in in_words)
            raise LayoutRefused(reason=reason) from None

    def to_json(self) -> str:
        return self.model_dump_json()

    def field(self, id: str) -> Field:
        """Return the field with this id; KeyError if there is none."""
        return {field.id: field for field in self.fields}[id]


def standard_layout(language: str = "zh") -> Layout:
    """Return a first layout: the name wide in the middle, number and date small below, in brush and
    Song for an event in Chinese, and else in a book face."""
    kinds = (KINDS[name] for name in ("name", "number", "date"))
    face = {} if language == "zh" else {"face": "book"}
    return Layout(fields=tuple(kind.model_validate({**kind.usual, **face}) for kind in kinds))


def first_layout(link: str, width: int, height: int, language: str = "zh") -> Layout:
    """Return the standard layout with a QR code for links as long as `link`, on a template of
    `width` x `height` pixels."""
    code = Field(id="qr", kind="qr", box=readable_box(link, width, height))
    return Layout(fields=(*standard_layout(language).fields, code))


Position = tuple[float, float]


def from_old_positions(
    layout: Layout,
    template_size: tuple[int, int],
    name: Position | None = None,
    number: Position | None = None,
    date: Position | None = None,
) -> Layout:
    """Return `layout` with fields moved to positions in template pixels, as the old API gives them.

    The name's x is its centre, y its top; number and date start at their position, and are hidden
    if it is not positive. None leaves a field as it is.
    """
    for kind, position in (("name", name), ("number", number), ("date", date)):
        if position is None:
            continue
        found = (field for field in layout.fields if field.kind == kind)
        usual = KINDS[kind].model_validate(KINDS[kind].usual)
        field = _moved(next(found, usual), position, template_size)
        if before := {known.id: known for known in layout.fields}.get(field.id):
            layout = with_rules_moved(layout, before, field.box)
        by_id = {known.id: known for known in layout.fields}
        fields = tuple((by_id | {field.id: field}).values())
        layout = layout.model_copy(update={"fields": fields})
    return layout


def with_rules_moved(layout: Layout, before: Field, box: Box) -> Layout:
    """Return the layout with the rules of a field moved as the field is moved, from its box to
    `box`."""
    (x, y), (old_x, old_y) = box.middle, before.box.middle
    fields = tuple(
        field.model_copy(update={"box": field.box.moved(x - old_x, y - old_y)})
        if field.belongs_to == before.id
        else field
        for field in layout.fields
    )
    return layout.model_copy(update={"fields": fields})


def _moved(field: Field, position: Position, template_size: tuple[int, int]) -> Field:
    x, y = position[0] / template_size[0], position[1] / template_size[1]
    if field.kind != "name" and (x <= 0 or y <= 0):
        return field.model_copy(update={"shown": False})
    # A box keeps a minimum size even if the position is on or beyond an edge.
    x, y = min(max(x, 0.01), 0.97), min(max(y, 0.0), 0.97)
    height = min(2 * field.size, 1 - y)
    if field.kind == "name":
        # At most seven tenths of the width, so that names are clear of a frame.
        reach = min(max(min(x, 1 - x) - 0.02, 0.01), 0.35)
        box = Box(left=max(x - reach, 0), top=y, width=2 * reach, height=height)
        return field.model_copy(update={"box": box, "align": "center", "vertical": "top"})
    box = Box(left=x, top=y, width=0.99 - x, height=height)
    return field.model_copy(update={"box": box, "align": "left", "vertical": "top", "shown": True})
