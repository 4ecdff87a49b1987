"""Settings of a field for organizers, as data: the console draws a control for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from shared.language import N_
from shared.rendering.text.faces import has_feature

# The most characters of a text or column that is drawn.
LONGEST_TEXT = 1000


@dataclass(frozen=True)
class Setting:
    """A setting of the field's `attribute`; `label` is an English text to be translated. One that
    `is_exact` is for people who want numbers; others place by hand."""

    attribute: str
    label: str
    is_exact: ClassVar[bool] = False

    def value_of(self, field: Any) -> Any:
        """Return what its control shows."""
        return getattr(field, self.attribute, None)

    def stored(self, field: Any, given: Any) -> Any:
        """Return the attribute's value for what was `given` to the control."""
        return given

    def is_offered(self, field: Any) -> bool:
        """Return whether it changes anything in this field."""
        return True


@dataclass(frozen=True)
class Share(Setting):
    """A fraction of the template's side, shown in percent; with `is_of_box`, an attribute of the
    field's box. `least` and `most` are in percent."""

    least: float
    most: float
    is_of_box: bool = False
    is_exact: ClassVar[bool] = True


@dataclass(frozen=True)
class Words(Setting):
    """Text of at most `most` characters; one that `is_long` has several lines, and placeholders."""

    most: int
    is_long: bool = False


@dataclass(frozen=True)
class Choice(Setting):
    """One of `options`, which have a label each."""

    options: Mapping[str, str]
    help: str | None = None


@dataclass(frozen=True)
class Language(Choice):
    """The language of names, which is rarely needed."""

    is_exact: ClassVar[bool] = True


@dataclass(frozen=True)
class Weight(Choice):
    """The weight of letters: one of `options`, which are numbers as text."""

    is_exact: ClassVar[bool] = True

    def value_of(self, field: Any) -> str:
        return min(self.options, key=lambda weight: abs(int(weight) - field.weight))

    def stored(self, field: Any, given: str) -> int:
        return int(given)


@dataclass(frozen=True)
class Switch(Setting):
    """A setting that is on or off, which is rarely needed."""

    is_exact: ClassVar[bool] = True


@dataclass(frozen=True)
class FontFeature(Switch):
    """An OpenType feature of letters, on or off, if the field's face has it."""

    feature: str

    def value_of(self, field: Any) -> bool:
        return self.feature in field.features

    def stored(self, field: Any, given: bool) -> tuple[str, ...]:
        others = [feature for feature in field.features if feature != self.feature]
        return (*others, self.feature) if given else tuple(others)

    def is_offered(self, field: Any) -> bool:
        return has_feature(field.face, self.feature)


class Typeface(Setting):
    """One of our faces, or of the organizer's."""


class Colour(Setting):
    """A colour, "#rrggbb"."""


@dataclass(frozen=True)
class Beside:
    """Settings side by side, with `widths` in proportion."""

    settings: tuple[Setting, ...]
    widths: tuple[int, ...]


Settings = tuple[Setting | Beside, ...]

BOX: Settings = (
    Share("left", N_("From the left (%)"), 0, 100, is_of_box=True),
    Share("top", N_("From the top (%)"), 0, 100, is_of_box=True),
    Share("width", N_("Width (%)"), 2, 100, is_of_box=True),
    Share("height", N_("Height (%)"), 2, 100, is_of_box=True),
)
COLOUR = Colour("color", N_("Colour"))


class Source(Enum):
    """The source of the content of a field that an organizer adds."""

    TYPED = "typed"
    COLUMN = "column"
    UPLOAD = "upload"


@dataclass(frozen=True)
class Adding:
    """The way to add fields of a kind: `label` and `button` are those of the control, and `box` is
    the first place of the field."""

    source: Source
    label: str
    button: str = ""
    box: Mapping[str, float] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The attributes of a new field, besides its content."""
        box = self.box or {"left": 0.25, "top": 0.64, "width": 0.5, "height": 0.06}
        return {"box": box, "size": 0.04, "minimum_size": 0.02}
