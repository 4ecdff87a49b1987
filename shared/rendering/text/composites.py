"""Glyphs that consist of other glyphs, which consist of others (OpenType specification, "glyf").

1.4 KB describe a glyph that takes weeks to load, though nothing of it is seen.
"""

import struct
from collections.abc import Iterator

from shared.rendering.text.sfnt import table_of, tables

# How deep parts may lie in each other, and how many glyphs may be loaded for one. Real fonts have
# two levels and some ten parts.
_MOST_DEEP, _MOST_LOADS = 8, 256
# Flags of a part: its offsets are words, it is scaled (in one of three ways), another one follows.
_WORDS, _MORE = 0x0001, 0x0020
_SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))


class TooDeep(Exception):
    """A glyph of the font takes more loads than any real one."""


def refuse_deep(font: bytes) -> None:
    """Raises TooDeep, whichever of the glyphs it is; struct.error if a table ends too early."""
    if b"glyf" in tables(font):
        _Glyphs(font).measure_all()


class _Glyphs:
    def __init__(self, font: bytes) -> None:
        self._outlines = table_of(font, b"glyf")
        is_long = struct.unpack_from(">h", table_of(font, b"head"), 50)[0]
        location = table_of(font, b"loca")
        count = len(location) // (4 if is_long else 2)
        places = struct.unpack_from(f">{count}{'I' if is_long else 'H'}", location)
        self._places = places if is_long else [2 * place for place in places]
        # By glyph: how deep its parts lie in each other, and how many glyphs are loaded for it.
        self._measured: dict[int, tuple[int, int]] = {}

    def measure_all(self) -> None:
        for glyph in range(len(self._places) - 1):
            self._measure(glyph, 1)

    def _measure(self, glyph: int, level: int) -> tuple[int, int]:
        if glyph in self._measured:
            return self._measured[glyph]
        if level > _MOST_DEEP:
            raise TooDeep
        deepest, loads = 0, 1
        for part in self._parts(glyph):
            depth, more = self._measure(part, level + 1)
            deepest, loads = max(deepest, depth), loads + more
            if loads > _MOST_LOADS or deepest >= _MOST_DEEP:
                raise TooDeep
        self._measured[glyph] = deepest + 1, loads
        return deepest + 1, loads

    def _parts(self, glyph: int) -> Iterator[int]:
        # A glyph that is not there is drawn as nothing.
        place, end = (*self._places[glyph : glyph + 2], 0, 0)[:2]
        if end - place < 10 or struct.unpack_from(">h", self._outlines, place)[0] >= 0:
            return
        place, flags = place + 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", self._outlines, place)
            yield part
            scale = next((size for flag, size in _SCALES if flags & flag), 0)
            place += 4 + (4 if flags & _WORDS else 2) + scale
