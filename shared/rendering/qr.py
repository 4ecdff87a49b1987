"""QR codes that a phone reads from paper."""

from functools import lru_cache

import zxingcpp
from PIL import Image

# ISO/IEC 18004, 6.3.8: four modules of white around the symbol. Without it nothing decodes over
# a seal or an ornament.
QUIET_ZONE = 4


@lru_cache(maxsize=1024)
def modules(link: str) -> tuple[int, bytes]:
    """Modules per side with the quiet zone, and one byte per module (0 is dark)."""
    code = zxingcpp.create_barcode(link, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    symbol = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False))
    side = symbol.width + 2 * QUIET_ZONE
    framed = Image.new("L", (side, side), 255)
    framed.paste(symbol, (QUIET_ZONE, QUIET_ZONE))
    return side, framed.tobytes()


def qr_picture(link: str, width: int, height: int) -> Image.Image:
    """The code of `link` on white, as large as whole pixels per module allow in the box.

    A box smaller than one pixel per module gives None-sized modules no chance: the code is then
    scaled down evenly, and may no longer be readable.
    """
    side, pixels = modules(link)
    symbol = Image.frombytes("L", (side, side), pixels)
    room = min(width, height)
    size = room // side * side or room
    return symbol.resize((size, size), Image.Resampling.NEAREST)
