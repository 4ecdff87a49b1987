"""Drawing without the shaping library of the operating system."""

import hashlib
import subprocess
import sys

import pytest
from PIL import ImageFont

from shared.rendering.text.faces import chain
from shared.rendering.text.glyphs import opened, shape
from tests.support.rendering_names import NAMES

# What another process prints when it draws every name; `{setup}` runs before anything is loaded.
PROGRAM = """
import hashlib
{setup}
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import standard_layout
from tests.support.factories import sample_picture
from tests.support.rendering_names import NAMES
design = compile_design(sample_picture(1754), standard_layout())
digest = hashlib.sha256()
for name in NAMES.values():
    digest.update(render_certificate(design, Facts(name=name, number="7"), "png"))
print(digest.hexdigest())
"""
WITHOUT_RAQM = "from PIL import ImageFont; ImageFont.core.HAVE_RAQM = False"


def drawn_by_another_process(setup: str) -> str:
    command = [sys.executable, "-c", PROGRAM.format(setup=setup)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_machine_without_raqm_draws_the_same_bytes():
    digest = drawn_by_another_process(WITHOUT_RAQM)
    assert len(digest) == len(hashlib.sha256().hexdigest())
    assert digest == drawn_by_another_process("")


@pytest.mark.parametrize("script", sorted(NAMES))
def test_widths_are_those_of_the_unchanged_face(script: str):
    """The copied face's glyphs, one by one, are as wide as HarfBuzz says the text is."""
    face = chain("kai")[0]
    text = "".join(c for c in NAMES[script] if ord(c) in face.coverage) or "Ana"
    shaped = shape(face, text, False)
    font = opened(face, 1000)
    unkerned = sum(font.getlength(glyph.character) for glyph in shaped.glyphs) / 1000
    assert unkerned == pytest.approx(shaped.advance, abs=0.15)
    assert font.layout_engine is ImageFont.Layout.BASIC
