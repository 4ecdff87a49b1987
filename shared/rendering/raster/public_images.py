"""A certificate as the public sees it: small beside a link, and crossed out once replaced."""

import io

from PIL import Image, ImageDraw, ImageOps

from shared.rendering.raster.encoding import encoded

# What Facebook, LinkedIn and WhatsApp show beside a link, and the most that WhatsApp loads.
LINK_CARD = (1200, 630)
MOST_BYTES = 250_000
_MARGIN = 24
_PAPER = (0xF5, 0xEF, 0xE3)
_RED = (0x8C, 0x2F, 0x25)
_QUALITIES = (90, 80, 65, 45, 25, 10)


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
