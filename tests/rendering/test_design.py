"""Designs and the certificates made from them: text, seals, and what is refused."""

import io
import random

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shared.errors import LayoutRefused, NameDoesNotFit, NameNotPlain, NameProblem, NoGlyph, explain
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Field, standard_layout
from shared.rendering.names import clean_name
from shared.rendering.placed import check
from shared.rendering.raster.strips import full_jpeg
from shared.rendering.text.faces import chain
from tests.support.drawn_designs import (
    NOVEMBER,
    SEAL,
    box,
    changed,
    layout_of,
    pixels,
    random_layout,
    seal,
    template,
)
from tests.support.examples import examples
from tests.support.rendering_names import NAMES


def test_the_standard_layout_draws_name_number_and_date():
    design = compile_design(template(), standard_layout())
    facts = Facts("José 吉田", number="No. 7", date=NOVEMBER)
    placed = {one.id: one for one in check(design, facts)}
    assert placed["name"].lines == ("José 吉田",)
    assert placed["number"].lines == ("No. 7",)
    assert placed["date"].lines == ("2026年11月24日",)
    assert changed(design, facts).any()


@pytest.mark.parametrize(
    ("language", "written"), [("zh", "2026年11月24日"), ("en", "November 24, 2026")]
)
def test_the_date_is_written_as_the_language_writes_it(language, written):
    design = compile_design(template(), standard_layout())
    placed = check(design, Facts("Ana", date=NOVEMBER, language=language))
    assert [one.lines for one in placed if one.id == "date"] == [(written,)]


@pytest.mark.parametrize("seed", range(12))
def test_a_certificate_is_byte_for_byte_what_drawing_and_encoding_all_of_it_gives(seed):
    choose = random.Random(seed)
    design = compile_design(template(noise=seed % 2 == 1), random_layout(choose), {SEAL: seal()})
    name = choose.choice(list(NAMES.values()))
    facts = Facts(name, "No. 7", NOVEMBER, {"role": "Доброволец"}, "https://example.org/v/1")
    whole = design.background.rows(0, design.height)
    for field in design.fields:
        field.paint(design.resolve_facts(field, facts), whole.image)
    assert render_certificate(design, facts, "jpg") == full_jpeg(whole.image)
    assert (pixels(render_certificate(design, facts, "png")) == whole.rgb).all()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("script", ["Han", "Arabic", "Tibetan", "Emoji", "Latin, stacked marks"])
def test_turned_text_stays_inside_its_box(script, rotation):
    shape = box(0.3, 0.1, 0.1, 0.7) if rotation in (90, 270) else box(0.1, 0.3, 0.7, 0.12)
    field = Field(
        id="name", kind="name", box=shape, size=0.12, minimum_size=0.01, rotation=rotation
    )
    design = compile_design(template(), layout_of(field))
    marked = changed(design, Facts(NAMES[script]))
    inside = numpy.zeros_like(marked)
    left, top = round(shape.left * 900), round(shape.top * 640)
    inside[
        top : round((shape.top + shape.height) * 640),
        left : round((shape.left + shape.width) * 900),
    ] = True
    assert marked.any()
    assert not (marked & ~inside).any()


def test_a_quarter_turn_is_clockwise():
    """A wide F: upright its heavy part is at the left, turned clockwise it is at the top."""
    field = Field(id="name", kind="name", box=box(0.4, 0.2, 0.2, 0.6), size=0.2, minimum_size=0.1)
    upright, turned = (
        changed(compile_design(template(), layout_of(one)), Facts("F"))
        for one in (field, field.model_copy(update={"rotation": 90}))
    )
    ys, xs = numpy.nonzero(upright)
    assert xs.mean() < (xs.min() + xs.max()) / 2
    ys, xs = numpy.nonzero(turned)
    assert ys.mean() < (ys.min() + ys.max()) / 2


COVERED = set().union(*[face.coverage for face in chain("kai")])


LETTERS = st.sampled_from([chr(code) for code in sorted(COVERED)])


JOINING = st.sampled_from(["\u200d", "\u200c", "\ufe0f", "\u0301", " ", "🏽", "🇨", "\U000e0100"])


@examples(120)
@given(st.text(LETTERS | JOINING, min_size=1, max_size=12) | st.text(max_size=12))
def test_any_name_is_refused_in_words_or_drawn_inside_its_box(name):
    field = Field(id="name", kind="name", box=box(0.1, 0.3, 0.8, 0.4), size=0.2, minimum_size=0.02)
    design = compile_design(template(600, 400), layout_of(field))
    try:
        facts = Facts(clean_name(name))
        marked = changed(design, facts)
    except NameProblem:
        return
    marked[120:280, 60:540] = False
    assert not marked.any()
    assert render_certificate(design, facts, "pdf").startswith(b"%PDF")


