"""Image files of which only the changed parts are encoded again.

A certificate differs from its template in a few places. Both file formats let the rest be reused as
encoded once: JPEG by restart intervals (ITU-T T.81, B.2.1), PNG by deflate blocks after a full
flush (RFC 1951; zlib's manual on Z_FULL_FLUSH). At 3508 x 2480 this is 6 times as fast as encoding
the whole JPEG, and 30 times as fast for PNG (`make bench`: JPEG; naive: all of it encoded).
"""

import copy
import itertools
import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Self

import numpy
from PIL import Image

from shared.rendering.area import Area
from shared.rendering.raster import encoded

# As Pillow itself keeps RGB: the fourth byte of each pixel means nothing.
MODE, BYTES_A_PIXEL = "RGBX", 4
# Rows that are copied at a time, so that a large template is not held a third time.
_BAND = 256


class Canvas:
    """Rows of pixels: `pixels` (height, width, BYTES_A_PIXEL) and `image` are the same memory."""

    def __init__(self, pixels: Any) -> None:
        """`pixels` must have no gaps between its rows."""
        self.pixels = pixels
        self.size: tuple[int, int] = (pixels.shape[1], pixels.shape[0])
        self.image = Image.frombuffer(MODE, self.size, pixels, "raw", MODE, 0, 1)
        # Without this, Pillow would draw on a copy.
        self.image.readonly = 0

    @classmethod
    def of(cls, image: Image.Image) -> Self:
        """Return a copy of the picture without its transparency."""
        width, height = image.size
        canvas = cls(numpy.empty((height, width, BYTES_A_PIXEL), numpy.uint8))
        for top in range(0, height, _BAND):
            band = image.crop((0, top, width, min(top + _BAND, height)))
            canvas.image.paste(band.convert("RGB"), (0, top))
        return canvas

    def rows(self, top: int, bottom: int) -> "Canvas":
        """Return a copy of these rows."""
        return Canvas(self.pixels[top:bottom].copy())

    @property
    def rgb(self) -> Any:
        """A copy of the pixels without their fourth byte, (height, width, 3)."""
        packed = numpy.frombuffer(self.image.tobytes("raw", "RGB"), numpy.uint8)
        return packed.reshape(*self.pixels.shape[:2], 3)


# Rows that are drawn together: a multiple of the 8 rows of a JPEG unit at full colour, and enough
# for a PNG slice to lose nothing by its empty window of 32 KB.
SLICE = 16

Rows = tuple[int, int]


class Strip(NamedTuple):
    """Whole rows of the picture, the first of which is row `top`.

    They differ from what they replace in `touched` only.
    """

    top: int
    canvas: Canvas
    touched: tuple[Area, ...]

    @property
    def bottom(self) -> int:
        return self.top + self.canvas.size[1]

    @property
    def patches(self) -> tuple[Area, ...]:
        """`touched` within the rows; at the right it may be more."""
        cut = [
            Area(max(left, 0), max(top, self.top), right, min(bottom, self.bottom))
            for left, top, right, bottom in self.touched
        ]
        return tuple(area for area in cut if area.left < area.right and area.top < area.bottom)


class Background:
    """The ground of certificates: the template with the fixed fields."""

    def __init__(self, template: Canvas, strips: Sequence[Strip] = ()) -> None:
        """`strips` lie over the template, which does not change, since many layouts share it."""
        self.size = template.size
        self._template, self._strips = template, tuple(strips)

    def rows(self, top: int, bottom: int) -> Canvas:
        """Return a copy of these rows."""
        rows = self._template.rows(top, bottom)
        for strip in self._strips:
            first, last = max(strip.top, top), min(strip.bottom, bottom)
            if first < last:
                part = strip.canvas.pixels[first - strip.top : last - strip.top]
                rows.pixels[first - top : last - top] = part
        return rows


