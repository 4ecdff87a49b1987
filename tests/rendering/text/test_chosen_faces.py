"""The faces that organizers choose by name: names of every language keep their letters in them, a
page has them as the picture has, and what is set in a face of before is not touched by new ones."""

import io
import itertools
import json
from dataclasses import replace

import numpy
import pymupdf
import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout
from shared.rendering.text import fitting
from shared.rendering.text.faces import (
    CHINESE_FACES,
    KOREAN_FACES,
    LATIN_FACES,
    LEADING_FACES,
    chain,
    manifest,
)
from shared.rendering.text.fitting import draw_text
from shared.rendering.text.typesetting import Typesetting
from tests.support.european_names import EUROPEAN_NAMES
from tests.support.further_names import FURTHER_NAMES
from tests.support.rendering_names import NAMES
from tests.support.spoken_names import SPOKEN_NAMES

EVERY = [
    *itertools.chain(*(EUROPEAN_NAMES | SPOKEN_NAMES).values()),
    *NAMES.values(),
    *FURTHER_NAMES.values(),
]
LATIN = [face for face in FACE_NAMES if face not in CHINESE_FACES]
SYLLABLES = [chr(code) for code in range(0xAC00, 0xD7A4)]
SIZE = (900, 200)


def style(face, weight=400, *features):
    return fitting.TextStyle(chain(face, "", weight, tuple(features)), weight)


def files(text, style):
    return {run.face.file for run in fitting.measure(text, style).runs if run.text.strip()}


def white():
    content = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(content, "PNG")
    return content.getvalue()


def design(face, **look):
    box = Box(left=0.02, top=0.1, width=0.96, height=0.8)
    return compile_design(
        white(), Layout(fields=(Field(kind="name", box=box, size=0.3, face=face, **look),))
    )


def pixels(picture):
    return numpy.asarray(Image.open(io.BytesIO(picture)).convert("L")).astype(int)


def page_pixels(pdf):
    page = pymupdf.open(stream=pdf)[0]
    zoom = pymupdf.Matrix(SIZE[0] / page.rect.width, SIZE[1] / page.rect.height)
    pixmap = page.get_pixmap(matrix=zoom, colorspace=pymupdf.csGRAY)
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(pixmap.height, pixmap.width)


@pytest.mark.parametrize("face", LATIN)
def test_names_of_every_language_keep_their_letters_and_their_ink_in_the_box(face):
    assert len(EVERY) > 250
    width, height, plain, heavy = 420, 90, style(face), style(face, 700, "smcp", "swsh", "onum")
    for name, one in zip(EVERY, itertools.cycle((plain, heavy)), strict=False):
        assert fitting.measure(name, one).missing == (), name
        fitted = fitting.fit(name, one, width, height, 60, 6)
        setting = fitting.place(fitted, one, width, height, "center", "middle")
        picture = Image.new("L", (width + 200, height + 200), 255).convert("RGB")
        draw_text(setting, "#000000", picture, (100, 100))
        grey = numpy.asarray(picture.convert("L")).copy()
        assert grey.min() < 160, name
        grey[100 : 100 + height, 100 : 100 + width] = 255
        assert int((grey < 250).sum()) == 0, name


@pytest.mark.parametrize("face", LATIN)
@pytest.mark.parametrize("look", [{}, {"weight": 700, "features": ["smcp", "swsh", "onum"]}])
@pytest.mark.parametrize("name", ["“Qu” O’Brien 2026 ♥", "王小明 (Kevin) 김똠 2026"])
def test_a_page_has_the_weight_and_the_features_of_the_picture(face, look, name):
    drawn, facts = design(face, **look), Facts(name)
    picture = pixels(render_certificate(drawn, facts, "png"))
    page = page_pixels(render_certificate(drawn, facts, "pdf")).astype(int)
    assert (255 - page).sum() == pytest.approx((255 - picture).sum(), rel=0.02)
    more = numpy.convolve((page - picture).sum(axis=0), numpy.ones(12), "valid")
    assert abs(more).max() < 15_000


@pytest.mark.parametrize("face", LATIN)
def test_a_certificate_is_drawn_again_with_the_weight_and_the_features_of_each_run(face):
    drawn = design(face, weight=700, features=["smcp", "onum"])
    facts = Facts("Ana 2026 王 Ελένη")
    kept = json.loads(json.dumps(drawn.typesetting_of(facts).to_json()))
    # Whatever the field says later.
    again = replace(facts, typesetting=Typesetting.from_json(kept))
    for format in ("png", "pdf"):
        issued = render_certificate(drawn, facts, format)
        assert render_certificate(design(face), again, format) == issued


