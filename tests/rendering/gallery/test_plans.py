"""Each design that has a plan of its own keeps its fields apart and clear of the edge, whatever
they say."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.rendering.design import compile_design
from shared.rendering.gallery.catalogue import SHEET_LANGUAGES, STYLES, DesignChoice, style_named
from shared.rendering.gallery.layouts import (
    layout_of,
    size_of,
    with_what_was_written,
)
from shared.rendering.gallery.plans import FACTS, LONG_MM
from shared.rendering.layout import Field
from shared.rendering.placed import check
from tests.support.drawn_designs import template
from tests.support.gallery_choices import LINK, facts, logo

# Printers and frames take what is closer to the edge.
SAFE_MM = 6.0
PLANNED = [style for style in STYLES if style.plan]
SIGNERS = (("Maria Fernández", "Chair"), ("John Doe", "Coordinator"))
# The list says all that a design may say of what somebody did.
CELLS = tuple((name, ("column", name)) for name in FACTS)
# As long as they are in life, and those with which a code has the next sizes.
LINKS = (LINK, LINK.replace("example", "volunteers-of-the-harbour"))


def choice_of(style: str, language: str, *, is_upright: bool, signing: int) -> DesignChoice:
    words = style_named(style).words
    return DesignChoice(
        *(style_named(style), language, words.title, "Spring Run", "Harbour Friends"),
        is_upright=is_upright,
        cells=CELLS,
        signers=SIGNERS[:signing],
        logo=logo(300, 200),
    )


def places(choice: DesignChoice, link: str = LINK) -> dict[str, Field]:
    """What is drawn; a seal may lie over others, and rules are as fine as hairs."""
    return {one.id: one for one in layout_of(choice, link).fields if one.kind != "rule"}


each = [
    pytest.param(choice_of(style.name, language, is_upright=is_upright, signing=signing), id=name)
    for style in PLANNED
    for language in SHEET_LANGUAGES
    for is_upright in (False, True)
    for signing in (0, 1, 2)
    for name in [f"{style.name}-{language}-{'upright' if is_upright else 'flat'}-{signing}"]
]


@pytest.mark.parametrize("choice", each)
def test_no_field_lies_on_another_and_none_is_near_the_edge(choice: DesignChoice):
    width, height = size_of(choice)
    edge = SAFE_MM / LONG_MM * max(width, height)
    for link in LINKS:
        boxes = {id: one.box for id, one in places(choice, link).items()}
        for id, box in boxes.items():
            assert box.left * width >= edge, id
            assert box.top * height >= edge, id
            assert (1 - box.left - box.width) * width >= edge, id
            assert (1 - box.top - box.height) * height >= edge, id
        over = [
            (one, other)
            for (one, a), (other, b) in combinations(boxes.items(), 2)
            if a.left < b.left + b.width - 1e-6
            and b.left < a.left + a.width - 1e-6
            and a.top < b.top + b.height - 1e-6
            and b.top < a.top + a.height - 1e-6
        ]
        assert over == []


@pytest.mark.parametrize("choice", each)
def test_everything_that_was_said_has_its_place(choice: DesignChoice):
    shown = places(choice)
    assert shown.keys() >= {"title", "lead", "name", "thanks", "date", "number", "signature", "qr"}
    assert shown.keys() >= {"logo", "fact-hours", "fact-content", "fact-period"}
    signing = len(choice.signers)
    assert ("signature-2" in shown, "office-2" in shown) == (signing == 2, signing == 2)
    assert ("office" in shown) == (signing > 0)


WORDS = st.text(st.sampled_from("Aöilßm Wxy王明春山の カتبمح 12-’"), min_size=1, max_size=60)


@given(
    st.sampled_from(PLANNED),
    st.sampled_from(SHEET_LANGUAGES),
    st.booleans(),
    st.tuples(WORDS, WORDS, WORDS),
)
@settings(max_examples=40, deadline=None)
def test_names_and_events_of_every_length_stay_in_their_boxes(style, language, is_upright, words):
    name, event, organization = (word.strip() or "A" for word in words)
    choice = DesignChoice(
        style, language, style.words.title, event, organization, is_upright=is_upright
    )
    width, height = (side // 3 for side in size_of(choice))
    design = compile_design(template(width, height), layout_of(choice, LINK))
    said = replace(facts(replace(choice, language="en")), name=name)
    assert {one.id for one in check(design, said)} >= {"name", "date", "number"}
    for field in design.resolve_shown(said):
        if field.setting:
            ink, (width, height) = field.setting.ink, field.upright_size
            assert ink.left >= 0, field.field.id
            assert ink.top >= 0, field.field.id
            assert ink.right <= width, field.field.id
            assert ink.bottom <= height, field.field.id


@pytest.mark.parametrize("style", PLANNED, ids=lambda style: style.name)
def test_texts_run_from_the_right_where_their_language_does(style):
    english, arabic = (
        layout_of(choice_of(style.name, language, is_upright=False, signing=1), LINK)
        for language in ("en", "ar")
    )
    turned = {"left": "right", "right": "left", "center": "center"}
    for field in english.fields:
        if field.is_text and english.field("title").align != "center":
            other = arabic.field(field.id)
            assert other.align == turned[field.align], field.id
            mirrored = 1 - field.box.left - field.box.width
            assert other.box.left == pytest.approx(mirrored), field.id
    assert arabic.field("title").content == english.field("title").content
    assert arabic.field("lead").content != english.field("lead").content


@pytest.mark.parametrize("style", ["diploma", "cream", "gratitude", "modern"])
def test_who_signs_first_stands_where_reading_begins(style):
    english, arabic = (
        places(choice_of(style, language, is_upright=True, signing=2)) for language in ("en", "ar")
    )
    assert english["signature"].box.left < english["signature-2"].box.left
    assert arabic["signature"].box.left > arabic["signature-2"].box.left


LONG = {
    "en": "The Royal Society of Friends of the Harbour and its Tributaries",
    "ar": "الجمعية الملكية لأصدقاء الميناء وروافده في المدينة والمحافظة",
}


@pytest.mark.parametrize("language", LONG)
@pytest.mark.parametrize("style", PLANNED, ids=lambda style: style.name)
def test_a_long_organization_has_two_lines_and_not_tiny_letters(style, language):
    choice = DesignChoice(style, language, style.words.title, "Spring Run", LONG[language])
    field = layout_of(choice, LINK).field("signature")
    design = compile_design(template(1169, 827), layout_of(choice, LINK))
    said = facts(replace(choice, language="en"))
    shown = {one.field.id: one for one in design.resolve_shown(said)}
    setting = shown["signature"].setting
    assert len(setting.lines) == 2
    assert setting.size > 0.7 * field.size * 827


def test_a_seal_is_at_most_an_eighth_of_the_sheet_and_is_only_where_a_plan_has_one():
    found = [places(one.values[0]).get("rosette") for one in each]
    assert all(one.box.height <= 0.12 + 1e-6 for one in found if one)
    assert any(found)
    assert not all(found)


def test_who_signs_and_what_is_known_goes_along_to_the_next_design():
    before = layout_of(choice_of("morning", "en", is_upright=False, signing=2), LINK)
    plain = layout_of(choice_of("diploma", "en", is_upright=False, signing=2), LINK)
    after = with_what_was_written(plain, before)
    ids = {one.id for one in after.fields}
    assert ids == {one.id for one in plain.fields}
    assert after.field("lead").content == plain.field("lead").content


def test_what_a_design_says_by_itself_does_not_go_along_but_the_same_words_typed_elsewhere_do():
    cream, plain = (
        layout_of(choice_of(style, "en", is_upright=False, signing=0), LINK)
        for style in ("cream", "axis")
    )
    assert with_what_was_written(plain, cream).field("title").content == (
        "Certificate of Appreciation"
    )
    title = plain.field("title").model_copy(update={"content": "Thank You"})
    fields = tuple(title if one.id == "title" else one for one in plain.fields)
    typed = plain.model_copy(update={"fields": fields})
    assert with_what_was_written(plain, typed).field("title").content == "Thank You"


@pytest.mark.parametrize("is_upright", [False, True], ids=["flat", "upright"])
@pytest.mark.parametrize("name", ["Ana Souza", "Maximiliana Alexandra von Hohenberg-Schwarzenfels"])
@pytest.mark.parametrize("style", ["modern", "meetup", "night", "finish", "lifebuoy"])
def test_a_large_name_stands_midway_between_what_is_said_around_it(style, name, is_upright):
    """However short or small it is, it leaves no hole on one side."""
    choice = replace(choice_of(style, "en", is_upright=is_upright, signing=1), logo=None)
    width, height = (side // 3 for side in size_of(choice))
    design = compile_design(template(width, height), layout_of(choice, LINK))
    said = replace(facts(choice), name=name)
    shown = {one.field.id: one for one in design.resolve_shown(said)}
    lead, written, thanks = (shown[id] for id in ("lead", "name", "thanks"))
    over = written.box.top + written.setting.ink.top - lead.box.top - lead.setting.ink.bottom
    under = thanks.box.top + thanks.setting.ink.top - written.box.top - written.setting.ink.bottom
    assert abs(over - under) < 10 / LONG_MM * max(width, height)
