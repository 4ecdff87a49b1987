"""Glyphs are drawn once and put in place again: pixel for pixel what Pillow draws."""

import pytest
from PIL import Image, ImageDraw

from shared.rendering.text.faces import chain
from shared.rendering.text.fitting import TextStyle, draw_text, fit, place
from shared.rendering.text.glyphs import opened, shape

# The box, and the size that fills it: of numbers, of names, and too large to be kept.
SIZES = [((600, 100), 60.25), ((1400, 200), 130), ((4200, 700), 350)]


@pytest.mark.parametrize("corner", [(10, 10), (10.4, 9.7), (-150, -30)])
@pytest.mark.parametrize("weight", [400, 700])
@pytest.mark.parametrize("mode", ["RGB", "RGBX", "RGBA"])
@pytest.mark.parametrize(("box", "size"), SIZES)
def test_text_is_what_pillow_draws(mode, weight, corner, box, size):
    style = TextStyle(chain("kai"), weight)
    fitted = fit("No. 00417 Ánà 证书", style, *box, size, 20)
    assert fitted is not None
    setting = place(fitted, style, *box, "center", "middle")
    plain = Image.linear_gradient("L").resize((box[0] + 40, box[1] + 20)).convert("RGB")
    plain = plain.convert(mode)
    # Drawn first, and put in place again.
    for ours in (plain.copy(), plain.copy()):
        draw_text(setting, "#223344", ours, corner)
    canvas = ImageDraw.Draw(plain)
    for line, (x, y) in zip(setting.lines, setting.origins, strict=True):
        for run, start in zip(line.runs, line.starts, strict=True):
            for glyph in shape(run.face, run.text, run.right_to_left, run.spacing).glyphs:
                left = corner[0] + x + (start + glyph.x) * setting.size
                pen = (left, corner[1] + y - glyph.y * setting.size)
                canvas.text(
                    pen, glyph.character, "#223344", opened(run.face, setting.size), "ls",
                    stroke_width=run.stroke * setting.size,
                )  # fmt: skip
    assert ours.tobytes() == plain.tobytes()
