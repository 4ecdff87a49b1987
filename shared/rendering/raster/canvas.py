"""Pixels in one memory for both: Pillow draws on them, numpy cuts and joins them without a copy."""

from typing import Any, Self

import numpy
from PIL import Image

# As Pillow itself keeps RGB: the fourth byte of each pixel means nothing.
MODE, BYTES_A_PIXEL = "RGBX", 4
# Rows that are copied at a time, so that a large template is not held a third time.
_BAND = 256


class Canvas:
    """Rows of pixels: `pixels` (height, width, BYTES_A_PIXEL) and `image` are the same memory."""

    def __init__(self, pixels: Any) -> None:
        """`pixels` must have no gaps between its rows."""
        self.pixels = pixels
        self.size: tuple[int, int] = (pixels.shape[1], pixels.shape[0])
        self.image = Image.frombuffer(MODE, self.size, pixels, "raw", MODE, 0, 1)
        # Without this, Pillow would draw on a copy.
        self.image.readonly = 0

    @classmethod
    def of(cls, image: Image.Image) -> Self:
        """A copy of the picture without its transparency."""
        width, height = image.size
        canvas = cls(numpy.empty((height, width, BYTES_A_PIXEL), numpy.uint8))
        for top in range(0, height, _BAND):
            band = image.crop((0, top, width, min(top + _BAND, height)))
            canvas.image.paste(band.convert("RGB"), (0, top))
        return canvas

    def rows(self, top: int, bottom: int) -> "Canvas":
        """A copy of these rows."""
        return Canvas(self.pixels[top:bottom].copy())

    @property
    def rgb(self) -> Any:
        """A copy of the pixels without their fourth byte, (height, width, 3)."""
        packed = numpy.frombuffer(self.image.tobytes("raw", "RGB"), numpy.uint8)
        return packed.reshape(*self.pixels.shape[:2], 3)
