"""Image files of which only the changed parts are encoded again.

A certificate differs from its template in a few places. Both file formats allow reusing the rest as
it was encoded once: JPEG by restart intervals (ITU-T T.81, B.2.1), PNG by deflate blocks after a
full flush (RFC 1951; zlib's manual on Z_FULL_FLUSH). At 3508 x 2480 this is 6 times as fast as
encoding the whole JPEG, and 30 times as fast for PNG (`make bench`: JPEG; naive: all of it
encoded).
"""

import copy
import struct
import zlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self

import numpy
from PIL import Image

from shared.rendering.area import Area

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
        """A copy of the picture without its transparency."""
        width, height = image.size
        canvas = cls(numpy.empty((height, width, BYTES_A_PIXEL), numpy.uint8))
        for top in range(0, height, _BAND):
            band = image.crop((0, top, width, min(top + _BAND, height)))
            canvas.image.paste(band.convert("RGB"), (0, top))
        return canvas

    def rows(self, top: int, bottom: int) -> "Canvas":
        """A copy of these rows."""
        return Canvas(self.pixels[top:bottom].copy())

    @property
    def rgb(self) -> Any:
        """A copy of the pixels without their fourth byte, (height, width, 3)."""
        packed = numpy.frombuffer(self.image.tobytes("raw", "RGB"), numpy.uint8)
        return packed.reshape(*self.pixels.shape[:2], 3)


# Rows that are drawn together: a multiple of the 8 rows of a JPEG unit at full colour, and enough
# for a PNG slice to lose nothing by starting with an empty window of 32 KB.
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
        """`touched`, as far as it lies within the rows; at the right, at least that much."""
        cut = [
            Area(max(left, 0), max(top, self.top), right, min(bottom, self.bottom))
            for left, top, right, bottom in self.touched
        ]
        return tuple(one for one in cut if one.left < one.right and one.top < one.bottom)


class Background:
    """What certificates are drawn on: the template with the fixed fields."""

    def __init__(self, template: Canvas, strips: Sequence[Strip] = ()) -> None:
        """`strips` lie over the template, which stays unchanged, since many layouts share it."""
        self.size = template.size
        self._template, self._strips = template, tuple(strips)

    def rows(self, top: int, bottom: int) -> Canvas:
        """A copy of these rows."""
        rows = self._template.rows(top, bottom)
        for strip in self._strips:
            first, last = max(strip.top, top), min(strip.bottom, bottom)
            if first < last:
                part = strip.canvas.pixels[first - strip.top : last - strip.top]
                rows.pixels[first - top : last - top] = part
        return rows


def changed_rows(spans: Iterable[tuple[float, float]], height: int) -> list[Rows]:
    """The spans (top, bottom), widened to whole slices and joined where they meet."""
    joined: list[Rows] = []
    for top, bottom in sorted(spans):
        first = max(int(top) // SLICE * SLICE, 0)
        last = min(-(-int(bottom + 1) // SLICE) * SLICE, height)
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif first < last:
            joined.append((first, last))
    return joined


# PNG


class EncodedPng:
    """The template's slices as PNG chunks, some of which are encoded anew for a certificate."""

    def __init__(self, background: Background) -> None:
        self._size = background.size
        picture = background.rows(0, background.size[1])
        self._slices: list[Slice] = _slices(picture.rgb, _PACKED_ONCE)

    @property
    def memory(self) -> int:
        return sum(len(chunk) for chunk, _, _ in self._slices)

    def spliced(self, strips: Sequence[Strip], dpi: float | None, credential: str = "") -> bytes:
        """The file with the rows of each strip replaced; strips are whole slices. It carries the
        credential where Open Badges 3.0 says (5.3, File Format)."""
        slices = self._with(strips)
        checksum = 1
        for _, adler, length in slices:
            # Adler-32 of joined byte strings, from theirs and the length of the
            # second (RFC 1950, 8.2).
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
        """A copy for a background that differs in `strips`."""
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
# For rows of a photograph: packing them would save a twentieth of the file and take 20 times as
# long as everything else.
_STORED = (0, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY)


def _slices(pixels: Any, packing: tuple[int, int, int]) -> list[Slice]:
    """For every SLICE rows: the chunk, and the Adler-32 and length of its unpacked bytes."""
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
