"""The quality of a file is the best with which it is as small as asked."""

import datetime
import io
from functools import cache

import pytest
from PIL import Image

from shared.rendering.design import compile_design, drawn
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout, standard_layout
from shared.rendering.placed import QUALITIES, best_quality

FACTS = Facts("龘靐齉爩鱻麤 籲灪", "No. 00012", datetime.date(2026, 11, 24))


@cache
def paper(ground: str) -> bytes:
    """White paper or a picture with noise."""
    picture = Image.new("RGB", (1754, 1240), "white")
    if ground == "noise":
        picture = Image.effect_noise(picture.size, 60).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def designed(ground: str, color: str, size: float):
    """Letters that take the most bytes."""
    look = {"color": color, "face": "song", "size": size, "minimum_size": 0.01}
    fields = [field.model_copy(update=look) for field in standard_layout().fields]
    return compile_design(paper(ground), Layout(fields=tuple(fields)))


@pytest.mark.parametrize("size", [0.02, 0.05, 0.13])
@pytest.mark.parametrize("color", ["#222222", "#0040ff"])
@pytest.mark.parametrize("ground", ["white", "noise"])
def test_the_quality_is_the_best_whose_file_is_within_the_limit(ground, color, size):
    design = designed(ground, color, size)
    strips = drawn(design, FACTS)
    sizes = {one: len(design.jpeg_of(one).spliced(strips, None)) for one in QUALITIES}
    for quality in QUALITIES:
        for limit in (sizes[quality], sizes[quality] - 1):
            fitting = [one for one in QUALITIES if sizes[one] <= limit]
            assert best_quality(design, FACTS, limit) == (fitting or QUALITIES[-1:])[0]
