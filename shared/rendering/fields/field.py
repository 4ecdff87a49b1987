"""A field of a layout, its decisions for one certificate, and the registry of kinds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal, Self

from PIL import Image
from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    field_validator,
    model_validator,
)
from pydantic import Field as Limits
from pydantic_core import PydanticCustomError

from shared.errors import LayoutRefused
from shared.language import N_
from shared.rendering.area import Area
from shared.rendering.facts import Facts, value_of
from shared.rendering.fields.settings import BOX, LONGEST_TEXT, Adding, Settings
from shared.rendering.languages import NameLanguage
from shared.rendering.text import fitting
from shared.rendering.text.faces import FACE_NAMES
from shared.rendering.text.measuring import MARGIN
from shared.rendering.text.rules import NEWEST
from shared.rendering.text.typesetting import Typesetting

# A face of ours, or the SHA-256 of an organizer's own font file.
_FACE = rf"^({'|'.join(FACE_NAMES)}|[0-9a-f]{{64}})$"
# OpenType features: small capitals, old-style figures, and letters with swashes.
Feature = Literal["onum", "smcp", "swsh"]
# A box may exceed the image by this much: sums of fractions sent by a browser are not exact.
ROUNDING = 1e-6

Share = Annotated[float, Limits(ge=0, le=1, allow_inf_nan=False)]
PositiveShare = Annotated[float, Limits(gt=0, le=1, allow_inf_nan=False)]


class Frozen(BaseModel):
    """A part of a layout, which is never changed and has no unknown attributes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Box(Frozen):
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

    @property
    def middle(self) -> tuple[float, float]:
        return self.left + self.width / 2, self.top + self.height / 2

    def moved(self, across: float, down: float) -> Self:
        """Return the box moved to the right and down, at most to the edges of the picture."""
        left = min(max(self.left + across, 0), 1 - self.width)
        top = min(max(self.top + down, 0), 1 - self.height)
        return self.model_copy(update={"left": left, "top": top})


