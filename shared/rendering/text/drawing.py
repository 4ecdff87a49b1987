"""Text settled in its box becomes pixels."""

import math
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageDraw

from shared.rendering.text.faces import Face, emoji_picture
from shared.rendering.text.fitting import Setting, Style
from shared.rendering.text.glyphs import glyph_ink, opened, shape
from shared.rendering.text.ink import MARGIN
from shared.rendering.text.runs import Run

# Larger letters are those of names, which are hardly ever the same in the same place.
LARGEST_KEPT = 80


class Coverage(NamedTuple):
    """How much of each pixel a glyph covers; its corner from the pen's whole pixel."""

    image: Image.Image
    left: int
    top: int


def draw_text(
    setting: Setting, style: Style, color: str, picture: Image.Image, corner: tuple[float, float]
) -> None:
    """Draw the setting onto `picture` (RGB or RGBA) with the box's corner at `corner`."""
    canvas = ImageDraw.Draw(picture)
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        baseline = corner[1] + y
        for run, start in zip(line.runs, line.starts, strict=True):
            pen = corner[0] + x + start * setting.size
            if run.face.is_emoji:
                _paste_emoji(run, setting.size, picture, pen, baseline)
            else:
                _draw_glyphs(canvas, run, setting.size, (pen, baseline), color, style.stroke)


def _draw_glyphs(
    canvas: ImageDraw.ImageDraw,
    run: Run,
    size: float,
    pen: tuple[float, float],
    color: str,
    stroke: float,
) -> None:
    for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs:
        x, y = pen[0] + glyph.x * size, pen[1] - glyph.y * size
        if size > LARGEST_KEPT or min(x, y) < 0:
            _draw_glyph(canvas, run.face, size, glyph.character, (x, y), color, stroke * size)
            continue
        left, top = math.floor(x), math.floor(y)
        kept = _coverage(run.face, size, glyph.character, (x - left, y - top), stroke * size)
        canvas.bitmap((left + kept.left, top + kept.top), kept.image, fill=color)


def _draw_glyph(
    canvas: ImageDraw.ImageDraw,
    face: Face,
    size: float,
    character: str,
    pen: tuple[float, float],
    color: str | int,
    stroke: float,
) -> None:
    font = opened(face, size)
    canvas.text(pen, character, fill=color, font=font, anchor="ls", stroke_width=stroke)


# Numbers and dates of certificates that differ in a digit stand in the same place.
@lru_cache(maxsize=2048)
def _coverage(
    face: Face, size: float, character: str, pen: tuple[float, float], stroke: float
) -> Coverage:
    """A glyph that is drawn with its pen at a fraction of a pixel."""
    left, top, right, bottom = glyph_ink(face, character, size, stroke)
    left, top = math.floor(left - MARGIN), math.floor(top - MARGIN)
    image = Image.new(
        "L", (math.ceil(right + MARGIN) + 1 - left, math.ceil(bottom + MARGIN) + 1 - top)
    )
    origin = (pen[0] - left, pen[1] - top)
    _draw_glyph(ImageDraw.Draw(image), face, size, character, origin, 255, stroke)
    return Coverage(image, left, top)


def _paste_emoji(run: Run, size: float, picture: Image.Image, pen: float, baseline: float) -> None:
    tile, above = emoji_picture(run.face, run.text, max(1, int(size)))
    corner = (round(pen), round(baseline) - above)
    if picture.mode == "RGBA":
        hidden = (max(-corner[0], 0), max(-corner[1], 0))
        shown = (max(corner[0], 0), max(corner[1], 0))
        picture.alpha_composite(tile, shown, hidden)
    else:
        picture.paste(tile, corner, tile)
