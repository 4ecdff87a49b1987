"""Texts and images that are sideways or upside down."""

from PIL import Image

from shared.rendering.resolved import Resolved
from shared.rendering.text.drawing import draw_text

# Clockwise, in degrees.
_TURNS: dict[int, Image.Transpose] = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


def turned(image: Image.Image, rotation: int) -> Image.Image:
    """The image turned clockwise by 0, 90, 180 or 270 degrees."""
    return image.transpose(_TURNS[rotation]) if rotation else image


def turned_text(resolved: Resolved) -> Image.Image:
    """The field's text on a transparent tile, turned clockwise by its rotation."""
    field = resolved.field
    # Transparent pixels of the text's own colour: edges then blend without a dark seam.
    tile = Image.new("RGBA", resolved.upright_size, field.color + "00")
    assert resolved.setting is not None
    draw_text(resolved.setting, resolved.style, field.color, tile, (0, 0))
    return turned(tile, field.rotation)
