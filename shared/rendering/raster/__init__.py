"""Images: templates in memory, and certificates of which only changed parts are encoded.

What is drawn on them belongs to `text`; what organizers upload, to `uploads`.
"""

import io
from typing import Any

from PIL import Image


def encoded(picture: Image.Image, format: str, **options: Any) -> bytes:
    """Return the bytes of a file of that format (JPEG, PNG), with Pillow's options for it."""
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()
