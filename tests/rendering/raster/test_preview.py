"""The preview is the certificate, scaled down and never up."""

import io
import random

import pytest
from PIL import Image

from shared.rendering.design import compile_design, render_certificate, render_preview
from shared.rendering.facts import Facts
from shared.rendering.layout import standard_layout
from tests.support.drawn_designs import NOVEMBER, SEAL, pixels, random_layout, seal, template


@pytest.mark.parametrize("seed", range(8))
def test_the_preview_is_the_certificate_scaled_down(seed):
    choose = random.Random(seed)
    size = (choose.randint(900, 2000), choose.randint(600, 1400))
    design = compile_design(template(*size), random_layout(choose), {SEAL: seal()})
    facts = Facts("José 吉田", "No. 7", NOVEMBER, {"role": "Доброволец"}, "https://example.org")
    width = choose.randint(300, 800)
    height = round(size[1] * width / size[0])
    whole = Image.open(io.BytesIO(render_certificate(design, facts, "png")))
    buffer = io.BytesIO()
    whole.resize((width, height), Image.Resampling.HAMMING).save(buffer, "JPEG", quality=85)
    preview = pixels(render_preview(design, facts, width))
    assert preview.shape == (height, width, 3)
    # Scaled rows may differ by a rounding, which JPEG then spreads over its units.
    assert abs(preview - pixels(buffer.getvalue())).max() <= 10


def test_a_preview_is_never_larger_than_the_template():
    design = compile_design(template(), standard_layout())
    assert pixels(render_preview(design, Facts("A"), 3000)).shape == (640, 900, 3)
