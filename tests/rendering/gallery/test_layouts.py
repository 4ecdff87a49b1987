"""Texts on a gallery design: long titles shrink, codes are large enough."""

from dataclasses import replace

import pytest

from shared.errors import LayoutRefused
from shared.rendering.design import compile_design
from shared.rendering.facts import NOTHING, Facts
from shared.rendering.fields.qr import modules
from shared.rendering.gallery.catalogue import READABLE, STYLES, Choice, Style, contrast, readable
from shared.rendering.gallery.layouts import LONG, layout_of, size_of
from shared.rendering.layout import Layout
from shared.rendering.placed import check
from tests.support.drawn_designs import template
from tests.support.gallery_choices import CHOICES, LINK, facts, flat, name_of, small

WAVES = flat("waves")
_PLANS = ("guilloche", "ribbon", "record")
OF_EACH_KIND = [one for one in CHOICES if one.style.name in _PLANS and one.language == "en"]
WITHOUT_TABLE = [one for one in OF_EACH_KIND if not one.style.is_record]


def contents(choice: Choice) -> dict[str, str]:
    return {field.id: field.content for field in layout_of(choice, LINK).fields}


@pytest.mark.parametrize("choice", OF_EACH_KIND, ids=name_of)
def test_a_long_title_gets_smaller_and_one_without_end_is_refused(choice: Choice):
    long = replace(choice, title="Certificate of Appreciation for Years of Service in Our Harbour")
    title = small(long).resolve_facts(layout_of(long, LINK).field("title"), NOTHING)
    assert title.setting.size < title.field.size * small(long).height
    assert title.setting.ink.right <= title.box.width
    with pytest.raises(LayoutRefused):
        small(replace(choice, title="Certificate " * 40))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("is_upright", [False, True], ids=["flat", "upright"])
def test_the_usual_title_stands_at_its_planned_size(style: Style, is_upright: bool):
    choice = Choice(style, "en", "Certificate of Appreciation", is_upright=is_upright)
    title = layout_of(choice, LINK).field("title")
    # As it is stored, and as small as the gallery shows it.
    for width, height in (size_of(choice), [side // 5 for side in size_of(choice)]):
        design = compile_design(template(width, height), Layout(fields=(title,)))
        placed = design.resolve_facts(title, NOTHING)
        assert placed.setting.size == pytest.approx(title.size * height, abs=0.25)


def test_texts_are_in_the_language_of_the_certificate_and_name_the_event():
    english, chinese = contents(WAVES), contents(replace(WAVES, language="zh"))
    assert [chinese["lead"], english["lead"]] == ["兹证明", "This certificate is presented to"]
    for texts in (english, chinese):
        assert "Spring Run 2026" in texts["thanks"]
    assert "Run {name}" in contents(replace(WAVES, event="Run {name}"))["thanks"]


def test_what_nobody_has_entered_takes_no_place():
    bare = contents(replace(WAVES, title=" ", organization="", event=""))
    # No signature, and no line to sign on.
    assert bare.keys() == {"name", "date", "date-line", "number", "lead", "thanks", "qr"}
    assert "{" not in bare["thanks"]


@pytest.mark.parametrize("length", [59, 63, 85, 140])
@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("is_upright", [False, True], ids=["flat", "upright"])
def test_a_code_has_whole_pixels_for_its_modules_and_stays_on_the_sheet(
    style: Style, is_upright: bool, length: int
):
    link = (LINK + "x" * 140)[:length]
    choice = Choice(style, "en", "Thanks", is_upright=is_upright)
    code = layout_of(choice, link).field("qr")
    design = compile_design(template(*size_of(choice)), Layout(fields=(code,)))
    drawn = design.resolve_facts(code, Facts("Ana", link=link)).box
    assert drawn.width == drawn.height == round(code.box.width * design.width)
    assert drawn.width % modules(link) == 0
    assert drawn.width >= 0.1 * LONG


@pytest.mark.parametrize("choice", WITHOUT_TABLE, ids=name_of)
def test_number_and_signature_stand_on_one_line(choice: Choice):
    design = small(choice)
    number, signature = (
        design.resolve_facts(design.layout.field(id), facts(choice))
        for id in ("number", "signature")
    )
    assert number.box.top + number.setting.origins[0][1] == (
        signature.box.top + signature.setting.origins[0][1]
    )


def test_a_pale_colour_is_darker_where_it_is_text():
    pale = replace(WAVES, main="#ffee88")
    title = layout_of(pale, LINK).field("title")
    assert contrast(title.color, pale.style.paper) >= READABLE
    assert title.color == readable("#ffee88", pale.style.paper)
    assert layout_of(WAVES, LINK).field("title").color == WAVES.style.main


def test_names_of_every_length_fit():
    long = replace(facts(WAVES), name="Dr. Maximiliana von Hohenberg-Schwarzenfels")
    for choice in OF_EACH_KIND:
        assert {one.id for one in check(small(choice), long)} >= {"name", "date", "number"}
