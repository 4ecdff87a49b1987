"""Text that has been set in its box becomes pixels."""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from shared.rendering.text.faces import Face, emoji_picture
from shared.rendering.text.fitting import Setting, Style
from shared.rendering.text.glyphs import opened, shape
from shared.rendering.text.runs import Run

# Pixels per em: above this size, which names have, fewer glyphs are cached.
SMALL, LARGEST_CACHED = 80, 320


class Coverage(NamedTuple):
    """How much of each pixel a glyph covers (Pillow's own `L` picture), and where its corner lies,
    counted from the pen's whole pixel."""

    mask: Any
    left: int
    top: int


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
        # Cached if it is likely to be needed again.
        cover: Callable[..., Coverage] = _coverage
        if size <= LARGEST_CACHED:
            cover = _cover_small if size <= SMALL else _cover_large
        covered = cover(run.face, size, character, (right, down), stroke * size)
        # ImageDraw.text gives the same pixels, but takes twice the time, since it pastes a number
        # and no picture.
        left, top = int(left) + covered.left, int(top) + covered.top
        width, height = covered.mask.size
        colored = Image.new(picture.mode, (width, height), color)
        picture.im.paste(colored.im, (left, top, left + width, top + height), covered.mask)


def _coverage(
    face: Face, size: float, character: str, pen: tuple[float, float], stroke: float
) -> Coverage:
    """A glyph drawn with its pen at a fraction of a pixel."""
    font = opened(face, size)
    mask, (left, top) = font.getmask2(
        character, "L", stroke_width=stroke, anchor="ls", start=pen, stroke_filled=True
    )
    return Coverage(mask, left, top)


# Numbers and dates that differ in a digit stand in the same place on every certificate. So do most
# Chinese names, which share many characters; 128 of them weigh 6 MB at 220 pixels.
_cover_small = lru_cache(maxsize=2048)(_coverage)
_cover_large = lru_cache(maxsize=128)(_coverage)
