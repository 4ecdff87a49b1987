"""Logos of which it is known what their main colour is: shapes in it, with a smaller second colour,
grey lettering, shading, soft rims, on white or on nothing, packed as JPEG or not."""

import colorsys
import io
import random

from PIL import Image, ImageDraw, ImageFilter

Colour = tuple[int, int, int]
_SIDE = 400
_INSIDE = (120, 120, 440, 440)


def logo(seed: int) -> tuple[Colour, bytes]:
    """The main colour, and the picture as it was accepted: a PNG."""
    chance = random.Random(seed)
    hue = chance.random()
    main = _colour(hue, chance.uniform(0.55, 1), chance.uniform(0.35, 0.95))
    far = (hue + chance.uniform(0.2, 0.8)) % 1
    second = _colour(far, chance.uniform(0.5, 1), chance.uniform(0.4, 0.95))
    is_clear = chance.random() < 0.5
    picture = Image.new("RGBA", (2 * _SIDE, 2 * _SIDE), (255, 255, 255, 0 if is_clear else 255))
    _draw(ImageDraw.Draw(picture), chance, seed % 5, main, second)
    picture = _shaded(picture) if chance.random() < 0.3 else picture
    picture = picture.resize((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    if chance.random() < 0.2:
        picture = picture.filter(ImageFilter.GaussianBlur(1.2))
    if not is_clear and chance.random() < 0.4:
        buffer = io.BytesIO()
        picture.convert("RGB").save(buffer, "JPEG", quality=chance.randint(60, 90))
        picture = Image.open(buffer).convert("RGBA")
    return main, png(picture)


def png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def _colour(hue: float, saturation: float, value: float) -> Colour:
    red, green, blue = (round(255 * one) for one in colorsys.hsv_to_rgb(hue, saturation, value))
    return red, green, blue


def _draw(
    pen: ImageDraw.ImageDraw, chance: random.Random, kind: int, main: Colour, second: Colour
) -> None:
    match kind:
        case 0:
            pen.ellipse(_INSIDE, fill=main)
            pen.rectangle((580, 180, 700, 300), fill=second)
        case 1:
            for n in range(6):
                left = 60 + 110 * n
                pen.rectangle((left, 120, left + chance.randint(40, 80), 520), fill=main)
            pen.rectangle((60, 580, 720, 620), fill=second)
        case 2:
            pen.polygon([(400, 40), (740, 560), (60, 560)], fill=main)
            pen.ellipse((340, 340, 480, 480), fill=second)
        case 3:
            pen.rounded_rectangle((80, 80, 720, 720), 120, fill=main)
            pen.ellipse((240, 240, 560, 560), fill="white")
            pen.ellipse((340, 340, 460, 460), fill=second)
        case _:
            pen.pieslice((120, 60, 600, 540), 0, 300, fill=main)
            pen.pieslice((120, 60, 600, 540), 300, 360, fill=second)
    if grey := chance.choice([None, (40,) * 3, (90,) * 3, (130,) * 3]):
        for left in range(60, 700, 84):
            pen.rectangle((left, 700, left + chance.randint(28, 68), 752), fill=grey)


def _shaded(picture: Image.Image) -> Image.Image:
    strength = Image.linear_gradient("L").resize(picture.size).point(lambda value: value // 5)
    dark = Image.new("RGBA", picture.size, "black")
    shaded = Image.composite(dark, picture, strength)
    shaded.putalpha(picture.getchannel("A"))
    return shaded
