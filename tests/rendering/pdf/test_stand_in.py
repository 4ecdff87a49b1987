"""Pages are printed with one pixel, and the template is put in its place: a JPEG, or a design that
was drawn once for all of them."""

import hashlib
import io
import re
from typing import get_args

import numpy
import pikepdf
import pymupdf
import pytest
from PIL import Image

from shared.rendering.design import (
    CompiledDesign,
    compile_design,
    print_together,
    render_certificate,
)
from shared.rendering.facts import Facts
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.layout import standard_layout
from shared.rendering.pdf import Standard
from tests.support.carried import claims
from tests.support.gallery_choices import facts, flat, small


def template(mode: str = "RGB") -> bytes:
    buffer = io.BytesIO()
    Image.linear_gradient("L").resize((1000, 707)).convert(mode).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def page(content: bytes, **options: str) -> bytes:
    design = compile_design(content, standard_layout())
    return render_certificate(design, Facts("José"), "pdf", **options)


def drawn(style: str) -> CompiledDesign:
    """A design of the gallery, whose PDFs carry its drawing."""
    vector = draw_template(flat(style)).vector
    return small(flat(style)).printed(None, hashlib.sha256(vector).hexdigest(), lambda: vector)


# Of drawings, one with a gradient, which takes further objects.
CERTIFICATES = {
    "jpeg": lambda **options: page(template(), **options),
    "drawing": lambda **options: render_certificate(
        drawn("night"), facts(flat("night")), "pdf", **options
    ),
}


@pytest.mark.parametrize("standard", get_args(Standard))
@pytest.mark.parametrize("printed", CERTIFICATES.values(), ids=CERTIFICATES)
def test_every_object_is_where_the_page_says(printed, standard):
    pdf = printed(standard=standard)
    table = int(re.search(rb"startxref\n(\d+)\n%%EOF$", pdf)[1])
    rows = re.findall(rb"(\d{10}) \d{5} n", pdf[table:])
    assert pdf[table:].startswith(b"xref\n0 %d\n" % (len(rows) + 1))
    assert b"/Size %d/" % (len(rows) + 1) in pdf[table:]
    for number, place in enumerate(rows, 1):
        assert pdf[int(place) :].startswith(b"%d 0 obj\n" % number)
    assert not pymupdf.open(stream=pdf).is_repaired
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert opened.check_pdf_syntax() == []


def test_a_drawing_is_in_the_file_as_curves_and_once_for_many_pages():
    one, many = (
        print_together(drawn("diploma"), [facts(flat("diploma"))] * count) for count in (1, 20)
    )
    for printed in pymupdf.open(stream=many):
        assert len(printed.get_drawings()) > 50
    # A page with its own rosette, its texts and its code.
    assert len(many) - len(one) < 19 * 40_000
    with pikepdf.open(io.BytesIO(many)) as opened:
        forms = [
            found.objgen
            for printed in opened.pages
            for found in printed.Resources.XObject.values()
            if found.Subtype == "/Form"
        ]
    assert len(forms) == 20
    assert len(set(forms)) == 1


def test_a_drawing_is_for_screen_readers_and_archives_and_the_same_bytes_come_out():
    first = CERTIFICATES["drawing"]()
    assert claims(first) == {"ua-1", "a-3a"}
    design = drawn("night")
    del design.__dict__["pdf"]
    assert CERTIFICATES["drawing"]() == first


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
