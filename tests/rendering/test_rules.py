"""The line at a field is drawn only when the field says something, on picture and page."""

import io
from dataclasses import replace

import numpy
import pymupdf
import pytest
from PIL import Image

from console.screens.certificate import placement
from shared.errors import LayoutRefused
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Field, Layout
from tests.support.drawn_designs import box, layout_of, template

RED = (0xC0, 0, 0)
SIGNED = Facts("Ana", organization="Green City")
LAYOUT = layout_of(
    Field(id="name", kind="name", box=box(0.1, 0.2, 0.8, 0.2)),
    Field(id="by", kind="text", content="{organization}", box=box(0.2, 0.7, 0.4, 0.1), size=0.04),
    Field(id="by-line", kind="rule", content="by", box=box(0.2, 0.69, 0.4, 0.001), color="#c00000"),
)


def red_rows(facts, layout=LAYOUT, common=False):
    design = compile_design(template(), layout, common=(facts if common else Facts("")).common)
    png = render_certificate(design, facts, "png")
    picture = numpy.asarray(Image.open(io.BytesIO(png)).convert("RGB"))
    return sorted({int(row) for row in numpy.nonzero((picture == RED).all(axis=2))[0]})


@pytest.mark.parametrize("common", [False, True])
def test_it_is_a_hairline_where_the_field_says_something_and_else_nothing(common):
    assert red_rows(SIGNED, common=common) == [442]
    assert red_rows(replace(SIGNED, organization=""), common=common) == []


def test_it_is_on_the_page_as_on_the_picture_and_read_by_nobody():
    design = compile_design(template(), LAYOUT)

    def lines(facts):
        with pymupdf.open(stream=render_certificate(design, facts, "pdf")) as pdf:
            return [one["rect"].width / pdf[0].rect.width for one in pdf[0].get_drawings()]

    assert lines(SIGNED) == [pytest.approx(0.4, rel=0.01)]
    assert lines(replace(SIGNED, organization="")) == []


def test_it_goes_where_its_field_goes_and_with_it():
    box = {"left": 0.3, "top": 0.5, "width": 0.4, "height": 0.1}
    moved = placement.edited(LAYOUT, {"field": "by", "box": box})
    line = moved.field("by-line").box
    assert (line.left, line.top, line.width) == pytest.approx((0.3, 0.49, 0.4))
    assert [one.id for one in placement.placed(LAYOUT)] == ["name", "by"]
    assert [one.id for one in placement.without(LAYOUT, "by").fields] == ["name"]
    hidden = placement.changed(LAYOUT, "by", shown=False)
    assert red_rows(SIGNED, hidden) == []


def test_a_rule_of_no_field_is_refused():
    rule = {"kind": "rule", "content": "nobody", "box": LAYOUT.fields[2].box.model_dump()}
    with pytest.raises(LayoutRefused, match="rule"):
        Layout.from_json({"fields": [rule]})
