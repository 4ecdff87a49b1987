"""The process that reads organizers' PDFs and SVGs; `uploaded_page` starts it.

A malicious file can make PDFium and the like crash, hang or take all memory.

It answers `{"refused": REASON}`, or `{"found": [FINDING, …]}` and after it, in parts, the picture
(PNG) and, if it can be kept, the page (PDF): `["picture", BASE64]`, `["page", BASE64]`.
"""

import base64
import gc
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops

from shared import confined
from shared.rendering.pages.drawing import Damaged, FirstPage, Locked
from shared.rendering.pages.lone_page import LonePage
from shared.rendering.pages.svg_page import NotOutlined, NotWhole, as_pdf, is_svg

DAMAGED, LOCKED, EMPTY = "damaged", "locked", "empty"
NOT_OUTLINED, NOT_WHOLE = "not outlined", "not whole"
SEVERAL_PAGES, CUT = "several pages", "cut"
FONTS_MISSING, NOT_KEPT = "fonts missing", "not kept"

# Each certificate's PDF carries the page; above this size an image of it is smaller.
MOST_KEPT_BYTES = 4_000_000
# Pages are compared in squares of some pixels, since edges differ by a fraction of one. A thin line
# or grey small print changes a square by more than this many of a colour's 255 levels.
_COMPARED_SIDE, _SQUARE = 1200, 4
_SEEN = 40
_WHITE = ((255, 255),) * 3
_BYTES_OF_A_PART = 750_000


_REASONS = {Locked: LOCKED, Damaged: DAMAGED, NotOutlined: NOT_OUTLINED, NotWhole: NOT_WHOLE}


def read(upload: bytes, most_pixels: int) -> Iterator[Any]:
    """The answer of the process."""
    try:
        pdf = as_pdf(upload) if is_svg(upload) else upload
        first = FirstPage(pdf)
    except tuple(_REASONS) as problem:
        yield {"refused": _REASONS[type(problem)]}
        return
    lone = _alone(pdf)
    image, dpi = _picture(first, lone.unit if lone else 1, most_pixels)
    if image.getextrema() == _WHITE:
        yield {"refused": EMPTY}
        return
    page, found = _kept(first, lone)
    of_file = [(SEVERAL_PAGES, first.pages > 1), (CUT, first.is_cut)]
    yield {"found": [*(finding for finding, is_so in of_file if is_so), *found]}
    # The picture as PNG, compressed lightly, since it is decoded at once.
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1, dpi=(dpi, dpi))
    png = written.getvalue()
    yield from _parts("picture", png)
    yield from _parts("page", page)


def _alone(pdf: bytes) -> LonePage | None:
    """The first page by itself; None if it is too unusual for that, and only its image is used."""
    try:
        return LonePage(pdf)
    except Exception:
        # Anything may be wrong in there, and nothing of this process outlives the file.
        return None


def _picture(first: FirstPage, unit: float, most_pixels: int) -> tuple[Image.Image, float]:
    dpi = first.dpi(unit, most_pixels)
    return first.drawn(first.size_at(dpi, unit)), dpi


def _kept(first: FirstPage, lone: LonePage | None) -> tuple[bytes, list[str]]:
    """The page to print, or empty if its image must be printed instead, and the reasons."""
    if lone is None:
        return b"", [NOT_KEPT]
    try:
        if not lone.has_its_fonts():
            return b"", [FONTS_MISSING]
        page = lone.printed()
        is_kept = len(page) <= MOST_KEPT_BYTES and _are_alike(first, FirstPage(page))
    except Exception:
        is_kept = False
    return (page, []) if is_kept else (b"", [NOT_KEPT])


def _are_alike(one: FirstPage, other: FirstPage) -> bool:
    """Whether both look alike. They do not, for example, if hidden layers have become visible."""
    width, height = one.size_at(72)
    scale = min(1, _COMPARED_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    squares = (page.drawn(size).reduce(_SQUARE) for page in (one, other))
    difference = ImageChops.difference(*squares)
    return not any(channel.point(_is_seen).getbbox() for channel in difference.split())


def _is_seen(levels: int) -> int:
    return 255 if levels > _SEEN else 0


def _parts(name: str, content: bytes) -> Iterator[list[str]]:
    for start in range(0, len(content), _BYTES_OF_A_PART):
        yield [name, base64.b64encode(content[start : start + _BYTES_OF_A_PART]).decode()]


if __name__ == "__main__":
    # The process ends in a second, and nothing in it forms reference cycles.
    gc.disable()
    (request, file) = confined.work()
    for value in read(file, request["most_pixels"]):
        confined.answer(value)
