"""Organizers' own typefaces: font files, checked before anything is set in them."""

import hashlib
import io
import struct
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

import typst
import uharfbuzz
from PIL import ImageFont
from pydantic import Field, TypeAdapter

from shared import budgets, confined
from shared.errors import FontRefused, FontTooDeep
from shared.language import N_
from shared.rendering.text.faces import own_family
from shared.rendering.text.glyphs import (
    FAMILY,
    FULL,
    TYPOGRAPHIC,
    found_file,
    is_whole,
    stored_file,
    table_of,
    tables,
    with_family,
    with_glyphs_as_characters,
)

_TRIAL = b"""
#set text(font: sys.inputs.family, fallback: false)
#sys.inputs.letters
"""


def is_taken_by_a_page(folder: str, family: str, letters: str) -> bool:
    """Return whether Typst sets all of `letters` in the TrueType or OpenType file in `folder`.

    `family` is its name on pages: under another name its bytes would differ.
    """
    inputs = {"family": family, "letters": letters}
    found = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    if family not in {family.lower() for family in found.families()}:
        return False
    try:
        typst.compile(_TRIAL, format="pdf", font_paths=found, sys_inputs=inputs)
    except typst.TypstError:
        return False
    return True


# A glyph may consist of others: the most levels, and the most glyphs loaded for one. Real fonts
# have two levels and some ten parts.
_MOST_DEEP, _MOST_LOADS = 8, 256
# Flags of a part: its offsets are words, another one follows, it is scaled (in one of three ways).
_WORDS, _MORE = 0x0001, 0x0020
_SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))


class TooDeep(Exception):
    """A font with a glyph that takes more loads than any real one."""


def refuse_deep(font: bytes) -> None:
    """Raise TooDeep if a glyph has too many parts or levels, struct.error if a table is cut off."""
    if b"glyf" not in tables(font):
        return
    outlines, location = table_of(font, b"glyf"), table_of(font, b"loca")
    is_long = struct.unpack_from(">h", table_of(font, b"head"), 50)[0]
    unit, size, kind = (1, 4, "I") if is_long else (2, 2, "H")
    count = len(location) // size
    places = [unit * place for place in struct.unpack_from(f">{count}{kind}", location)]

    def parts(glyph: int) -> Iterator[int]:
        # A missing glyph is drawn as nothing.
        place, end = (*places[glyph : glyph + 2], 0, 0)[:2]
        if end - place < 10 or struct.unpack_from(">h", outlines, place)[0] >= 0:
            return
        place, flags = place + 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", outlines, place)
            yield part
            scale = next((octets for flag, octets in _SCALES if flags & flag), 0)
            place += 4 + (4 if flags & _WORDS else 2) + scale

    @cache
    def measured(glyph: int) -> tuple[int, int]:
        """Return its levels, and the number of glyphs that are loaded for it."""
        deepest, loads = 0, 1
        for part in parts(glyph):
            depth, more = measured(part)
            deepest, loads = max(deepest, depth), loads + more
            if loads > _MOST_LOADS or deepest >= _MOST_DEEP:
                raise TooDeep
        return deepest + 1, loads

    try:
        for glyph in range(count - 1):
            measured(glyph)
    except RecursionError as problem:
        # Glyphs that are parts of themselves.
        raise TooDeep from problem


_BROKEN = N_(
    "The file is no font, is damaged, or was not uploaded whole. Get the TTF or OTF file again."
)
_WITHOUT_OUTLINES = N_(
    "The font consists of pixels or colour pictures only. Upload one whose letters are outlines."
)
_NOT_EMBEDDABLE = N_(
    "This font's licence does not allow embedding. Use a font whose licence allows "
    "embedding and subsetting."
)
_WITHOUT_LETTERS = N_("The font has no letters. Symbol fonts cannot be used for names.")
# The process that examines a font answers with the place of one of these, or with the font's name.
_REFUSALS = (_BROKEN, _WITHOUT_OUTLINES, _NOT_EMBEDDABLE, _WITHOUT_LETTERS, FontTooDeep.message)
_ANSWER: TypeAdapter[tuple[int | None, str]] = TypeAdapter(
    tuple[Annotated[int, Field(ge=0, lt=len(_REFUSALS))] | None, str]
)
_LONGEST_FAMILY = 100

