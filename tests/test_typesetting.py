"""What was issued stays as it is, whatever rules of setting text come later."""

import io

import numpy
import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from tests import issued_before


def pixels(file):
    with Image.open(io.BytesIO(file)) as picture:
        return numpy.asarray(picture.convert("RGB"))


@pytest.mark.parametrize("case", issued_before.CASES)
def test_a_certificate_of_the_first_version_keeps_its_pixels(case):
    design = compile_design(issued_before.template(), issued_before.layout(case))
    drawn = pixels(render_certificate(design, issued_before.facts(case), "png"))
    assert (drawn == issued_before.as_issued(case)).all()
