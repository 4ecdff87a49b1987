"""The certificate scaled down, without scaling the rows again that never change."""

import io
import math

from PIL import Image

from shared.rendering.raster import Strip

# Reads as sharp as Lanczos on text that is scaled down, at a third of its time.
FILTER = Image.Resampling.HAMMING
QUALITY = 85


class Preview:
    """A template scaled down once; certificates scale only the rows drawn for them.

    The picture is, to a rounding error, what scaling the whole certificate gives.
    """

    def __init__(self, template: Image.Image, width: int) -> None:
        """`width` in pixels; a template that is not wider stays as it is."""
        self._template = template
        self._scale = max(template.width / width, 1.0)
        self.size = (
            min(width, template.width),
            max(1, round(template.height / self._scale)),
        )
        self._small = template.resize(self.size, FILTER)

    @property
    def memory(self) -> int:
        """Bytes held beside the template's own."""
        return 3 * self.size[0] * self.size[1]

    def jpeg(self, strips: list[Strip]) -> bytes:
        """The preview with the rows of `strips` (their top row, and the rows drawn) in place."""
        picture = self._small.copy()
        for top, strip in strips:
            picture.paste(*self._scaled(top, strip))
        buffer = io.BytesIO()
        picture.save(buffer, "JPEG", quality=QUALITY)
        return buffer.getvalue()

    def _scaled(self, top: int, strip: Image.Image) -> tuple[Image.Image, tuple[int, int]]:
        """The small rows that the strip touches, and where they go."""
        (width, height), pitch = self.size, self._template.height / self.size[1]
        reach = math.ceil(pitch)
        first = max(math.floor((top - reach) / pitch), 0)
        last = min(math.ceil((top + strip.height + reach) / pitch), height)
        # The filter looks a little over the edge of the rows that it scales.
        above = max(math.floor(first * pitch) - reach, 0)
        below = min(math.ceil(last * pitch) + reach, self._template.height)
        around = self._template.crop((0, above, strip.width, below))
        around.paste(strip, (0, top - above))
        source = (0.0, first * pitch - above, float(strip.width), last * pitch - above)
        return around.resize((width, last - first), FILTER, box=source), (0, first)