def test_what_was_set_before_runs_had_a_weight_keeps_that_of_its_field():
    drawn, facts = design("song", weight=700), Facts("王小明 O’Brien")
    document = json.loads(json.dumps(drawn.typesetting_of(facts).to_json())) | {"rules": 3}
    for line in document["fields"]["name"]["lines"]:
        for run in line["runs"]:
            assert run.pop("stroke") > 0
    again = replace(facts, typesetting=Typesetting.from_json(document))
    assert render_certificate(drawn, again, "png") == render_certificate(drawn, facts, "png")


def test_a_design_whose_texts_were_not_set_yet_is_set_by_the_newest_rules():
    for rules in (3, 4):
        assert not Typesetting(rules).is_issued
    assert all(Typesetting(rules).is_issued for rules in (1, 2))


# Weights and features


def test_a_face_has_its_own_bold_and_grows_the_outline_by_the_rest():
    def heaviness(face, weight):
        runs = fitting.measure("Ana 王", style(face, weight)).runs
        return {run.face.file: round(run.stroke, 4) for run in runs}

    assert heaviness("modern", 700) == {"Inter-Bold.ttf": 0, "NotoSansSC-Regular.otf": 0.014}
    assert heaviness("modern", 650) == {
        "Inter-SemiBold.ttf": 0.0023, "NotoSansSC-Regular.otf": 0.0117
    }  # fmt: skip
    assert heaviness("capitals", 700)["Cinzel-SemiBold.ttf"] == 0.0047
    assert heaviness("script", 300)["GreatVibes-Regular.ttf"] == 0


def test_a_chinese_title_has_a_real_bold_beside_a_serif():
    [run] = fitting.measure("荣誉证书 感謝狀", style("book", 700)).runs
    assert (run.face.file, run.stroke) == ("SongTitles-Bold.otf", 0)
    # A title with a character that is in none is grown as a whole, and so is whatever is lighter.
    for title, weight in (("证书堃", 700), ("证书", 600)):
        [run] = fitting.measure(title, style("display", weight)).runs
        assert run.face.file == "NotoSerifSC-Regular.otf"
        assert run.stroke > 0


def test_small_capitals_stand_for_all_letters_of_a_name_or_for_none():
    def features(name, face, *asked):
        return {run.face.features for run in fitting.measure(name, style(face, 400, *asked)).runs}

    assert features("José Ελένη", "book", "smcp") == {("smcp",)}
    for name in ("Nguyễn Thị Phượng", "Александра"):
        assert features(name, "book", "smcp", "onum") == {("onum",)}
        # Where Cinzel lacks letters, another face has small capitals for them.
        assert features(name, "capitals") == {("smcp",)}
    assert files("Nguyễn", style("capitals")) == {"PlayfairDisplay-Regular.ttf"}


def test_the_letters_of_a_hand_are_never_spaced():
    for face in ("script", "copperplate"):
        spaced = replace(style(face), letter_spacing=0.3)
        assert fitting.measure("Ana", spaced).advance == fitting.measure("Ana", style(face)).advance


# Other scripts


@pytest.mark.parametrize("face", FACE_NAMES)
def test_every_syllable_of_korean_is_printed(face):
    covered = frozenset().union(*(one.coverage for one in chain(face)))
    assert covered.issuperset(map(ord, SYLLABLES))
    assert fitting.measure("똠얌 쀍", style(face)).missing == ()


@pytest.mark.parametrize("face", LATIN)
def test_latin_letters_keep_their_face_beside_other_scripts(face):
    latin = LATIN_FACES[face]
    korean = KOREAN_FACES[face == "modern"]
    assert files("김민준 Kim 2026", style(face)) == {latin, korean}
    runs = fitting.measure("王小明 (Kevin O’Brien)", style(face)).runs
    assert [run.text for run in runs] == ["王小明", " (Kevin O’Brien)"]
    assert runs[1].face.file == latin
    assert latin in files("محمد Khan", style(face))
    # A letter that it lacks takes the name along, not the other scripts.
    assert len(files("Ĥans Ňemec 王", style(face))) == 2


@pytest.mark.parametrize("face", CHINESE_FACES)
def test_what_is_set_in_a_face_of_before_is_set_in_the_files_of_before(face):
    """So that certificate 301 looks like 1 to 300."""
    new = {entry["file"] for entry in manifest() if entry["role"] in ("heavier", "serif")}
    new |= {"SongTitles-Bold.otf", *LATIN_FACES.values(), *KOREAN_FACES} - {
        LATIN_FACES[one] for one in CHINESE_FACES
    }
    for name, weight in itertools.product(EVERY, (400, 700)):
        assert new.isdisjoint(files(name, style(face, weight))), name
    [brush] = (one for one in chain(face) if one.file == LEADING_FACES["kai"][0])
    refused = [syllable for syllable in SYLLABLES if not brush.covers([ord(syllable)])]
    assert len(refused) == 8455
    assert files("".join(refused[::2000]), style(face)) == {KOREAN_FACES[face == "hei"]}
