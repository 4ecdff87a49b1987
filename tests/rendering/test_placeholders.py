"""Placeholders in texts: filled in one pass, left out if empty, drawn once if all say the same."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import LayoutRefused
from shared.rendering.design import compile_design, drawn, render_certificate
from shared.rendering.facts import Facts, value_of
from shared.rendering.layout import Field, Layout
from shared.rendering.placed import check
from shared.rendering.placeholders import (
    escaped,
    filled,
    placeholders_in,
    unknown_in,
    written,
)
from shared.rendering.text.rules import INNER_QUOTES, SINGULAR
from shared.rendering.text.typesetting import NEW, Typesetting
from tests.support.drawn_designs import box, layout_of, template

DAY = datetime.date(2026, 11, 24)
FACTS = Facts(
    "Ana Souza",
    "2026-0001",
    DAY,
    {"Hours": "12", "Role {a}": "Guide"},
    "https://certificates.example.org/v/1",
    "en",
    event="Spring Run",
    organization="Green City",
    is_date_common=True,
)


def said(text, facts=FACTS, typesetting=NEW):
    field = Field(id="t", kind="text", content=text, box=box(0, 0, 1, 1))
    return field.content_of(facts, typesetting)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("For {event} by {organization}", "For Spring Run by Green City"),
        ("{name}, no. {number}, {date}", "Ana Souza, no. 2026-0001, November 24, 2026"),
        ("{column:Hours} hours as {column:Role {{a}}}", "12 hours as Guide"),
        ("{{event}} is {event}", "{event} is Spring Run"),
        ("a } b }} c {{ d", "a } b } c { d"),
        ("{event}}", "Spring Run}"),
    ],
)
def test_placeholders_say_what_they_stand_for(text, result):
    assert said(text) == result


@pytest.mark.parametrize(
    "text", ["{", "{}", "{ event }", "{Event}", "{column:}", "{event", "{{{", "{column:a{b}"]
)
def test_a_brace_that_belongs_to_no_placeholder_is_found(text):
    assert unknown_in(text)


def test_a_sentence_whose_placeholders_are_all_empty_is_left_out():
    nobody = replace(FACTS, organization=" ", columns={})
    assert said("Presented by {organization}", nobody) == ""
    assert said("{organization}, {column:Hours} hours", nobody) == ""
    assert said("{event}: {column:Hours} hours", nobody) == "Spring Run: hours"


def test_a_quoted_name_has_inner_quotation_marks_but_on_designs_of_before():
    facts = replace(FACTS, event="“学雷锋”志愿服务")
    assert said("参与“{event}”：{event}", facts) == "参与“‘学雷锋’志愿服务”：“学雷锋”志愿服务"
    before = Typesetting(INNER_QUOTES - 1)
    assert said("参与“{event}”", facts, before) == "参与““学雷锋”志愿服务”"


@pytest.mark.parametrize(
    ("hours", "result"),
    [
        ("1", "1 hour"),
        ("11", "11 hours"),
        ("0.1", "0.1 hours"),
        ("1.1", "1.1 hours"),
        ("0", "0 hours"),
    ],
)
def test_one_hour_is_an_hour_but_on_designs_of_before(hours, result):
    facts = replace(FACTS, columns={"Hours": hours})
    field = Field(
        id="h", kind="column", content="Hours", after=" hours", size=0.05, box=box(0, 0, 1, 1)
    )
    for typesetting, expected in ((NEW, result), (Typesetting(SINGULAR - 1), f"{hours} hours")):
        assert said("{column:Hours} hours of help", facts, typesetting) == f"{expected} of help"
        assert field.content_of(facts, typesetting) == expected


def test_braces_in_a_value_stay_text():
    assert said("For {event}", replace(FACTS, event="{name} {{")) == "For {name} {{"


@given(st.text(), st.text(alphabet="{}evnt:column"))
def test_any_text_can_be_written_and_any_title_be_a_placeholder(text, title):
    assert unknown_in(escaped(text)) is None
    assert filled(escaped(text), lambda _: "x") == text
    if title:
        placeholder = f"column:{title}"
        assert placeholders_in(f"a {written(placeholder)} b") == {placeholder}
        assert filled(f"{{{{{written(placeholder)}", lambda _: text + "!") == "{" + text + "!"


# Drawn once, or for each


def with_texts(*contents, **more):
    # One below the other, the last over the name.
    fields = [
        Field(id=f"t{n}", kind="text", content=one, box=box(0.1, 0.1 * n, 0.8, 0.09), size=0.05)
        for n, one in enumerate(contents)
    ]
    name = Field(id="name", kind="name", box=box(0.1, 0.6, 0.8, 0.2), size=0.1)
    code = Field(id="qr", kind="qr", box=box(0.8, 0.8, 0.15, 0.2))
    return layout_of(name, *fields, code, **more)


TEXTS = with_texts("For {event}", "{organization}, {date}", "{column:Hours} hours", "Thanks")


@pytest.mark.parametrize("format", ["jpg", "png", "pdf"])
def test_what_is_the_same_for_all_is_drawn_once_with_the_same_bytes(format):
    each = compile_design(template(), TEXTS)
    once = compile_design(template(), TEXTS, common=FACTS.common)
    assert [field.id for field in each.fields] == ["name", "t0", "t1", "t2", "qr"]
    assert [field.id for field in once.fields] == ["name", "t2", "qr"]
    for facts in (FACTS, replace(FACTS, name="李雷", columns={})):
        assert render_certificate(once, facts, format) == render_certificate(each, facts, format)


def test_a_date_that_is_not_the_same_for_all_is_drawn_for_each():
    alone = replace(FACTS, is_date_common=False)
    once = compile_design(template(), TEXTS, common=alone.common)
    assert [field.id for field in once.fields] == ["name", "t1", "t2", "qr"]


def test_designs_differ_by_what_their_texts_say_and_by_nothing_else():
    def made(facts, layout=TEXTS):
        return compile_design(template(), layout, common=facts.common)

    assert made(FACTS) is made(replace(FACTS, name="李雷", number="2", columns={"Hours": "1"}))
    other = made(replace(FACTS, event="Autumn Run"))
    assert other is not made(FACTS)
    plain = with_texts("Thanks")
    assert made(FACTS, plain) is made(replace(FACTS, event="Autumn Run"), plain)


def test_what_was_issued_is_set_as_it_was_whatever_the_rules_are_now():
    """Text of all is set with each certificate, so that later rules leave it alone."""
    design = compile_design(template(), TEXTS, common=FACTS.common)
    kept = design.typesetting_of(FACTS)
    assert kept.fields.keys() == {"name", "t0", "t1", "t2"}
    moved = {id: {**one, "size": one["size"] / 2} for id, one in kept.fields.items()}
    issued = replace(FACTS, typesetting=Typesetting(kept.rules, moved))
    before = render_certificate(compile_design(template(), TEXTS), issued, "png")
    once = compile_design(template(), TEXTS, common=issued.common)
    assert render_certificate(once, issued, "png") == before
    assert before != render_certificate(design, FACTS, "png")


def test_a_text_that_fits_only_without_the_facts_refuses_to_be_stored_and_then_each_name():
    long = replace(FACTS, event="Run " * 200)
    layout = with_texts("For {event}")
    with pytest.raises(LayoutRefused, match="does not fit its box"):
        compile_design(template(), layout).refuse_unfit(long)
    # Renamed afterwards: whoever draws it is told, and nothing else ends.
    once = compile_design(template(), layout, common=long.common)
    assert [field.id for field in once.fields] == ["name", "t0", "qr"]


def test_without_a_person_only_what_is_the_same_for_all_is_drawn():
    once = compile_design(template(), TEXTS, common=FACTS.common)
    assert drawn(once, Facts("")) == []
    assert {one.id for one in check(once, FACTS)} == {"name", "t2"}


def test_a_text_names_the_columns_that_it_shows():
    text = Field(id="t", kind="text", content="{column:Hours} {event}", box=box(0, 0, 1, 1))
    assert text.columns == {"Hours"}
    assert not text.is_fixed
    assert Layout(fields=(text,)).fields[0].is_text
    assert value_of("column:Hours", FACTS) == "12"
