"""Fits text into its box, in size, lines and place, and draws it.

A name is set on one line if possible, and on two if that makes it much larger; a paragraph has as
many lines as fit.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Any, Literal

from cachetools import LRUCache, cached
from PIL import Image, ImageDraw

from shared.rendering.area import Area
from shared.rendering.text.faces import Face, emoji_picture
from shared.rendering.text.glyphs import opened
from shared.rendering.text.measuring import (
    ASCENT,
    DESCENT,
    MARGIN,
    Box,
    SetLine,
    TextStyle,
    around,
    cut,
    inks_of_run,
    measure,
    measured,
    pitch_of,
    pivot_of,
    settled_size,
    stepped,
    text_of,
    trimmed,
)
from shared.rendering.text.paragraphs import (
    Paragraph,
    Rows,
    effort,
    hard_breaks,
    hardness,
    shows_its_words,
    soft_breaks,
    takes_hyphen,
    whole_word_breaks,
    widest_piece,
    word_breaks,
)
from shared.rendering.text.rules import OF_LANGUAGE
from shared.rendering.text.runs import Faces, Run, faces_of, shaped

__all__ = ["FittedLines", "SetLine", "SetText", "TextStyle", "draw_text", "fit", "measure", "place"]

Align = Literal["left", "center", "right"]
Vertical = Literal["top", "middle", "bottom"]

# The share of the smallest size down to which a break between words is better than inside one.
TOLERANCE = 0.9
MOST_PARTINGS = 12
# A name gets another line if that makes it this many times as large.
WORTH_MORE_LINES = 1.25
# The share of its size to which Chinese and Japanese may shrink to keep words whole.
WHOLE_WORDS = 0.85


@dataclass(frozen=True)
class SetText:
    """Lines and their size in pixels per em, and each line's start in pixels from the box's
    corner."""

    lines: tuple[SetLine, ...]
    size: float
    origins: tuple[tuple[float, float], ...]
    ink: Area

    def scaled(self, scale: float) -> "SetText":
        """Return the same lines on a template `scale` times as large."""
        if scale == 1:
            return self
        origins = tuple((x * scale, float(round(y * scale))) for x, y in self.origins)
        ink = Area(*(edge * scale for edge in self.ink))
        return SetText(self.lines, self.size * scale, origins, ink)

    def inks(self) -> Iterator[Area]:
        """Yield the ink of each glyph."""
        for line, (x, y) in zip(self.lines, self.origins, strict=True):
            for run, start in zip(line.runs, line.starts, strict=True):
                yield from inks_of_run(run, self.size, (x + start * self.size, y))


def _partings(parts: Faces, places: list[int], style: TextStyle) -> list[tuple[SetLine, SetLine]]:
    """Return a name in two lines: as it reads best, and of the most even width."""
    text, rules = text_of(parts), style.chain.rules
    # The best place is near the middle; measuring all of a long text takes too long.
    central = sorted(places, key=lambda place: abs(2 * place - len(text)))[:MOST_PARTINGS]
    found = []
    for place in central:
        sides = [side for side in map(trimmed, cut(parts, [place])) if side]
        if len(sides) == 2:
            first, second = (measured(side, style) for side in sides)
            width = max(first.advance, second.advance)
            found.append(((first, second), width, width * effort(text, place, rules)))
    if not found:
        return []
    best, *_ = min(found, key=lambda parting: parting[2])
    most_even, *_ = min(found, key=lambda parting: parting[1])
    return [best] if most_even == best else [best, most_even]


@dataclass(frozen=True)
class FittedLines:
    """Lines and their size in pixels per em; `parted` if a word is broken for lack of room."""

    lines: tuple[SetLine, ...]
    size: float
    shrunk: bool
    below_smallest: bool = False
    parted: bool = False


def fit(
    text: str, style: TextStyle, width: float, height: float, largest: float, smallest: float
) -> FittedLines | None:
    """Return the largest setting of `text` in a box, or None if it does not fit. Lengths are in
    pixels.

    On one line, it is shrunk down to `smallest`. A name gets two lines only if they are much
    larger, and three only in a box higher than wide. A paragraph gets as many as make it larger,
    and breaks at its line feeds. Words are broken at their hyphens only if nothing else fits, and
    elsewhere only if no line can hold them.
    """
    parts, box = faces_of(text, style.chain), (width, height)
    wanted, one = _UnfittedText(parts, style, box, largest, smallest), None
    if not style.indent and not any(cluster == "\n" for cluster, _ in parts):
        line = (measured(parts, style),)
        size = settled_size(line, style, box, largest, smallest)
        one = None if size is None else FittedLines(line, size, shrunk=size < stepped(largest))
        if one is not None and not one.shrunk:
            return one
    return wanted.as_paragraph(one) if style.is_paragraph else wanted.as_name(one)


@dataclass(frozen=True)
class _UnfittedText:
    """A text that does not fit on one line at its full size."""

    parts: Faces
    style: TextStyle
    box: Box
    largest: float
    smallest: float

    def as_name(self, best: FittedLines | None) -> FittedLines | None:
        """Fit a name; `best` is its setting on one line."""
        text, most, least = text_of(self.parts), 2, self.smallest * TOLERANCE
        places, between_words = soft_breaks(text), word_breaks(text)
        best = self._in_two(between_words, best) or best
        if self.box[1] > self.box[0]:
            most, least = 3, best.size * WORTH_MORE_LINES if best else least
            words = Rows(self.parts, self.style, word_breaks)
            if three := words.set_in(self.box, least, self.largest, most):
                best = FittedLines(*three, shrunk=True, below_smallest=three.size < self.smallest)
        if best is None and len(between_words) < len(places):
            best = self._in_two(places, None)
        if best is None and not shows_its_words(text):
            best = self._in_parts()
        return best or self._parted(self.smallest, most)

    def as_paragraph(self, best: FittedLines | None) -> FittedLines | None:
        """Fit a paragraph; `best` is its setting on one line.

        A larger box never makes it smaller: words are only broken below all sizes without that.
        """
        least = best.size if best else self.smallest * TOLERANCE
        found = Rows(self.parts, self.style, word_breaks).set_in(self.box, least, self.largest)
        if found and self.style.chain.rules >= OF_LANGUAGE and hardness(text_of(self.parts)):
            found = self._with_whole_words(found.size, least)
        if found and not (best and found.size <= best.size):
            is_shrunk = found.size < stepped(self.largest)
            return FittedLines(*found, is_shrunk, found.size < self.smallest)
        return best or self._parted(self.smallest * TOLERANCE)

    def _with_whole_words(self, largest: float, least: float) -> Paragraph | None:
        """Set lines that end between words, if they are little smaller than `largest`, or else
        lines with so much room to spare that few words are cut."""
        little = max(least, WHOLE_WORDS * largest)
        words = Rows(self.parts, self.style, whole_word_breaks)
        loosely = Rows(self.parts, self.style, word_breaks)
        return words.set_in(self.box, little, largest) or loosely.set_in(self.box, least, little)

    def _parted(self, size: float, most: int | None = None) -> FittedLines | None:
        """Break words at their hyphens, or else those that no line can hold, as a last resort."""
        for widest in (math.inf, widest_piece(self.box, size)):
            rows = Rows(self.parts, self.style, soft_breaks, widest)
            if found := rows.set_in(self.box, size, size, most):
                is_parted = widest < math.inf
                return FittedLines(*found, True, found.size < self.smallest, parted=is_parted)
        return None

    def _in_two(self, places: list[int], in_one: FittedLines | None) -> FittedLines | None:
        """Set two lines that are broken at one of `places`, if they are worth it."""
        least = in_one.size * WORTH_MORE_LINES if in_one else self.smallest * TOLERANCE
        room = (self.box[1] - 2 * MARGIN) / (ASCENT + DESCENT + self.style.line_spacing)
        if least > min(room, self.largest):
            return None
        partings = _partings(self.parts, places, self.style)
        # One line reads better than two that cut a word.
        if in_one and self.style.chain.rules >= OF_LANGUAGE:
            partings = partings[:1]
        for lines in partings:
            size = settled_size(lines, self.style, self.box, self.largest, least)
            if size is not None:
                return FittedLines(lines, size, shrunk=True, below_smallest=size < self.smallest)
        return None

    def _in_parts(self) -> FittedLines | None:
        """Set a word that no line can hold in two, with a hyphen if its script has one."""
        parts, style, text = self.parts, self.style, text_of(self.parts)
        for first, second in _partings(parts, hard_breaks(text, style.chain.rules), style)[-1:]:
            if takes_hyphen(text, len(first.text)):
                before = trimmed(cut(parts, [len(first.text)])[0])
                first = measured((*before, ("-", before[-1][1])), style)
            size = settled_size((first, second), style, self.box, self.largest, self.smallest)
            if size is not None:
                return FittedLines((first, second), size, shrunk=True, parted=True)
        return None


def place(
    fitted: FittedLines,
    style: TextStyle,
    width: float,
    height: float,
    align: Align,
    vertical: Vertical,
) -> SetText:
    """Place the lines in a box of `width` x `height` pixels, with baselines on whole pixels,
    against which outlines are hinted."""
    size = fitted.size
    inks = [line.ink_at(size) for line in fitted.lines]
    # The margins make up for the rounding of each baseline.
    between = pitch_of(inks, size * style.line_spacing, 2 * MARGIN)
    room = height - (ASCENT + DESCENT) * size - between * (len(inks) - 1)
    top = {"top": 0.0, "middle": room / 2, "bottom": room}[vertical]
    baselines = [round(top + ASCENT * size + between * index) for index in range(len(inks))]
    # Tall ink (stacked marks, Tibetan) moves the lines only if it leaves the box.
    over = MARGIN - (baselines[0] + inks[0].top)
    under = baselines[-1] + inks[-1].bottom - (height - MARGIN)
    shift = math.ceil(max(over, 0.0)) or -math.ceil(max(under, 0.0))
    origins = []
    for line, ink, baseline in zip(fitted.lines, inks, baselines, strict=True):
        room = width - line.advance * size
        start = {"left": 0.0, "center": room / 2, "right": room}[align]
        # Ink that is wider than the advance stays inside the box, too.
        start = min(max(start, MARGIN - ink.left), width - MARGIN - ink.right)
        origins.append((start, float(baseline + shift)))
    ink = around(ink.shifted(x, y) for ink, (x, y) in zip(inks, origins, strict=True))
    return SetText(fitted.lines, size, tuple(origins), ink)


# Pixels


def draw_text(
    setting: SetText, color: str, picture: Image.Image, corner: tuple[float, float]
) -> None:
    """Draw a setting on `picture` (RGB, RGBX or RGBA), with the box's corner at `corner`."""
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        baseline = corner[1] + y
        for run, start in zip(line.runs, line.starts, strict=True):
            pen = (corner[0] + x + start * setting.size, baseline)
            draw = _draw_upright if run.upright else _draw_run
            draw(picture, run, setting.size, pen, color)


