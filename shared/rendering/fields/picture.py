"""A signature or seal that an organizer has uploaded."""

from typing import Any, ClassVar, Literal

from PIL import Image
from pydantic import Field as Limits

from shared.language import N_
from shared.rendering.fields.field import Field, Page, Resolved
from shared.rendering.fields.settings import BOX, Adding, Settings, Source, Words


class PictureField(Field):
    """A picture that is fitted into the box; `content` is its SHA-256."""

    kind: Literal["picture"] = "picture"
    # The words in the picture, if any; omitted when empty, as `before`.
    alt: str = Limits(default="", max_length=200, exclude_if=lambda words: not words)

    settings: ClassVar[Settings] = (
        *BOX,
        Words("alt", N_("Its words (for people who cannot see it)"), 200),
    )
    label: ClassVar[str] = N_("Picture")
    adding: ClassVar[Adding | None] = Adding(
        Source.UPLOAD,
        N_("Picture: signature or seal (PNG)"),
        box={"left": 0.66, "top": 0.72, "width": 0.16, "height": 0.14},
    )
    needs_content: ClassVar[bool] = True
    may_cover: ClassVar[bool] = True

    @property
    def own_picture(self) -> str | None:
        return self.content if self.shown else None

    @property
    def is_fixed(self) -> bool:
        return True

    def paint(self, resolved: Resolved, image: Image.Image, top: int = 0) -> None:
        assert resolved.image is not None
        tile, box = self.turned(resolved.image), resolved.box
        scale = min(box.width / tile.width, box.height / tile.height)
        size = (max(1, int(tile.width * scale)), max(1, int(tile.height * scale)))
        resolved.paste(tile.resize(size, Image.Resampling.LANCZOS), image, top)

    def on_page(self, resolved: Resolved, page: Page) -> dict[str, Any]:
        return {"draw": "picture", "path": page.pictures[self.content], "alt": self.alt}