def changed_rows(spans: Iterable[tuple[float, float]], height: int) -> list[Rows]:
    """Return the spans (top, bottom), widened to whole slices and joined where they meet."""
    joined: list[Rows] = []
    for top, bottom in sorted(spans):
        first = max(int(top) // SLICE * SLICE, 0)
        last = min(-(-int(bottom + 1) // SLICE) * SLICE, height)
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif first < last:
            joined.append((first, last))
    return joined


class EncodedPng:
    """The template's slices as PNG chunks, some of which are replaced for a certificate."""

    def __init__(self, background: Background) -> None:
        self._size = background.size
        picture = background.rows(0, background.size[1])
        self._slices: list[Slice] = _slices(picture.rgb, _PACKED_ONCE)

    @property
    def memory(self) -> int:
        return sum(len(chunk) for chunk, _, _ in self._slices)

    def spliced(self, strips: Sequence[Strip], dpi: float | None, credential: str = "") -> bytes:
        """Return the file with the rows of each strip replaced; strips are whole slices. It carries
        the credential where Open Badges 3.0 says (5.3, File Format)."""
        slices = self._with(strips)
        checksum = 1
        for _, adler, length in slices:
            # Adler-32 of joined byte strings, by theirs and the second's length (RFC 1950, 8.2).
            base = 65521
            low = ((checksum & 0xFFFF) + (adler & 0xFFFF) - 1) % base
            high = (
                (checksum >> 16) + (adler >> 16) + length % base * ((checksum & 0xFFFF) - 1)
            ) % base
            checksum = high << 16 | low
        # An empty last block, and the checksum of all slices (RFC 1950).
        end = _chunk(b"IDAT", b"\x03\x00" + struct.pack(">I", checksum))
        body = [chunk for chunk, _, _ in slices]
        # Signature, header, density, and the first two bytes of the zlib stream.
        parts = [
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">IIBBBBB", *self._size, 8, 2, 0, 0, 0)),
        ]
        if dpi:
            per_metre = round(dpi / 0.0254)
            parts.append(_chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)))
        if credential:
            # Uncompressed, in no language (PNG, 11.3.3.4).
            text = b"openbadgecredential" + b"\0" * 5 + credential.encode()
            parts.append(_chunk(b"iTXt", text))
        png_head = b"".join([*parts, _chunk(b"IDAT", b"\x78\x01")])
        return b"".join([png_head, *body, end, _chunk(b"IEND", b"")])

    def over(self, background: Background, strips: Sequence[Strip]) -> "EncodedPng":
        """Return a copy for a background that differs in `strips`."""
        other = copy.copy(self)
        other._slices = self._with(strips)
        return other

    def _with(self, strips: Sequence[Strip]) -> "list[Slice]":
        slices = list(self._slices)
        for strip in strips:
            first = strip.top // SLICE
            beneath = slices[first : first + -(-strip.canvas.size[1] // SLICE)]
            packed = sum(len(chunk) for chunk, _, _ in beneath)
            # The template did not even compress to half its size here.
            is_noise = 2 * packed > sum(length for _, _, length in beneath)
            fresh = _slices(strip.canvas.rgb, _STORED if is_noise else _PACKED_OFTEN)
            slices[first : first + len(fresh)] = fresh
        return slices


Slice = tuple[bytes, int, int]
# zlib's level, memory level, and strategy. For the template, where size matters and time does not:
_PACKED_ONCE = (6, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY)
# For certificates: run lengths alone pack filtered rows as well as the full search, in less than
# half the time. (isal is faster still, but its bytes differ between processes.)
_PACKED_OFTEN = (1, 9, zlib.Z_RLE)
# For rows of a photograph: compressing them would save a twentieth of the file and take 20 times as
# long as everything else.
_STORED = (0, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY)


def _slices(pixels: Any, packing: tuple[int, int, int]) -> list[Slice]:
    """Return the chunk of every SLICE rows, with the Adler-32 and length of its unpacked bytes."""
    slices = []
    for top in range(0, len(pixels), SLICE):
        part = pixels[top : top + SLICE]
        # Rows with the filter Up; the first has Sub, which needs no row above (PNG, 9.2).
        height, width, channels = part.shape
        rows = part.reshape(height, width * channels)
        filtered: Any = numpy.empty((height, 1 + width * channels), numpy.uint8)
        filtered[0, 0], filtered[1:, 0] = 1, 2
        filtered[0, 1 : 1 + channels] = rows[0, :channels]
        numpy.subtract(rows[0, channels:], rows[0, :-channels], out=filtered[0, 1 + channels :])
        numpy.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
        level, memory, strategy = packing
        packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, memory, strategy)
        packed = packer.compress(filtered) + packer.flush(zlib.Z_FULL_FLUSH)
        slices.append((_chunk(b"IDAT", packed), zlib.adler32(filtered), filtered.size))
    return slices


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


# At full colour resolution, no loss is visible.
BEST_QUALITY = 92
# Pixels along a unit's side, at full colour resolution.
UNIT = 8
# Restart intervals per row, so that a name costs about its own width. More make every file larger,
# by about 3 bytes each (0.5 % of a photograph).
INTERVALS_A_ROW = 16
# The width of images to encode: JPEG allows 65 535, caches less.
MOST_PIXELS = 60000


def interval_length(width: int) -> int:
    """Return the units in each restart interval; the last of a row may end in the next row."""
    return -(-_units(width) // INTERVALS_A_ROW)


def full_jpeg(
    picture: Image.Image,
    quality: int = BEST_QUALITY,
    dpi: float | None = None,
    interval: int | None = None,
) -> bytes:
    """Return `picture` as JPEG in restart intervals, of its own length unless one is given."""
    how: dict[str, Any] = {"dpi": (dpi, dpi)} if dpi else {}
    blocks = interval or interval_length(picture.width)
    how |= {"quality": quality, "subsampling": 0, "restart_marker_blocks": blocks}
    return encoded(picture, "JPEG", **how)


class EncodedJpeg:
    """A background's intervals, some of which are replaced for a certificate.

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
        """Return the file with the rows of each strip replaced; strips are whole slices."""
        head = self._head
        if dpi:
            # The density of its JFIF segment (T.871, 10.1), as Pillow sets it.
            density = struct.pack(">BHH", 1, round(dpi), round(dpi))
            head = head[:13] + density + head[18:]
        return b"".join((head, *self._parts(strips)))

    def over(self, background: Background, strips: Sequence[Strip]) -> "EncodedJpeg":
        """Return a copy for a background that differs in `strips`."""
        other = copy.copy(self)
        other._background = background
        other._scan = b"".join(self._parts(strips))
        other._bounds = _bounds(other._scan)
        return other

    def _parts(self, strips: Sequence[Strip]) -> Iterator[bytes | memoryview]:
        """Yield the entropy-coded bytes, alternately of the background and new ones."""
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
        """Return the numbers of the intervals with a pixel of the patches."""
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
        """Yield runs of intervals with their markers, by their numbers. They are encoded side by
        side, as a picture that is one unit high."""
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
        """Return the number of units in these intervals; the picture's last may be shorter."""
        first, last = numbers.start * self._interval, numbers.stop * self._interval
        return min(last, self._across * _units(self._background.size[1])) - first

    def _piece(self, strip: Strip, top: int, left: int, right: int) -> Any:
        """Return one row of units; at the picture's edges the last pixels are repeated, as encoders
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
    """Return where each interval begins, and the last ends: after the markers RSTn and EOI."""
    coded = numpy.frombuffer(scan, numpy.uint8)
    marks = numpy.flatnonzero(coded[:-1] == 0xFF)
    ends = marks[(coded[marks + 1] >= 0xD0) & (coded[marks + 1] <= 0xD9)] + 2
    return numpy.concatenate(([0], ends))
