"""JPEG and PNG files, part by part, before anything decodes them (ITU-T T.81, annex B)."""

import re
import struct
from collections.abc import Iterator

# With more scans, 600 KB keep a reader busy with 40 million pixels for a minute; programs write
# ten.
MOST_SCANS = 100
# Empty chunks take 12 octets each, and a microsecond; programs write 4 KB or more in each.
MOST_CHUNKS = 20_000
PNG = b"\x89PNG\r\n\x1a\n"
_SOI, _EOI = b"\xff\xd8", b"\xff\xd9"
_SCAN, _JFIF, _ADOBE = 0xDA, 0xE0, 0xEE
# Frames of one scan, Huffman and quantization tables, restart interval, scan, number of lines.
_NEEDED = frozenset((0xC0, 0xC1, 0xC4, 0xDB, 0xDD, _SCAN, 0xDC))
_ARITHMETIC = frozenset((0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF))
_WITHOUT_CONTENT = frozenset((0x00, 0x01, *range(0xD0, 0xD9)))
# The next marker after entropy-coded bytes, which contain escaped FF and restart markers; before it
# may be more of FF (B.1.1.2).
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


def takes_too_long(picture: bytes) -> bool:
    """Return whether decoding a JPEG or PNG could take long because of its structure."""
    if picture.startswith(PNG):
        return chunks(picture) > MOST_CHUNKS
    return picture.startswith(_SOI) and scans(picture) > MOST_SCANS


def chunks(png: bytes) -> int:
    """Count the chunks of a PNG (third edition, 5.3)."""
    place, count = len(PNG), 0
    while place < len(png) and count <= MOST_CHUNKS:
        place += 12 + int.from_bytes(png[place : place + 4], "big")
        count += 1
    return count


def scans(jpeg: bytes) -> int:
    """Count the scans, in each of which a reader goes through all pixels."""
    return sum(marker == _SCAN for marker, _ in _segments(jpeg))


def is_arithmetic(jpeg: bytes) -> bool:
    """Return whether it uses arithmetic coding, which hardly any program can read."""
    return any(marker in _ARITHMETIC for marker, _ in _segments(jpeg))


def bare_jpeg(jpeg: bytes, dpi: float | None) -> bytes:
    """Return the file with only its encoded pixels, its density, and its kind of colours.

    Camera data, profiles, thumbnails, comments, and anything after the end are left out.
    """
    parts, jfif, adobe = [], b"", b""
    for marker, segment in _segments(jpeg):
        if marker == _JFIF and segment[4:9] == b"JFIF\0" and not jfif:
            # Without its thumbnail (T.871, 10.1).
            jfif = b"\xff\xe0\x00\x10" + segment[4:16] + b"\0\0"
        elif marker == _ADOBE and segment[4:9] == b"Adobe" and not adobe:
            # T.872, 6.5.3
            adobe = b"\xff\xee\x00\x0e" + segment[4:16]
        elif marker in _NEEDED:
            parts.append(segment)
    # Decoders take the colours from Adobe's segment only if there is no JFIF.
    if not jfif and not adobe:
        density = (1, round(dpi), round(dpi)) if dpi else (0, 1, 1)
        jfif = b"\xff\xe0\x00\x10JFIF\0\1\1" + struct.pack(">BHHBB", *density, 0, 0)
    return b"".join((_SOI, jfif, adobe, *parts, _EOI))


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the picture's end; a scan with its pixels."""
    place = len(_SOI)
    while found := _MARKER.search(jpeg, place):
        place, marker = found.end(), jpeg[found.end() - 1]
        if marker == _EOI[1]:
            return
        if marker in _WITHOUT_CONTENT:
            continue
        end = place + int.from_bytes(jpeg[place : place + 2], "big")
        if marker == _SCAN:
            behind = _MARKER.search(jpeg, end)
            end = behind.start() if behind else len(jpeg)
            while behind and jpeg[end - 1] == 0xFF:
                end -= 1
        yield marker, jpeg[place - 2 : end]
        place = end
