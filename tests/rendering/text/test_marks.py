"""Letters of Europe come from one face, and marks between them are as wide as they are."""

import io
import itertools
import json

import numpy
import pymupdf
import pytest
import regex
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout
from shared.rendering.text import fitting
from shared.rendering.text.faces import (
    CHINESE_FACES,
    LATIN_FACES,
    LEADING_FACES,
    Chain,
    chain,
    own_face,
)
from shared.rendering.text.own_fonts import cache_font
from shared.rendering.text.rules import HALF_DOT
from shared.rendering.text.runs import proportional_places
from shared.rendering.text.typesetting import Typesetting
from tests.support.european_names import EUROPEAN_NAMES
from tests.support.organizers_fonts import block_font

STYLES = {face: fitting.TextStyle(chain(face)) for face in FACE_NAMES}
# How much a mark may push its neighbours apart, in em.
NARROW = dict.fromkeys("‘’“”‐·", 0.51)
# With characters from WenKai.
BRUSHES = {"kai", "script", "copperplate"}
SIZE = (1200, 300)


def excess(mark, style, left="O", right="B"):
    together = fitting.measure(left + mark + right, style).advance
    return together - fitting.measure(left + right, style).advance


def files(text, style):
    return [run.face.file for run in fitting.measure(text, style).runs]


def letters(text, style):
    return {run.face.file for run in fitting.measure(text, style).runs if run.text.strip()}


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("mark", [*NARROW, "…"])
def test_a_mark_between_latin_letters_does_not_tear_them_apart(mark, face):
    most = NARROW.get(mark) or (1.05 if face == "kai" else 0.9)
    assert excess(mark, STYLES[face]) <= most


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("mark", NARROW)
def test_nor_where_a_chinese_name_stands_beside_them(mark, face):
    assert excess(mark, STYLES[face], "王小明 O", "B") <= NARROW[mark]


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("mark", [one for one in (*NARROW, "…") if one != "·"])
def test_among_chinese_letters_marks_keep_the_width_of_the_face(mark, face):
    chinese = next(one for one in chain(face) if one.covers(map(ord, "王明")))
    alone = fitting.measure("王" + mark + "明", fitting.TextStyle(Chain((chinese,))))
    line = fitting.measure("王" + mark + "明", STYLES[face])
    assert (line.advance, [run.face for run in line.runs]) == (alone.advance, [chinese])


@pytest.mark.parametrize("face", FACE_NAMES)
def test_the_dot_in_a_chinese_name_is_half_an_em_wide_at_most(face):
    assert excess("·", STYLES[face], "阿力", "艾力") <= 0.51
    design, facts = design_in(face), Facts("阿力·艾力")
    picture = ends(pixels(render_certificate(design, facts, "png")))
    page = ends(page_pixels(render_certificate(design, facts, "pdf")))
    assert page == pytest.approx(picture, abs=1)


def test_it_keeps_its_width_on_certificates_of_a_design_of_before():
    before = fitting.TextStyle(chain("hei", rules=HALF_DOT - 1))
    assert excess("·", before, "阿力", "艾力") == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("O’Brien", "’"),
        ("王’明", ""),
        ("王小明 (Kevin O’Brien)", "’"),
        ("“Hello” 2026", "“”"),
        ("第“2026”届", ""),
        # A pair is judged as one, whichever of both has a Chinese neighbour.
        ("感谢 “Volunteer Day”", ""),
        ("“Volunteer Day” 志愿者", ""),
        ("‘O’Brien’ 王", "’"),
        ("さくら…B", ""),
        ("김’민준 A…B", "’…"),
        ("2026…", "…"),
    ],
)
def test_the_nearest_letters_decide(text, wanted):
    assert "".join(text[place] for place in sorted(proportional_places(text))) == wanted


@pytest.mark.parametrize("face", FACE_NAMES)
def test_a_typographic_hyphen_is_drawn_as_the_one_of_the_keyboard(face):
    style = STYLES[face]
    typed = fitting.measure("Anna-Maria", style)
    assert fitting.measure("Anna\u2010Maria", style).advance == typed.advance
    assert "\u2010" in fitting.measure("王\u2010明", style).text