class Field(Frozen):
    """Something that is written or drawn into a box; each kind is a subclass with a name of its own
    in layouts. `Field(kind="qr", …)` and validated JSON become objects of the class of their kind.

    `size` and `minimum_size` are em sizes as fractions of the template's height, `letter_spacing`
    is in em, `line_spacing` is the distance of two baselines in em. `before` and `after` are texts
    around a value, drawn only with it. `language` is that of the text, for letters with forms of a
    language's own. What `content` means depends on the kind. `face` is one of FACE_NAMES, or the
    SHA-256 of an organizer's own font file; `features` are used if it has them. With `indent`, the
    first line of a paragraph on the left is indented. With `in_columns`, lines are columns, from
    right to left, in which Chinese and Japanese stand upright; `align` and `vertical` are those of
    lines that are turned to the right.
    """

    id: str = Limits(min_length=1, max_length=64)
    kind: str
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
    # Omitted when empty, so that earlier layouts keep their JSON, and thus their fingerprint.
    before: str = Limits(default="", max_length=100, exclude_if=lambda words: not words)
    after: str = Limits(default="", max_length=100, exclude_if=lambda words: not words)
    features: tuple[Feature, ...] = Limits(default=(), exclude_if=lambda features: not features)
    indent: bool = Limits(default=False, exclude_if=lambda is_indented: not is_indented)
    in_columns: bool = Limits(default=False, exclude_if=lambda is_so: not is_so)
    language: NameLanguage = Limits(default="", exclude_if=lambda language: not language)
    shown: bool = True

    # Its name on screens; without a label, its content.
    label: ClassVar[str] = ""
    # The settings for organizers, in the order of the screen.
    settings: ClassVar[Settings] = BOX
    # How an organizer adds one; None if they cannot.
    adding: ClassVar[Adding | None] = None
    # The attributes of a field of this kind that every certificate may have, if any.
    usual: ClassVar[Mapping[str, Any]] = {}
    may_be_hidden: ClassVar[bool] = True
    needs_content: ClassVar[bool] = False
    # Whether it may have text before and after its value, as in "39 hours".
    takes_words: ClassVar[bool] = False
    is_text: ClassVar[bool] = False
    # Whether it may have many lines, and keeps its line feeds.
    is_paragraph: ClassVar[bool] = False
    # Whether machines read it, so that nothing may cover it.
    is_code: ClassVar[bool] = False
    # Whether it is meant to cover others, as a seal covers a signature.
    may_cover: ClassVar[bool] = False
    # The least width and height in pixels of what it draws.
    least_pixels: ClassVar[int] = 0

    def __new__(cls, **values: Any) -> "Field":
        return super().__new__(_class_of(values) or cls if cls is Field else cls)

    @model_validator(mode="wrap")
    @classmethod
    def _of_its_kind(cls, values: Any, handler: ModelWrapValidatorHandler[Self]) -> Any:
        if isinstance(values, dict) and cls is Field and (kind := _class_of(values)):
            return kind.model_validate(values)
        return handler(values)

    @model_validator(mode="before")
    @classmethod
    def _named_after_its_kind(cls, values: Any) -> Any:
        own = {} if cls is Field else {"kind": cls.name()}
        if isinstance(values, dict) and "id" not in values and "kind" in (own | values):
            return {**values, "id": (own | values)["kind"]}
        return values

    @field_validator("kind", mode="before")
    @classmethod
    def _known(cls, kind: Any) -> Any:
        if cls is Field:
            *known, last = map(repr, KINDS)
            raise PydanticCustomError(
                "kind", "Input should be {known}", {"known": f"{', '.join(known)} or {last}"}
            )
        return kind

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.minimum_size > self.size:
            raise ValueError("minimum_size is larger than size")
        if self.shown and self.needs_content and not self.content.strip():
            empty = N_("The field “{field}” is empty. Fill it in or hide it.")
            raise LayoutRefused(empty, field=self.id)
        if (self.before or self.after) and not self.takes_words:
            raise ValueError(f"a field of kind {self.kind} takes no words before or after it")
        return self

    @classmethod
    def name(cls) -> str:
        """Return the name of the kind in layouts."""
        return str(cls.model_fields["kind"].default)

    @property
    def turn(self) -> int:
        """The degrees by which its lines are turned clockwise."""
        return (self.rotation + 90 * self.in_columns) % 360

    @property
    def own_font(self) -> str | None:
        """The SHA-256 of the own font file that is needed to draw the field."""
        needed = self.shown and self.is_text and self.face not in FACE_NAMES
        return self.face if needed else None

    @property
    def own_picture(self) -> str | None:
        """The SHA-256 of the picture file that is needed to draw the field."""
        return None

    @property
    def belongs_to(self) -> str | None:
        """The id of the field with which it is drawn, moved and removed."""
        return None

    @property
    def placeholders(self) -> frozenset[str]:
        """The placeholders in its content, without their braces."""
        return frozenset()

    @property
    def words(self) -> str:
        """The layout's own words in it, on all certificates."""
        return f"{self.before} {self.after}".strip()

    @property
    def columns(self) -> frozenset[str]:
        """The titles of the list's columns that it shows."""
        return frozenset()

    @property
    def is_title(self) -> bool:
        """Whether it is the title of the whole certificate, as the heading of a page."""
        return False

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same on every certificate of the design."""
        return False

    def is_said_by_all(self, common: Facts) -> bool:
        """Return whether it has placeholders, and `common` has a value for each of them."""
        needed = self.placeholders
        return bool(needed) and all(value_of(name, common).strip() for name in needed)

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        """Return its content on the certificate with these facts; empty if nothing is drawn.

        Raises NameProblem for text that cannot be printed, unless it was issued before.
        """
        return self.content

    def language_of(self, facts: Facts, content: str, typesetting: Typesetting) -> str:
        """Return the language whose letter forms are used; "" for the default forms."""
        return ""

    def known_language(self, facts: Facts) -> str:
        """Return the language (ISO 639) that the layout or the list gives for its content, or
        ""."""
        return ""

    def sample(self, facts: Facts) -> str:
        """Return its text with these facts, which is shown in its box while that is moved."""
        return "▦"

    def paint(self, resolved: "Resolved", image: Image.Image, top: int = 0) -> None:
        """Draw it onto `image`, whose first row is the template's row `top`."""
        raise NotImplementedError

    def on_page(self, resolved: "Resolved", page: "Page") -> dict[str, Any]:
        """Return how it is drawn on a page: what `fields.typ` draws under the name `draw`, in
        points."""
        raise NotImplementedError

    def turned(self, image: Image.Image) -> Image.Image:
        """Return the image turned clockwise by the field's rotation."""
        return image.rotate(-self.turn, expand=True)


