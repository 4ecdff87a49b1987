"""The certificate scaled down, without scaling again the rows that never change."""

import copy
import io
import math
from collections.abc import Sequence

from PIL import Image

from shared.rendering.raster.strips import Background, Strip

# On text that is scaled down, it looks as sharp as Lanczos, in a third of the time.
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
        self._small = background.rows(0, full_height).image.resize(self.size, FILTER)

    @property
    def memory(self) -> int:
        """The number of bytes held besides the template's own."""
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
            # The scaled-down part that the strip touches, and where it goes.
            full_width, full_height = self._background.size
            (width, height), pitch = self.size, full_height / self.size[1]
            reach = math.ceil(pitch)
            left, right = self._columns(strip, reach)
            first = max(math.floor((strip.top - reach) / pitch), 0)
            last = min(math.ceil((strip.bottom + reach) / pitch), height)
            # The filter reads a little beyond the rows that it scales.
            above = max(math.floor(first * pitch) - reach, 0)
            below = min(math.ceil(last * pitch) + reach, full_height)
            around = self._background.rows(above, below)
            around.pixels[strip.top - above : strip.bottom - above] = strip.canvas.pixels
            across = full_width / width
            source = (left * across, first * pitch - above, right * across, last * pitch - above)
            scaled = (
                around.image.resize((right - left, last - first), FILTER, box=source),
                (left, first),
            )
            picture.paste(*scaled)
        return picture

    def _columns(self, strip: Strip, reach: int) -> tuple[int, int]:
        """The columns of the small picture that the strip's drawing touches."""
        width, across = self.size[0], self._background.size[0] / self.size[0]
        left = min((patch.left for patch in strip.patches), default=0.0) - reach
        right = max((patch.right for patch in strip.patches), default=0.0) + reach
        return max(math.floor(left / across), 0), min(math.ceil(right / across), width)
