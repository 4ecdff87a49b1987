"""Shaped text: HarfBuzz says which glyph goes where, and Pillow draws them one by one.

Pillow's own shaping (Raqm) needs FriBiDi from the operating system, which a fresh machine does
not have, and whose version would decide how a certificate looks. So Pillow gets a copy of each
face in which glyph number n is the character U+F0000 + n, and no shaping is left to do: a file on
this machine's disk.
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

# Font files on this machine's disk


def found_file(name: str) -> Path | None:
    """The file of that name, if there is one.

    Looked for each time: systems empty their folder for temporary files while we run.
    """
    path = _folder() / name
    return path if path.exists() else None


def stored_file(name: str, make: Callable[[], bytes]) -> Path:
    """The file of that name, made by whichever process needs it first."""
    path = _folder() / name
    if not path.exists():
        content = make()
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
            draft.write(content)
        os.replace(draft.name, path)
    return path


def _folder() -> Path:
    """A folder that nobody else may write to: changing a font there would change certificates."""
    # The number changes with what a font must pass before it is in there.
    folder = Path(tempfile.gettempdir()) / f"certs-fonts-2-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if found.st_uid != os.getuid() or found.st_mode & 0o077:
        return _folder_of_this_process()
    return folder


@cache
def _folder_of_this_process() -> Path:
    return Path(tempfile.mkdtemp(prefix="certs-fonts-"))


# The tables of a TrueType or OpenType file (OpenType specification, "Organization of an OpenType
# font"), as far as needed to replace tables in copies of a font

# Names of a font by their number (OpenType specification, "name").
FAMILY, _SUBFAMILY, FULL, _POSTSCRIPT, TYPOGRAPHIC = 1, 2, 4, 6, 16


def _with_table(font: bytes, tag: bytes, table: bytes) -> bytes:
    """The font with its table `tag`, which it must have, replaced.

    The new table goes to the end. Its checksum stays zero, which none of our readers compares.
    """
    padded = font + b"\0" * (-len(font) % 4)
    entry = struct.pack(">4sIII", tag, 0, len(padded), len(table))
    at = _entries(font)[tag]
    return padded[:at] + entry + padded[at + 16 :] + table


def with_family(font: bytes, family: str) -> bytes:
    """The font under another name, by which a document can ask for it and get no other.

    Its `name` table (OpenType specification) is left with family, style, and PostScript name.
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
    """The tags of the tables that the directory lists."""
    return set(_entries(font))


def is_whole(font: bytes) -> bool:
    """Whether every table ends before the file does; struct.error if the directory does not."""
    spans = (struct.unpack_from(">II", font, at + 8) for at in _entries(font).values())
    return all(offset + length <= len(font) for offset, length in spans)


def table_of(font: bytes, tag: bytes) -> bytes:
    """The content of a table that the font must have."""
    offset, length = struct.unpack_from(">II", font, _entries(font)[tag] + 8)
    return font[offset : offset + length]


def _entries(font: bytes) -> dict[bytes, int]:
    """Where the directory describes each table."""
    count = struct.unpack_from(">H", font, 4)[0]
    return {font[at : at + 4]: at for at in range(12, 12 + 16 * count, 16)}


# Glyphs


# Planes 15 and 16 are for private use, with room for the 65,535 glyphs that a font can hold.
_FIRST = 0xF0000


class Glyph(NamedTuple):
    """One glyph as the character of the copied face; `x` and `y` (upwards) in em from the pen's
    start."""

    character: str
    x: float
    y: float


@dataclass(frozen=True)
class Shaped:
    """Glyphs from left to right, their total width in em, and where in the text the characters
    begin for which the face has no glyph."""

    glyphs: tuple[Glyph, ...]
    advance: float
    unknown: tuple[int, ...] = ()


@lru_cache(maxsize=4096)
def shape(
    face: Face, text: str, right_to_left: bool, spacing: float = 0.0, upright: bool = False
) -> Shaped:
    """Text of one face and one direction, joined, ordered and with its marks in place.

    `spacing` (in em) goes between the units that HarfBuzz keeps together, never inside of one.
    `upright`: in the forms that it has in a column.
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
    """Whether the feature changes how the face draws a small letter."""
    plain = with_features(face, ())
    return shape(with_features(face, (SMALL,)), letter, False) != shape(plain, letter, False)


def opened(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """The copied face for Pillow at `size` pixels per em, one object per thread."""
    return _opened(face, size, threading.get_ident())


@lru_cache(maxsize=16384)
def glyph_ink(
    face: Face, character: str, size: float, stroke: float
) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in pixels from the glyph's origin, hinted as it will be drawn."""
    return opened(face, size).getbbox(character, anchor="ls", stroke_width=stroke)


# FreeType faces must not be shared between threads; 256 of them weigh a few MB, because the files
# are mapped and not read.
@lru_cache(maxsize=256)
def _opened(face: Face, size: float, thread: int) -> ImageFont.FreeTypeFont:
    # The copy of a face, on this machine's disk.
    original = face.path.stat()
    name = f"{original.st_size}-{original.st_mtime_ns}-{face.file}"
    copy_of = stored_file(name, lambda: with_glyphs_as_characters(face.path.read_bytes()))
    return ImageFont.truetype(copy_of, size, layout_engine=ImageFont.Layout.BASIC)


def with_glyphs_as_characters(font: bytes) -> bytes:
    """The font with another `cmap` table, in which U+F0000 + n is glyph n (OpenType, cmap format
    12)."""
    glyphs = struct.unpack_from(">H", table_of(font, b"maxp"), 4)[0]
    header = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    group = struct.pack(">III", _FIRST, _FIRST + glyphs - 1, 0)
    table = header + struct.pack(">HHIII", 12, 0, 16 + len(group), 0, 1) + group
    return _with_table(font, b"cmap", table)
