"""A template is decoded once, however many layouts are tried on it."""

import io

import numpy
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout
from shared.rendering.raster.strips import full_jpeg
from shared.rendering.uploads.accepted import accept_template


def template():
    pixels = numpy.random.default_rng(5).integers(0, 256, (600, 848, 3), numpy.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return accept_template(buffer.getvalue()).content


def layout(left, text="Thank you"):
    name = Field(id="name", kind="name", box=Box(left=left, top=0.4, width=0.6, height=0.2))
    fixed = Field(
        id="text", kind="text", content=text, box=Box(left=left, top=0.1, width=0.5, height=0.1)
    )
    return Layout(fields=(name, fixed))


def test_a_hundred_layouts_hold_the_pixels_of_one():
    content = template()
    designs = [compile_design(content, layout(step / 1000)) for step in range(100)]
    assert len({id(design.template) for design in designs}) == 1
    own = sum(design.memory for design in designs) / len(designs)
    assert own < designs[0].template.memory / 4


def test_each_layout_on_a_shared_template_gives_its_own_certificate():
    content = template()
    for text in ("Thank you", "Well done", ""):
        design = compile_design(content, layout(0.1, text or " · "))
        whole = design.background.rows(0, design.height)
        for field in design.fields:
            field.paint(design.resolve_facts(field, Facts("Ana")), whole.image)
        assert render_certificate(design, Facts("Ana"), "jpg") == full_jpeg(whole.image)
        with Image.open(io.BytesIO(render_certificate(design, Facts("Ana"), "png"))) as png:
            assert png.tobytes() == whole.rgb.tobytes()
