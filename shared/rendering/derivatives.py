"""Pictures made of certificates: small beside a link, crossed out once replaced, and many on one
sheet to check them."""

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageOps

from shared.rendering.design import CompiledDesign, render_preview
from shared.rendering.facts import Facts
from shared.rendering.raster import encoded
from shared.rendering.text import fitting
from shared.rendering.text.faces import chain

# What Facebook, LinkedIn and WhatsApp show beside a link, and the most that WhatsApp loads.
LINK_CARD = (1200, 630)
MOST_BYTES = 250_000
_MARGIN = 24
_PAPER = (0xF5, 0xEF, 0xE3)
_RED = (0x8C, 0x2F, 0x25)
_QUALITIES = (90, 80, 65, 45, 25, 10)
# Of the sheet.
COLUMNS, WIDTH, GAP, CAPTION = 4, 460, 16, 30


def link_card(certificate: bytes) -> bytes:
    """The picture of a certificate (PNG or JPEG) on paper, as JPEG of 1200 x 630 pixels
    and less than 250 kB."""
    card = Image.new("RGB", LINK_CARD, _PAPER)
    room = (LINK_CARD[0] - 2 * _MARGIN, LINK_CARD[1] - 2 * _MARGIN)
    image = ImageOps.contain(_opened(certificate), room, Image.Resampling.LANCZOS)
    card.paste(image, ((card.width - image.width) // 2, (card.height - image.height) // 2))
    for quality in _QUALITIES:
        file = encoded(card, "JPEG", quality=quality, optimize=True)
        if len(file) < MOST_BYTES:
            break
    return file


def void(certificate: bytes) -> bytes:
    """The picture as JPEG, pale and crossed out, so that no copy of it passes for a certificate."""
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
    """A JPEG with a small certificate for each of `shown` (facts, caption), row by row."""
    previews = [_opened(render_preview(design, facts, WIDTH)) for facts, _ in shown]
    pitch = max(preview.height for preview in previews) + CAPTION + GAP
    columns = min(COLUMNS, len(shown))
    size = (columns * (WIDTH + GAP) + GAP, -(-len(shown) // columns) * pitch + GAP)
    sheet, style = Image.new("RGB", size, "#e8e8e8"), fitting.Style(chain("hei"))
    for index, (preview, (_, caption)) in enumerate(zip(previews, shown, strict=True)):
        corner = (GAP + index % columns * (WIDTH + GAP), GAP + index // columns * pitch)
        sheet.paste(preview, corner)
        fitted = fitting.fit(caption, style, WIDTH, CAPTION, 18, 6)
        if fitted:
            setting = fitting.place(fitted, style, WIDTH, CAPTION, "left", "middle")
            below = (corner[0], corner[1] + preview.height)
            fitting.draw_text(setting, "#333333", sheet, below)
    return encoded(sheet, "JPEG", quality=85)
