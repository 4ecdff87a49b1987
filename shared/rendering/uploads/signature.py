"""A signature out of its photograph: the paper becomes transparent, the ink keeps its colour.

Lighting is divided out: what is light in the surroundings of a pixel is the paper there, as bright
as it may be in a shadow. Lines of ruled paper are paler than ink, or longer and thinner than any
stroke.
"""

from collections import deque

import numpy
from PIL import Image, ImageFilter

# The longer side of what is worked on, in pixels, and the margin of what comes out.
_SIDE, _MARGIN = 1600, 0.02
# The paper is found in a picture so many times smaller, in squares of so many pixels there.
_SMALLER, _SQUARE = 8, 9
# Darker than the paper by less is noise; a part of the ink's darkness is its rim, more is ink.
_NOISE, _RIM, _INK = 0.14, 0.38, 0.72
# Parts of the width and of the height: a ruled line is as long, which no stroke is, and as thin.
_LONG_LINE, _THIN_LINE = 0.8, 0.008
# Pieces are told apart in squares of so many pixels; smaller ones than this part of all are dirt.
_CELL, _DIRT = 4, 0.002
# A part of all pixels: less is no signature, more is no paper.
_LEAST, _MOST = 0.0006, 0.4

Shape = numpy.ndarray


def cut_out(photo: Image.Image) -> Image.Image | None:
    """The signature (RGBA) as it was written, cut to its size; None if there is none."""
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
    """The picture as if nothing were written: closing by a square (Serra, 1982) removes whatever is
    darker and narrower."""
    size = (max(picture.width // _SMALLER, 1), max(picture.height // _SMALLER, 1))
    small = picture.resize(size, Image.Resampling.BOX)
    # Twice the square around a pixel is looked at: a step of brightness stays where it is.
    closed = small.filter(ImageFilter.MaxFilter(_SQUARE)).filter(ImageFilter.MinFilter(_SQUARE))
    whole = closed.resize(picture.size, Image.Resampling.BILINEAR)
    return numpy.asarray(whole).astype(numpy.float32)


def _without_lines(shape: Shape) -> Shape:
    """Without lines that are long and thin, across or down; strokes that cross one stay."""
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
    """Whether any pixel is set so near along the axis."""
    return _sums(mask, reach, reach, axis) > 0


def _opened(mask: Shape, length: int, axis: int) -> Shape:
    """What belongs to a run of at least so many pixels along the axis."""
    before = length // 2
    after = length - 1 - before
    whole = _sums(mask, before, after, axis) == length
    return _sums(whole, after, before, axis) > 0


def _sums(mask: Shape, before: int, after: int, axis: int) -> Shape:
    """How many pixels are set from so many before each to so many after it."""
    width = [(0, 0), (0, 0)]
    width[axis] = (before + 1, after)
    totals = numpy.cumsum(numpy.pad(mask.astype(numpy.int32), width), axis=axis)
    count, span = mask.shape[axis], before + after + 1
    ends, starts = (
        numpy.take(totals, range(first, first + count), axis=axis) for first in (span, 0)
    )
    return numpy.asarray(ends - starts)


def _without_dirt(shape: Shape) -> Shape:
    """Without small pieces, and without what reaches in from the edge of the photograph."""
    height, width = (side // _CELL for side in shape.shape)
    dark = shape[: height * _CELL, : width * _CELL] > 0.3
    cells = numpy.asarray(dark.reshape(height, _CELL, width, _CELL).any(axis=(1, 3)))
    inside = [
        one
        for one in _pieces(cells)
        if not any(row in (0, height - 1) or column in (0, width - 1) for row, column in one)
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
    """What hangs together, also over corners."""
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
