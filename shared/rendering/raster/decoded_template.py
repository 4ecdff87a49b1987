"""A template's pixels, and what is derived from them once for all layouts."""

import hashlib
import io
import threading
import weakref
from functools import cached_property

from PIL import Image

from shared.rendering.raster.canvas import Canvas
from shared.rendering.raster.jpeg import EncodedJpeg
from shared.rendering.raster.preview import Preview
from shared.rendering.raster.strips import Background, EncodedPng

KEPT_PREVIEWS = 3


class DecodedTemplate:
    """A template ready to carry layouts. Made by `decoded_template`."""

    def __init__(self, content: bytes, sha256: str) -> None:
        self.content, self.sha256 = content, sha256
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            found = opened.info.get("dpi")
            dpi = float(found[0]) if found and found[0] > 1 else None
            self.dpi: float | None = dpi
            self.canvas = Canvas.of(opened)
        self.background = Background(self.canvas)
        self._jpegs: dict[int, EncodedJpeg] = {}
        self._previews: dict[int, Preview] = {}

    @property
    def memory(self) -> int:
        """Roughly how many bytes are held."""
        held = sum(one.memory for one in self._jpegs.values())
        held += sum(one.memory for one in self._previews.values())
        held += self.png.memory if "png" in self.__dict__ else 0
        return int(self.canvas.pixels.nbytes) + len(self.content) + held

    def jpeg(self, quality: int) -> EncodedJpeg:
        if quality not in self._jpegs:
            self._jpegs[quality] = EncodedJpeg(self.background, quality)
        return self._jpegs[quality]

    @cached_property
    def png(self) -> EncodedPng:
        return EncodedPng(self.background)

    def preview(self, width: int) -> Preview:
        """The template scaled to `width`; the last few widths are kept."""
        found = self._previews.get(width)
        if found is None:
            if len(self._previews) >= KEPT_PREVIEWS:
                self._previews.clear()
            found = self._previews[width] = Preview(self.background, width)
        return found


# Templates live as long as a design that uses them.
_templates: "weakref.WeakValueDictionary[str, DecodedTemplate]" = weakref.WeakValueDictionary()
_lock = threading.Lock()


def find_template(sha256: str) -> DecodedTemplate | None:
    """The template, if a design on it is in memory."""
    with _lock:
        return _templates.get(sha256)


def decoded_template(content: bytes) -> DecodedTemplate:
    """The template, decoded unless a design on it is in memory.

    Two threads may decode it at once; all get the first.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if found := find_template(sha256):
        return found
    template = DecodedTemplate(content, sha256)
    with _lock:
        return _templates.setdefault(sha256, template)
