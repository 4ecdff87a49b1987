"""Cutting out a drawing, without the ground that it is drawn on."""

from collections.abc import Callable
from typing import Any

import numpy
from PIL import Image

from shared.rendering.raster.decoded_template import FILTER


def transparent(
    paint: Callable[[Image.Image], None], size: tuple[int, int], scale: float
) -> Image.Image:
    """Return what `paint` draws onto a picture of `size`, scaled, as RGBA.

    It is drawn on black and on white: pixels that are equal are opaque, differences let the ground
    through (T. Porter, T. Duff: Compositing Digital Images, 1984). So any drawing on a template can
    be cut out, and laid over it gives the same pixels.
    """
    width, height = (max(1, round(side * scale)) for side in size)

    def drawn_on(ground: str) -> Any:
        image = Image.new("RGB", size, ground)
        paint(image)
        return numpy.asarray(image.resize((width, height), FILTER), dtype=numpy.float32)

    on_black, on_white = drawn_on("black"), drawn_on("white")
    alpha = 255 - (on_white - on_black).mean(axis=2).clip(0, 255)
    # A transparent pixel has no colour.
    colour = on_black * (255 / numpy.maximum(alpha, 1))[..., None]
    pixels = numpy.dstack((colour, alpha)).round().clip(0, 255).astype(numpy.uint8)
    return Image.fromarray(pixels)
