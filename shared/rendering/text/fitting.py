"""Text in its box: how large, in how many lines, and where.

A name stands on one line if it can, and on two if that makes it much larger; a paragraph has as
many lines as fit.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shared.rendering.text import paragraphs
from shared.rendering.text.measuring import (
    ASCENT,
    DESCENT,
    MARGIN,
    Box,
    Ink,
    Line,
    Style,
    around,
    both_sides,
    ends_of,
    ink_at,
    inks_of_run,
    measure,
    measured,
    pitch_of,
    settled_size,
    shaped,
    stepped,
)
from shared.rendering.text.paragraphs import (
    effort,
    hard_breaks,
    is_after_hyphen,
    shows_its_words,
    soft_breaks,
    takes_hyphen,
)
from shared.rendering.text.runs import Faces, faces_of

__all__ = ["Align", "Fit", "Line", "Setting", "Style", "Vertical", "fit", "measure", "place"]

Align = Literal["left", "center", "right"]
Vertical = Literal["top", "middle", "bottom"]

# How far below the smallest size a break between words is still better than one inside a word.
TOLERANCE = 0.9
MOST_PARTINGS = 12
# More lines than before are worth it for a name if they are this many times as large.
WORTH_MORE_LINES = 1.25


@dataclass(frozen=True)
class Setting:
    """Lines at their size in pixels per em, with the pen's start of each line, in pixels from the
    box's corner."""

    lines: tuple[Line, ...]
    size: float
    origins: tuple[tuple[float, float], ...]
    ink: Ink

    def inks(self, stroke: float) -> Iterator[Ink]:
        """The ink of each glyph, whose outline was grown by `stroke`."""
        for line, (x, y) in zip(self.lines, self.origins, strict=True):
            for run, start in zip(line.runs, line.starts, strict=True):
                yield from inks_of_run(run, self.size, stroke, (x + start * self.size, y))


def _partings(parts: Faces, places: list[int], style: Style) -> list[tuple[Line, Line]]:
    """A name in two lines: as it reads best, and of the most even width."""
    text = "".join(cluster for cluster, _ in parts)
    # The best place is near the middle; a long text has too many to measure them all.
    central = sorted(places, key=lambda place: abs(2 * place - len(text)))[:MOST_PARTINGS]
    ends = ends_of(parts)
    sides = [(both_sides(parts, ends, place), effort(text, place)) for place in central]
    found = [(both, effort) for both, effort in sides if all(both)]
    if not found:
        return []
    # Before their ink is measured, which takes most of the time and says nothing about their width.
    widest = {both: max(shaped(side, style).advance for side in both) for both, _ in found}
    best, _ = min(found, key=lambda one: widest[one[0]] * one[1])
    chosen = dict.fromkeys([best, min(widest, key=widest.__getitem__)])
    return [(measured(one, style), measured(two, style)) for one, two in chosen]


@dataclass(frozen=True)
class Fit:
    """Lines and their size in pixels per em; `parted`: a word is broken, for lack of room."""

    lines: tuple[Line, ...]
    size: float
    shrunk: bool
    below_smallest: bool = False
    parted: bool = False


def fit(
    text: str, style: Style, width: float, height: float, largest: float, smallest: float
) -> Fit | None:
    """The largest setting of `text` in a box; None if it does not fit. All lengths in pixels.

    On one line it is shrunk as far as `smallest`. A name gets two lines, parted where a reader
    expects it, only if they are so much larger that they read better, and three only in a box that
    is higher than wide. A paragraph gets as many as make it larger, and parts at its line feeds.
    Words are parted at their hyphens only if nothing else fits, and elsewhere only if no line can
    hold them.
    """
    parts, box = faces_of(text, style.chain), (width, height)
    one = _fit_on_one_line(parts, style, box, largest, smallest)
    if one is not None and not one.shrunk:
        return one
    if style.is_paragraph:
        return _fit_paragraph(parts, style, box, largest, smallest, one)
    return _fit_name(parts, style, box, largest, smallest, one)


def _fit_on_one_line(
    parts: Faces, style: Style, box: Box, largest: float, smallest: float
) -> Fit | None:
    if any(cluster == "\n" for cluster, _ in parts):
        return None
    line = (measured(parts, style),)
    size = settled_size(line, style, box, largest, smallest)
    return None if size is None else Fit(line, size, shrunk=size < stepped(largest))


def _fit_name(
    parts: Faces, style: Style, box: Box, largest: float, smallest: float, best: Fit | None
) -> Fit | None:
    """A name that has no room on one line at its full size; `best` is how it is set there."""
    text, most = "".join(cluster for cluster, _ in parts), 2
    places = soft_breaks(text)
    between_words = [place for place in places if not is_after_hyphen(text, place)]
    best = _fit_in_two(parts, between_words, style, box, largest, smallest, best) or best
    if box[1] > box[0]:
        most, least = 3, best.size * WORTH_MORE_LINES if best else smallest * TOLERANCE
        if three := paragraphs.set_between_words(parts, style, box, (least, largest), most):
            best = Fit(*three, shrunk=True, below_smallest=three.size < smallest)
    if best is None and len(between_words) < len(places):
        best = _fit_in_two(parts, places, style, box, largest, smallest, None)
    if best is None and not shows_its_words(text):
        best = _fit_in_parts(parts, style, box, largest, smallest)
    return best or _fit_parted(parts, style, box, smallest, smallest, most)