# By their names in layouts.
KINDS: dict[str, type[Field]] = {}


def register(kind: type[Field]) -> None:
    """Add a kind of field. Raises ValueError if its name is taken.

    Every process that reads layouts with it has to register it.
    """
    if kind.name() in KINDS:
        raise ValueError(f"there is a kind of the name {kind.name()}")
    KINDS[kind.name()] = kind


def _class_of(values: Mapping[str, Any]) -> type[Field] | None:
    kind = values.get("kind")
    return KINDS.get(kind) if isinstance(kind, str) else None


# Decisions about a field for one certificate


@dataclass(frozen=True)
class PixelBox:
    """A field's box on the template in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.left + self.width

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def is_beside(self, other: "PixelBox") -> bool:
        """Return whether both are in one row: each has its middle at the height of the other."""
        middles = self.top + self.height / 2, other.top + other.height / 2
        return all(
            box.top <= middle <= box.bottom
            for box, middle in zip((other, self), middles, strict=True)
        )

    def overlaps(self, other: "PixelBox") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Page:
    """The page that a field is printed on: points for each pixel, the language of descriptions for
    screen readers, and the files of pictures by their SHA-256."""

    point: float
    language: str
    pictures: Mapping[str, str]


@dataclass(frozen=True)
class Resolved:
    """A field with all decisions made; pictures and pages draw the same from it.

    A text has a `setting`, any other field `content`; `image` is a picture's pixels. `language` is
    `Field.known_language`. `rules` are those by which a text was set.
    """

    field: Field
    box: PixelBox
    style: fitting.TextStyle
    fitted: fitting.FittedLines | None = None
    setting: fitting.SetText | None = None
    content: str = ""
    language: str = ""
    image: Image.Image | None = None
    rules: int = NEWEST

    @property
    def is_visible(self) -> bool:
        """Whether anything is drawn: an empty field leaves its box empty."""
        return bool(self.setting if self.field.is_text else self.content)

    @property
    def upright_size(self) -> tuple[int, int]:
        """The width and height of the box before it is turned by the field's rotation."""
        turned = self.field.turn in (90, 270)
        return (self.box.height, self.box.width) if turned else (self.box.width, self.box.height)

    @property
    def patches(self) -> tuple[Area, ...]:
        """The parts of the template that the field may change, one for each glyph."""
        box = self.box
        if self.setting is None or self.field.turn:
            return (Area(box.left, box.top, box.right, box.bottom),)
        inks = self.setting.inks()
        return tuple(ink.shifted(box.left, box.top).grown(MARGIN) for ink in inks)

    @property
    def rows(self) -> tuple[float, float]:
        """The template's rows that the field may change."""
        if self.setting is None or self.field.turn:
            return self.box.top, self.box.bottom
        top = self.box.top + self.setting.ink.top - MARGIN
        bottom = self.box.top + self.setting.ink.bottom + MARGIN
        return max(top, self.box.top), min(bottom, self.box.bottom)

    def paste(self, tile: Image.Image, image: Image.Image, top: int) -> None:
        """Paste a tile into the middle of the box on an `image` whose first row is the template's
        row `top`."""
        left = self.box.left + (self.box.width - tile.width) // 2
        upper = self.box.top - top + (self.box.height - tile.height) // 2
        image.paste(tile, (left, upper), tile if tile.mode == "RGBA" else None)
