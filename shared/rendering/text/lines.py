"""A paragraph becomes lines: where each ends, by widths alone, measured in em."""

import bisect
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

# Halvings of the difference between the narrowest and the widest lines; the tenth is too small to
# see.
_HALVINGS = 10


class Piece(NamedTuple):
    """Text between two places where a line may end: its width with and without the blank behind it,
    and what the hyphen adds that a line ending there needs."""

    advance: float
    inked: float
    hyphen: float = 0.0


# From the first piece of a line up to the first of the next one.
Line = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """Pieces between two line feeds, with `spacing` between them."""

    pieces: Sequence[Piece]
    spacing: float = 0.0

    @cached_property
    def _starts(self) -> list[float]:
        """How far each piece is from the first, and the end from it."""
        steps = (piece.advance + self.spacing for piece in self.pieces)
        return list(itertools.accumulate(steps, initial=0.0))

    @cached_property
    def _reach(self) -> list[float]:
        """How far a line reaches that ends with each piece. Never less than with the one before,
        though a hyphen may be wider than the letters after it."""
        reach = (
            start + piece.inked + piece.hyphen
            for start, piece in zip(self._starts, self.pieces, strict=False)
        )
        return list(itertools.accumulate(reach, max))

    @property
    def narrowest(self) -> float:
        """The width of its widest piece."""
        return max((piece.inked + piece.hyphen for piece in self.pieces), default=0.0)

    def filled(self, width: float) -> list[Line] | None:
        """As few lines as possible that are no wider; None if a piece is wider."""
        lines: list[Line] = []
        start = 0
        while start < len(self.pieces):
            end = bisect.bisect_right(self._reach, width + self._starts[start], lo=start)
            if end == start:
                return None
            lines.append((start, end))
            start = end
        return lines or [(0, 0)]

    def balanced(self, width: float) -> list[Line]:
        """As many lines as `filled`, all as narrow as that number allows (CSS Text 4, `text-wrap:
        balance`)."""
        best = self.filled(width)
        assert best is not None
        low, high, count = self.narrowest, width, len(best)
        for _ in range(_HALVINGS if count > 1 else 0):
            middle = (low + high) / 2
            lines = self.filled(middle)
            if lines and len(lines) <= count:
                best, high = lines, middle
            else:
                low = middle
        return best
