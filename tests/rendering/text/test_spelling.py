"""Names are spelled right: spaced letters, variants of ideographs, one face for one name."""

import io

import numpy
import pymupdf
import pytest
from PIL import Image

from shared.errors import NoGlyph
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import (
    FACE_NAMES,
    Box,
    Field,
    Layout,
    from_old_positions,
    standard_layout,
)
from shared.rendering.placed import PARTED, USUAL_FORM, check
from shared.rendering.text import fitting
from shared.rendering.text.faces import CHINESE_FACES, LATIN_FACES, LEADING_FACES, chain
from shared.rendering.text.glyphs import shape
from shared.rendering.text.runs import proportional_places
from tests.support.rendering_names import NAMES

KAI = fitting.TextStyle(chain("kai"))
SPACED = fitting.TextStyle(chain("kai"), letter_spacing=0.3)
SIZE = (900, 300)


def glyphs_of(name, style):
    """What stands on the line, from left to right."""
    runs = fitting.measure(name, style).runs
    return [
        glyph.character
        for run in runs
        if not run.face.is_emoji
        for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs
    ]


SPELLED_IN_CLUSTERS = [
    "Burmese", "Kannada", "Tamil", "Sinhala", "Telugu", "Malayalam", "Khmer", "Thai", "Lao",
    "Gujarati", "Odia", "Devanagari", "Bengali", "Tibetan", "Hebrew", "Arabic", "Javanese",
]  # fmt: skip


@pytest.mark.parametrize("script", SPELLED_IN_CLUSTERS)
def test_spaced_letters_are_the_glyphs_of_the_name_without_spacing(script):
    assert glyphs_of(NAMES[script], SPACED) == glyphs_of(NAMES[script], KAI)


@pytest.mark.parametrize("script", ["Tamil", "Kannada", "Burmese", "Latin", "Han"])
def test_spaced_letters_are_wider(script):
    assert (
        fitting.measure(NAMES[script], SPACED).advance > fitting.measure(NAMES[script], KAI).advance
    )


def test_a_tamil_sri_stays_one_letter_when_spaced():
    assert len(glyphs_of("ஸ்ரீ", SPACED)) == len(glyphs_of("ஸ்ரீ", KAI))
    assert fitting.measure("ஸ்ரீ", SPACED).advance == fitting.measure("ஸ்ரீ", KAI).advance


def white():
    content = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(content, "PNG")
    return content.getvalue()


def design(**options):
    field = Field(
        kind="name", box=Box(left=0.02, top=0.1, width=0.96, height=0.8), size=0.25, **options
    )
    return compile_design(white(), Layout(fields=(field,)))


def ink_columns(picture):
    return numpy.flatnonzero((picture.mean(axis=2) < 128).any(axis=0))


@pytest.mark.parametrize("script", [*SPELLED_IN_CLUSTERS, "Latin", "Han", "mixed"])
def test_a_page_spaces_letters_as_the_picture_does(script):
    compiled = design(letter_spacing=0.2)
    picture = numpy.asarray(
        Image.open(io.BytesIO(render_certificate(compiled, Facts(NAMES[script]), "png")))
    )
    page = pymupdf.open(stream=render_certificate(compiled, Facts(NAMES[script]), "pdf"))[0]
    zoom = SIZE[0] / page.rect.width
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom))
    shown = numpy.frombuffer(pixmap.samples, numpy.uint8)
    shown = shown.reshape(pixmap.height, pixmap.width, 3)[: SIZE[1], : SIZE[0]]
    assert abs(shown.astype(int) - picture).mean() < 2.5
    for edge in (0, -1):
        assert abs(int(ink_columns(shown)[edge]) - int(ink_columns(picture)[edge])) <= 2


# Faces


def families(name, style):
    return {run.face.file for run in fitting.measure(name, style).runs if not run.face.is_emoji}


@pytest.mark.parametrize("face", CHINESE_FACES)
def test_both_lines_of_a_name_have_its_face(face):
    """𠮷 is in one face only: the other line does not take another."""
    style = fitting.TextStyle(chain(face))
    fitted = fitting.fit("Anna-Maria Wolfgang 𠮷田 Katharina", style, 260, 110, 60, 20)
    assert len(fitted.lines) == 2
    assert len({run.face.file for line in fitted.lines for run in line.runs}) == 1


def test_an_emoji_does_not_part_a_name_into_two_faces():
    assert families("张𠮷娜 🎉 2026", fitting.TextStyle(chain("hei"))) == {"LXGWWenKai-Regular.ttf"}


