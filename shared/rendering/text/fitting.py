"""Text in its box: how wide, how large, in how many lines, and where."""

import bisect
import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from shared.rendering.text.breaks import (
    effort,
    hard_breaks,
    shows_its_words,
    soft_breaks,
    takes_hyphen,
)
from shared.rendering.text.faces import Chain
from shared.rendering.text.glyphs import shape
from shared.rendering.text.ink import (
    ASCENT,
    DESCENT,
    MARGIN,
    Ink,
    advance_of,
    around,
    ink_of_runs,
    inks_of_run,
)
from shared.rendering.text.runs import Faces, Run, clusters, faces_of, runs_of

Align = Literal["left", "center", "right"]
Vertical = Literal["top", "middle", "bottom"]

# Outlines are measured at this size. Widths grow linearly with the size (within 0.005 %).
MEASURE = 1000
# Sizes step by this many pixels, so that similar names share opened fonts.
STEP = 0.25
# How far below the smallest size a break between words is still better than one inside a word.
TOLERANCE = 0.9
MOST_PARTINGS = 12
# Two lines instead of one are worth it if they are this many times as large.
WORTH_TWO_LINES = 1.25
# A heavier weight is drawn by growing the outline: 700 adds this share of an em on each side.
BOLD = 0.014


@dataclass(frozen=True)
class Style:
    """How a field's text is set: the faces, and spacings in em."""

    chain: Chain
    weight: int = 400
    line_spacing: float = 1.2
    letter_spacing: float = 0.0

    @property
    def stroke(self) -> float:
        """What the weight adds to the outline on each side, in em."""
        return max(0, self.weight - 400) / 300 * BOLD


@dataclass(frozen=True)
class Line:
    """A line's runs in the order of the page; `starts`, `advance` and `ink` in em from the pen's
    start on the baseline. `missing` are the clusters that no face has."""

    text: str
    runs: tuple[Run, ...]
    missing: tuple[str, ...]
    starts: tuple[float, ...]
    advance: float
    ink: Ink


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


def measure(text: str, style: Style) -> Line:
    """`text` as one line: its runs and measures in em. Nothing is drawn."""
    return _measured(faces_of(text, style.chain), style)


@lru_cache(maxsize=4096)
def _measured(parts: Faces, style: Style) -> Line:
    runs, missing, starts, advance = _shaped(parts, style)
    ink = Ink(*(edge / MEASURE for edge in ink_of_runs(runs, starts, MEASURE, style.stroke)))
    text = "".join(cluster for cluster, _ in parts)
    return Line(text, runs, missing or _without_glyph(runs), starts, advance, ink)


class _Shaped(NamedTuple):
    """What is known about a line before its ink is measured."""

    runs: tuple[Run, ...]
    missing: tuple[str, ...]
    starts: tuple[float, ...]
    advance: float


@lru_cache(maxsize=4096)
def _shaped(parts: Faces, style: Style) -> _Shaped:
    runs, missing = runs_of(parts, style.chain, style.letter_spacing)
    ends = list(itertools.accumulate(advance_of(run) + run.gap for run in runs))
    starts = (0.0, *ends[:-1]) if runs else ()
    return _Shaped(runs, missing, starts, ends[-1] - runs[-1].gap if runs else 0.0)


def _without_glyph(runs: tuple[Run, ...]) -> tuple[str, ...]:
    """The clusters that shaping turns into a box, although the face has their characters."""
    letters = [run for run in runs if not run.face.is_emoji]
    return tuple(
        clusters(run.text[place:])[0]
        for run in letters
        for place in shape(run.face, run.text, run.right_to_left, run.spacing).unknown
    )


@lru_cache(maxsize=1024)
def ink_at(line: Line, size: float, style: Style) -> Ink:
    """The line's ink in pixels at `size`. Hinting moves marks by up to 2 pixels, so it is not just
    the ink in em times the size."""
    return ink_of_runs(line.runs, line.starts, size, style.stroke)


def _pitch(inks: Sequence[Ink], line_spacing: float, least: float) -> float:
    """The distance between two baselines: never so small that the ink of one line comes closer than
    `least` to the other's. All in one unit."""
    if len(inks) < 2:
        return line_spacing
    return max(line_spacing, inks[0].bottom - inks[1].top + least)


def _largest_size(lines: tuple[Line, ...], width: float, height: float, style: Style) -> float:
    """The size at which the lines about fill a box of `width` x `height` pixels."""
    pitch = _pitch([line.ink for line in lines], style.line_spacing, 0.0)
    between = (len(lines) - 1) * pitch
    widest = max(max(line.advance, line.ink.right - line.ink.left) for line in lines)
    tallest = max(ASCENT + DESCENT + between, between - lines[0].ink.top + lines[-1].ink.bottom)
    return min((width - 2 * MARGIN) / max(widest, 1e-6), (height - 2 * MARGIN) / tallest)


def _is_inside(
    lines: tuple[Line, ...], size: float, width: float, height: float, style: Style
) -> bool:
    """Whether the ink, exactly as it is drawn, has room in the box."""
    inks = [ink_at(line, size, style) for line in lines]
    pitch = _pitch(inks, size * style.line_spacing, 2 * MARGIN) * (len(lines) - 1)
    widest = max(ink.right - ink.left for ink in inks)
    tallest = pitch - inks[0].top + inks[-1].bottom
    return widest <= width - 2 * MARGIN and tallest <= height - 2 * MARGIN


