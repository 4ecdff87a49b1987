"""Cutting a signature out of a photograph: the paper becomes transparent, the ink keeps its colour.

Lighting is divided out: the light around a pixel is the paper there, however dark its shadow. Lines
of ruled paper are paler than ink, or longer and thinner than any stroke.
"""

from collections import deque

import numpy
from PIL import Image, ImageFilter

# The longer side in pixels during the work, and the margin of the result.
_SIDE, _MARGIN = 1600, 0.02
# The paper is found in a picture this many times smaller, in squares of this many pixels.
_SMALLER, _SQUARE = 8, 9
# Less darkness than the first is noise; shares of the ink's darkness at its rim, and in full.
_NOISE, _RIM, _INK = 0.14, 0.38, 0.72
# Shares of the width and the height: a ruled line is this long, unlike strokes, and this thin.
_LONG_LINE, _THIN_LINE = 0.8, 0.008
# The side of squares in which pieces are found; a piece below this share of all is dirt.
_CELL, _DIRT = 4, 0.002
# Shares of all pixels: less is no signature, more is no paper.
_LEAST, _MOST = 0.0006, 0.4

Shape = numpy.ndarray


def cut_out(photo: Image.Image) -> Image.Image | None:
    """Return the signature (RGBA) as it was written, cut to its size; None if there is none."""
    picture = photo.convert("RGB")
    picture.thumbnail((_SIDE, _SIDE))
    seen = numpy.asarray(picture).astype(numpy.float32)
    paper = _paper(picture)
    dark = 1 - (seen.mean(axis=2) / numpy.maximum(paper.mean(axis=2), 1))
    candidates = dark[dark > _NOISE]
    if candidates.size < _LEAST * dark.size:
        return None
    ink = float(numpy.percentile(candidates, 95))
    shape = numpy.clip((dark / ink - _RIM) / (_INK - _RIM), 0, 1)
    shape[dark < _NOISE] = 0
    shape = _without_lines(shape)
    shape = _without_dirt(shape)
    written = shape > 0.5
    if not _LEAST < written.mean() < _MOST:
        return None
    colour = numpy.median((seen / numpy.maximum(paper, 1))[shape > 0.9], axis=0) * 255
    whole = numpy.empty((*shape.shape, 4), numpy.uint8)
    whole[:, :, :3] = numpy.clip(colour, 0, 255).astype(numpy.uint8)
    whole[:, :, 3] = (shape * 255).astype(numpy.uint8)
    rows, columns = (numpy.flatnonzero(written.any(axis=axis)) for axis in (1, 0))
    margin = round(max(written.shape) * _MARGIN)
    top, bottom = max(rows[0] - margin, 0), min(rows[-1] + 1 + margin, written.shape[0])
    left, right = max(columns[0] - margin, 0), min(columns[-1] + 1 + margin, written.shape[1])
    return Image.fromarray(whole).crop((int(left), int(top), int(right), int(bottom)))


def _paper(picture: Image.Image) -> numpy.ndarray:
    """Return the picture without writing: closing by a square (Serra, 1982) removes what is darker
    and narrower."""
    size = (max(picture.width // _SMALLER, 1), max(picture.height // _SMALLER, 1))
    small = picture.resize(size, Image.Resampling.BOX)
    # The square around a pixel is used twice, so that a step of brightness keeps its place.
    closed = small.filter(ImageFilter.MaxFilter(_SQUARE)).filter(ImageFilter.MinFilter(_SQUARE))
    whole = closed.resize(picture.size, Image.Resampling.BILINEAR)
    return numpy.asarray(whole).astype(numpy.float32)


def _without_lines(shape: Shape) -> Shape:
    """Remove long and thin lines, across or down; strokes that cross one stay."""
    for turned in (shape, shape.T):
        mask = turned > 0.2
        thin = max(3, round(max(shape.shape) * _THIN_LINE))
        # A photograph is never quite straight: a line may climb by its own thickness.
        thick = _grown(mask, thin, axis=0)
        long = _opened(thick, round(turned.shape[1] * _LONG_LINE), axis=1)
        strokes = _opened(mask, 2 * thin, axis=0)
        turned[long & mask & ~_grown(strokes, 1, axis=1)] = 0
    return shape


def _grown(mask: Shape, reach: int, axis: int) -> Shape:
    """Return where any pixel is set within `reach` along the axis."""
    return _sums(mask, reach, reach, axis) > 0


def _opened(mask: Shape, length: int, axis: int) -> Shape:
    """Return the runs of at least `length` pixels along the axis."""
    before = length // 2
    after = length - 1 - before
    whole = _sums(mask, before, after, axis) == length
    return _sums(whole, after, before, axis) > 0


def _sums(mask: Shape, before: int, after: int, axis: int) -> Shape:
    """Count the pixels that are set from `before` to `after` each pixel."""
    width = [(0, 0), (0, 0)]
    width[axis] = (before + 1, after)
    totals = numpy.cumsum(numpy.pad(mask.astype(numpy.int32), width), axis=axis)
    count, span = mask.shape[axis], before + after + 1
    ends, starts = (
        numpy.take(totals, range(first, first + count), axis=axis) for first in (span, 0)
    )
    return numpy.asarray(ends - starts)


def _without_dirt(shape: Shape) -> Shape:
    """Remove small pieces, and those that touch the edge of the photograph."""
    height, width = (side // _CELL for side in shape.shape)
    dark = shape[: height * _CELL, : width * _CELL] > 0.3
    cells = numpy.asarray(dark.reshape(height, _CELL, width, _CELL).any(axis=(1, 3)))
    inside = [
        piece
        for piece in _pieces(cells)
        if not any(row in (0, height - 1) or column in (0, width - 1) for row, column in piece)
    ]
    total = sum(map(len, inside))
    kept = numpy.zeros_like(cells)
    for piece in inside:
        if len(piece) >= _DIRT * total:
            rows, columns = zip(*piece, strict=True)
            kept[list(rows), list(columns)] = True
    whole = numpy.zeros(shape.shape, bool)
    spread = kept.repeat(_CELL, axis=0).repeat(_CELL, axis=1)
    whole[: spread.shape[0], : spread.shape[1]] = spread
    near = _grown(_grown(whole, _CELL, axis=0), _CELL, axis=1)
    return numpy.where(near, shape, 0)


def _pieces(cells: Shape) -> list[list[tuple[int, int]]]:
    """Return the connected pieces, also over corners."""
    left = set(zip(*(where.tolist() for where in numpy.nonzero(cells)), strict=True))
    pieces = []
    while left:
        piece, waiting = [], deque([left.pop()])
        while waiting:
            row, column = waiting.popleft()
            piece.append((row, column))
            for near in ((row + y, column + x) for y in (-1, 0, 1) for x in (-1, 0, 1)):
                if near in left:
                    left.remove(near)
                    waiting.append(near)
        pieces.append(piece)
    return pieces
