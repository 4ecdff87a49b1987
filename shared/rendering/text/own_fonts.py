"""Typefaces that organizers bring: font files, checked before anything is set in them."""

import hashlib
import io
import itertools
import struct
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import uharfbuzz
from PIL import ImageFont

from shared.errors import (
    FontBroken,
    FontCollection,
    FontNotEmbeddable,
    FontTooLarge,
    FontVariable,
    FontWithoutLetters,
    FontWithoutOutlines,
    FontWrongKind,
)
from shared.rendering.text import font_files
from shared.rendering.text.glyphs import with_glyphs_as_characters
from shared.rendering.text.sfnt import is_whole, table_of, tables, with_table

MOST_BYTES = 25_000_000
# OpenType specification, "Required Tables".
_REQUIRED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post"}
_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_OTHER_KINDS = {b"wOFF": "WOFF", b"wOF2": "WOFF2", b"%!PS": "PostScript", b"\x80\x01": "PostScript"}
# So many glyphs, spread over the font, are drawn to see whether it is whole: 0.2 s at most.
_TRIED = 2000
_FAMILY, _SUBFAMILY, _FULL, _POSTSCRIPT, _TYPOGRAPHIC = 1, 2, 4, 6, 16
# OS/2 fsType: the usage permissions, of which these allow a document to carry the font, and the
# flags that forbid what a PDF has to do with it.
_RESTRICTED, _ALLOWING = 0x0002, 0x0004 | 0x0008
_NO_SUBSETTING, _BITMAPS_ONLY = 0x0100, 0x0200


@dataclass(frozen=True)
class OwnFont:
    """An accepted font file and what its makers call it: "Source Serif Bold"."""

    content: bytes
    sha256: str
    family: str


def accept_font(upload: bytes) -> OwnFont:
    """Check an uploaded font file. Raises a subclass of FontRefused that says what to do."""
    _refuse_other_kinds(upload)
    try:
        _refuse_what_lacks_tables(upload)
        _refuse_what_may_not_be_embedded(upload)
        face = uharfbuzz.Face(uharfbuzz.Blob(upload))
        _refuse_what_draws_nothing(upload, face)
    except (OSError, struct.error) as problem:
        # FreeType does not take it, or a table ends too early.
        raise FontBroken() from problem
    return OwnFont(upload, hashlib.sha256(upload).hexdigest(), _called(face))


def _refuse_other_kinds(upload: bytes) -> None:
    if len(upload) > MOST_BYTES:
        raise FontTooLarge(limit=MOST_BYTES // 1_000_000)
    if upload.startswith(b"ttcf"):
        raise FontCollection()
    for start, kind in _OTHER_KINDS.items():
        if upload.startswith(start):
            raise FontWrongKind(kind=kind)
    if not upload.startswith(_KINDS):
        raise FontBroken()


def _refuse_what_lacks_tables(font: bytes) -> None:
    found = tables(font)
    if not (is_whole(font) and found >= _REQUIRED):
        raise FontBroken()
    if b"fvar" in found:
        # The three programs that draw would have to agree on every axis.
        raise FontVariable()
    if not found & {b"glyf", b"CFF "}:
        raise FontWithoutOutlines()


def _refuse_what_may_not_be_embedded(font: bytes) -> None:
    """By fsType (OpenType specification, OS/2). A PDF carries a part of the font, so a font that
    may not be subset cannot be used either. Older tables may set several permissions, of which the
    least restrictive counts."""
    permissions = struct.unpack_from(">H", table_of(font, b"OS/2"), 8)[0]
    restricted = permissions & _RESTRICTED and not permissions & _ALLOWING
    if restricted or permissions & (_NO_SUBSETTING | _BITMAPS_ONLY):
        raise FontNotEmbeddable()


def _refuse_what_draws_nothing(font: bytes, face: uharfbuzz.Face) -> None:
    letters = {code for code in face.unicodes if unicodedata.category(chr(code)).startswith("L")}
    if not letters:
        raise FontWithoutLetters()
    mapped = uharfbuzz.Font(face)
    glyphs = {mapped.get_nominal_glyph(code) or 0 for code in letters}
    if 0 in glyphs:
        # A letter that is listed, but drawn as the box for missing ones.
        raise FontBroken()
    drawn = ImageFont.truetype(
        io.BytesIO(with_glyphs_as_characters(font)), 32, layout_engine=ImageFont.Layout.BASIC
    )
    tried = itertools.islice(sorted(glyphs), 0, None, -(-len(glyphs) // _TRIED))
    inks = [drawn.getmask(chr(0xF0000 + glyph)).getbbox() for glyph in tried]
    # The outlines of fonts that consist of colour layers or bitmaps are empty.
    if not any(inks):
        raise FontWithoutOutlines()


def _called(face: uharfbuzz.Face) -> str:
    family = face.get_name(_TYPOGRAPHIC) or face.get_name(_FAMILY) or face.get_name(_FULL) or "?"
    full = face.get_name(_FULL) or ""
    return full if full.startswith(family) else family


def kept_font(sha256: str) -> Path | None:
    """The file of a font that this machine has on its disk already."""
    return font_files.found(_file_name(sha256))


def keep_font(content: bytes) -> Path:
    """Put an accepted font on this machine's disk, where it is drawn from."""
    name = _file_name(hashlib.sha256(content).hexdigest())
    return font_files.stored(name, lambda: content)


def _file_name(sha256: str) -> str:
    return f"{sha256}.font"


def with_family(font: bytes, family: str) -> bytes:
    """The font under another name, by which a document can ask for it and get no other.

    Its `name` table (OpenType specification) is left with family, style, and PostScript name.
    """
    names = {_FAMILY: family, _SUBFAMILY: "Regular", _FULL: family, _POSTSCRIPT: family[:63]}
    storage, records = b"", b""
    for number, words in names.items():
        encoded = words.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(encoded), len(storage))
        storage += encoded
    header = struct.pack(">3H", 0, len(names), 6 + len(records))
    return with_table(font, b"name", header + records + storage)
