"""A field that is cut out and laid over the sheet looks as it does on the certificate."""

import io
from dataclasses import replace

import numpy
import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_field, render_preview
from shared.rendering.facts import Facts
from shared.rendering.layout import Field
from tests.support.drawn_designs import SEAL, box, layout_of, seal, template

WIDTH = 450
PLACE = box(0.1, 0.4, 0.8, 0.2).model_dump()
FACTS = Facts("Dr. Ana Lima 王小明 🎉", number="7", link="https://example.org/v/1")


@pytest.mark.parametrize(
    "field",
    [
        {"kind": "name", "color": "#7a1f10"},
        {"kind": "name", "rotation": 90, "box": box(0.1, 0.1, 0.2, 0.8).model_dump()},
        {"kind": "qr", "box": box(0.3, 0.3, 0.2, 0.3).model_dump()},
        {"kind": "picture", "content": SEAL, "box": box(0.4, 0.4, 0.2, 0.3).model_dump()},
    ],
)
def test_a_field_laid_over_the_sheet_is_the_preview(field):
    sheet = template()
    design = compile_design(
        sheet, layout_of(Field.model_validate({"box": PLACE, **field})), {SEAL: seal()}
    )
    [shown] = design.shown
    resolved = design.resolve_facts(shown, FACTS)
    cut = Image.open(io.BytesIO(render_field(design, resolved, WIDTH)))
    assert cut.mode == "RGBA"
    laid = (
        Image.open(io.BytesIO(sheet)).convert("RGBA").resize((WIDTH, 320), Image.Resampling.HAMMING)
    )
    corner = (round(resolved.box.left / 2), round(resolved.box.top / 2))
    laid.alpha_composite(cut, corner)
    seen = Image.open(io.BytesIO(render_preview(design, FACTS, WIDTH))).convert("RGB")
    apart = numpy.abs(numpy.asarray(laid.convert("RGB"), int) - numpy.asarray(seen, int))
    # A JPEG is a little off at edges.
    assert apart.mean() < 1.5
    assert numpy.percentile(apart, 99.5) < 40


def test_what_is_not_drawn_is_clear_and_what_moves_is_the_same():
    design = compile_design(
        template(), layout_of(Field.model_validate({"kind": "name", "box": PLACE}))
    )
    resolved = design.resolve_facts(design.shown[0], FACTS)
    cut = Image.open(io.BytesIO(render_field(design, resolved, WIDTH)))
    assert cut.getpixel((0, 0)) == (0, 0, 0, 0)
    elsewhere = replace(resolved, box=replace(resolved.box, left=0, top=0))
    assert render_field(design, elsewhere, WIDTH) == render_field(design, resolved, WIDTH)
    assert design.look_of(elsewhere) == design.look_of(resolved)
