"""The code on a certificate is read by a phone, whatever lies under it."""

import io

import numpy
import pytest
import zxingcpp
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Field
from tests.support.drawn_designs import SEAL, box, layout_of, pixels, seal, template


@pytest.mark.parametrize("format", ["jpg", "png"])
def test_a_phone_reads_the_code_even_over_a_seal_and_noise(format):
    over = Field(id="seal", kind="picture", content=SEAL, box=box(0.5, 0.4, 0.5, 0.6))
    code = Field(id="qr", kind="qr", box=box(0.6, 0.5, 0.25, 0.35))
    design = compile_design(template(noise=True), layout_of(over, code), {SEAL: seal()})
    link = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"
    file = render_certificate(design, Facts("A", link=link), format)
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(file)).convert("RGB"))
    assert [one.text for one in found] == [link]


def test_around_the_code_are_four_white_modules():
    code = Field(id="qr", kind="qr", box=box(0.1, 0.1, 0.5, 0.7))
    design = compile_design(template(), layout_of(code))
    found = pixels(render_certificate(design, Facts("A", link="https://example.org"), "png"))
    dark = numpy.argwhere((found == 0).all(axis=2))
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
    module = (bottom - top) // 25  # version 2 has 25 modules
    around = found[top - 4 * module : bottom + 4 * module, left - 4 * module : right + 4 * module]
    frame = numpy.ones(around.shape[:2], bool)
    frame[4 * module : -4 * module, 4 * module : -4 * module] = False
    assert (around[frame] == 255).all()
