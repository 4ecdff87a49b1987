"""Layouts: JSON with a version, refused in words, and the positions of the old API."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import LayoutRefused, explain
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout, from_old_positions, standard_layout
from shared.rendering.text.typesetting import NEW

SIZE = (1754, 1240)
BOX = {"left": 0.1, "top": 0.1, "width": 0.5, "height": 0.2}
shares = st.floats(0, 1)


def test_a_layout_survives_json():
    layout = standard_layout()
    assert Layout.from_json(layout.to_json()) == layout
    assert Layout.from_json(json.loads(layout.to_json())) == layout
    assert json.loads(layout.to_json())["version"] == 3


def test_texts_of_version_1_keep_their_braces():
    content = "{event} {{x} }"
    text = {"kind": "text", "box": BOX, "content": content}
    first = Layout.from_json({"version": 1, "fields": [text]})
    assert first.field("text").content_of(Facts("", event="Run"), NEW) == content
    again = Layout.from_json(first.to_json())
    assert again.field("text").content_of(Facts("", event="Run"), NEW) == content


def test_layouts_of_earlier_versions_stay_as_they_were_stored():
    stored = '{"version":2,"fields":[]}'
    assert Layout.from_json(stored).to_json() == stored
    assert Layout.from_json({"version": 1, "fields": []}).version == 2


def test_an_unknown_placeholder_is_refused_with_those_that_there_are():
    text = {"kind": "text", "box": BOX, "content": "For {evnet}"}
    with pytest.raises(LayoutRefused, match="is unknown") as refusal:
        Layout.from_json({"fields": [text]})
    with pytest.raises(LayoutRefused, match="evnet"):
        Layout.from_json({"alt": "{evnet}", "fields": []})
    for said in ("{evnet}", "{event}", "{organization}", "{column:Title}"):
        assert said in str(refusal.value)
    assert "{evnet}" in explain(refusal.value, "zh")


def test_a_field_that_has_only_kind_and_box_is_complete():
    layout = Layout.from_json({"fields": [{"kind": "name", "box": BOX}]})
    field = layout.field("name")
    assert (field.face, field.align, field.vertical, field.shown) == (
        "kai",
        "center",
        "middle",
        True,
    )


@pytest.mark.parametrize(
    ("document", "named"),
    [
        ("{", "not JSON"),
        pytest.param("[" * 100_000, "not JSON", id="nested"),
        ("[]", "dictionary"),
        ({"version": 4, "fields": []}, "version"),
        ({"version": 1, "fields": 7}, "fields"),
        ({"version": 1, "fields": [7]}, "“1”"),
        ({"fields": [{"kind": "name", "box": BOX, "colour": "red"}]}, "“name”.colour"),
        ({"fields": [{"kind": "name", "box": {**BOX, "width": 0}}]}, "“name”.box.width"),
        ({"fields": [{"kind": "name", "box": {**BOX, "left": 0.6}}]}, "leaves the picture"),
        ({"fields": [{"kind": "name", "box": {**BOX, "left": -0.1}}]}, "“name”.box.left"),
        ({"fields": [{"kind": "name", "box": {**BOX, "left": "NaN"}}]}, "“name”.box.left"),
        ({"fields": [{"kind": "name", "box": BOX, "color": "red"}]}, "“name”.color"),
        ({"fields": [{"kind": "name", "box": BOX, "face": "comic"}]}, "“name”.face"),
        ({"fields": [{"kind": "name", "box": BOX, "rotation": 45}]}, "“name”.rotation"),
        ({"fields": [{"kind": "name", "box": BOX, "minimum_size": 0.5}]}, "minimum_size"),
        ({"fields": [{"id": "role", "kind": "column", "box": BOX}]}, "“role”"),
        ({"fields": [{"kind": "name", "box": BOX}] * 2}, "two fields have the id name"),
        ({"fields": [7]}, "“1”"),
        ({"fields": "none"}, "fields"),
    ],
)
def test_a_wrong_layout_is_refused_naming_the_field(document, named):
    with pytest.raises(LayoutRefused) as refusal:
        Layout.from_json(document)
    assert named in str(refusal.value)


def test_sums_of_fractions_may_be_a_rounding_error_over_the_edge():
    Box(left=0.7, top=0.9, width=0.30000000000000004, height=0.1)


@given(st.builds(dict, left=shares, top=shares, width=shares, height=shares))
def test_any_box_is_inside_the_picture_or_refused(box):
    try:
        layout = Layout.from_json({"fields": [{"kind": "name", "box": box}]})
    except LayoutRefused:
        assert (
            box["left"] + box["width"] > 1
            or box["top"] + box["height"] > 1
            or 0 in (box["width"], box["height"])
        )
    else:
        assert Layout.from_json(layout.to_json()) == layout


# The old API's positions


def test_the_old_position_of_the_name_is_its_centre_and_its_top():
    box = from_old_positions(standard_layout(), SIZE, name=(877, 620)).field("name").box
    assert (box.left + box.width / 2) * SIZE[0] == pytest.approx(877)
    assert box.top * SIZE[1] == pytest.approx(620)
    assert box.width == pytest.approx(0.7)


def test_old_positions_of_number_and_date_are_where_they_begin():
    layout = from_old_positions(standard_layout(), SIZE, number=(200, 1100), date=(900, 1100))
    for kind, x in (("number", 200), ("date", 900)):
        field = layout.field(kind)
        assert field.box.left * SIZE[0] == pytest.approx(x)
        assert (field.align, field.vertical, field.shown) == ("left", "top", True)


@pytest.mark.parametrize("position", [(0, 0), (-5, 100), (100, 0)])
def test_number_and_date_are_not_shown_while_their_old_position_is_not_positive(position):
    layout = from_old_positions(standard_layout(), SIZE, number=position)
    assert not layout.field("number").shown
    assert layout.field("date") == standard_layout().field("date")
    again = from_old_positions(layout, SIZE, number=(100, 100))
    assert again.field("number").shown


def test_a_field_that_the_layout_does_not_have_is_added():
    assert from_old_positions(Layout(), SIZE, name=(877, 620)).field("name").shown


def test_what_is_not_given_stays():
    custom = Layout(fields=(Field(id="name", kind="name", box=Box(**BOX), color="#aa0000"),))
    assert from_old_positions(custom, SIZE) == custom
    assert from_old_positions(custom, SIZE, name=(5, 5)).field("name").color == "#aa0000"


@given(st.tuples(*[st.floats(-5000, 50_000)] * 2), st.tuples(*[st.floats(-5000, 50_000)] * 2))
def test_any_old_position_gives_a_layout_that_can_be_stored(name, number):
    layout = from_old_positions(standard_layout(), SIZE, name=name, number=number, date=number)
    assert Layout.from_json(layout.to_json()) == layout
