"""Where everything is placed on the template: the layout, JSON with a version."""

import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator
from pydantic import Field as Limits

from shared.errors import LayoutPlaceholderUnknown, LayoutRefused
from shared.rendering import placeholders
from shared.rendering.languages import NameLanguage

Kind = Literal["name", "number", "date", "column", "text", "qr", "picture", "rule"]
FaceName = Literal["kai", "song", "hei"]
FACE_NAMES: tuple[FaceName, ...] = ("kai", "song", "hei")
# Kinds that may have text around them, as in "39 hours".
TAKES_WORDS = frozenset(("number", "date", "column"))
# Kinds that may have many lines, and keep their line feeds.
PARAGRAPHS = frozenset(("text", "column"))
# One of ours, or the SHA-256 of an organizer's own font file.
_FACE = r"^(kai|song|hei|[0-9a-f]{64})$"

# The characters of the longest text or column that is drawn.
LONGEST_TEXT = 1000
# A box may exceed the image by this much: sums of fractions sent by a browser are not exact.
ROUNDING = 1e-6

Share = Annotated[float, Limits(ge=0, le=1, allow_inf_nan=False)]
PositiveShare = Annotated[float, Limits(gt=0, le=1, allow_inf_nan=False)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(_Frozen):
    """A rectangle in fractions (0 to 1) of the template's width and height."""

    left: Share
    top: Share
    width: PositiveShare
    height: PositiveShare

    @model_validator(mode="after")
    def _inside_the_picture(self) -> Self:
        if self.left + self.width > 1 + ROUNDING or self.top + self.height > 1 + ROUNDING:
            raise ValueError("the box leaves the picture")
        return self


class Field(_Frozen):
    """One thing that is written or drawn into a box.

    `size` and `minimum_size` are em sizes as fractions of the template's height, `letter_spacing`
    is in em, `line_spacing` is the distance of two baselines in em. `before` and `after` are texts
    around a number, a date or a column, drawn only with it. `language` is the one that the text is
    in, where its letters have forms of that language's own. `content` is the column's name, the
    text, which may have placeholders, the picture's SHA-256, or the id of the field that a rule
    belongs to, by `kind`; `face` is one of FACE_NAMES, or the SHA-256 of an organizer's own font
    file. A rule fills its box, if the other field says something.
    """

    id: str = Limits(min_length=1, max_length=64)
    kind: Kind
    box: Box
    size: PositiveShare = 0.07
    minimum_size: PositiveShare = 0.03
    color: str = Limits(default="#222222", pattern=r"^#[0-9a-fA-F]{6}$")
    face: str = Limits(default="kai", pattern=_FACE)
    weight: int = Limits(default=400, ge=100, le=900)
    align: Literal["left", "center", "right"] = "center"
    vertical: Literal["top", "middle", "bottom"] = "middle"
    line_spacing: float = Limits(default=1.2, ge=0.8, le=3)
    letter_spacing: float = Limits(default=0.0, ge=0, le=2)
    rotation: Literal[0, 90, 180, 270] = 0
    content: str = Limits(default="", max_length=LONGEST_TEXT)
    # Omitted when empty, so earlier layouts keep their JSON, and thus their fingerprint.
    before: str = Limits(default="", max_length=100, exclude_if=lambda words: not words)
    after: str = Limits(default="", max_length=100, exclude_if=lambda words: not words)
    language: NameLanguage = Limits(default="", exclude_if=lambda language: not language)
    shown: bool = True

    @model_validator(mode="before")
    @classmethod
    def _named_after_its_kind(cls, values: Any) -> Any:
        if isinstance(values, dict) and "id" not in values and "kind" in values:
            return {**values, "id": values["kind"]}
        return values

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.minimum_size > self.size:
            raise ValueError("minimum_size is larger than size")
        if (
            self.shown
            and self.kind in ("column", "text", "picture", "rule")
            and not self.content.strip()
        ):
            raise ValueError(f"a field of kind {self.kind} needs content")
        if (self.before or self.after) and self.kind not in TAKES_WORDS:
            raise ValueError(f"a field of kind {self.kind} takes no words before or after it")
        if self.kind == "text" and (unknown := placeholders.unknown_in(self.content)):
            known = placeholders.KNOWN
            raise LayoutPlaceholderUnknown(field=self.id, placeholder=unknown, known=known)
        return self

    @property
    def own_font(self) -> str | None:
        """The SHA-256 of the own font file that is needed to draw the field."""
        needed = self.shown and self.is_text and self.face not in FACE_NAMES
        return self.face if needed else None

    @property
    def placeholders(self) -> frozenset[str]:
        """Those of a text, without their braces."""
        return placeholders.placeholders_in(self.content) if self.kind == "text" else frozenset()

    @property
    def columns(self) -> frozenset[str]:
        """The titles of the list's columns that it shows."""
        if self.kind == "column":
            return frozenset((self.content,))
        return frozenset(filter(None, map(placeholders.column_of, self.placeholders)))

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same on every certificate of the design."""
        return self.kind == "picture" or (self.kind == "text" and not self.placeholders)

    @property
    def is_text(self) -> bool:
        return self.kind not in ("qr", "picture", "rule")


class Layout(_Frozen):
    """All fields of a design, in the order in which they are painted.

    Version 1 had no placeholders, so braces in its texts stay braces.
    """

    version: Literal[2] = 2
    fields: tuple[Field, ...] = ()

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
        ruled = {field.id for field in self.fields if field.kind != "rule"}
        lost = [field.id for field in self.fields if field.kind == "rule" and field.shown
                and field.content not in ruled]  # fmt: skip
        if lost:
            raise ValueError(f"the field of the rule {', '.join(lost)} is not there")
        return self

    @property
    def own_fonts(self) -> frozenset[str]:
        """The SHA-256 of each own font file that is needed to draw the layout."""
        return frozenset(field.own_font for field in self.fields if field.own_font)

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
    small = {"size": 0.024, "minimum_size": 0.012, "face": "song"}
    return Layout.from_json(
        {
            "fields": [
                {
                    "kind": "name",
                    "box": {"left": 0.15, "top": 0.42, "width": 0.7, "height": 0.16},
                    "size": 0.09,
                },
                {
                    "kind": "number",
                    "box": {"left": 0.08, "top": 0.868, "width": 0.4, "height": 0.045},
                    "align": "left",
                    **small,
                },
                {
                    "kind": "date",
                    "box": {"left": 0.52, "top": 0.868, "width": 0.4, "height": 0.045},
                    "align": "right",
                    **small,
                },
            ]
        }
    )


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

    fields = tuple(
        moved(one) if one.kind == "rule" and one.content == before.id else one
        for one in layout.fields
    )
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
