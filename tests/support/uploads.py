"""Files as somebody may upload them."""

import io
import zlib

from shared.rendering.raster.strips import _chunk


def saved(picture, format, **options):
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def bomb(width, height):
    """A PNG that claims to be huge and has no pixels."""
    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    head = b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header)
    return head + _chunk(b"IDAT", zlib.compress(b"")) + _chunk(b"IEND", b"")
