"""Whatever a hand or a slider does, the layout stays one that can be stored."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.screens.certificate import placement
from console.screens.certificate.editing import field_name
from shared.errors import LayoutRefused
from shared.rendering.layout import Layout, standard_layout

fractions = st.floats(-2, 3, allow_nan=False)
boxes = st.fixed_dictionaries(dict.fromkeys(("left", "top", "width", "height"), fractions))


def edited(field: str, **said: Any) -> Layout:
    return placement.edited(standard_layout(), {"field": field, **said})


@given(boxes)
def test_a_dropped_box_always_ends_inside_of_the_picture(box: dict[str, float]):
    placed = edited("name", box=box).field("name").box
    assert placed.left + placed.width <= 1.000001
    assert placed.top + placed.height <= 1.000001
    assert placed.width >= placement.SMALLEST_SIDE


@given(st.floats(0.005, 0.3), st.floats(0.005, 0.3))
def test_the_smallest_size_never_exceeds_the_size(size: float, minimum: float):
    layout = placement.changed(standard_layout(), "name", minimum_size=minimum / 2)
    name = placement.changed(layout, "name", size=size).field("name")
    assert name.size == size
    assert name.minimum_size <= size


def test_a_box_inside_stays_where_it_was_put():
    box = {"left": 0.1, "top": 0.2, "width": 0.3, "height": 0.4}
    placed = edited("name", box=box).field("name").box
    assert placed.model_dump() == box


def test_fields_that_are_not_named_stay():
    before = standard_layout()
    after = edited("name", box={"left": 0, "top": 0, "width": 1, "height": 1})
    assert after.field("date") == before.field("date")


def test_every_kind_can_be_switched_on_and_none_is_there_twice():
    layout = placement.with_all_kinds(placement.with_all_kinds(Layout()))
    shown = {field.kind: field.shown for field in layout.fields}
    assert shown == {"name": True, "number": False, "date": False, "qr": False}
    assert len(layout.fields) == 4


def test_texts_and_columns_come_and_go():
    layout = placement.with_added(standard_layout(), "text", "one")
    layout = placement.with_added(layout, "text", "two")
    layout = placement.with_added(layout, "column", "team")
    assert [field.id for field in layout.fields][-3:] == ["text-1", "text-2", "column-1"]
    again = placement.with_added(placement.without(layout, "text-1"), "text", "three")
    assert again.fields[-1].id == "text-1"


@pytest.mark.parametrize(
    ("text", "name"),
    [("for your help", "“for your help”"), ("This certificate is for", "“This certificate is…”")],
)
def test_a_text_is_named_by_its_beginning_which_says_so(text: str, name: str):
    layout = placement.with_added(standard_layout(), "text", text)
    assert field_name(layout.fields[-1]) == name


@given(boxes, st.sampled_from([0.5, 0.9, 1.12, 3.0]), st.sampled_from(["left", "center", "right"]))
def test_what_is_made_larger_or_smaller_stays_inside_and_where_it_was(
    box: dict[str, float], factor: float, align: str
):
    before = edited("name", box=box)
    before = placement.changed(before, "name", align=align)
    after = placement.scaled(before, "name", factor).field("name")
    assert after.box.left + after.box.width <= 1.000001
    assert after.minimum_size <= after.size <= placement.MOST_LETTERS


def test_a_step_back_after_a_larger_one_is_where_it_began():
    box = {"left": 0.3, "top": 0.4, "width": 0.3, "height": 0.1}
    before = edited("name", box=box)
    larger = placement.scaled(before, "name", 1.12).field("name")
    assert larger.size > before.field("name").size
    assert larger.box.left < 0.3
    back = placement.scaled(placement.scaled(before, "name", 1.12), "name", 1 / 1.12).field("name")
    assert back.size == pytest.approx(before.field("name").size)
    assert back.box.left == pytest.approx(0.3)


def test_shares_are_given_in_percent_within_their_bounds():
    name = edited("name", set={"left": 5.0, "size": 90}).field("name")
    assert (name.box.left, name.size) == (0.05, 0.3)


def test_weight_spacing_and_small_capitals_are_stored_as_the_layout_has_them():
    given = {"face": "book", "weight": "700", "letter_spacing": 12, "line_spacing": 150}
    name = edited("name", set=given).field("name")
    assert (name.weight, name.letter_spacing, name.line_spacing) == (700, 0.12, 1.5)
    # The brush has no small capitals.
    assert edited("name", set={"features": True}).field("name").features == ()
    small = standard_layout("en")
    said = {"field": "name", "set": {"features": True}}
    assert placement.edited(small, said).field("name").features == ("smcp",)


def test_a_number_takes_words_before_it():
    assert edited("number", set={"before": "No. "}).field("number").before == "No. "


def test_what_cannot_be_set_stays():
    before = standard_layout()
    assert edited("name", set={"shown": False, "kind": "qr", "content": "x"}) == before
    assert edited("name", remove=True) == before
    assert edited("gone", box={"left": 0, "top": 0, "width": 1, "height": 1}) == before


@pytest.mark.parametrize("forged", ["no colour", "#GGGGGG", "#abc", "#aabbcc\n"])
def test_what_is_no_colour_is_refused(forged: str):
    with pytest.raises(LayoutRefused):
        edited("name", set={"color": forged})
