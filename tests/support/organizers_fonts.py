"""Small font files, made for the tests: every letter is a black block."""

import hashlib
import io
from collections.abc import Sequence

from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from shared.rendering.layout import Layout, standard_layout

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


def composite_font(fan: int, levels: int) -> bytes:
    """The letters, and glyphs of which each consists of the one before, `fan` times."""

    def nest(font: TTFont) -> None:
        order, outlines = [*font.getGlyphOrder(), "part0"], font["glyf"]
        outlines["part0"] = TTGlyphPen(None).glyph()
        for level in range(1, levels + 1):
            pen = TTGlyphPen(dict.fromkeys(order))
            for _ in range(fan):
                pen.addComponent(f"part{level - 1}", (1, 0, 0, 1, 0, 0))
            outlines[f"part{level}"] = pen.glyph()
            order.append(f"part{level}")
        font.setGlyphOrder(order)
        for name in order[-levels - 1 :]:
            font["hmtx"][name] = (600, 0)

    return changed_font(block_font(), nest)


def nested_cff(fan: int, levels: int) -> bytes:
    """An OpenType font whose B calls a subroutine that calls another, `fan` times each."""
    font = FontBuilder(1000, isTTF=False)
    # Measuring the glyphs would follow all calls.
    font.font.recalcTimestamp = font.font.recalcBBoxes = False
    font.updateHead(created=0, modified=0)
    font.setupGlyphOrder([".notdef", "A", "B"])
    font.setupCharacterMap({65: "A", 66: "B"})
    block = [600, 100, 0, "rmoveto", 300, "hlineto", 300, "vlineto", -300, "hlineto", "endchar"]
    programs = {".notdef": block, "A": block, "B": [-107, "callgsubr", *block]}
    drawn = {name: T2CharString(program=program) for name, program in programs.items()}
    font.setupCFF("Nested", {"FullName": "Nested"}, drawn, {})
    for level in range(1, levels):
        calls = [level - 107, "callgsubr"] * fan
        font.font["CFF "].cff.GlobalSubrs.append(T2CharString(program=[*calls, "return"]))
    font.font["CFF "].cff.GlobalSubrs.append(T2CharString(program=["return"]))
    font.setupHorizontalMetrics(dict.fromkeys(programs, (600, 50)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Nested", "styleName": "Regular", "psName": "Nested"})
    font.setupOS2(fsType=0)
    font.setupPost()
    return written(font.font)


def changed_font(content: bytes, change) -> bytes:
    """The font after `change` was done to it."""
    font = TTFont(io.BytesIO(content))
    change(font)
    return written(font)


def set_in(font: bytes) -> Layout:
    """The standard layout with its name set in an own font."""
    name = standard_layout().fields[0].model_copy(update={"face": hashlib.sha256(font).hexdigest()})
    return standard_layout().model_copy(update={"fields": (name, *standard_layout().fields[1:])})
