"""Texts on a gallery design: long titles shrink, codes are large enough."""

from dataclasses import astuple, replace

import numpy
import pytest

from shared.errors import LayoutRefused
from shared.language import catalogue
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import NOTHING, Facts
from shared.rendering.fields.qr import modules
from shared.rendering.gallery.catalogue import (
    READABLE,
    SHEET_LANGUAGES,
    STYLES,
    DesignChoice,
    Style,
    contrast,
    readable,
    style_named,
)
from shared.rendering.gallery.drawing import SEAL, sketch
from shared.rendering.gallery.layouts import (
    LONG,
    NUMBERED,
    STATEMENT,
    layout_of,
    plan_of,
    size_of,
    with_signature,
    with_what_was_written,
    without_texts,
)
from shared.rendering.gallery.plans import HOURS
from shared.rendering.gallery.record import CELLS
from shared.rendering.layout import Field, Layout
from shared.rendering.placed import check
from tests.support.drawn_designs import template
from tests.support.gallery_choices import (
    CHOICES,
    LINK,
    facts,
    flat,
    logo,
    name_of,
    pixels,
    small,
)

WAVES, RIBBON, RECORD = flat("waves"), flat("ribbon"), flat("record")
_PLANS = ("guilloche", "ribbon", "record")
OF_EACH_KIND = [one for one in CHOICES if one.style.name in _PLANS and one.language == "en"]
WITHOUT_TABLE = [one for one in OF_EACH_KIND if not one.style.is_record]


def contents(choice: DesignChoice) -> dict[str, str]:
    return {field.id: field.content for field in layout_of(choice, LINK).fields}


@pytest.mark.parametrize("choice", OF_EACH_KIND, ids=name_of)
def test_a_long_title_gets_smaller_and_one_without_end_is_refused(choice: DesignChoice):
    long = replace(choice, title="Certificate of Appreciation for Years of Service in Our Harbour")
    title = small(long).resolve_facts(layout_of(long, LINK).field("title"), NOTHING)
    assert title.setting.size < title.field.size * small(long).height
    assert title.setting.ink.right <= title.box.width
    with pytest.raises(LayoutRefused):
        small(replace(choice, title="Certificate " * 40))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
@pytest.mark.parametrize("is_upright", [False, True], ids=["flat", "upright"])
def test_the_usual_title_stands_at_its_planned_size(style: Style, is_upright: bool):
    choice = DesignChoice(style, "en", "Certificate of Appreciation", is_upright=is_upright)
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


@pytest.mark.parametrize("language", sorted({*SHEET_LANGUAGES} - {"en"}))
def test_every_word_of_a_design_is_in_the_language_of_its_sheet(language: str):
    records = [style.title for style in STYLES if style.is_record]
    labels = [STATEMENT, NUMBERED, HOURS, SEAL, *(cell.label for cell in CELLS)]
    words = {*records, *labels, *(one for style in STYLES for one in astuple(style.words))}
    assert [one for one in sorted(words) if catalogue(language).gettext(one) == one] == []


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
    choice = DesignChoice(style, "en", "Thanks", is_upright=is_upright)
    code = layout_of(choice, link).field("qr")
    design = compile_design(template(*size_of(choice)), Layout(fields=(code,)))
    drawn = design.resolve_facts(code, Facts("Ana", link=link)).box
    assert drawn.width == drawn.height == round(code.box.width * design.width)
    assert drawn.width % modules(link) == 0
    assert drawn.width >= 0.1 * LONG


@pytest.mark.parametrize("choice", WITHOUT_TABLE, ids=name_of)
def test_number_and_signature_stand_on_one_line(choice: DesignChoice):
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