def _fit_paragraph(
    parts: Faces, style: Style, box: Box, largest: float, smallest: float, best: Fit | None
) -> Fit | None:
    """A paragraph, unless it has room on one line at its full size; `best` is how it is set there.

    A larger box never makes it smaller: words are parted below all sizes at which they are not.
    """
    least = best.size if best else smallest * TOLERANCE
    found = paragraphs.set_between_words(parts, style, box, (least, largest))
    if found and not (best and found.size <= best.size):
        return Fit(*found, found.size < stepped(largest), found.size < smallest)
    return best or _fit_parted(parts, style, box, smallest * TOLERANCE, smallest)


def _fit_parted(
    parts: Faces,
    style: Style,
    box: Box,
    size: float,
    smallest: float,
    most: int | None = None,
) -> Fit | None:
    """The last resort: words parted at their hyphens, or else those that no line can hold."""
    if at_hyphens := paragraphs.set_at_hyphens(parts, style, box, size, most):
        return Fit(*at_hyphens, True, at_hyphens.size < smallest)
    if inside_words := paragraphs.set_inside_words(parts, style, box, size, most):
        return Fit(*inside_words, True, inside_words.size < smallest, parted=True)
    return None


def _fit_in_two(
    parts: Faces,
    places: list[int],
    style: Style,
    box: Box,
    largest: float,
    smallest: float,
    in_one: Fit | None,
) -> Fit | None:
    """Two lines that end at one of `places`, if they are worth it compared with one line."""
    least = in_one.size * WORTH_MORE_LINES if in_one else smallest * TOLERANCE
    room = (box[1] - 2 * MARGIN) / (ASCENT + DESCENT + style.line_spacing)
    if least > min(room, largest):
        return None
    for lines in _partings(parts, places, style):
        size = settled_size(lines, style, box, largest, least)
        if size is not None:
            return Fit(lines, size, shrunk=True, below_smallest=size < smallest)
    return None


def _fit_in_parts(
    parts: Faces, style: Style, box: Box, largest: float, smallest: float
) -> Fit | None:
    """A word that no line can hold, in two, with a hyphen where its script has one."""
    text = "".join(cluster for cluster, _ in parts)
    for first, second in _partings(parts, hard_breaks(text), style)[-1:]:
        if takes_hyphen(text, len(first.text)):
            before = both_sides(parts, ends_of(parts), len(first.text))[0]
            first = measured((*before, ("-", before[-1][1])), style)
        size = settled_size((first, second), style, box, largest, smallest)
        if size is not None:
            return Fit((first, second), size, shrunk=True, parted=True)
    return None


def place(
    fitted: Fit, style: Style, width: float, height: float, align: Align, vertical: Vertical
) -> Setting:
    """Where each line starts in a box of `width` x `height` pixels."""
    size = fitted.size
    inks = [ink_at(line, size, style) for line in fitted.lines]
    baselines = _baselines(inks, size, style, height, vertical)
    starts = [
        _pen_start(line.advance * size, ink, width, align)
        for line, ink in zip(fitted.lines, inks, strict=True)
    ]
    origins = tuple(zip(starts, baselines, strict=True))
    ink = around(ink.shifted(x, y) for ink, (x, y) in zip(inks, origins, strict=True))
    return Setting(fitted.lines, size, origins, ink)


def _baselines(
    inks: list[Ink], size: float, style: Style, height: float, vertical: Vertical
) -> list[float]:
    """Each line's baseline, on whole pixels because outlines are hinted against their grid."""
    # In whole pixels where ink, and not the field, decides, since each baseline is rounded by
    # itself.
    pitch = pitch_of(inks, size * style.line_spacing, 2 * MARGIN)
    room = height - (ASCENT + DESCENT) * size - pitch * (len(inks) - 1)
    top = {"top": 0.0, "middle": room / 2, "bottom": room}[vertical]
    baselines = [round(top + ASCENT * size + pitch * index) for index in range(len(inks))]
    # Tall ink (stacked marks, Tibetan) moves the lines only if it would leave the box.
    over = MARGIN - (baselines[0] + inks[0].top)
    under = baselines[-1] + inks[-1].bottom - (height - MARGIN)
    shift = math.ceil(max(over, 0.0)) or -math.ceil(max(under, 0.0))
    return [float(baseline + shift) for baseline in baselines]


def _pen_start(advance: float, ink: Ink, width: float, align: Align) -> float:
    room = width - advance
    start = {"left": 0.0, "center": room / 2, "right": room}[align]
    # Ink may stand out of the advance; keep it inside the box.
    start = max(start, MARGIN - ink.left)
    return min(start, width - MARGIN - ink.right)
