"""The certificate scaled down, without scaling the rows again that never change."""

import copy
import io
import math
from collections.abc import Sequence

from PIL import Image

from shared.rendering.raster.strips import Background, Strip

# Reads as sharp as Lanczos on text that is scaled down, at a third of its time.
FILTER = Image.Resampling.HAMMING
QUALITY = 85


class Preview:
    """A template scaled down once; certificates scale only the rows drawn for them.

    The picture is, to a rounding error, what scaling the whole certificate gives.
    """

    def __init__(self, background: Background, width: int) -> None:
        """`width` in pixels; a template that is not wider stays as it is."""
        self._background = background
        full_width, full_height = background.size
        self._scale = max(full_width / width, 1.0)
        self.size = (min(width, full_width), max(1, round(full_height / self._scale)))
        self._small = background.rows(0, full_height).resize(self.size, FILTER)

    @property
    def memory(self) -> int:
        """Bytes held beside the template's own."""
        return 3 * self.size[0] * self.size[1]

    def jpeg(self, strips: Sequence[Strip]) -> bytes:
        """The preview with the rows of `strips` in place."""
        buffer = io.BytesIO()
        self._with(strips).save(buffer, "JPEG", quality=QUALITY)
        return buffer.getvalue()

    def over(self, background: Background, strips: Sequence[Strip]) -> "Preview":
        """The same for a background that differs in `strips`."""
        other = copy.copy(self)
        other._background, other._small = background, self._with(strips)
        return other

    def _with(self, strips: Sequence[Strip]) -> Image.Image:
        picture = self._small.copy()
        for strip in strips:
            picture.paste(*self._scaled(strip.top, strip.image))
        return picture

    def _scaled(self, top: int, strip: Image.Image) -> tuple[Image.Image, tuple[int, int]]:
        """The small rows that the strip touches, and where they go."""
        full_height = self._background.size[1]
        (width, height), pitch = self.size, full_height / self.size[1]
        reach = math.ceil(pitch)
        first = max(math.floor((top - reach) / pitch), 0)
        last = min(math.ceil((top + strip.height + reach) / pitch), height)
        # The filter looks a little over the edge of the rows that it scales.
        above = max(math.floor(first * pitch) - reach, 0)
        below = min(math.ceil(last * pitch) + reach, full_height)
        around = self._background.rows(above, below)
        around.paste(strip, (0, top - above))
        source = (0.0, first * pitch - above, float(strip.width), last * pitch - above)
        return around.resize((width, last - first), FILTER, box=source), (0, first)
