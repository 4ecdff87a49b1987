"""A rosette is the same on each drawing of a certificate, and another on every other one."""

import io

import numpy
import pymupdf
import pytest
from PIL import Image
from pydantic import ValidationError

from shared.rendering.design import CompiledDesign, compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout

BOX = Box(left=0.4, top=0.4, width=0.1, height=0.12)
_FILE = io.BytesIO()
Image.new("RGB", (1000, 707), "#ffffff").save(_FILE, "PNG")
LINK = "https://certificates.example.org/v/"


def design(**more: object) -> CompiledDesign:
    field = Field(id="rosette", kind="rosette", box=BOX, color="#102030", **more)
    return compile_design(_FILE.getvalue(), Layout(fields=(field,)))


def drawn(id: str, address: str = LINK) -> numpy.ndarray:
    file = render_certificate(design(), Facts("Ana", link=address + id), "png")
    return numpy.asarray(Image.open(io.BytesIO(file)).convert("L"))


def test_it_is_decided_by_the_public_id_wherever_the_installation_is():
    assert (drawn("one") == drawn("one", "https://elsewhere.example.org/v/")).all()
    assert (drawn("one") != drawn("two")).any()


def test_twenty_certificates_have_twenty_rosettes():
    assert len({drawn(f"id-{number}").tobytes() for number in range(20)}) == 20


def test_it_stays_in_its_box():
    rows, across = numpy.nonzero(drawn("one") < 200)
    assert across.min() >= 400
    assert across.max() < 500
    assert rows.min() >= round(0.4 * 707)
    assert rows.max() < round(0.52 * 707)


def test_a_pdf_shows_what_the_picture_shows_and_readers_pass_it_over():
    file = render_certificate(design(), Facts("Ana", link=LINK + "one"), "pdf")
    [page] = pymupdf.open(stream=file)
    seen = page.get_pixmap(matrix=pymupdf.Matrix(1000 / page.rect.width, 1000 / page.rect.width))
    grey = numpy.frombuffer(seen.samples, numpy.uint8).reshape(seen.height, seen.width, 3)[..., 0]
    there, picture = (one[290:362, 405:495] < 160 for one in (grey, drawn("one")))
    assert there.any()
    assert (there == picture).mean() > 0.8
    # The template alone is a figure.
    assert file.count(b"/S/Figure") == 1


def test_a_generator_that_nobody_knows_is_refused():
    assert '"generator":1' in design().layout.to_json()
    with pytest.raises(ValidationError):
        design(generator=2)