def test_a_mixed_name_has_one_face_for_all_its_ideographs():
    faces = {
        run.face.file
        for run in fitting.measure("张𠮷娜 محمد", fitting.TextStyle(chain("hei"))).runs
        if any(letter >= "\u4e00" or letter > "\U00020000" for letter in run.text.strip())
    }
    assert faces == {"LXGWWenKai-Regular.ttf"}


def faces_of_digits(text, faces):
    runs = fitting.measure(text, fitting.TextStyle(faces)).runs
    return {run.face.file for run in runs if any(letter.isdigit() for letter in run.text)}


ARABIC = "1 ديسمبر 2026"
WITH_DIGITS = [
    "王 12 محمد 34 ข 56 ᏣᎳᎩ 78", "2026-000017", "HR-7", "2026年12月1日", "December 1, 2026",
    ARABIC, "1 ธันวาคม ค.ศ. 2026", "12 ♥",
]  # fmt: skip


@pytest.mark.parametrize("face", FACE_NAMES)
def test_digits_have_one_face_whatever_is_said_with_them(face):
    for in_chinese in (True, False):
        faces = chain(face, in_chinese=in_chinese)
        is_of_chinese = in_chinese and face in CHINESE_FACES
        file = LEADING_FACES[face][0] if is_of_chinese else LATIN_FACES[face]
        for text in WITH_DIGITS:
            # An Arabic text on a Chinese sheet is set in one face, as names are.
            if not (is_of_chinese and text == ARABIC):
                assert faces_of_digits(text, faces) == {file}


@pytest.mark.parametrize("face", FACE_NAMES)
def test_a_heart_beside_a_name_leaves_the_name_its_face(face):
    faces = chain(face)
    [plain] = fitting.measure("Ana Souza", fitting.TextStyle(faces)).runs
    for beside in ("Ana Souza ♥", "★ Ana Souza", "Ana Souza♡"):
        runs = fitting.measure(beside, fitting.TextStyle(faces)).runs
        assert fitting.measure(beside, fitting.TextStyle(faces)).missing == ()
        assert plain.face in {run.face for run in runs if "Ana" in run.text}


@pytest.mark.parametrize("face", FACE_NAMES)
def test_an_apostrophe_between_han_and_latin_is_as_wide_as_it_is(face):
    for name in ("小明’s", "Ana’小明", "佐藤’s"):
        style = fitting.TextStyle(chain(face))
        bare = fitting.measure(name.replace("’", ""), style).advance
        assert fitting.measure(name, style).advance - bare < 0.5
    # Among Chinese letters and as a quotation mark it keeps its em in a face for Chinese.
    for kept in ("王’明", "‘王明’s"):
        assert proportional_places(kept) == frozenset()
    assert proportional_places("小明’s", 3) == frozenset()


# Characters


def test_an_ideograph_of_compatibility_is_drawn_in_its_own_form():
    assert glyphs_of("神\ufa19", KAI) != glyphs_of("神神", KAI)


def test_one_that_no_face_has_is_drawn_in_the_usual_form():
    name = "\U0002f81f"
    assert not any(face.covers([ord(name)]) for face in KAI.chain)
    assert fitting.measure(name, KAI).missing == ()


def test_a_variant_that_the_face_has_not_is_warned_of():
    [name] = check(design(), Facts("葛\U000e0100城"))
    assert name.warning == USUAL_FORM
    [usual] = check(design(), Facts("葛城"))
    assert usual.warning is None


def test_a_parted_word_is_warned_of():
    narrow = Field(
        kind="name", box=Box(left=0, top=0, width=0.3, height=0.5), size=0.2, minimum_size=0.08
    )
    compiled = compile_design(white(), Layout(fields=(narrow,)))
    [name] = check(compiled, Facts("Donaudampfschifffahrtsgesellschaft"))
    assert name.warning == PARTED


def test_no_box_passes_although_the_face_claims_the_character():
    """A run is asked for its glyphs, not only for its characters."""
    for character in ("\u3164", "\u115f", "\u1160", "\uffa0"):
        assert fitting.measure(f"김{character}", KAI).missing == (character,)
    with pytest.raises(NoGlyph):
        check(design(), Facts("A\U00012000"))


def test_a_name_placed_by_the_old_call_keeps_clear_of_both_frames():
    for x in (400, 500, 700):
        moved = from_old_positions(standard_layout(), (1000, 700), name=(x, 300))
        box = moved.field("name").box
        assert box.width <= 0.7 + 1e-9
        assert box.left + box.width / 2 == pytest.approx(x / 1000)
