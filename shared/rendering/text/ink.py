"""The ink of glyphs and runs: the area that they really cover, hinted as it will be drawn."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from shared.rendering.text.faces import emoji_width
from shared.rendering.text.glyphs import glyph_ink, shape
from shared.rendering.text.runs import Run

# The ideographic em box (OpenType BASE, "ideo" baseline at -0.12 em). Lines are placed by it and
# not by their ink, so that all names of an event stand on the same line.
ASCENT, DESCENT = 0.88, 0.12
# Smoothed and grown edges reach up to 1.4 pixels beyond the measured ink.
MARGIN = 1.5


class Ink(NamedTuple):
    """The area that is really covered; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def shifted(self, x: float, y: float) -> "Ink":
        return Ink(self.left + x, self.top + y, self.right + x, self.bottom + y)


def around(inks: Iterable[Ink]) -> Ink:
    """The box around all of `inks`."""
    edges = list(zip(*inks, strict=True))
    if not edges:
        return Ink(0.0, 0.0, 0.0, 0.0)
    lefts, tops, rights, bottoms = edges
    return Ink(min(lefts), min(tops), max(rights), max(bottoms))


def inks_of_run(
    run: Run, size: float, stroke: float, pen: tuple[float, float] = (0.0, 0.0)
) -> Iterator[Ink]:
    """The ink of each glyph of a run at `size` pixels per em, whose pen starts at `pen`; of emoji,
    the ink as a whole."""
    if run.face.is_emoji:
        width = emoji_width(run.face, run.text) * size
        yield Ink(0.0, -ASCENT * size, width, DESCENT * size).shifted(*pen)
        return
    for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs:
        left, top, right, bottom = glyph_ink(run.face, glyph.character, size, stroke * size)
        x, y = glyph.x * size + pen[0], pen[1] - glyph.y * size
        yield Ink(left + x, top + y, right + x, bottom + y)


def ink_of_run(run: Run, size: float, stroke: float) -> Ink:
    """The ink of a whole run."""
    return around(inks_of_run(run, size, stroke))


def ink_of_runs(runs: Iterable[Run], starts: Iterable[float], size: float, stroke: float) -> Ink:
    """The ink of runs that start at `starts` (in em)."""
    return around(
        ink_of_run(run, size, stroke).shifted(start * size, 0.0)
        for run, start in zip(runs, starts, strict=True)
    )


def advance_of(run: Run) -> float:
    """The width of a run in em."""
    if run.face.is_emoji:
        return emoji_width(run.face, run.text)
    return shape(run.face, run.text, run.right_to_left, run.spacing).advance
