"""A template's pixels, and the files and previews that are derived from them once for all
layouts."""

import copy
import hashlib
import io
import math
import threading
import weakref
from collections.abc import Sequence
from functools import cached_property

from PIL import Image

from shared.rendering.raster import encoded
from shared.rendering.raster.strips import Background, Canvas, EncodedJpeg, EncodedPng, Strip

# On text that is scaled down, it is as sharp as Lanczos, in a third of the time.
FILTER = Image.Resampling.HAMMING
QUALITY = 85


class ScaledTemplate:
    """A template scaled down once; certificates scale only the rows drawn for them.

    The picture equals, to a rounding error, the whole certificate scaled.
    """

    def __init__(self, background: Background, width: int) -> None:
        """`width` is in pixels; a template that is not wider is not scaled."""
        self._background = background
        full_width, full_height = background.size
        self._scale = max(full_width / width, 1.0)
        self.size = (min(width, full_width), max(1, round(full_height / self._scale)))
        self._small = background.rows(0, full_height).image.resize(self.size, FILTER)

    @property
    def memory(self) -> int:
        """The number of bytes that it takes besides the template's own."""
        return 3 * self.size[0] * self.size[1]

    def jpeg(self, strips: Sequence[Strip]) -> bytes:
        """Return the preview with the rows of `strips` in place."""
        return encoded(self._with(strips), "JPEG", quality=QUALITY)

    def over(self, background: Background, strips: Sequence[Strip]) -> "ScaledTemplate":
        """Return a copy for a background that differs in `strips`."""
        other = copy.copy(self)
        other._background, other._small = background, self._with(strips)
        return other

    def _with(self, strips: Sequence[Strip]) -> Image.Image:
        picture = self._small.copy()
        for strip in strips:
            # The scaled-down part that the strip touches, and where it goes.
            full_width, full_height = self._background.size
            (width, height), pitch = self.size, full_height / self.size[1]
            reach = math.ceil(pitch)
            across = full_width / width
            edges = [(patch.left, patch.right) for patch in strip.patches] or [(0.0, 0.0)]
            left = max(math.floor((min(edge for edge, _ in edges) - reach) / across), 0)
            right = min(math.ceil((max(edge for _, edge in edges) + reach) / across), width)
            first = max(math.floor((strip.top - reach) / pitch), 0)
            last = min(math.ceil((strip.bottom + reach) / pitch), height)
            # The filter reads a little beyond the rows that it scales.
            above = max(math.floor(first * pitch) - reach, 0)
            below = min(math.ceil(last * pitch) + reach, full_height)
            around = self._background.rows(above, below)
            around.pixels[strip.top - above : strip.bottom - above] = strip.canvas.pixels
            source = (left * across, first * pitch - above, right * across, last * pitch - above)
            scaled = around.image.resize((right - left, last - first), FILTER, box=source)
            picture.paste(scaled, (left, first))
        return picture


MOST_PREVIEWS = 3


class DecodedTemplate:
    """A template ready for layouts; `decoded_template` makes it."""

    def __init__(self, content: bytes, sha256: str) -> None:
        self.content, self.sha256 = content, sha256
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as opened:
            found = opened.info.get("dpi")
            self.dpi = float(found[0]) if found and found[0] > 1 else None
            self.canvas = Canvas.of(opened)
        self.background = Background(self.canvas)
        self._jpegs: dict[int, EncodedJpeg] = {}
        self._previews: dict[int, ScaledTemplate] = {}

    @property
    def memory(self) -> int:
        """The bytes, roughly, that it takes."""
        derived = sum(jpeg.memory for jpeg in self._jpegs.values())
        derived += sum(preview.memory for preview in self._previews.values())
        derived += self.png.memory if "png" in self.__dict__ else 0
        return int(self.canvas.pixels.nbytes) + len(self.content) + derived

    def jpeg(self, quality: int) -> EncodedJpeg:
        if quality not in self._jpegs:
            self._jpegs[quality] = EncodedJpeg(self.background, quality)
        return self._jpegs[quality]

    @cached_property
    def png(self) -> EncodedPng:
        return EncodedPng(self.background)

    def preview(self, width: int) -> ScaledTemplate:
        """Return the template scaled to `width`; a few widths are cached."""
        found = self._previews.get(width)
        if found is None:
            if len(self._previews) >= MOST_PREVIEWS:
                self._previews.clear()
            found = self._previews[width] = ScaledTemplate(self.background, width)
        return found


# Templates live as long as a design that uses them.
_templates: "weakref.WeakValueDictionary[str, DecodedTemplate]" = weakref.WeakValueDictionary()
_lock = threading.Lock()


def find_template(sha256: str) -> DecodedTemplate | None:
    """Return the template, if a design on it is in memory."""
    with _lock:
        return _templates.get(sha256)


def decoded_template(content: bytes) -> DecodedTemplate:
    """Return the template, decoded unless a design on it is in memory.

    Two threads may decode it at once; all get the first.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    if found := find_template(sha256):
        return found
    template = DecodedTemplate(content, sha256)
    with _lock:
        return _templates.setdefault(sha256, template)