def test_a_refused_name_is_refused_by_check_and_by_drawing_alike():
    small = Field(
        id="name", kind="name", box=box(0.4, 0.4, 0.1, 0.05), size=0.05, minimum_size=0.04
    )
    design = compile_design(template(), layout_of(small))
    for name, refusal in (
        ("Wolfgang Amadeus", NameDoesNotFit),
        ("\U00012000", NoGlyph),
        ("A\u202e", NameNotPlain),
    ):
        with pytest.raises(refusal):
            check(design, Facts(name))
        for format in ("jpg", "png", "pdf"):
            with pytest.raises(refusal):
                render_certificate(design, Facts(name), format)


def test_the_refusal_names_the_characters_that_no_face_has():
    design = compile_design(template(), standard_layout())
    with pytest.raises(NoGlyph) as refusal:
        check(design, Facts("A \U00012000 \U00012001"))
    assert "\U00012000 (U+12000), \U00012001 (U+12001)" in explain(refusal.value, "en")
    assert "\U00012000 (U+12000)、\U00012001 (U+12001)" in explain(refusal.value, "zh")


def test_a_column_that_is_missing_or_hidden_leaves_its_place_empty():
    role = Field(id="role", kind="column", content="role", box=box(0.1, 0.1, 0.5, 0.2))
    hidden = role.model_copy(update={"id": "hidden", "shown": False})
    design = compile_design(template(), layout_of(role, hidden))
    assert [one.id for one in check(design, Facts("A", columns={"role": "Cook"}))] == ["role"]
    assert not changed(design, Facts("A")).any()


def test_fixed_text_is_on_every_certificate_and_one_that_does_not_fit_is_named():
    text = Field(id="thanks", kind="text", content="谢谢", box=box(0.1, 0.1, 0.5, 0.2))
    bare = compile_design(template(), layout_of())
    design = compile_design(template(), layout_of(text))
    assert render_certificate(design, Facts("A"), "png") != render_certificate(
        bare, Facts("A"), "png"
    )
    long = text.model_copy(update={"content": "Thanks " * 60})
    with pytest.raises(LayoutRefused, match="“thanks” does not fit"):
        compile_design(template(), layout_of(long))
    with pytest.raises(LayoutRefused, match=r"cannot be drawn: .*U\+12000"):
        compile_design(template(), layout_of(text.model_copy(update={"content": "\U00012000"})))
    tiny = text.model_copy(update={"box": box(0.1, 0.1, 0.0001, 0.1)})
    with pytest.raises(LayoutRefused, match="“thanks” is smaller"):
        compile_design(template(), layout_of(tiny))


def test_line_breaks_of_a_spreadsheet_stay_and_control_characters_are_named():
    role = Field(id="role", kind="column", content="role", box=box(0.1, 0.1, 0.8, 0.2))
    design = compile_design(template(), layout_of(role))
    placed = check(design, Facts("A", columns={"role": " Cook\n and driver "}))
    assert placed[0].lines == ("Cook", "and driver")
    with pytest.raises(NameNotPlain) as refusal:
        check(design, Facts("A", columns={"role": "Cook\u202e"}))
    assert refusal.value.details["characters"] == "U+202E"


def test_a_seal_stands_over_what_was_placed_before_it_and_lets_it_shine_through():
    name = Field(id="name", kind="name", box=box(0.3, 0.3, 0.4, 0.3), size=0.2)
    over = Field(id="seal", kind="picture", content=SEAL, box=box(0.3, 0.2, 0.4, 0.5))
    facts = Facts("王王王")
    above = compile_design(template(), layout_of(name, over), {SEAL: seal()})
    below = compile_design(template(), layout_of(over, name), {SEAL: seal()})
    red, black = (pixels(render_certificate(one, facts, "png")) for one in (above, below))
    differing = abs(red - black).max(axis=2) > 20
    assert differing.any()
    assert (red[differing][:, 0] > black[differing][:, 0]).mean() > 0.99
    assert not [field for field in below.fields if field.kind == "picture"]


def test_a_picture_that_was_not_brought_is_named():
    lost = Field(id="seal", kind="picture", content="0" * 64, box=box(0.3, 0.2, 0.4, 0.5))
    with pytest.raises(LayoutRefused, match="picture of the field “seal”"):
        compile_design(template(), layout_of(lost))


def test_the_density_of_the_template_is_kept_unless_another_is_asked_for():
    design = compile_design(template(dpi=(300, 300)), standard_layout())
    for format in ("jpg", "png"):
        for asked, expected in ((None, 300), (150, 150)):
            file = render_certificate(design, Facts("A"), format, dpi=asked)
            assert round(Image.open(io.BytesIO(file)).info["dpi"][0]) == expected
