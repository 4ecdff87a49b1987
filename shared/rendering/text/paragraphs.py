"""Paragraphs: as many lines as fit at the largest size, each row of a text for itself.

What fits is decided by advances and the most that any ink stands out of them, so that a larger box
never makes a text smaller.
"""

import bisect
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from shared.rendering.text.breaks import hard_breaks, is_after_hyphen, soft_breaks, takes_hyphen
from shared.rendering.text.ink import ASCENT, DESCENT, MARGIN
from shared.rendering.text.lines import Piece, Row
from shared.rendering.text.measuring import (
    STEP,
    Box,
    Line,
    Style,
    measured,
    settled_size,
    shaped,
    trimmed,
)
from shared.rendering.text.runs import Faces

# Hinting moves ink by up to so many pixels.
_HINTED = 2.0
# How far ink stands out of a line, in em: of very few letters more.
_MOST_STANDING_OUT = 0.25


class Paragraph(NamedTuple):
    """Lines, and their size in pixels per em."""

    lines: tuple[Line, ...]
    size: float


def set_between_words(
    parts: Faces, style: Style, box: Box, sizes: tuple[float, float], most: int | None = None
) -> Paragraph | None:
    """At the largest of the sizes at which whole words fit, on at most so many lines."""
    return _Text(parts, style, _between_words).set_in(box, *sizes, most)


def set_at_hyphens(
    parts: Faces, style: Style, box: Box, size: float, most: int | None = None
) -> Paragraph | None:
    """Of that size, words with hyphens parted where needed."""
    return _Text(parts, style, soft_breaks).set_in(box, size, size, most)


def set_inside_words(
    parts: Faces, style: Style, box: Box, size: float, most: int | None = None
) -> Paragraph | None:
    """Of that size, words parted that no line can hold, with a hyphen where their script has
    one."""
    width = (box[0] - 2 * MARGIN - _HINTED) / size - _MOST_STANDING_OUT
    return _Text(parts, style, soft_breaks, width).set_in(box, size, size, most)


def _between_words(text: str) -> list[int]:
    return [place for place in soft_breaks(text) if not is_after_hyphen(text, place)]


class _Text:
    """Text in rows, one for each of its line feeds, in pieces that no line end parts: those between
    `places`, and smaller ones of what is wider than `widest` (in em)."""

    def __init__(
        self,
        parts: Faces,
        style: Style,
        places: Callable[[str], list[int]],
        widest: float = math.inf,
    ) -> None:
        self._style = style
        self._rows = []
        for row in _rows(parts):
            pieces = _cut(row, places(_text_of(row)))
            self._rows.append(
                [
                    smaller
                    for piece in pieces
                    for smaller in (_smaller(piece) if self._width(piece) > widest else [piece])
                ]
            )
        inks = [(measured(trimmed(one), style)) for row in self._rows for one in row]
        self._stands_out = max((max(0.0, -one.ink.left) for one in inks), default=0.0)
        self._stands_out += max(
            (max(0.0, one.ink.right - one.advance) for one in inks), default=0.0
        )
        self._above = min((one.ink.top for one in inks), default=0.0)
        self._below = max((one.ink.bottom for one in inks), default=0.0)
        self._widths = [Row(self._pieces(row), style.letter_spacing) for row in self._rows]

    def set_in(self, box: Box, least: float, largest: float, most: int | None) -> Paragraph | None:
        """The largest setting in the box, in lines of even width; None if there is none."""
        if least > largest:
            return None
        lowest, highest = math.ceil(max(least, STEP) / STEP), math.floor(largest / STEP)
        # A single size need not be a multiple of the steps.
        lowest = min(lowest, max(highest, 1))
        steps = range(lowest, highest + 1)
        fits = bisect.bisect_left(
            steps, True, key=lambda step: not self._has_room(step * STEP, box, most)
        )
        if fits == 0:
            return None
        size = steps[fits - 1] * STEP
        lines = tuple(
            self._line(row, line)
            for row, widths in zip(self._rows, self._widths, strict=True)
            for line in widths.balanced(self._room(size, box))
        )
        settled = settled_size(lines, self._style, box, size, min(least, size))
        return None if settled is None else Paragraph(lines, settled)

    def _room(self, size: float, box: Box) -> float:
        """How wide the advance of a line may be, in em."""
        return (box[0] - 2 * MARGIN - _HINTED) / size - self._stands_out

    def _has_room(self, size: float, box: Box, most: int | None) -> bool:
        filled = [row.filled(self._room(size, box)) for row in self._widths]
        if None in filled:
            return False
        count = sum(len(lines) for lines in filled if lines is not None)
        if most is not None and count > most:
            return False
        ink = (self._below - self._above) * size
        pitch = max(self._style.line_spacing * size, ink + 2 * MARGIN + _HINTED)
        height = max((ASCENT + DESCENT) * size, ink + _HINTED) + pitch * (count - 1)
        return height <= box[1] - 2 * MARGIN

    def _pieces(self, row: Sequence[Faces]) -> list[Piece]:
        texts = [_text_of(piece) for piece in row]
        hyphens = [
            self._width(_hyphen_after(piece)) if takes_hyphen(before + after, len(before)) else 0.0
            for piece, (before, after) in zip(row, itertools.pairwise([*texts, ""]), strict=True)
        ]
        return [
            Piece(self._width(piece), self._width(trimmed(piece)), hyphen)
            for piece, hyphen in zip(row, hyphens, strict=True)
        ]

    def _width(self, parts: Faces) -> float:
        return shaped(parts, self._style).advance

    def _line(self, row: Sequence[Faces], line: tuple[int, int]) -> Line:
        start, end = line
        parts = trimmed(tuple(itertools.chain(*row[start:end])))
        text, rest = (
            _text_of(row[end - 1]) if end else "",
            _text_of(row[end]) if end < len(row) else "",
        )
        if text and takes_hyphen(text + rest, len(text)):
            parts = (*parts, *_hyphen_after(parts))
        return measured(parts, self._style)


def _text_of(parts: Faces) -> str:
    return "".join(cluster for cluster, _ in parts)


def _hyphen_after(parts: Faces) -> Faces:
    return (("-", parts[-1][1]),)


def _rows(parts: Faces) -> Iterator[Faces]:
    """The parts between line feeds."""
    feeds = [index for index, (cluster, _) in enumerate(parts) if cluster == "\n"]
    for start, end in itertools.pairwise([-1, *feeds, len(parts)]):
        yield parts[start + 1 : end]


def _cut(parts: Faces, places: Iterable[int]) -> list[Faces]:
    """The parts between those places of their text."""
    ends = list(itertools.accumulate(len(cluster) for cluster, _ in parts))
    cuts = [0, *(bisect.bisect_left(ends, place) + 1 for place in places), len(parts)]
    return [parts[start:end] for start, end in itertools.pairwise(cuts) if start < end]


def _smaller(piece: Faces) -> list[Faces]:
    """Its letters, unless they hang together."""
    return _cut(piece, hard_breaks(_text_of(piece)))