def _settled_size(
    lines: tuple[Line, ...],
    style: Style,
    box: tuple[float, float],
    largest: float,
    smallest: float,
) -> float | None:
    """The largest size from `largest` down to `smallest` at which the lines fit."""
    size = _stepped(min(largest, _largest_size(lines, *box, style)))
    while size >= max(smallest, STEP):
        if _is_inside(lines, size, *box, style):
            return size
        size -= STEP
    return None


def _partings(parts: Faces, places: list[int], style: Style) -> list[tuple[Line, Line]]:
    """A name in two lines: as it reads best, and of the most even width."""
    text = "".join(cluster for cluster, _ in parts)
    # The best place is near the middle; a long text has too many to measure them all.
    central = sorted(places, key=lambda place: abs(2 * place - len(text)))[:MOST_PARTINGS]
    ends = _ends(parts)
    sides = [(_both_sides(parts, ends, place), effort(text, place)) for place in central]
    found = [(both, effort) for both, effort in sides if all(both)]
    if not found:
        return []
    # Before their ink is measured, which takes most of the time and says nothing about their width.
    widest = {both: max(_shaped(side, style).advance for side in both) for both, _ in found}
    best, _ = min(found, key=lambda one: widest[one[0]] * one[1])
    chosen = dict.fromkeys([best, min(widest, key=widest.__getitem__)])
    return [(_measured(one, style), _measured(two, style)) for one, two in chosen]


def _ends(parts: Faces) -> list[int]:
    """Where in the text each cluster ends."""
    return list(itertools.accumulate(len(cluster) for cluster, _ in parts))


def _both_sides(parts: Faces, ends: list[int], place: int) -> tuple[Faces, Faces]:
    """The text before and after a position, in the faces of the whole name, without spaces at the
    line's end."""
    index = bisect.bisect_left(ends, place) + 1
    return _trimmed(parts[:index]), _trimmed(parts[index:])


def _trimmed(parts: Faces) -> Faces:
    first, last = 0, len(parts)
    while first < last and not parts[first][0].strip():
        first += 1
    while first < last and not parts[last - 1][0].strip():
        last -= 1
    return parts[first:last]


@dataclass(frozen=True)
class Fit:
    """Lines and their size in pixels per em; `parted`: a word is broken into two lines."""

    lines: tuple[Line, ...]
    size: float
    shrunk: bool
    below_smallest: bool = False
    parted: bool = False


def fit(
    text: str, style: Style, width: float, height: float, largest: float, smallest: float
) -> Fit | None:
    """The largest setting of `text` in a box; None if it does not fit. All lengths in pixels.

    One line is shrunk as far as `smallest`, unless two lines, parted where a reader expects it, are
    so much larger that they read better. A word is broken only if nothing else fits and no space,
    hyphen or dot shows where words end.
    """
    parts, box = faces_of(text, style.chain), (width, height)
    one_line = (_measured(parts, style),)
    size = _settled_size(one_line, style, box, largest, smallest)
    if size is not None and size >= _stepped(largest):
        return Fit(one_line, size, shrunk=False)
    two_lines = _fit_in_two(parts, style, box, largest, smallest, size)
    if two_lines is not None:
        return two_lines
    if size is not None:
        return Fit(one_line, size, shrunk=True)
    if shows_its_words(one_line[0].text):
        return None
    return _fit_in_parts(parts, style, box, largest, smallest)


def _fit_in_two(
    parts: Faces,
    style: Style,
    box: tuple[float, float],
    largest: float,
    smallest: float,
    in_one: float | None,
) -> Fit | None:
    """Two lines of whole words, if they are worth it compared with one line of size `in_one`."""
    least = smallest * TOLERANCE if in_one is None else in_one * WORTH_TWO_LINES
    room = (box[1] - 2 * MARGIN) / (ASCENT + DESCENT + style.line_spacing)
    if least > min(room, largest):
        return None
    text = "".join(cluster for cluster, _ in parts)
    for lines in _partings(parts, soft_breaks(text), style):
        size = _settled_size(lines, style, box, largest, least)
        if size is not None:
            return Fit(lines, size, shrunk=True, below_smallest=size < smallest)
    return None


def _fit_in_parts(
    parts: Faces, style: Style, box: tuple[float, float], largest: float, smallest: float
) -> Fit | None:
    """A word that no line can hold, in two, with a hyphen where its script has one."""
    text = "".join(cluster for cluster, _ in parts)
    for first, second in _partings(parts, hard_breaks(text), style)[-1:]:
        if takes_hyphen(text, len(first.text)):
            before = _both_sides(parts, _ends(parts), len(first.text))[0]
            first = _measured((*before, ("-", before[-1][1])), style)
        size = _settled_size((first, second), style, box, largest, smallest)
        if size is not None:
            return Fit((first, second), size, shrunk=True, parted=True)
    return None


def _stepped(size: float) -> float:
    return max(size // STEP * STEP, 0.0)


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
    pitch = _pitch(inks, size * style.line_spacing, 2 * MARGIN)
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