def _draw_upright(
    picture: Image.Image, run: Run, size: float, pen: tuple[float, float], color: str
) -> None:
    """Draw an upright run of a column, which is drawn as a line and turned afterwards."""
    x, y = (size * part for part in pivot_of(run))
    half = math.ceil(size)
    tile = Image.new("RGBA", (2 * half, 2 * half), color + "00")
    _draw_run(tile, run, size, (half - x, half - y), color)
    left, top = round(pen[0] + x) - half, round(pen[1] + y) - half
    _lay(tile.transpose(Image.Transpose.ROTATE_90), picture, left, top)


def _draw_run(
    picture: Image.Image, run: Run, size: float, pen: tuple[float, float], color: str
) -> None:
    if run.face.is_emoji:
        tile, above = emoji_picture(run.face, run.text, max(1, int(size)))
        _lay(tile, picture, round(pen[0]), round(pen[1]) - above)
    else:
        _draw_glyphs(picture, run, size, pen, color)


def _lay(tile: Image.Image, picture: Image.Image, left: int, top: int) -> None:
    if picture.mode == "RGBA":
        hidden = (max(-left, 0), max(-top, 0))
        picture.alpha_composite(tile, (max(left, 0), max(top, 0)), hidden)
    else:
        picture.paste(tile, (left, top), tile)


