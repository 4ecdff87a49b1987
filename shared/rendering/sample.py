"""The certificate image that the demo draws for itself."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFilter

from shared.language import N_, translate
from shared.rendering.layout import FaceName
from shared.rendering.raster import encoded
from shared.rendering.text import fitting
from shared.rendering.text.faces import chain

TITLE = N_("Certificate of Appreciation")
SUBTITLE = N_("FOR VOLUNTEERS")
PRESENTED_TO = N_("with sincere thanks to")
THANKS = N_("who gave time, care and skill, and made this event possible.")
ORGANIZATION = N_("Organization")
SIGNATURE = N_("Signature")

# A4 at 150 dpi. Lines are drawn at twice the size and scaled down, so that they come out smooth.
WIDTH, HEIGHT, DPI, FINE = 1754, 1240, 150, 2
PAPER, GOLD, PALE_GOLD, SHADE = "#fdfaf2", "#b28a3f", "#efe4c9", "#f7f0dd"
RED, INK = "#8a1f1f", "#4a4137"

Point = tuple[float, float]


class Wording(NamedTuple):
    """A line of text on the sample: its middle and its em size in pixels."""

    message: str
    x: float
    y: float
    size: float
    face: FaceName = "song"
    color: str = INK
    weight: int = 400
    spacing: float = 0.0


def draw_sample_template(language: str = "zh", width: int = WIDTH, height: int = HEIGHT) -> bytes:
    """An A4 landscape certificate without name, number and date, as PNG of the size in pixels.

    `standard_layout` suits it: the name stands on the line in the middle.
    """
    image = _ornaments().resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    middle = WIDTH / 2
    chinese = Wording(TITLE, middle, 235, 124, "kai", RED, 600, 0.16)
    english = Wording(TITLE, middle, 235, 92, "song", RED, 500, 0.02)
    wordings = [
        chinese if language == "zh" else english,
        Wording(SUBTITLE, middle, 345, 27, color=GOLD, spacing=0.42),
        Wording(PRESENTED_TO, middle, 462, 34, "kai"),
        Wording(THANKS, middle, 800, 34, "kai"),
        Wording(ORGANIZATION, 384, 1045, 24),
        Wording(SIGNATURE, WIDTH - 384, 1045, 24),
    ]
    for one in wordings:
        style = fitting.Style(chain(one.face), weight=one.weight, letter_spacing=one.spacing)
        room = WIDTH - 300, 2 * one.size
        fitted = fitting.fit(translate(one.message, language), style, *room, one.size, 12)
        assert fitted is not None
        setting = fitting.place(fitted, style, *room, "center", "middle")
        corner = (round(one.x - room[0] / 2), round(one.y - room[1] / 2))
        fitting.draw_text(setting, style, one.color, image, corner)
    if (width, height) != image.size:
        image = image.resize((width, height), Image.Resampling.LANCZOS)
    dpi = DPI * width / WIDTH
    return encoded(image, "PNG", dpi=(dpi, dpi))


def _ornaments() -> Image.Image:
    """Paper, border, rosettes and lines, FINE times as large."""
    # Ivory, a little darker towards the edges.
    size = (WIDTH * FINE, HEIGHT * FINE)
    # radial_gradient is black in the middle; half of its strength is far too much already.
    edge = Image.radial_gradient("L").resize(size).point(lambda value: max(value - 90, 0) // 2)
    paper = Image.new("RGB", size, PAPER)
    paper.paste(Image.new("RGB", size, PALE_GOLD), (0, 0), edge)
    image = paper.filter(ImageFilter.GaussianBlur(2))
    canvas = ImageDraw.Draw(image)
    middle, centre = WIDTH / 2, HEIGHT / 2
    for turn in range(12):
        _line(canvas, _rosette(middle, centre + 10, 330, 9, turn / 12), SHADE, 2)
    _border(canvas)
    _line(canvas, [(middle - 440, 738), (middle + 440, 738)], GOLD, 1.5)
    _diamond(canvas, middle, 738, 9)
    for x in (384, WIDTH - 384):
        _line(canvas, [(x - 190, 1015), (x + 190, 1015)], GOLD, 1.2)
    for side in (-1, 1):
        _line(canvas, [(middle + side * 250, 345), (middle + side * 420, 345)], GOLD, 1.2)
        _diamond(canvas, middle + side * 235, 345, 5)
    _medal(canvas, middle, 985)
    return image


def _border(canvas: ImageDraw.ImageDraw) -> None:
    """Two frames with a woven band between them, and a rosette at each corner."""
    for inset, width in ((38, 5.0), (86, 1.5), (94, 1.5)):
        frame = (inset, inset, WIDTH - inset, HEIGHT - inset)
        canvas.rectangle([edge * FINE for edge in frame], outline=GOLD, width=round(width * FINE))
    inset = 64
    for phase in (0.0, 1 / 3, 2 / 3):
        for y in (inset, HEIGHT - inset):
            _line(canvas, _wave((inset, y), (WIDTH - inset, y), 60, phase), GOLD, 1)
        for x in (inset, WIDTH - inset):
            _line(canvas, _wave((x, inset), (x, HEIGHT - inset), 42, phase), GOLD, 1)
    for x in (inset, WIDTH - inset):
        for y in (inset, HEIGHT - inset):
            _dot(canvas, x, y, 36, PAPER)
            for turn in range(5):
                _line(canvas, _rosette(x, y, 33, 8, turn / 5), GOLD, 1)
            _dot(canvas, x, y, 6, RED)


def _medal(canvas: ImageDraw.ImageDraw, x: float, y: float) -> None:
    """A gold rosette with two ribbons and a red heart of the same make."""
    for side in (-1, 1):
        ribbon = [(0, 40), (side * 12, 120), (side * 34, 104), (side * 58, 110), (side * 40, 30)]
        points = [((x + dx) * FINE, (y + dy) * FINE) for dx, dy in ribbon]
        canvas.polygon(points, fill=RED)
    _dot(canvas, x, y, 72, PAPER)
    for turn in range(10):
        _line(canvas, _rosette(x, y, 70, 16, turn / 10), GOLD, 1.2)
    _dot(canvas, x, y, 40, GOLD)
    _dot(canvas, x, y, 36, PAPER)
    canvas.polygon([(a * FINE, b * FINE) for a, b in _heart(x, y + 2, 1.5)], fill=RED)


def _rosette(x: float, y: float, radius: float, petals: int, turn: float) -> list[Point]:
    """A closed curve whose radius swings `petals` times; several, turned, weave a rosette."""
    points = []
    for step in range(721):
        angle = step / 720 * math.tau
        swing = radius * (0.8 + 0.2 * math.cos(petals * angle + turn * math.tau))
        points.append((x + swing * math.cos(angle), y + swing * math.sin(angle)))
    return points


def _wave(start: Point, end: Point, swings: int, phase: float) -> Iterator[Point]:
    """From `start` to `end` (level or upright), swinging by 14 pixels at each side."""
    steps, level = swings * 24, start[1] == end[1]
    for step in range(steps + 1):
        share = step / steps
        offset = 14 * math.sin(math.tau * (share * swings + phase))
        x = start[0] + (end[0] - start[0]) * share + (0 if level else offset)
        y = start[1] + (end[1] - start[1]) * share + (offset if level else 0)
        yield x, y


def _heart(x: float, y: float, scale: float) -> Iterator[Point]:
    for step in range(120):
        t = step / 120 * math.tau
        across = 16 * math.sin(t) ** 3
        up = 13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)
        yield x + scale * across, y - scale * up


def _line(
    canvas: ImageDraw.ImageDraw, points: Iterator[Point] | list[Point], color: str, width: float
) -> None:
    fine = [(x * FINE, y * FINE) for x, y in points]
    canvas.line(fine, fill=color, width=max(1, round(width * FINE)), joint="curve")


def _dot(canvas: ImageDraw.ImageDraw, x: float, y: float, radius: float, color: str) -> None:
    canvas.circle((x * FINE, y * FINE), radius * FINE, fill=color)


def _diamond(canvas: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    corners = ((x - 1.6 * size, y), (x, y - size), (x + 1.6 * size, y), (x, y + size))
    canvas.polygon([(a * FINE, b * FINE) for a, b in corners], fill=GOLD)