MOST_BYTES = 25_000_000
# OpenType specification, "Required Tables".
_REQUIRED = {b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post"}
_KINDS = (b"\x00\x01\x00\x00", b"OTTO", b"true")
_OTHER_KINDS = {b"wOFF": "WOFF", b"wOF2": "WOFF2", b"%!PS": "PostScript", b"\x80\x01": "PostScript"}
# Letters, spread over the font, that are set on a page to check that it is intact.
_TRIED = 2000
# The slowest glyph of our own faces takes 9 ms.
_LONGEST_GLYPH_SECONDS = 0.03
_SECONDS, _MEMORY = budgets.FONTS
_LIMITS = confined.Limits(memory=_MEMORY.most, cpu_seconds=_SECONDS.most, seconds=60, answer=10_000)
# OS/2 fsType: the permissions that let a document carry the font, and the flags that forbid what a
# PDF needs.
_RESTRICTED, _ALLOWING = 0x0002, 0x0004 | 0x0008
_NO_SUBSETTING, _BITMAPS_ONLY = 0x0100, 0x0200


@dataclass(frozen=True)
class OwnFont:
    """An accepted font file, with its makers' name: "Source Serif Bold"."""

    content: bytes
    sha256: str
    family: str


def accept_font(upload: bytes) -> OwnFont:
    """Check an uploaded font file, in a process of its own. Raises FontRefused."""
    with _to_be_examined(upload) as folder:
        try:
            (answer,) = confined.answers(__name__, folder, upload, _LIMITS, [folder])
            refused, family = _ANSWER.validate_python(answer)
        except (confined.Broken, ValueError):
            raise FontTooDeep() from None
    if refused is not None:
        message = _REFUSALS[refused]
        raise FontTooDeep() if message == FontTooDeep.message else FontRefused(message)
    # The name may have any characters, and databases refuse a NUL.
    printable = "".join(letter if letter.isprintable() else " " for letter in family)
    shown = " ".join(printable.split())[:_LONGEST_FAMILY] or "?"
    font = OwnFont(upload, hashlib.sha256(upload).hexdigest(), shown)
    # Stored, so that drawing does not check it again.
    stored_file(file_name(font.sha256), lambda: upload)
    return font


@contextmanager
def _to_be_examined(upload: bytes) -> Iterator[str]:
    """Yield a folder with the font under its name on pages, for Typst. Raises FontRefused."""
    if len(upload) > MOST_BYTES:
        raise FontRefused(
            N_("The font file is larger than {limit} MB. Upload a smaller edition of it."),
            limit=MOST_BYTES // 1_000_000,
        )
    if upload.startswith(b"ttcf"):
        raise FontRefused(
            N_(
                "The file is a collection of fonts (TTC). Upload the single TTF or OTF file of the "
                "one that you want."
            )
        )
    for start, kind in _OTHER_KINDS.items():
        if upload.startswith(start):
            raise FontRefused(
                N_(
                    "Font files of the kind {kind} cannot be used. Upload the TTF or OTF file of "
                    "the same font."
                ),
                kind=kind,
            )
    if not upload.startswith(_KINDS):
        raise FontRefused(_BROKEN)
    with tempfile.TemporaryDirectory(prefix="font-") as folder:
        try:
            found = tables(upload)
            needed = _REQUIRED | ({b"loca"} if b"glyf" in found else set())
            if not (is_whole(upload) and found >= needed):
                raise FontRefused(_BROKEN)
            if b"fvar" in found:
                # Three programs draw it, and would have to agree on every axis.
                raise FontRefused(
                    N_(
                        "The file holds many weights in one (a variable font). Upload one of the "
                        "static files that come with it, for example Regular."
                    )
                )
            if not found & {b"glyf", b"CFF "}:
                raise FontRefused(_WITHOUT_OUTLINES)
            named = with_family(upload, own_family(hashlib.sha256(upload).hexdigest()))
        except struct.error as problem:
            raise FontRefused(_BROKEN) from problem
        (Path(folder) / "font.ttf").write_bytes(named)
        yield folder


def _examined(font: bytes, folder: str) -> str:
    try:
        # A PDF carries a subset of the font. Older tables may set several permissions, of which the
        # least restrictive counts.
        permissions = struct.unpack_from(">H", table_of(font, b"OS/2"), 8)[0]
        restricted = permissions & _RESTRICTED and not permissions & _ALLOWING
        if restricted or permissions & (_NO_SUBSETTING | _BITMAPS_ONLY):
            raise FontRefused(_NOT_EMBEDDABLE)
        refuse_deep(font)
        face = uharfbuzz.Face(uharfbuzz.Blob(font))
        _refuse_what_draws_nothing(font, face)
        family = own_family(hashlib.sha256(font).hexdigest())
        codes = sorted(_letters(face))
        letters = "".join(map(chr, codes[:: -(-len(codes) // _TRIED)]))
        # With the space, which is on nearly every page and may be broken.
        if not is_taken_by_a_page(folder, family, f"{letters} {letters[0]}"):
            raise FontRefused(_BROKEN)
    except TooDeep as problem:
        raise FontTooDeep() from problem
    except (OSError, struct.error) as problem:
        # FreeType refuses it, or a table ends too early.
        raise FontRefused(_BROKEN) from problem
    family = face.get_name(TYPOGRAPHIC) or face.get_name(FAMILY) or face.get_name(FULL) or "?"
    full = face.get_name(FULL) or ""
    return full if full.startswith(family) else family


def _refuse_what_draws_nothing(font: bytes, face: uharfbuzz.Face) -> None:
    letters = _letters(face)
    if not letters:
        raise FontRefused(_WITHOUT_LETTERS)
    mapped = uharfbuzz.Font(face)
    glyphs = {mapped.get_nominal_glyph(code) or 0 for code in letters}
    if 0 in glyphs:
        # A listed letter is drawn as the box for missing glyphs.
        raise FontRefused(_BROKEN)
    drawn = ImageFont.truetype(
        io.BytesIO(with_glyphs_as_characters(font)), 32, layout_engine=ImageFont.Layout.BASIC
    )
    # Every glyph, since each can be written, and a slow one is a trap.
    has_ink = False
    for glyph in range(face.glyph_count):
        is_seen = _has_ink(drawn, chr(0xF0000 + glyph)) and glyph in glyphs
        has_ink = has_ink or is_seen
    # The outlines of fonts that consist of colour layers or bitmaps are empty.
    if not has_ink:
        raise FontRefused(_WITHOUT_OUTLINES)


def _has_ink(font: ImageFont.FreeTypeFont, character: str) -> bool:
    """Return whether a character has ink. Raises TooDeep if drawing it is slow each time."""
    for _ in range(3):  # The machine may have stumbled.
        before = time.process_time()
        ink = font.getmask(character).getbbox()
        if time.process_time() - before < _LONGEST_GLYPH_SECONDS:
            return ink is not None
    raise TooDeep


def _letters(face: uharfbuzz.Face) -> set[int]:
    return {code for code in face.unicodes if unicodedata.category(chr(code)).startswith("L")}


def cached_font(sha256: str) -> Path | None:
    """Return the file of a font on this machine's disk, where only checked ones are; else None."""
    return found_file(file_name(sha256))


def cache_font(content: bytes) -> Path:
    """Put a stored font on this machine's disk, from which it is drawn.

    Earlier versions accepted fonts without counting glyphs, so it is checked once on each machine.
    Raises FontTooDeep if it is refused now.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    name, refused = file_name(sha256), f"{sha256}.refused"
    if found_file(refused):
        raise FontTooDeep()
    try:
        return cached_font(sha256) or stored_file(name, lambda: accept_font(content).content)
    except FontRefused:
        stored_file(refused, lambda: b"")
        raise FontTooDeep() from None


def drop_cached_font(sha256: str) -> None:
    """Remove a font, which is no longer stored, from this machine's disk."""
    if file := cached_font(sha256):
        file.unlink(missing_ok=True)


def file_name(sha256: str) -> str:
    """Return the name of its file, and of its face in stored typesettings."""
    return f"{sha256}.font"


if __name__ == "__main__":
    (_folder, _font) = confined.work()
    try:
        confined.answer([None, _examined(_font, _folder)])
    except FontRefused as refusal:
        confined.answer([_REFUSALS.index(refusal.message), ""])
