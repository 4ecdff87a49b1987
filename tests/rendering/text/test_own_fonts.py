"""Organizers' own typefaces: checked when they come, then used like ours."""

import dataclasses
import hashlib
import io
import tempfile
from pathlib import Path

import numpy
import pymupdf
import pytest
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import newTable
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from shared.errors import FontRefused, FontTooDeep, LayoutRefused
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.placed import check
from shared.rendering.text import glyphs, own_fonts
from shared.rendering.text.faces import FONTS
from shared.rendering.text.own_fonts import (
    accept_font,
    cache_font,
    cached_font,
    refuse_deep,
)
from tests.support.organizers_fonts import (
    SIDE,
    block_font,
    changed_font,
    composite_font,
    nested_cff,
)

SIZE = (800, 400)
BLOCKS = block_font()
SERIF = (FONTS / "NotoSerif-Regular.ttf").read_bytes()
CFF = (FONTS / "NotoSansSC-Regular.otf").read_bytes()


def sha_of(font: bytes) -> str:
    return hashlib.sha256(font).hexdigest()


def white() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_copy_that_cannot_be_made_leaves_no_draft(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def fail() -> bytes:
        raise FileNotFoundError

    with pytest.raises(FileNotFoundError):
        glyphs.stored_file("serif.ttf", fail)
    assert glyphs.stored_file("sans.ttf", lambda: b"font").read_bytes() == b"font"
    assert [file.name for file in tmp_path.glob("*/*")] == ["sans.ttf"]


def design_in(font: bytes, size: float = 0.2):
    box = Box(left=0.05, top=0.2, width=0.9, height=0.6)
    name = Field(id="name", kind="name", box=box, face=sha_of(font), size=size, color="#000000")
    # As if it had been looked through, which takes half a second.
    file = glyphs.stored_file(own_fonts.file_name(sha_of(font)), lambda: font)
    return compile_design(white(), Layout(fields=(name,)), {}, {sha_of(font): file})


def pixels(picture: bytes):
    return numpy.asarray(Image.open(io.BytesIO(picture)).convert("L"))


def page_pixels(pdf: bytes):
    page = pymupdf.open(stream=pdf)[0]
    zoom = pymupdf.Matrix(SIZE[0] / page.rect.width, SIZE[1] / page.rect.height)
    pixmap = page.get_pixmap(matrix=zoom, colorspace=pymupdf.csGRAY)
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(pixmap.height, pixmap.width)


@pytest.mark.parametrize("font", [BLOCKS, SERIF, CFF], ids=["made", "TrueType", "OpenType"])
def test_a_whole_font_is_accepted_as_it_came(font):
    accepted = accept_font(font)
    assert accepted.content == font
    assert accepted.sha256 == sha_of(font)


def test_a_font_is_called_as_its_makers_call_it():
    assert accept_font(SERIF).family == "Noto Serif Regular"
    assert accept_font(BLOCKS).family == "Blocks"


@pytest.mark.parametrize(
    ("upload", "refusal"),
    [
        (b"", "is no font, is damaged"),
        (b"%PDF-1.7", "is no font, is damaged"),
        (SERIF[:100_000], "is no font, is damaged"),
        (b"ttcf" + SERIF, "collection of fonts"),
        (b"wOF2" + SERIF, "Font files of the kind"),
        (b"%!PS-AdobeFont-1.0", "Font files of the kind"),
        (block_font(without=["OS/2"]), "is no font, is damaged"),
        (block_font(characters="123 +"), "has no letters"),
        (block_font(without=["glyf", "loca"]), "pixels or colour pictures"),
        (block_font(is_empty=True), "pixels or colour pictures"),
        (SERIF + bytes(own_fonts.MOST_BYTES), "font file is larger"),
    ],
    ids=lambda value: None if isinstance(value, bytes) else value,
)
def test_what_cannot_be_used_is_refused_with_what_to_do(upload, refusal):
    with pytest.raises(FontRefused, match=refusal):
        accept_font(upload)


def test_a_variable_font_is_refused():
    def make_variable(font):
        font["fvar"] = newTable("fvar")
        font["fvar"].axes, font["fvar"].instances = [], []

    with pytest.raises(FontRefused, match="variable font"):
        accept_font(changed_font(BLOCKS, make_variable))


# fsType: 4 print and preview, 8 editable, 2 restricted, 0x100 no subsetting, 0x200 bitmaps only.
@pytest.mark.parametrize("permissions", [0, 4, 8, 2 | 4])
def test_a_font_that_documents_may_carry_is_accepted(permissions):
    assert accept_font(block_font(permissions=permissions))


@pytest.mark.parametrize("permissions", [2, 0x100, 0x200, 4 | 0x100])
def test_a_font_that_documents_may_not_carry_is_refused(permissions):
    with pytest.raises(FontRefused, match="This font's licence does not allow embedding"):
        accept_font(block_font(permissions=permissions))


# Of nothing: no glyph of these has any ink of its own.
@pytest.mark.parametrize(("fan", "levels"), [(1, 9), (7, 4), (2, 9)])
def test_a_glyph_of_glyphs_of_glyphs_is_refused_though_it_is_no_letter(fan: int, levels: int):
    font = composite_font(fan, levels)
    with pytest.raises(FontTooDeep):
        accept_font(font)
    # Stored before glyphs were counted: nothing new is drawn in it.
    with pytest.raises(FontTooDeep):
        cache_font(font)


def test_a_glyph_of_glyphs_is_accepted_within_reason():
    assert accept_font(composite_font(2, 5))


def test_a_glyph_that_calls_without_an_end_is_refused():
    with pytest.raises(FontTooDeep):
        accept_font(nested_cff(20, 6))
    assert accept_font(nested_cff(3, 4))


def test_every_face_of_ours_stays_within_what_is_accepted():
    for file in [*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]:
        refuse_deep(file.read_bytes())


# Drawn with in pictures, and refused by Typst when it takes a part of the font for a page.
@example(place=543, value=0, end=False)
@example(place=545, value=0, end=False)
# Outlines, without the table that says where they lie.
@example(place=BLOCKS.index(b"loca"), value=0, end=False)
@given(place=st.integers(0, len(BLOCKS) - 1), value=st.integers(0, 255), end=st.booleans())
def test_a_damaged_font_is_refused_or_can_be_drawn_with(place, value, end):
    damaged = BLOCKS[:place] if end else BLOCKS[:place] + bytes([value]) + BLOCKS[place + 1 :]
    try:
        # As its own process does, without one for each example.
        with own_fonts._to_be_examined(damaged) as folder:
            own_fonts._examined(damaged, folder)
    except FontRefused:
        return
    design = design_in(damaged, 0.1)
    for format in ("png", "pdf"):
        assert render_certificate(design, Facts("Ana Bo"), format)


def test_a_name_is_drawn_in_the_own_face():
    design = design_in(BLOCKS)
    ink = pixels(render_certificate(design, Facts("AbC"), "png")) < 128
    side = SIDE * 0.2 * SIZE[1]
    # Three black blocks, each as wide and as high as the face says.
    assert ink.any(axis=1).sum() == pytest.approx(side, abs=1)
    assert ink.sum() == pytest.approx(3 * side * side, rel=0.06)


@pytest.mark.parametrize("font", [BLOCKS, SERIF, CFF], ids=["made", "TrueType", "OpenType"])
@pytest.mark.parametrize("name", ["José Müller", "王小明 Ana"])
def test_the_page_of_a_pdf_looks_like_the_picture(font, name):
    design = design_in(font)
    page = page_pixels(render_certificate(design, Facts(name), "pdf"))
    picture = pixels(render_certificate(design, Facts(name), "png"))
    assert abs(page.astype(int) - picture).mean() < 1


def test_letters_that_the_own_face_lacks_come_from_ours():
    assert check(design_in(BLOCKS), Facts("王小明"))
    drawn = render_certificate(design_in(BLOCKS), Facts("王小明"), "png")
    box = Box(left=0.05, top=0.2, width=0.9, height=0.6)
    kai = Field(id="name", kind="name", box=box, face="kai", size=0.2, color="#000000")
    ours = compile_design(white(), Layout(fields=(kai,)))
    assert drawn == render_certificate(ours, Facts("王小明"), "png")


def test_a_pdf_takes_the_own_font_even_if_it_has_the_name_of_one_of_ours():
    imposter = block_font("LXGW WenKai")
    design = design_in(imposter)
    page = page_pixels(render_certificate(design, Facts("AbC"), "pdf"))
    picture = pixels(render_certificate(design, Facts("AbC"), "png"))
    assert abs(page.astype(int) - picture).mean() < 1


def test_two_fonts_of_one_name_are_two_designs():
    one, other = block_font(), block_font(characters="ABC")
    assert design_in(one).sha256 != design_in(other).sha256
    assert design_in(one) is design_in(one)


def test_the_same_bytes_come_out_after_this_machine_lost_its_copies():
    font = block_font("Lost and found")
    pictures = []
    for _ in range(2):
        design = design_in(font)
        pictures.append([render_certificate(design, Facts("Ana"), f) for f in ("png", "pdf")])
        del design.__dict__["pdf"]
        kept = cached_font(sha_of(font))
        assert kept is not None
        kept.unlink()
    assert pictures[0] == pictures[1]


def test_a_layout_whose_font_is_missing_is_refused():
    box = Box(left=0.1, top=0.1, width=0.5, height=0.5)
    field = Field(id="role", kind="column", content="Role", box=box, face="0" * 64)
    with pytest.raises(LayoutRefused, match="font of the field “role”"):
        compile_design(white(), Layout(fields=(field,)))
    hidden = field.model_copy(update={"shown": False})
    assert compile_design(white(), Layout(fields=(hidden,)))


def with_japanese_forms() -> bytes:
    """A font whose 直 has no ink in Japanese, so that its form can be told."""

    def add(font):
        features = """
            languagesystem DFLT dflt;
            languagesystem hani dflt;
            languagesystem hani JAN;
            languagesystem kana dflt;
            languagesystem kana JAN;
            feature locl {
                script hani; language JAN; sub u76F4 by u0020;
                script kana; language JAN; sub u76F4 by u0020;
            } locl;
        """
        addOpenTypeFeaturesFromString(font, features)
        font["glyf"]["u0020"] = TTGlyphPen(None).glyph()

    return changed_font(block_font("Two countries", "直さ "), add)


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_characters_beside_kana_have_their_japanese_form_if_the_face_knows_it(format):
    read = pixels if format == "png" else page_pixels
    design = design_in(with_japanese_forms())

    def ink(name: str) -> int:
        return int((read(render_certificate(design, Facts(name), format)) < 128).sum())

    assert ink("直直") == pytest.approx(2 * ink("さ"), rel=0.1)
    assert ink("さ直直") == pytest.approx(ink("さ"), rel=0.1)


@pytest.mark.parametrize("format", ["png", "pdf"])
def test_characters_of_a_name_that_is_said_to_be_japanese_have_it_without_kana(format):
    read = pixels if format == "png" else page_pixels
    design = design_in(with_japanese_forms())
    facts = Facts("直直", columns={"language": "ja"})
    kept = dataclasses.replace(facts, columns={}, typesetting=design.typesetting_of(facts))
    for one in (facts, kept):
        assert not (read(render_certificate(design, one, format)) < 128).any()
