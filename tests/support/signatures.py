"""Photographs of signatures: the picture, and where in it the ink is."""

import io
import math
import random
from typing import Literal

import numpy
from PIL import Image, ImageDraw, ImageFilter

Kind = Literal["plain", "shadow", "ruled", "squared"]
KINDS: tuple[Kind, ...] = ("plain", "shadow", "ruled", "squared")
_WIDTH, _HEIGHT = 1600, 1200
_PENS = ((25, 25, 30), (25, 40, 130), (40, 40, 45))
_RULING = (120, 150, 200)


def photo(seed: int, kind: Kind) -> tuple[Image.Image, Image.Image]:
    """On white paper in even light, with a hard shadow, or that on ruled or squared paper."""
    chance, noise = random.Random(seed), numpy.random.default_rng(seed)
    ink = _written(chance)
    tint = (1, chance.uniform(0.95, 1), chance.uniform(0.85, 1))
    seen = numpy.full((_HEIGHT, _WIDTH, 3), chance.randint(215, 245)) * numpy.array(tint)
    if kind in ("ruled", "squared"):
        strength = chance.uniform(0.4, 0.95)
        seen = _over(seen, _lines(chance, is_squared=kind == "squared"), _RULING, strength)
    seen = _over(seen, ink.filter(ImageFilter.GaussianBlur(0.8)), chance.choice(_PENS), 1)
    seen = seen * _light(chance, has_shadow=kind != "plain")[:, :, None]
    seen = seen + noise.normal(0, 3.5, (_HEIGHT, _WIDTH, 1))
    return Image.fromarray(numpy.clip(seen, 0, 255).astype("uint8")), ink


def jpeg(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _written(chance: random.Random) -> Image.Image:
    ink = Image.new("L", (_WIDTH, _HEIGHT), 0)
    pen, width = ImageDraw.Draw(ink), chance.randint(5, 11)
    first, second, third = (chance.uniform(0, 6) for _ in range(3))
    points = [
        (
            _WIDTH * (0.18 + 0.62 * n / 600 + 0.03 * math.sin(n / 20 + first)),
            _HEIGHT * (0.5 + 0.11 * math.sin(n / 25 + second) + 0.06 * math.sin(n / 10.5 + third)),
        )
        for n in range(600)
    ]
    pen.line(points, fill=255, width=width, joint="curve")
    pen.line([(320, 792), (1312, 744)], fill=255, width=width)
    pen.ellipse([800, 336, 814, 350], fill=255)
    return ink


def _lines(chance: random.Random, *, is_squared: bool) -> Image.Image:
    """Not quite straight, as a hand holds a telephone."""
    lines = Image.new("L", (_WIDTH, _HEIGHT), 0)
    pen, apart, tilt = ImageDraw.Draw(lines), chance.randint(60, 90), chance.uniform(-25, 25)
    for y in range(-60, _HEIGHT + 60, apart):
        pen.line([(0, y), (_WIDTH, y + tilt)], fill=255, width=3)
    for x in range(-60, _WIDTH + 60, apart) if is_squared else ():
        pen.line([(x, 0), (x - tilt, _HEIGHT)], fill=255, width=3)
    return lines


def _over(
    seen: numpy.ndarray, shape: Image.Image, colour: tuple[int, int, int], strength: float
) -> numpy.ndarray:
    part = numpy.asarray(shape)[:, :, None] / 255 * strength
    return numpy.asarray(seen * (1 - part) + numpy.array(colour) * part)


def _light(chance: random.Random, *, has_shadow: bool) -> numpy.ndarray:
    down, across = numpy.mgrid[0:_HEIGHT, 0:_WIDTH]
    light = 1 - 0.35 * chance.random() * across / _WIDTH - 0.25 * chance.random() * down / _HEIGHT
    if not has_shadow:
        return numpy.asarray(light)
    turn, away = chance.uniform(0, 3.1), chance.uniform(-0.2, 0.2) * _WIDTH
    side = (across - _WIDTH / 2) * math.cos(turn) + (down - _HEIGHT / 2) * math.sin(turn) > away
    edge = Image.fromarray((side * 255).astype("uint8"))
    soft = numpy.asarray(edge.filter(ImageFilter.GaussianBlur(chance.uniform(1, 5)))) / 255
    return numpy.asarray(light * (1 - chance.uniform(0.35, 0.55) * soft))
