"""Shaped text: HarfBuzz says which glyph goes where, and Pillow draws them one by one.

Pillow's own shaping (Raqm) needs FriBiDi from the operating system, which a fresh machine lacks,
and whose version would decide how a certificate looks. So Pillow gets a copy of each face, on this
machine's disk, in which glyph n is the character U+F0000 + n, so that no shaping is left to do.
"""

import os
import struct
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import uharfbuzz
from PIL import ImageFont

from shared.rendering.text.faces import Face, language_of_forms, with_features


def found_file(name: str) -> Path | None:
    """Return the font file of that name on this machine's disk, or None.

    It is looked for each time, since systems empty their temporary folder while we run.
    """
    path = _folder() / name
    return path if path.exists() else None


def stored_file(name: str, make: Callable[[], bytes]) -> Path:
    """Return the file of that name, which the first process that needs it makes."""
    path = _folder() / name
    if not path.exists():
        content = make()
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(content)
        os.replace(draft.name, path)
    return path


def _folder() -> Path:
    """Return a folder to which nobody else may write, since a changed font changes certificates."""
    # The number changes with the checks that a font must pass.
    folder = Path(tempfile.gettempdir()) / f"certs-fonts-2-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        return _folder_of_this_process()
    return folder


@cache
def _folder_of_this_process() -> Path:
    return Path(tempfile.mkdtemp(prefix="certs-fonts-"))


# The numbers of a font's names (OpenType specification, "name").
FAMILY, _SUBFAMILY, FULL, _POSTSCRIPT, TYPOGRAPHIC = 1, 2, 4, 6, 16


def _with_table(font: bytes, tag: bytes, table: bytes) -> bytes:
    """Return the font with its existing table `tag` replaced (OpenType specification, "Organization
    of an OpenType font").

    The new table goes to the end. Its checksum is zero, which none of our readers compares.
    """
    padded = font + b"\0" * (-len(font) % 4)
    entry = struct.pack(">4sIII", tag, 0, len(padded), len(table))
    at = _entries(font)[tag]
    return padded[:at] + entry + padded[at + 16 :] + table


def with_family(font: bytes, family: str) -> bytes:
    """Return the font under another name, by which a document gets this font and no other.

    Its `name` table (OpenType specification) keeps family, style, and PostScript name.
    """
    names = {FAMILY: family, _SUBFAMILY: "Regular", FULL: family, _POSTSCRIPT: family[:63]}
    storage, records = b"", b""
    for number, words in names.items():
        encoded = words.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(storage))
        storage += encoded
    header = struct.pack(">3H", 0, len(names), 6 + len(records))
    return _with_table(font, b"name", header + records + storage)


def tables(font: bytes) -> set[bytes]:
    """Return the tags of the tables that the directory lists."""
    return set(_entries(font))


def is_whole(font: bytes) -> bool:
    """Return whether the file has every table whole. Raises struct.error if the directory is
    not."""
    spans = (struct.unpack_from(">II", font, at + 8) for at in _entries(font).values())
    return all(offset + length <= len(font) for offset, length in spans)


def table_of(font: bytes, tag: bytes) -> bytes:
    """Return the content of an existing table."""
    offset, length = struct.unpack_from(">II", font, _entries(font)[tag] + 8)
    return font[offset : offset + length]


def _entries(font: bytes) -> dict[bytes, int]:
    """Return the offsets of the directory's entries, by tag."""
    count = struct.unpack_from(">H", font, 4)[0]
    return {font[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}


# Planes 15 and 16 are for private use, with room for the 65,535 glyphs that a font can hold.
_FIRST = 0xF0000


class Glyph(NamedTuple):
    """A glyph, as the character of the copied face; `x` and `y` (upwards) in em from the start."""

    character: str
    x: float
    y: float


@dataclass(frozen=True)
class Shaped:
    """Glyphs from left to right, their total width in em, and the places of characters without a
    glyph."""

    glyphs: tuple[Glyph, ...]
    advance: float
    unknown: tuple[int, ...] = ()


@lru_cache(maxsize=4096)
def shape(
    face: Face, text: str, right_to_left: bool, spacing: float = 0.0, upright: bool = False
) -> Shaped:
    """Shape text of one face and one direction: joined, ordered and with its marks in place.

    `spacing` (in em) goes between the units that HarfBuzz keeps together. `upright` uses the forms
    for a column.
    """
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if right_to_left else "ltr"
    language = language_of_forms(face, text)
    buffer.language = language or "und"
    # Spaced letters form no ligatures (CSS Text 3, 8.2).
    ligatures = {} if not spacing else {"liga": False, "clig": False}
    widths = {"pwid": True} if face.proportional else {}
    widths |= {"vert": True} if upright else {}
    asked = dict.fromkeys(face.features, True)
    uharfbuzz.shape(face.shaper, buffer, {"locl": bool(language), **ligatures, **widths, **asked})
    em, pen, glyphs, before = face.shaper.face.upem, 0.0, [], None
    for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        if before is not None and info.cluster != before:
            pen += spacing * em
        before = info.cluster
        x, y = (pen + position.x_offset) / em, position.y_offset / em
        glyphs.append(Glyph(chr(_FIRST + info.codepoint), x, y))
        pen += position.x_advance
    unknown = [info.cluster for info in buffer.glyph_infos if info.codepoint == 0]
    return Shaped(tuple(glyphs), pen / em, tuple(dict.fromkeys(unknown)))


# Small letters as small capitals.
SMALL = "smcp"


@lru_cache(maxsize=4096)
def has_small_capital(face: Face, letter: str) -> bool:
    """Return whether the face has a small capital for a small letter."""
    plain = with_features(face, ())
    return shape(with_features(face, (SMALL,)), letter, False) != shape(plain, letter, False)


def opened(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return the copied face for Pillow at `size` pixels per em, one object per thread."""
    return _opened(face, size, threading.get_ident())


@lru_cache(maxsize=16384)
def glyph_ink(
    face: Face, character: str, size: float, stroke: float
) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom in pixels from the glyph's origin, hinted as it is drawn."""
    return opened(face, size).getbbox(character, anchor="ls", stroke_width=stroke)


@lru_cache(maxsize=256)
def _opened(face: Face, size: float, thread: int) -> ImageFont.FreeTypeFont:
    """Open a face for one thread, since FreeType's must not be shared between threads. 256 of them
    take a few MB, since the files are mapped and not read."""
    original = face.path.stat()
    name = f"{original.st_size}-{original.st_mtime_ns}-{face.file}"
    copy_of = stored_file(name, lambda: with_glyphs_as_characters(face.path.read_bytes()))
    return ImageFont.truetype(copy_of, size, layout_engine=ImageFont.Layout.BASIC)


def with_glyphs_as_characters(font: bytes) -> bytes:
    """Return the font with a `cmap` table (OpenType, format 12) in which U+F0000 + n is glyph n."""
    glyphs = struct.unpack_from(">H", table_of(font, b"maxp"), 4)[0]
    header = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    group = struct.pack(">III", _FIRST, _FIRST + glyphs - 1, 0)
    table = header + struct.pack(">HHIII", 12, 0, 16 + len(group), 0, 1) + group
    return _with_table(font, b"cmap", table)
