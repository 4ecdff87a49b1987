"""A ruled line, as under a signature."""

from typing import Any, ClassVar, Literal

from PIL import Image

from shared.language import N_
from shared.rendering.fields.field import Field, Page, Resolved
from shared.rendering.fields.settings import Settings


class Rule(Field):
    """A line that fills its own box with its color, if the field with the id `content` is drawn."""

    kind: Literal["rule"] = "rule"

    label: ClassVar[str] = N_("Ruled line")
    settings: ClassVar[Settings] = ()
    needs_content: ClassVar[bool] = True
    # A hairline is visible on a small picture, too.
    least_pixels: ClassVar[int] = 1

    @property
    def belongs_to(self) -> str | None:
        return self.content

    def paint(self, resolved: Resolved, image: Image.Image, top: int = 0) -> None:
        box = resolved.box
        image.paste(self.color, (box.left, box.top - top, box.right, box.bottom - top))

    def on_page(self, resolved: Resolved, page: Page) -> dict[str, Any]:
        return {"draw": "fill", "color": self.color}