def _draw_glyphs(
    picture: Image.Image, run: Run, size: float, pen: tuple[float, float], color: str
) -> None:
    canvas, stroke = ImageDraw.Draw(picture), run.stroke
    for glyph in shaped(run).glyphs:
        character, x, y = glyph.character, pen[0] + glyph.x * size, pen[1] - glyph.y * size
        if picture.mode == "RGBA":
            font = opened(run.face, size)
            canvas.text((x, y), character, color, font, "ls", stroke_width=stroke * size)
            continue
        # Split as in Pillow: a pen left of the picture's edge has a negative fraction.
        (right, left), (down, top) = math.modf(x), math.modf(y)
        mask, corner = _coverage(run.face, size, character, (right, down), stroke * size)
        # ImageDraw.text gives the same pixels in twice the time: it pastes a number, not a picture.
        left, top = int(left) + corner[0], int(top) + corner[1]
        width, height = mask.size
        colored = Image.new(picture.mode, (width, height), color)
        picture.im.paste(colored.im, (left, top, left + width, top + height), mask)


# Numbers and dates that differ in a digit have the same place on every certificate, as do most
# Chinese names, which share many characters: one takes 50 KB at 220 pixels (`make bench`: JPEG).
# Sizes are in octets.
@cached(LRUCache(16_000_000, lambda mask: 1000 + mask[0].size[0] * mask[0].size[1]), lock=Lock())
def _coverage(
    face: Face, size: float, character: str, pen: tuple[float, float], stroke: float
) -> tuple[Any, tuple[float, float]]:
    """Return how much of each pixel a glyph covers (Pillow's own `L` picture), with the pen at a
    fraction of a pixel, and its corner, counted from the whole pixel."""
    return opened(face, size).getmask2(
        character, "L", stroke_width=stroke, anchor="ls", start=pen, stroke_filled=True
    )
