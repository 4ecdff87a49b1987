"""Small glyphs are drawn once and put in place again: pixel for pixel what Pillow draws."""

import pytest
from PIL import Image, ImageDraw

from shared.rendering.text.drawing import draw_text
from shared.rendering.text.faces import chain
from shared.rendering.text.fitting import Style, fit, place
from shared.rendering.text.glyphs import opened, shape

BOX = (600, 100)


@pytest.mark.parametrize("corner", [(10, 10), (10.4, 9.7), (-150, -30)])
@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_text_is_what_pillow_draws(mode, weight, corner):
    style = Style(chain("kai"), weight)
    fitted = fit("No. 00417 Ánà 证书", style, *BOX, 60.25, 20)
    assert fitted is not None
    setting = place(fitted, style, *BOX, "center", "middle")
    ours = Image.linear_gradient("L").resize((640, 120)).convert(mode)
    plain = ours.copy()
    draw_text(setting, style, "#223344", ours, corner)
    canvas = ImageDraw.Draw(plain)
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        for run, start in zip(line.runs, line.starts, strict=True):
            for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs:
                left = corner[0] + x + (start + glyph.x) * setting.size
                pen = (left, corner[1] + y - glyph.y * setting.size)
                canvas.text(
                    pen, glyph.character, "#223344", opened(run.face, setting.size), "ls",
                    stroke_width=style.stroke * setting.size,
                )  # fmt: skip
    assert ours.tobytes() == plain.tobytes()
