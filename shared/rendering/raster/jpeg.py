"""JPEG files of which only the changed restart intervals are encoded again (ITU-T T.81, B.2.1)."""

import copy
import itertools
import struct
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy
from PIL import Image

from shared.rendering.area import Area
from shared.rendering.raster.encoding import encoded
from shared.rendering.raster.strips import BYTES_A_PIXEL, Background, Canvas, Strip

# At full colour resolution, no loss is visible.
BEST_QUALITY = 92
# Pixels along a unit's side, at full colour resolution.
UNIT = 8
# Restart intervals per row: a name then costs about its own width. More make every file larger, by
# about 3 bytes each (0.5 % of a photograph).
INTERVALS_A_ROW = 16
# The width of images to encode: JPEG allows 65 535, caches less.
MOST_PIXELS = 60000


def interval_length(width: int) -> int:
    """Units in each restart interval of a picture. Intervals run on from row to row, so the last of
    a row may end in the next."""
    return -(-_units(width) // INTERVALS_A_ROW)


def full_jpeg(
    picture: Image.Image,
    quality: int = BEST_QUALITY,
    dpi: float | None = None,
    interval: int | None = None,
) -> bytes:
    """`picture` as JPEG in restart intervals: of its own length, unless another one is given."""
    how: dict[str, Any] = {"dpi": (dpi, dpi)} if dpi else {}
    blocks = interval or interval_length(picture.width)
    how |= {"quality": quality, "subsampling": 0, "restart_marker_blocks": blocks}
    return encoded(picture, "JPEG", **how)


class EncodedJpeg:
    """A background's intervals, some of which are encoded anew for a certificate.

    The file is byte for byte what `full_jpeg` makes of the drawn certificate.
    """

    def __init__(self, background: Background, quality: int = BEST_QUALITY) -> None:
        self._background, self._quality = background, quality
        width, height = background.size
        self._across, self._interval = _units(width), interval_length(width)
        self._count = -(-self._across * _units(height) // self._interval)
        jpeg = full_jpeg(background.rows(0, height).image, quality)
        start = _start_of_scan(jpeg)
        self._head, self._scan = jpeg[:start], jpeg[start:]
        self._bounds = _bounds(self._scan)

    @property
    def memory(self) -> int:
        """The number of bytes that it takes."""
        return len(self._scan) + int(self._bounds.nbytes)

    def spliced(self, strips: Sequence[Strip], dpi: float | None) -> bytes:
        """The file with the rows of each strip replaced; strips are whole slices."""
        head = self._head
        if dpi:
            # The density of its JFIF segment (T.871, 10.1), as Pillow sets it.
            density = struct.pack(">BHH", 1, round(dpi), round(dpi))
            head = head[:13] + density + head[18:]
        return b"".join((head, *self._parts(strips)))

    def over(self, background: Background, strips: Sequence[Strip]) -> "EncodedJpeg":
        """A copy for a background that differs in `strips`."""
        other = copy.copy(self)
        other._background = background
        other._scan = b"".join(self._parts(strips))
        other._bounds = _bounds(other._scan)
        return other

    def _parts(self, strips: Sequence[Strip]) -> Iterator[bytes | memoryview]:
        """The entropy-coded bytes, in turns those of the background and new ones."""
        scan, place = memoryview(self._scan), 0
        for strip in strips:
            touched = self._touched(strip.patches)
            most = MOST_PIXELS // (self._interval * UNIT)
            for first in range(0, len(touched), most):
                for numbers, fresh in self._encoded(strip, touched[first : first + most]):
                    yield scan[place : self._bounds[numbers.start]]
                    yield fresh
                    place = self._bounds[numbers.stop]
        yield scan[place:]

    def _touched(self, patches: Iterable[Area]) -> list[int]:
        """The numbers of the intervals that hold a pixel of the patches."""
        found: set[int] = set()
        for left, top, right, bottom in patches:
            first, last = int(left) // UNIT, min(_units(right), self._across) - 1
            for row in range(int(top) // UNIT, _units(bottom)):
                start = row * self._across
                found.update(
                    range((start + first) // self._interval, (start + last) // self._interval + 1)
                )
        return sorted(found)

    def _encoded(self, strip: Strip, touched: list[int]) -> Iterator[tuple[range, memoryview]]:
        """Intervals with their markers, by the numbers of each run: encoded side by side, as a
        picture that is one unit high."""
        # Consecutive numbers have the same distance from their place in the list.
        grouped = itertools.groupby(enumerate(touched), lambda pair: pair[1] - pair[0])
        runs = [[number for _, number in group] for _, group in grouped]
        ranges = [range(run[0], run[-1] + 1) for run in runs]
        width = sum(map(self._units_in, ranges)) * UNIT
        laid_out = numpy.empty((UNIT, width, BYTES_A_PIXEL), numpy.uint8)
        left = 0
        for numbers in ranges:
            unit, count = numbers.start * self._interval, self._units_in(numbers)
            while count:
                # A piece from each row.
                row, first = divmod(unit, self._across)
                taken = min(count, self._across - first)
                piece = self._piece(strip, row * UNIT, first * UNIT, (first + taken) * UNIT)
                laid_out[:, left : left + piece.shape[1]] = piece
                left += piece.shape[1]
                unit, count = unit + taken, count - taken
        jpeg = full_jpeg(Canvas(laid_out).image, self._quality, interval=self._interval)
        scan = numpy.frombuffer(bytearray(memoryview(jpeg)[_start_of_scan(jpeg) :]), numpy.uint8)
        bounds, which = _bounds(scan), numpy.array(touched)
        scan[bounds[1:] - 1] = numpy.where(which == self._count - 1, 0xD9, 0xD0 + which % 8)
        place = 0
        for numbers in ranges:
            begin, place = place, place + len(numbers)
            yield numbers, scan.data[bounds[begin] : bounds[place]]

    def _units_in(self, numbers: range) -> int:
        """The number of units in these intervals; the picture's last may be shorter."""
        first, last = numbers.start * self._interval, numbers.stop * self._interval
        return min(last, self._across * _units(self._background.size[1])) - first

    def _piece(self, strip: Strip, top: int, left: int, right: int) -> Any:
        """One row of units; at the picture's edges, the last pixels are repeated, as encoders
        do."""
        (width, height), bottom = self._background.size, top + UNIT
        if strip.top <= top < strip.bottom:
            rows = strip.canvas.pixels[top - strip.top : bottom - strip.top]
        else:
            rows = self._background.rows(top, min(bottom, height)).pixels
        piece = rows[:, left : min(right, width)]
        if piece.shape[:2] == (UNIT, right - left):
            return piece
        missing = ((0, UNIT - piece.shape[0]), (0, right - left - piece.shape[1]), (0, 0))
        return numpy.pad(piece, missing, "edge")


def _units(pixels: float) -> int:
    return int(-(-pixels // UNIT))


def _start_of_scan(jpeg: bytes) -> int:
    start = 2
    while jpeg[start + 1] != 0xDA:
        start += 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")
    return start + 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")


def _bounds(scan: Any) -> Any:
    """Where each interval begins, and where the last ends: after the markers RSTn and EOI."""
    coded = numpy.frombuffer(scan, numpy.uint8)
    marks = numpy.flatnonzero(coded[:-1] == 0xFF)
    ends = marks[(coded[marks + 1] >= 0xD0) & (coded[marks + 1] <= 0xD9)] + 2
    return numpy.concatenate(([0], ends))
