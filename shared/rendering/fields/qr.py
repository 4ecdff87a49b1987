"""QR codes that a phone reads from paper, also from a photo of the whole sheet."""

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar, Literal

import numpy
import zxingcpp
from PIL import Image, ImageOps
from pydantic import Field as Limits

from shared.language import N_, translate
from shared.rendering.facts import Facts
from shared.rendering.fields.field import Box, Field, Page, Resolved
from shared.rendering.text.typesetting import Typesetting

CODE = N_("QR code: {link}")

# Addresses that can be opened; lists may have any text in their column of links.
_WEB = re.compile(r"https?://")
# ISO/IEC 18004, 6.3.8: four modules of white around the symbol. Without them, codes over a seal or
# an ornament cannot be read.
QUIET_ZONE = 4
# Measured: in photos 700 pixels wide, a code of 41 modules (62 characters) is read at a tenth of
# the sheet, and rarely at less. With more modules, the code grows accordingly.
SHARE, MODULES = 0.1, 41
# The right and lower edges of its usual place, above the signature's line and clear of frames.
RIGHT, BOTTOM = 0.935, 0.79


def _code(link: str) -> Any:
    return zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode, ec_level="M")


@lru_cache(maxsize=1024)
def _symbol(link: str) -> tuple[int, bytes]:
    """Return the modules per side with the quiet zone, and one byte per module (0 is dark)."""
    image = zxingcpp.write_barcode_to_image(_code(link), scale=1, add_quiet_zones=False)
    symbol = Image.fromarray(numpy.asarray(image))
    side = symbol.width + 2 * QUIET_ZONE
    framed = Image.new("L", (side, side), 255)
    framed.paste(symbol, (QUIET_ZONE, QUIET_ZONE))
    return side, framed.tobytes()


def modules(link: str) -> int:
    """Return the modules per side of the code of `link`, with the quiet zone."""
    return _symbol(link)[0]


def side_in_pixels(modules: int, width: int, height: int) -> int:
    """Return the side of a code in a box: whole pixels for each module, unless there is less than
    one."""
    room = min(width, height)
    return room // modules * modules or room


def picture(link: str, width: int, height: int) -> Image.Image:
    """Return the code of `link` on white, as large as fits a box of `width` x `height` pixels."""
    side, pixels = _symbol(link)
    size = side_in_pixels(side, width, height)
    symbol = Image.frombytes("L", (side, side), pixels)
    return symbol.resize((size, size), Image.Resampling.NEAREST)


def vector(link: str) -> tuple[int, str]:
    """Return the modules per side with the quiet zone, and the code without it as SVG."""
    svg = zxingcpp.write_barcode_to_svg(_code(link), add_quiet_zones=False)
    return _symbol(link)[0], str(svg)


# The white that the library draws under the modules.
_GROUND = re.compile(r"<rect[^>]*#FFFFFF[^>]*/>")


def inked(svg: str, color: str) -> str:
    """Return the code in another colour, without the white."""
    return _GROUND.sub("", svg).replace("#000000", color)


def readable_box(link: str, width: int, height: int) -> Box:
    """Return a box for a QR code of readable size at its usual place, on whole pixels."""
    side = readable_side(link, width, height)
    across, down = min(side, round(RIGHT * width)), min(side, round(BOTTOM * height))
    return Box(
        left=(round(RIGHT * width) - across) / width,
        top=(round(BOTTOM * height) - down) / height,
        width=across / width,
        height=down / height,
    )


def readable_side(link: str, width: int, height: int) -> int:
    """Return the side in pixels of a QR code that takes at least a tenth of the sheet's longer
    side, in whole pixels for each module."""
    across = modules(link)
    share = SHARE * max(1, across / MODULES)
    return across * math.ceil(share * max(width, height) / across)


class QrCode(Field):
    """The address that verifies the certificate, in black on white. With a `ground`, it is in
    `color` on that colour or, if it is empty, on the template, which has to be plain and pale
    there."""

    kind: Literal["qr"] = "qr"
    # Omitted when absent, so that earlier layouts keep their JSON.
    ground: str | None = Limits(
        default=None, pattern=r"^(#[0-9a-fA-F]{6})?$", exclude_if=lambda ground: ground is None
    )

    label: ClassVar[str] = N_("QR code")
    usual: ClassVar[Mapping[str, Any]] = {
        "box": {"left": 0.815, "top": 0.62, "width": 0.12, "height": 0.17}
    }
    is_code: ClassVar[bool] = True

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        return facts.link

    def paint(self, resolved: Resolved, image: Image.Image, top: int = 0) -> None:
        if not resolved.content:
            return
        tile = picture(resolved.content, resolved.box.width, resolved.box.height)
        if self.ground is not None:
            modules = ImageOps.invert(tile)
            tile = Image.new("RGBA", tile.size, self.color)
            tile.putalpha(modules)
            if self.ground:
                under = Image.new("RGBA", tile.size, self.ground)
                tile = Image.alpha_composite(under, tile)
        resolved.paste(tile, image, top)

    def on_page(self, resolved: Resolved, page: Page) -> dict[str, Any]:
        modules, svg = vector(resolved.content)
        side = side_in_pixels(modules, resolved.box.width, resolved.box.height) * page.point
        symbol = side * (modules - 2 * QUIET_ZONE) / modules
        return {
            "draw": "code",
            "svg": svg if self.ground is None else inked(svg, self.color),
            "fill": "#ffffff" if self.ground is None else self.ground,
            "ground": [side, side],
            "symbol": [symbol, symbol],
            "link": resolved.content if _WEB.match(resolved.content) else None,
            "alt": translate(CODE, page.language, link=resolved.content),
        }
