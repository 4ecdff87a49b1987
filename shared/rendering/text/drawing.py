"""Text that has been set in its box becomes pixels."""

import math
from threading import Lock
from typing import Any

from cachetools import LRUCache, cached
from PIL import Image, ImageDraw

from shared.rendering.text.faces import Face, emoji_picture
from shared.rendering.text.fitting import Setting, Style
from shared.rendering.text.glyphs import opened, shape
from shared.rendering.text.runs import Run


def draw_text(
    setting: Setting, style: Style, color: str, picture: Image.Image, corner: tuple[float, float]
) -> None:
    """Draw the setting onto `picture` (RGB, RGBX or RGBA) with the box's corner at `corner`."""
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        baseline = corner[1] + y
        for run, start in zip(line.runs, line.starts, strict=True):
            pen = corner[0] + x + start * setting.size
            if run.face.is_emoji:
                tile, above = emoji_picture(run.face, run.text, max(1, int(setting.size)))
                left, top = round(pen), round(baseline) - above
                if picture.mode == "RGBA":
                    hidden = (max(-left, 0), max(-top, 0))
                    picture.alpha_composite(tile, (max(left, 0), max(top, 0)), hidden)
                else:
                    picture.paste(tile, (left, top), tile)
            else:
                _draw_glyphs(picture, run, setting.size, (pen, baseline), color, style.stroke)


def _draw_glyphs(
    picture: Image.Image,
    run: Run,
    size: float,
    pen: tuple[float, float],
    color: str,
    stroke: float,
) -> None:
    canvas = ImageDraw.Draw(picture)
    for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs:
        character, x, y = glyph.character, pen[0] + glyph.x * size, pen[1] - glyph.y * size
        if picture.mode == "RGBA":
            font = opened(run.face, size)
            canvas.text((x, y), character, color, font, "ls", stroke_width=stroke * size)
            continue
        # Split as Pillow does it: a pen left of the picture's edge has a negative fraction.
        (right, left), (down, top) = math.modf(x), math.modf(y)
        mask, corner = _coverage(run.face, size, character, (right, down), stroke * size)
        # ImageDraw.text gives the same pixels, but takes twice the time, since it pastes a number
        # and no picture.
        left, top = int(left) + corner[0], int(top) + corner[1]
        width, height = mask.size
        colored = Image.new(picture.mode, (width, height), color)
        picture.im.paste(colored.im, (left, top, left + width, top + height), mask)


# Numbers and dates that differ in a digit stand in the same place on every certificate. So do most
# Chinese names, which share many characters: one weighs 50 KB at 220 pixels (`make bench`: JPEG).
# In octets.
@cached(LRUCache(16_000_000, lambda one: 1000 + one[0].size[0] * one[0].size[1]), lock=Lock())
def _coverage(
    face: Face, size: float, character: str, pen: tuple[float, float], stroke: float
) -> tuple[Any, tuple[float, float]]:
    """How much of each pixel a glyph covers (Pillow's own `L` picture) whose pen is at a fraction
    of a pixel, and where its corner lies, counted from the whole pixel."""
    return opened(face, size).getmask2(
        character, "L", stroke_width=stroke, anchor="ls", start=pen, stroke_filled=True
    )
