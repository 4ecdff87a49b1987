"""Small font files, made for the tests: every letter is a black block."""

import io
from collections.abc import Sequence

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# The advance of every letter, and the block in it, in em.
ADVANCE, SIDE = 0.6, 0.5


def block_font(
    family: str = "Blocks",
    characters: str = LETTERS,
    *,
    permissions: int = 0,
    is_empty: bool = False,
    without: Sequence[str] = (),
) -> bytes:
    """A TrueType font. `permissions` is OS/2 fsType; `without` names tables that are left out."""
    names = {ord(character): f"u{ord(character):04X}" for character in characters}
    glyphs = [".notdef", *names.values()]
    font = FontBuilder(1000)
    # The same bytes at any time: a font is known by their hash.
    font.font.recalcTimestamp = False
    font.updateHead(created=0, modified=0)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap(names)
    font.setupGlyf(dict.fromkeys(glyphs, TTGlyphPen(None).glyph() if is_empty else _block()))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (round(1000 * ADVANCE), 50)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "psName": family})
    font.setupOS2(fsType=permissions)
    font.setupPost()
    for table in without:
        del font.font[table]
    return written(font.font)


def _block():
    pen = TTGlyphPen(None)
    side = round(1000 * SIDE)
    pen.moveTo((50, 0))
    for point in ((50, side), (50 + side, side), (50 + side, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen.glyph()


def written(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.recalcTimestamp = False
    font.save(buffer)
    return buffer.getvalue()


def changed_font(content: bytes, change) -> bytes:
    """The font after `change` was done to it."""
    font = TTFont(io.BytesIO(content))
    change(font)
    return written(font)