@pytest.mark.parametrize("size", [(900, 60), (90, 630), (200, 200)], ids=["wide", "tall", "square"])
@pytest.mark.parametrize("choice", [WAVES, RIBBON, RECORD], ids=name_of)
def test_a_logo_of_any_shape_stands_whole_in_its_place(choice: DesignChoice, size: tuple[int, int]):
    marked = replace(choice, logo=logo(*size))
    layout = Layout(fields=(layout_of(marked, LINK).field("logo"),))
    sheet, brought = sketch(marked, 900), {marked.logo.sha256: marked.logo.content}
    picture = pixels(
        render_certificate(compile_design(sheet, layout, brought), facts(choice), "png")
    )
    rows, across = numpy.nonzero((picture == (0xFF, 0, 0xFF)).all(axis=2))
    width, height = numpy.ptp(across) + 1, numpy.ptp(rows) + 1
    assert width / height == pytest.approx(size[0] / size[1], rel=0.3)
    if not choice.style.is_record:
        box = plan_of(choice).boxes["logo"]
        assert across.min() >= box.left * 900 - 1
        assert across.max() <= (box.left + box.width) * 900 + 1


def test_a_logo_stands_where_lines_begin():
    for language, side in (("en", "left"), ("ar", "right")):
        for style in ("modern", "axis", "ledger"):
            choice = DesignChoice(style_named(style), language, "Thanks", logo=logo(90, 300))
            place, box = plan_of(choice).boxes["logo"], layout_of(choice, LINK).field("logo").box
            ends = {"left": box.left - place.left}
            ends["right"] = place.left + place.width - box.left - box.width
            assert ends[side] == pytest.approx(0), (language, style)


def test_a_logo_goes_with_the_texts_of_its_design():
    marked = layout_of(replace(WAVES, logo=logo(200, 200)), LINK)
    assert {one.id for one in without_texts(marked).fields} == {"name", "date", "number", "qr"}


def written(layout: Layout, **contents: str) -> Layout:
    """With other texts, by the ids of their fields."""
    fields = tuple(
        one.model_copy(update={"content": contents.get(one.id, one.content)})
        for one in layout.fields
    )
    return Layout(fields=fields)


def test_what_was_written_on_one_design_stands_on_the_next_and_so_does_what_was_added():
    before = written(layout_of(replace(WAVES, organization="{organization}"), LINK), title="Bravo")
    number = before.field("number").model_copy(update={"shown": False, "before": "Nr. "})
    added = Field(id="text-1", kind="text", content="since 1999", box=number.box)
    kept = [one for one in before.fields if one.id not in ("lead", "number")]
    before = Layout(fields=(*kept, number, added))
    after = with_what_was_written(layout_of(replace(RIBBON, language="zh"), LINK), before)
    assert after.field("title").content == "Bravo"
    assert after.field("title").color == RIBBON.style.main
    assert after.field("number").before == "Nr. "
    assert not after.field("number").shown
    assert after.field("text-1") == added
    # It was removed.
    assert "lead" not in {one.id for one in after.fields}


def test_texts_that_nobody_has_changed_are_in_the_language_of_the_next_design():
    english, chinese = (
        layout_of(replace(flat("waves"), title=title, event="{event}", language=language), LINK)
        for language, title in (("en", "Certificate of Appreciation"), ("zh", "志愿服务证书"))
    )
    after = with_what_was_written(chinese, english)
    for name in ("title", "lead", "thanks"):
        assert after.field(name).content == chinese.field(name).content


def test_a_record_takes_no_texts_away_from_the_next_design():
    after = with_what_was_written(layout_of(WAVES, LINK), layout_of(RECORD, LINK))
    assert {one.id for one in after.fields} >= {"lead", "thanks", "signature", "title"}
    assert not [one for one in after.fields if one.id.startswith("cell-")]


def test_a_signature_stands_over_the_line_for_it_and_goes_with_it_to_the_next_design():
    ink = logo(600, 200)
    before = with_signature(layout_of(WAVES, LINK), ink, 1.414)
    for layout in (before, with_what_was_written(layout_of(RIBBON, LINK), before)):
        line, signed = layout.field("signature-line").box, layout.field("signed").box
        assert signed.top < line.top < signed.top + signed.height
        middle = line.left + line.width / 2
        assert signed.left + signed.width / 2 == pytest.approx(middle, abs=0.01)
    again = with_signature(before, logo(300, 300), 1.414)
    assert [one.id for one in again.fields].count("signed") == 1


def test_a_signature_has_a_place_on_any_certificate():
    for ratio in (0.707, 1.414):
        box = with_signature(Layout(), logo(600, 200), ratio).field("signed").box
        assert box.width * ratio / box.height == pytest.approx(3)
