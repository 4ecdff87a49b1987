"""Whether a font can be embedded in a page: Typst refuses some with which images can be drawn."""

import tempfile
from pathlib import Path

import typst

from shared.rendering.text.sfnt import with_family

_SOURCE = b"""
#set text(font: sys.inputs.family, fallback: false)
#sys.inputs.letters
"""


def is_taken_by_a_page(font: bytes, family: str, letters: str) -> bool:
    """Whether Typst sets all of `letters` in `font`, a TrueType or OpenType file, on a page.

    `family` is the font's name on pages: under another name its bytes would differ.
    """
    inputs = {"family": family, "letters": letters}
    with tempfile.TemporaryDirectory(prefix="font-") as folder:
        (Path(folder) / "font.ttf").write_bytes(with_family(font, family))
        found = typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
        )
        if family not in {family.lower() for family in found.families()}:
            return False
        try:
            typst.compile(_SOURCE, format="pdf", font_paths=found, sys_inputs=inputs)
        except typst.TypstError:
            return False
    return True
