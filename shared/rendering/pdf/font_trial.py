"""Whether a font can be embedded in a page: Typst refuses some with which images can be drawn."""

import typst

_SOURCE = b"""
#set text(font: sys.inputs.family, fallback: false)
#sys.inputs.letters
"""


def is_taken_by_a_page(folder: str, family: str, letters: str) -> bool:
    """Whether Typst sets all of `letters` on a page in the TrueType or OpenType file in `folder`.

    `family` is its name: under another name than on pages its bytes would differ.
    """
    inputs = {"family": family, "letters": letters}
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
