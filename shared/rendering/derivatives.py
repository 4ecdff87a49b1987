"""Pictures of certificates for chats and beside links, crossed out once replaced, and many on one
sheet for checking."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from shared.rendering.design import CompiledDesign, render_preview
from shared.rendering.facts import Facts
from shared.rendering.raster import encoded
from shared.rendering.text import fitting
from shared.rendering.text.faces import chain

# The most that WhatsApp loads.
MOST_BYTES = 250_000
_MARGIN = 24
_PAPER, _INK, _SOFT_INK = (0xF5, 0xEF, 0xE3), "#2c2520", "#6a5d51"
_RED = (0x8C, 0x2F, 0x25)
_QUALITIES = (90, 80, 65, 45, 25, 10)
# Measures of the contact sheet.
COLUMNS, WIDTH, GAP, CAPTION = 4, 460, 16, 30

Box = tuple[int, int, int, int]


@dataclass(frozen=True)
class _Plan:
    """The places of the certificate and the words on a picture: left, top, width, height in pixels.
    The name can be read on a picture of 120 pixels."""

    size: tuple[int, int]
    sheet: Box
    name: Box
    event: Box
    align: fitting.Align


class Shape(StrEnum):
    """The pictures of a certificate for chats, stories, and beside links."""

    SQUARE = "square"
    UPRIGHT = "upright"
    # For Facebook, LinkedIn and WhatsApp, beside a link.
    WIDE = "card"


_PLANS = {
    Shape.SQUARE: _Plan(
        (1080, 1080), (72, 64, 936, 660), (60, 760, 960, 170), (60, 950, 960, 80), "center"
    ),
    Shape.UPRIGHT: _Plan(
        (1080, 1920), (72, 330, 936, 740), (60, 1120, 960, 260), (60, 1390, 960, 110), "center"
    ),
    Shape.WIDE: _Plan(
        (1200, 630), (548, 214, 604, 376), (48, 36, 1104, 160), (48, 214, 450, 376), "left"
    ),
}
LINK_CARD = _PLANS[Shape.WIDE].size


def shared_picture(certificate: bytes, shape: Shape, name: str = "", event: str = "") -> bytes:
    """Return a certificate (PNG or JPEG) on paper, beside its name and event in large letters, as a
    JPEG below 250 kB; without a `name`, the certificate alone."""
    plan = _PLANS[shape]
    picture = Image.new("RGB", plan.size, _PAPER)
    words = [
        (plan.name, _set(name, plan.name, plan.align, 150, 700), _INK),
        (plan.event, _set(event, plan.event, plan.align, 44, 400), _SOFT_INK),
    ]
    is_said = words[0][1] is not None
    alone = (_MARGIN, _MARGIN, plan.size[0] - 2 * _MARGIN, plan.size[1] - 2 * _MARGIN)
    _lay(picture, _opened(certificate), plan.sheet if is_said else alone)
    for box, setting, ink in words if is_said else ():
        if setting:
            fitting.draw_text(setting, ink, picture, box[:2])
    for quality in _QUALITIES:
        file = encoded(picture, "JPEG", quality=quality, optimize=True)
        if len(file) < MOST_BYTES:
            break
    return file


def _lay(paper: Image.Image, certificate: Image.Image, box: Box) -> None:
    """Put the certificate with its shadow into the middle of the box, as large as it fits."""
    left, top, width, height = box
    sheet = ImageOps.contain(certificate, (width, height), Image.Resampling.LANCZOS)
    corner = left + (width - sheet.width) // 2, top + (height - sheet.height) // 2
    shadow = Image.new("L", paper.size, 0)
    right, bottom = corner[0] + sheet.width, corner[1] + sheet.height
    ImageDraw.Draw(shadow).rectangle((corner[0], corner[1] + 6, right, bottom + 6), fill=70)
    paper.paste(_INK, mask=shadow.filter(ImageFilter.GaussianBlur(12)))
    paper.paste(sheet, corner)


def _set(
    text: str, box: Box, align: fitting.Align, largest: int, weight: int
) -> fitting.SetText | None:
    """Set a text in a box; None if that is impossible."""
    style = fitting.TextStyle(chain("display", "", weight), weight)
    if not text or fitting.measure(text, style).missing:
        return None
    if (fitted := fitting.fit(text, style, box[2], box[3], largest, 12)) is None:
        return None
    return fitting.place(fitted, style, box[2], box[3], align, "middle")


def void(certificate: bytes) -> bytes:
    """Return the picture as a JPEG, pale and crossed out, so that it passes for no certificate."""
    grey = ImageOps.grayscale(_opened(certificate))
    image = Image.blend(grey, Image.new(grey.mode, grey.size, "white"), 0.45).convert("RGB")
    right, bottom = image.width, image.height
    canvas = ImageDraw.Draw(image)
    for line in ((0, 0, right, bottom), (0, bottom, right, 0)):
        canvas.line(line, fill=_RED, width=max(2, image.width // 80))
    return encoded(image, "JPEG", quality=85, optimize=True)


def _opened(image: bytes) -> Image.Image:
    with Image.open(io.BytesIO(image), formats=("PNG", "JPEG")) as opened:
        return opened.convert("RGB")


def contact_sheet(design: CompiledDesign, shown: Sequence[tuple[Facts, str]]) -> bytes:
    """Return a JPEG with a small certificate for each of `shown` (facts, caption), row by row."""
    previews = [_opened(render_preview(design, facts, WIDTH)) for facts, _ in shown]
    pitch = max(preview.height for preview in previews) + CAPTION + GAP
    columns = min(COLUMNS, len(shown))
    size = (columns * (WIDTH + GAP) + GAP, -(-len(shown) // columns) * pitch + GAP)
    sheet, style = Image.new("RGB", size, "#e8e8e8"), fitting.TextStyle(chain("hei"))
    for index, (preview, (_, caption)) in enumerate(zip(previews, shown, strict=True)):
        corner = (GAP + index % columns * (WIDTH + GAP), GAP + index // columns * pitch)
        sheet.paste(preview, corner)
        fitted = fitting.fit(caption, style, WIDTH, CAPTION, 18, 6)
        if fitted:
            setting = fitting.place(fitted, style, WIDTH, CAPTION, "left", "middle")
            below = (corner[0], corner[1] + preview.height)
            fitting.draw_text(setting, "#333333", sheet, below)
    return encoded(sheet, "JPEG", quality=85)
