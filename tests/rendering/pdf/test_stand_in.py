"""Pages are printed with one pixel, and the template's JPEG is put in its place."""

import io
import re
from typing import get_args

import numpy
import pymupdf
import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import standard_layout
from shared.rendering.pdf import Standard


def template(mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((1000, 707)).convert(mode).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def page(content: bytes, **options: str) -> bytes:
    design = compile_design(content, standard_layout())
    return render_certificate(design, Facts("José"), "pdf", **options)


@pytest.mark.parametrize("standard", get_args(Standard))
def test_every_object_is_where_the_page_says(standard):
    pdf = page(template(), standard=standard)
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF$", pdf)[1])
    rows = re.findall(rb"(\d{10}) \d{5} n", pdf[table:])
    assert pdf[table:].startswith(b"xref\n0 %d\n" % (len(rows) + 1))
    for number, place in enumerate(rows, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj\n" % number)
    assert not pymupdf.open(stream=pdf).is_repaired


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_the_page_shows_all_of_the_template(mode):
    content = template(mode)
    shown = pymupdf.open(stream=page(content))[0].get_pixmap(dpi=30)
    pixels = numpy.frombuffer(shown.samples, numpy.uint8).reshape(shown.height, shown.width, 3)
    small = Image.open(io.BytesIO(content)).convert("RGB").resize((shown.width, shown.height))
    # The left margin, which no text covers.
    assert abs(pixels[:, :20].astype(int) - numpy.asarray(small)[:, :20]).max() <= 3


def test_pages_that_differ_in_their_template_alone_have_different_names():
    names = {
        re.search(rb"InstanceID>(.+?)<", page(content))[1]
        for content in (template("RGB"), template("L"))
    }
    assert len(names) == 2
