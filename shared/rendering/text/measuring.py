"""Measures lines of text: their widths, their ink, and the size at which they fit into a box.

Ink is the area that glyphs really cover, hinted as it will be drawn.
"""

import bisect
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from shared.rendering.area import Area
from shared.rendering.text.faces import Chain, emoji_width
from shared.rendering.text.glyphs import glyph_ink
from shared.rendering.text.runs import Faces, Run, clusters, faces_of, runs_of, shaped

# The ideographic em box (OpenType BASE, "ideo" baseline at -0.12 em). Lines are placed by it, not
# by their ink, so that all names of an event have the same baseline.
ASCENT, DESCENT = 0.88, 0.12
# Smoothed and grown edges reach up to 1.4 pixels beyond the measured ink.
MARGIN = 1.5


def around(inks: Iterable[Area]) -> Area:
    """Return the box around all of `inks`."""
    edges = list(zip(*inks, strict=True))
    if not edges:
        return Area(0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = edges
    return Area(min(lefts), min(tops), max(rights), max(bottoms))


def inks_of_run(run: Run, size: float, pen: tuple[float, float] = (0.0, 0.0)) -> Iterator[Area]:
    """Yield the ink of each glyph of a run at `size` pixels per em, with the pen's start at `pen`;
    emoji have one ink together."""
    if run.upright:
        # Turned a quarter to the left: a column is a line that is turned to the right.
        x, y = (size * part for part in pivot_of(run))
        for left, top, right, bottom in _inks_of_line(run, size, (0.0, 0.0)):
            yield Area(x + top - y, y - right + x, x + bottom - y, y - left + x).shifted(*pen)
        return
    yield from _inks_of_line(run, size, pen)


def _inks_of_line(run: Run, size: float, pen: tuple[float, float]) -> Iterator[Area]:
    """Yield the same as if the run were not upright."""
    if run.face.is_emoji:
        width = emoji_width(run.face, run.text) * size
        yield Area(0.0, -ASCENT * size, width, DESCENT * size).shifted(*pen)
        return
    for glyph in shaped(run).glyphs:
        left, top, right, bottom = glyph_ink(run.face, glyph.character, size, run.stroke * size)
        x, y = glyph.x * size + pen[0], pen[1] - glyph.y * size
        yield Area(left + x, top + y, right + x, bottom + y)


def pivot_of(run: Run) -> tuple[float, float]:
    """Return the middle of an upright run, in em from the pen's start (x to the right, y down)."""
    return advance_of(run) / 2, (DESCENT - ASCENT) / 2


def advance_of(run: Run) -> float:
    """Return the width of a run in em."""
    if run.face.is_emoji:
        return emoji_width(run.face, run.text)
    return shaped(run).advance


# Outlines are measured at this size; widths grow linearly with it (within 0.005 %).
MEASURE = 1000
# Sizes step by this many pixels, so that similar names share opened fonts.
STEP = 0.25

# Width and height in pixels.
Box = tuple[float, float]


@dataclass(frozen=True)
class TextStyle:
    """The style of a field's text: its faces, spacings in em, whether it is a paragraph of as many
    lines as fit, or a name, the indent of the first line of each row in em, and whether its lines
    are columns."""

    chain: Chain
    weight: int = 400
    line_spacing: float = 1.2
    letter_spacing: float = 0.0
    is_paragraph: bool = False
    indent: float = 0.0
    in_columns: bool = False


@dataclass(frozen=True)
class SetLine:
    """A line's runs in visual order; `starts` and `advance` are in em from the pen's start on the
    baseline. `missing` are the clusters that no face has."""

    text: str
    runs: tuple[Run, ...]
    missing: tuple[str, ...] = ()
    starts: tuple[float, ...] = ()
    advance: float = 0.0

    @cached_property
    def ink(self) -> Area:
        """The ink in em, measured only when needed: it takes most of the time."""
        return Area(*(edge / MEASURE for edge in self.ink_at(MEASURE)))

    def ink_at(self, size: float) -> Area:
        """Return the ink in pixels at `size`. As hinting moves marks by up to 2 pixels, it is not
        the ink in em times the size."""
        return around(
            around(inks_of_run(run, size)).shifted(start * size, 0.0)
            for run, start in zip(self.runs, self.starts, strict=True)
        )


def measure(text: str, style: TextStyle) -> SetLine:
    """Measure `text` as one line, in em."""
    return measured(faces_of(text, style.chain), style)


@lru_cache(maxsize=4096)
def measured(parts: Faces, style: TextStyle) -> SetLine:
    runs, missing = runs_of(
        parts, style.chain, style.letter_spacing, style.weight, style.in_columns
    )
    # The clusters that become a box in shaping although the face has their characters.
    without_glyph = (
        clusters(run.text[place:])[0]
        for run in runs
        if not run.face.is_emoji
        for place in shaped(run).unknown
    )
    return line_of(text_of(parts), runs, missing or tuple(without_glyph))


def line_of(text: str, runs: tuple[Run, ...], missing: tuple[str, ...]) -> SetLine:
    """Put runs side by side."""
    if not runs:
        return SetLine(text, runs, missing)
    *starts, end = itertools.accumulate((advance_of(run) + run.gap for run in runs), initial=0.0)
    return SetLine(text, runs, missing, tuple(starts), end - runs[-1].gap)


def pitch_of(inks: Sequence[Area], line_spacing: float, least: float) -> float:
    """Return the distance of baselines, at which the inks of lines are at least `least` apart. All
    in one unit."""
    needed = (above.bottom - below.top + least for above, below in itertools.pairwise(inks))
    return max([line_spacing, *needed])


def settled_size(
    lines: tuple[SetLine, ...], style: TextStyle, box: Box, largest: float, smallest: float
) -> float | None:
    """Return the largest size from `largest` down to `smallest` at which the lines' ink, exactly as
    drawn, fits into the box."""
    width, height, further = box[0] - 2 * MARGIN, box[1] - 2 * MARGIN, len(lines) - 1
    # Begin with about the size at which they fill it.
    between = further * pitch_of([line.ink for line in lines], style.line_spacing, 0.0)
    widest = max(max(line.advance, line.ink.right - line.ink.left) for line in lines)
    tallest = max(ASCENT + DESCENT + between, between - lines[0].ink.top + lines[-1].ink.bottom)
    size = stepped(min(largest, width / max(widest, 1e-6), height / tallest))
    while size >= max(smallest, STEP):
        inks = [line.ink_at(size) for line in lines]
        between = further * pitch_of(inks, size * style.line_spacing, 2 * MARGIN)
        is_low = between - inks[0].top + inks[-1].bottom <= height
        if is_low and max(ink.right - ink.left for ink in inks) <= width:
            return size
        size -= STEP
    return None


def stepped(size: float) -> float:
    return max(size // STEP * STEP, 0.0)


def text_of(parts: Faces) -> str:
    """Return the text of parts."""
    return "".join(cluster for cluster, _ in parts)


def cut(parts: Faces, places: Iterable[int]) -> list[Faces]:
    """Cut parts at places of their text; all keep their faces."""
    ends = list(itertools.accumulate(len(cluster) for cluster, _ in parts))
    cuts = [0, *(bisect.bisect_left(ends, place) + 1 for place in places), len(parts)]
    return [parts[start:end] for start, end in itertools.pairwise(cuts) if start < end]


def trimmed(parts: Faces) -> Faces:
    """Return parts without the spaces at both ends."""
    first, last = 0, len(parts)
    while first < last and not parts[first][0].strip():
        first += 1
    while first < last and not parts[last - 1][0].strip():
        last -= 1
    return parts[first:last]
