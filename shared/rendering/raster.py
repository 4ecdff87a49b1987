"""Pictures as files."""

import io

from PIL import Image

JPEG_QUALITY = 92


def encode(picture: Image.Image, format: str, dpi: float | None) -> bytes:
    """`picture` as a "jpg" or "png" file."""
    buffer = io.BytesIO()
    density = {"dpi": (dpi, dpi)} if dpi else {}
    if format == "jpg":
        picture.save(
            buffer,
            "JPEG",
            quality=JPEG_QUALITY,
            subsampling=0,
            restart_marker_rows=1,
            **density,
        )
    else:
        picture.save(buffer, "PNG", compress_level=1, **density)
    return buffer.getvalue()
