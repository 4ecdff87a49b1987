"""What Pillow draws, numpy sees, and the other way round; a copy is nobody else's."""

import numpy
import pytest
from PIL import Image, ImageDraw

from shared.rendering.raster.strips import Canvas


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA"])
def test_a_canvas_has_the_colours_of_its_picture(mode):
    picture = Image.linear_gradient("L").resize((61, 601)).convert(mode)
    expected = numpy.asarray(picture.convert("RGB"))
    assert (Canvas.of(picture).rgb == expected).all()


def test_what_pillow_draws_is_in_the_pixels_and_the_other_way_round():
    canvas = Canvas.of(Image.new("RGB", (40, 30)))
    ImageDraw.Draw(canvas.image).rectangle((5, 5, 9, 9), "#102030")
    assert tuple(canvas.rgb[7, 7]) == (16, 32, 48)
    canvas.pixels[20:, :] = 255
    assert canvas.image.getpixel((3, 25))[:3] == (255, 255, 255)


def test_rows_are_a_copy():
    canvas = Canvas.of(Image.new("RGB", (40, 30), "#102030"))
    rows = canvas.rows(10, 20)
    rows.image.paste("white", (0, 0, 40, 10))
    assert rows.size == (40, 10)
    assert rows.image.getpixel((39, 9))[:3] == (255, 255, 255)
    assert (canvas.rgb[10:20] == (16, 32, 48)).all()
