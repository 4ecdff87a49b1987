"""A page takes a font, or the font is refused before anybody's certificate is set in it."""

import tempfile
from pathlib import Path

import pytest

from shared.rendering.text.faces import FONTS
from shared.rendering.text.glyphs import with_family
from shared.rendering.text.own_fonts import is_taken_by_a_page
from tests.support.organizers_fonts import block_font

BLOCKS = block_font()


def is_taken(content: bytes, family: str, letters: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "font").with_suffix(".ttf").write_bytes(with_family(content, family))
        return is_taken_by_a_page(folder, family, letters)


@pytest.mark.parametrize("file", ["NotoSans-Regular.ttf", "NotoSerifSC-Regular.otf"])
def test_a_page_takes_our_own_faces(file: str):
    assert is_taken((FONTS / file).read_bytes(), "own-ours", "Ana Bo")


def test_a_font_is_tried_with_the_glyphs_that_are_asked_for():
    # In the `cmap` table: the blank leads to a glyph that is not there.
    damaged = BLOCKS[:543] + b"\0" + BLOCKS[544:]
    assert is_taken(BLOCKS, "own-whole", "Ana Bo")
    assert is_taken(damaged, "own-damaged", "AnaBo")
    assert not is_taken(damaged, "own-damaged", "Ana Bo")


def test_what_is_no_font_is_not_taken():
    assert not is_taken(BLOCKS[:200] + b"\0" * 2000, "own-nothing", "Ana")
