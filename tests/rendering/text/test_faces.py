"""Every typeface draws on paper what it draws in the image."""

import io
import itertools
import struct
import unicodedata

import numpy
import pymupdf
import pytest
from PIL import Image

from shared.rendering.facts import Facts
from shared.rendering.fields.field import PixelBox, Resolved
from shared.rendering.layout import FACE_NAMES, Box, Field
from shared.rendering.pdf import Backdrop, PdfPress
from shared.rendering.text import fitting
from shared.rendering.text.faces import FONTS, Chain, Face, chain, faces_by_file, manifest
from shared.rendering.text.fitting import draw_text
from shared.rendering.text.glyphs import table_of, tables
from tests.support.further_names import FURTHER_NAMES
from tests.support.rendering_names import NAMES

WIDTH, HEIGHT = 600, 160
EMOJI = "😀🎉"


def white():
    content = io.BytesIO()
    Image.new("RGB", (WIDTH, HEIGHT), "white").save(content, "PNG")
    return content.getvalue()


def sample(face):
    """Five letters that the face has, far from each other."""
    if face.is_emoji:
        return EMOJI
    letters = sorted(
        code for code in face.coverage if unicodedata.category(chr(code)) in ("Lo", "Lu", "Ll")
    )
    return "".join(chr(letters[len(letters) * part // 6]) for part in range(1, 6))


def written(face):
    """A field with the sample, set in that face alone."""
    style = fitting.TextStyle(Chain((face,)))
    fitted = fitting.fit(sample(face), style, WIDTH, HEIGHT, 80, 10)
    setting = fitting.place(fitted, style, WIDTH, HEIGHT, "center", "middle")
    field = Field(kind="name", box=Box(left=0, top=0, width=1, height=1))
    return Resolved(field, PixelBox(0, 0, WIDTH, HEIGHT), style, fitted, setting)


@pytest.fixture(scope="module")
def press():
    return PdfPress((WIDTH, HEIGHT), Backdrop(white()), {}, {})


def printed(press, resolved):
    pdf = press.printed([resolved], Facts("A", language="en"), "", 72)
    pixmap = pymupdf.open(stream=pdf)[0].get_pixmap()
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(HEIGHT, WIDTH, 3).astype(int)


@pytest.mark.parametrize("entry", manifest(), ids=lambda entry: entry["file"])
def test_a_page_has_the_ink_of_the_picture_in_every_face(press, entry):
    resolved = written(faces_by_file(None)[entry["file"]])
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw_text(resolved.setting, "#222222", picture, (0, 0))
    drawn, page = (255 - numpy.asarray(picture).astype(int)), 255 - printed(press, resolved)
    assert drawn.sum() > 100_000
    assert page.sum() == pytest.approx(drawn.sum(), rel=0.12)


@pytest.mark.parametrize("face", FACE_NAMES)
def test_the_scripts_that_fewer_people_write_have_a_face_of_their_own(face):
    further = {entry["file"] for entry in manifest() if entry["role"] == "further"}
    used = []
    for script, name in FURTHER_NAMES.items():
        line = fitting.measure(name, fitting.TextStyle(chain(face)))
        assert line.missing == (), script
        used += [run.face.file for run in line.runs]
    assert set(used) == further


def test_letters_that_everybody_writes_are_never_set_in_those():
    """Not even where they can stack marks and the usual faces cannot."""
    further = {entry["file"] for entry in manifest() if entry["role"] == "further"}
    for face, name in itertools.product(FACE_NAMES, NAMES.values()):
        runs = fitting.measure(name, fitting.TextStyle(chain(face))).runs
        assert further.isdisjoint(run.face.file for run in runs), name


def test_a_typeface_that_cannot_be_found_is_an_error_and_no_empty_page(press):
    resolved = written(Face("NotoSans-Regular.ttf", "Noto Sans of Nowhere", folder=FONTS))
    with pytest.raises(RuntimeError, match="Noto Sans of Nowhere"):
        printed(press, resolved)


def test_a_typeface_has_the_weight_and_the_features_that_its_line_names():
    for entry in manifest():
        face = faces_by_file(None)[entry["file"]]
        font = face.path.read_bytes()
        assert b"fvar" not in tables(font), face.file
        [weight] = struct.unpack_from(">H", table_of(font, b"OS/2"), 4)
        assert weight == face.weight, face.file
        shaped = face.shaper.face
        able = set()
        for script in range(len(shaped.get_table_script_tags("GSUB"))):
            able.update(shaped.get_language_feature_tags("GSUB", script))
        assert able.issuperset(entry.get("features", [])), face.file
