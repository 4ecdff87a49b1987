"""A field with all decisions made."""

from dataclasses import dataclass

from shared.rendering.layout import Field
from shared.rendering.raster.strips import Patch
from shared.rendering.text import fitting
from shared.rendering.text.ink import MARGIN


@dataclass(frozen=True)
class PixelBox:
    """A field's box on the template in whole pixels."""

    left: int
    top: int
    width: int
    height: int

    @property
    def bottom(self) -> int:
        return self.top + self.height

    def overlaps(self, other: "PixelBox") -> bool:
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True)
class Resolved:
    """A field's content and how it is set; raster and PDF draw the same from it. `is_squeezed`:
    issued when PDFs still squeezed punctuation of Chinese."""

    field: Field
    box: PixelBox
    style: fitting.Style
    fitted: fitting.Fit | None = None
    setting: fitting.Setting | None = None
    link: str = ""
    # Of a rule: whether the field that it belongs to says something.
    is_ruled: bool = False
    is_squeezed: bool = False

    @property
    def is_visible(self) -> bool:
        """Whether anything is drawn: an empty text or link leaves its box empty."""
        return bool(self.setting or self.link or self.is_ruled or self.field.kind == "picture")

    @property
    def upright_size(self) -> tuple[int, int]:
        """Width and height of the box before it is turned by the field's rotation."""
        turned = self.field.rotation in (90, 270)
        return (self.box.height, self.box.width) if turned else (self.box.width, self.box.height)

    @property
    def patches(self) -> tuple[Patch, ...]:
        """The parts of the template that the field may change, one for each glyph."""
        box = self.box
        if self.setting is None or self.field.rotation:
            return (Patch(box.left, box.top, box.left + box.width, box.bottom),)
        return tuple(
            Patch(
                box.left + ink.left - MARGIN,
                box.top + ink.top - MARGIN,
                box.left + ink.right + MARGIN,
                box.top + ink.bottom + MARGIN,
            )
            for ink in self.setting.inks(self.style.stroke)
        )

    @property
    def rows(self) -> tuple[float, float]:
        """The template's rows that the field may change."""
        if self.setting is None or self.field.rotation:
            return self.box.top, self.box.bottom
        top = self.box.top + self.setting.ink.top - MARGIN
        bottom = self.box.top + self.setting.ink.bottom + MARGIN
        return max(top, self.box.top), min(bottom, self.box.bottom)