@pytest.mark.parametrize("face", [*CHINESE_FACES, "book", "modern"])
def test_forty_names_of_one_event_take_one_face_for_each_script(face):
    used = {"Latin": set(), "Greek": set(), "Cyrillic": set()}
    for name in itertools.chain(*EUROPEAN_NAMES.values()):
        script = next(one for one in used if regex.search(rf"\p{{{one}}}", name))
        used[script] |= letters(name, STYLES[face])
    assert used == {script: {LATIN_FACES[face]} for script in used}


@pytest.mark.parametrize("face", CHINESE_FACES)
def test_digits_alone_and_text_with_chinese_letters_keep_the_face_of_the_event(face):
    for text in ("2026-00017", "No.17 王", "José 张伟", "2026年11月24日"):
        assert letters(text, STYLES[face]) == {LEADING_FACES[face][0]}, text


def own_design(font):
    sha256 = cache_font(font).stem
    box = Box(left=0.02, top=0.1, width=0.96, height=0.8)
    name = Field(kind="name", box=box, size=0.3, face=sha256, color="#000000")
    return compile_design(white(), Layout(fields=(name,)), {}, {sha256: cache_font(font)})


def white():
    content = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(content, "PNG")
    return content.getvalue()


def test_the_font_of_an_organizer_stays_the_first_one():
    font = block_font("Own", "OBrien’ ")
    design = own_design(font)
    style = design.resolve_facts(design.shown[0], Facts("OBrien")).style
    assert letters("O’Brien", style) == {own_face(cache_font(font)).file}


def design_in(face):
    box = Box(left=0.02, top=0.1, width=0.96, height=0.8)
    name = Field(kind="name", box=box, size=0.3, face=face, color="#000000")
    return compile_design(white(), Layout(fields=(name,)))


def pixels(picture):
    return numpy.asarray(Image.open(io.BytesIO(picture)).convert("L")).astype(int)


def page_pixels(pdf):
    page = pymupdf.open(stream=pdf)[0]
    zoom = pymupdf.Matrix(SIZE[0] / page.rect.width, SIZE[1] / page.rect.height)
    pixmap = page.get_pixmap(matrix=zoom, colorspace=pymupdf.csGRAY)
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(pixmap.height, pixmap.width)


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("name", ["Siobhan O’Brien", "王小明 “Kevin” O’Brien…", "O’B 王“明”"])
def test_the_page_of_a_pdf_has_them_where_the_picture_has_them(face, name):
    design = design_in(face)
    page = page_pixels(render_certificate(design, Facts(name), "pdf"))
    picture = pixels(render_certificate(design, Facts(name), "png"))
    # The ink of a dozen columns, as much as a mark has.
    more = numpy.convolve((page.astype(int) - picture).sum(axis=0), numpy.ones(12), "valid")
    assert abs(more).max() < 10_000


@pytest.mark.parametrize("face", FACE_NAMES)
@pytest.mark.parametrize("name", ["（含两名领队）王", "「王」小明", "王），（王", "“王”，好"])
def test_chinese_punctuation_is_as_wide_in_a_pdf_as_in_the_picture(face, name):
    design, facts = design_in(face), Facts(name)
    picture = ends(pixels(render_certificate(design, facts, "png")))
    assert ends(page_pixels(render_certificate(design, facts, "pdf"))) == pytest.approx(
        picture, abs=1
    )
    # Issued when Typst squeezed it, it stays as it was.
    before = design.typesetting_of(facts).to_json() | {"rules": 2}
    facts = Facts(name, typesetting=Typesetting.from_json(before))
    assert ends(pixels(render_certificate(design, facts, "png"))) == picture
    if face not in BRUSHES or name[0] != "“":
        assert ends(page_pixels(render_certificate(design, facts, "pdf"))) != picture


def ends(grey):
    """The first column with ink, and the last."""
    columns = numpy.flatnonzero((grey < 128).any(axis=0))
    return int(columns[0]), int(columns[-1])


@pytest.mark.parametrize("face", FACE_NAMES)
def test_a_certificate_is_drawn_again_with_them_as_it_was_issued(face):
    design, facts = design_in(face), Facts("王小明·艾力 O’Brien “K”…")
    kept = json.loads(json.dumps(design.typesetting_of(facts).to_json()))
    again = Facts(facts.name, typesetting=Typesetting.from_json(kept))
    for format in ("png", "pdf"):
        assert render_certificate(design, again, format) == render_certificate(
            design, facts, format
        )
