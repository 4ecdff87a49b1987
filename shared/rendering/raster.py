"""Pictures as files, of which only the rows that changed are encoded anew.

A certificate differs from its template in a few rows. Both file formats allow to keep the rest as
it was encoded once: JPEG by restart intervals (ITU-T T.81, B.2.1), PNG by deflate blocks behind a
full flush (RFC 1951; zlib's manual on Z_FULL_FLUSH). At 3508 x 2480 that is 5 times as fast as
encoding the whole JPEG, and 30 times for PNG.
"""

import io
import struct
import zlib
from collections.abc import Callable, Iterable
from typing import Any, Protocol

import numpy
from PIL import Image

# At full colour resolution, nobody sees a loss.
BEST_QUALITY = 92
# Rows that are encoded together. A multiple of the 8 rows of a JPEG unit at full colour; enough
# rows that a PNG slice loses nothing by starting with an empty window of 32 KB.
SLICE = 16

Rows = tuple[int, int]
Strip = tuple[int, Image.Image]


def changed_rows(spans: Iterable[tuple[float, float]], height: int) -> list[Rows]:
    """The spans (top, bottom) widened to whole slices and joined where they meet."""
    joined: list[Rows] = []
    for top, bottom in sorted(spans):
        first = max(int(top) // SLICE * SLICE, 0)
        last = min(-(-int(bottom + 1) // SLICE) * SLICE, height)
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        elif first < last:
            joined.append((first, last))
    return joined


class Encoded(Protocol):
    """A template, encoded once."""

    def spliced(self, strips: list[Strip], dpi: float | None) -> bytes:
        """The file with the rows from each strip's top on replaced; strips are whole slices."""

    @property
    def memory(self) -> int:
        """Bytes held."""


# JPEG


def full_jpeg(picture: Image.Image, quality: int = BEST_QUALITY, dpi: float | None = None) -> bytes:
    """`picture` as JPEG, one restart interval per row of units."""
    buffer = io.BytesIO()
    picture.save(
        buffer,
        "JPEG",
        quality=quality,
        subsampling=0,
        restart_marker_rows=1,
        **({"dpi": (dpi, dpi)} if dpi else {}),
    )
    return buffer.getvalue()


class EncodedJpeg:
    """The template's intervals, each of 8 rows; a certificate gets some of them anew.

    The file is byte for byte what `full_jpeg` makes of the drawn certificate.
    """

    UNIT = 8

    def __init__(self, template: Image.Image, quality: int = BEST_QUALITY) -> None:
        self._quality = quality
        self._head, self._intervals = _intervals(full_jpeg(template, quality))

    @property
    def memory(self) -> int:
        return sum(len(interval) for interval in self._intervals)

    def spliced(self, strips: list[Strip], dpi: float | None) -> bytes:
        intervals = list(self._intervals)
        for top, strip in strips:
            first = top // self.UNIT
            fresh = _intervals(full_jpeg(strip, self._quality))[1]
            intervals[first : first + len(fresh)] = fresh
        parts = [_with_density(self._head, dpi)]
        for number, interval in enumerate(intervals):
            parts += (interval, bytes((0xFF, 0xD0 + number % 8)))
        parts[-1] = b"\xff\xd9"
        return b"".join(parts)


def _intervals(jpeg: bytes) -> tuple[bytes, list[bytes]]:
    """The headers up to the scan, and the entropy-coded bytes between the restart markers."""
    start = 2
    while jpeg[start + 1] != 0xDA:
        start += 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")
    start += 2 + int.from_bytes(jpeg[start + 2 : start + 4], "big")
    scan = numpy.frombuffer(jpeg, numpy.uint8, offset=start)
    marks = numpy.flatnonzero(scan[:-1] == 0xFF)
    ends = marks[(scan[marks + 1] >= 0xD0) & (scan[marks + 1] <= 0xD9)] + start
    starts = [start, *(int(end) + 2 for end in ends)]
    return jpeg[:start], [jpeg[a:b] for a, b in zip(starts, ends.tolist(), strict=False)]


def _with_density(head: bytes, dpi: float | None) -> bytes:
    """`head` with the density of its JFIF segment (T.871, 10.1) set as Pillow sets it."""
    if not dpi:
        return head
    return head[:13] + struct.pack(">BHH", 1, round(dpi), round(dpi)) + head[18:]


# PNG


class EncodedPng:
    """The template's slices as PNG chunks; a certificate gets some of them anew."""

    def __init__(self, template: Image.Image) -> None:
        self._size = template.size
        self._slices = _slices(template, _packed_once)

    @property
    def memory(self) -> int:
        return sum(len(chunk) for chunk, _, _ in self._slices)

    def spliced(self, strips: list[Strip], dpi: float | None) -> bytes:
        slices = list(self._slices)
        for top, strip in strips:
            first = top // SLICE
            beneath = slices[first : first + -(-strip.height // SLICE)]
            fresh = _slices(strip, _stored if _is_noise(beneath) else _packed_often)
            slices[first : first + len(fresh)] = fresh
        checksum = 1
        for _, adler, length in slices:
            checksum = _adler_of_both(checksum, adler, length)
        # An empty last block, and the checksum of all slices (RFC 1950).
        end = _chunk(b"IDAT", b"\x03\x00" + struct.pack(">I", checksum))
        body = [chunk for chunk, _, _ in slices]
        return b"".join([_png_head(self._size, dpi), *body, end, _chunk(b"IEND", b"")])


Slice = tuple[bytes, int, int]
Packer = Callable[[], "zlib._Compress"]


def _packed_once() -> "zlib._Compress":
    """For the template, where a second does not matter and size does."""
    return zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)


def _packed_often() -> "zlib._Compress":
    """For certificates. Run lengths alone pack filtered rows as small as the full search, in less
    than half the time. (isal is faster still, but its bytes differ between processes.)"""
    return zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_RLE)


def _stored() -> "zlib._Compress":
    """For rows of a photograph: packing them saves a twentieth of the file, in 20 times the time
    of everything else."""
    return zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)


def _is_noise(slices: list[Slice]) -> bool:
    """Whether the template did not even pack to half of its size there."""
    return 2 * sum(len(chunk) for chunk, _, _ in slices) > sum(length for _, _, length in slices)


def _slices(picture: Image.Image, packer: Packer) -> list[Slice]:
    """For every SLICE rows: the chunk, and Adler-32 and length of what it unpacks to."""
    pixels = numpy.asarray(picture)
    return [_slice(pixels[top : top + SLICE], packer()) for top in range(0, len(pixels), SLICE)]


def _slice(pixels: Any, packer: "zlib._Compress") -> Slice:
    filtered = _filtered(pixels)
    packed = packer.compress(filtered) + packer.flush(zlib.Z_FULL_FLUSH)
    return _chunk(b"IDAT", packed), zlib.adler32(filtered), filtered.size


def _filtered(pixels: Any) -> Any:
    """Rows with the filter Up; the first has Sub, which needs no row above (PNG, 9.2)."""
    height, width, channels = pixels.shape
    rows = pixels.reshape(height, width * channels)
    out = numpy.empty((height, 1 + width * channels), numpy.uint8)
    out[0, 0], out[1:, 0] = 1, 2
    out[0, 1 : 1 + channels] = rows[0, :channels]
    numpy.subtract(rows[0, channels:], rows[0, :-channels], out=out[0, 1 + channels :])
    numpy.subtract(rows[1:], rows[:-1], out=out[1:, 1:])
    return out


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def _png_head(size: tuple[int, int], dpi: float | None) -> bytes:
    """Signature, header, density, and the first two bytes of the zlib stream."""
    parts = [
        b"\x89PNG\r\n\x1a\n",
        _chunk(b"IHDR", struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)),
    ]
    if dpi:
        per_metre = round(dpi / 0.0254)
        parts.append(_chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)))
    return b"".join([*parts, _chunk(b"IDAT", b"\x78\x01")])


def _adler_of_both(one: int, two: int, length: int) -> int:
    """Adler-32 of two joined texts, from theirs and the length of the second (RFC 1950, 8.2)."""
    base = 65521
    low = ((one & 0xFFFF) + (two & 0xFFFF) - 1) % base
    high = ((one >> 16) + (two >> 16) + length % base * ((one & 0xFFFF) - 1)) % base
    return high << 16 | low
