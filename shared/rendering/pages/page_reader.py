"""The process that reads organizers' PDFs and SVGs; `uploaded_page` starts it.

A malicious file can make PDFium and the like crash, hang or take all memory.

It answers `{"refused": NUMBER}`, which of REFUSALS it is, or `{"found": [NUMBER, …]}`, of FINDINGS,
and after it, in parts, the picture (PNG) and the page (PDF), which is empty if it cannot be kept.
"""

import gc
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
import typst
from PIL import Image, ImageChops

from shared import confined
from shared.errors import PictureRefused
from shared.language import N_
from shared.rendering.pages.lone_page import LonePage
from shared.rendering.raster.encoding import encoded

DAMAGED = N_("The PDF is damaged or was not uploaded whole. Export it again.")
LOCKED = N_("The PDF is locked with a password. Save it without one.")
EMPTY = N_("The first page of the file is empty. Put the certificate there, and upload it again.")
NOT_OUTLINED = N_(
    "The SVG has texts, but not the letters of their fonts. Turn texts into paths (outlines), "
    "or export the page as PDF."
)
NOT_WHOLE = N_(
    "The SVG is damaged, or a picture in it is a file beside it. Embed pictures, and export it "
    "again."
)
REFUSALS = (DAMAGED, LOCKED, EMPTY, NOT_OUTLINED, NOT_WHOLE)
SEVERAL_PAGES = N_("The PDF has several pages: its first one is the certificate.")
CUT = N_(
    "The page is cut where the file says that the sheet ends (TrimBox): what lies outside, such as "
    "bleed and printer's marks, is left out."
)
FONTS_MISSING = N_(
    "This PDF does not contain all of its fonts: compare the letters, or export it with fonts "
    "embedded. In PDF certificates its page is a picture."
)
NOT_KEPT = N_("In PDF certificates this page is a picture: it is too large or unusual to be kept.")
FINDINGS = (SEVERAL_PAGES, CUT, FONTS_MISSING, NOT_KEPT)

# The first page of a PDF

POINTS_AN_INCH = 72
WANTED_DPI = 300
# Along the longer side, for strips of paper: no certificate has more.
MOST_ON_A_SIDE = 20_000
_WHITE = (255, 255, 255, 255)


class FirstPage:
    """`pages` is the number of pages of the whole PDF; `is_cut`: its TrimBox took something off.
    Raises PictureRefused."""

    def __init__(self, content: bytes) -> None:
        try:
            document = pypdfium2.PdfDocument(content)
            self.pages = len(document)
            self._page = document[0]
        except pypdfium2.PdfiumError as problem:
            is_locked = problem.err_code == pdfium.FPDF_ERR_PASSWORD
            raise PictureRefused(LOCKED if is_locked else DAMAGED) from problem
        self.is_cut = self._cut()
        self._width, self._height = map(float, self._page.get_size())
        if min(self._width, self._height) <= 0:
            raise PictureRefused(DAMAGED)

    def _cut(self) -> bool:
        """Cut the page at its TrimBox: around it are bleed and printer's marks (ISO 32000-1,
        14.11.2)."""
        shown, trim = self._page.get_bbox(), self._page.get_trimbox(fallback_ok=False)
        if trim is None:
            return False
        (left, right), (bottom, top) = sorted(trim[::2]), sorted(trim[1::2])
        box = max(left, shown[0]), max(bottom, shown[1]), min(right, shown[2]), min(top, shown[3])
        if box[0] >= box[2] or box[1] >= box[3]:
            return False
        self._page.set_cropbox(*box)
        return any(abs(one - other) >= 1 for one, other in zip(box, shown, strict=True))

    def dpi(self, unit: float, most_pixels: int) -> float:
        """300, or fewer if that would be too many pixels.

        `unit` is the page's UserUnit in points (ISO 32000-1, 14.10.2), which PDFium ignores.
        """
        inch = POINTS_AN_INCH / unit
        # A little less, since sides are rounded.
        largest = inch * math.sqrt(0.99 * most_pixels / (self._width * self._height))
        return min(WANTED_DPI, largest, inch * MOST_ON_A_SIDE / max(self._width, self._height))

    def size_at(self, dpi: float, unit: float = 1) -> tuple[int, int]:
        """Width and height in pixels."""
        scale = dpi * unit / POINTS_AN_INCH
        return max(1, int(self._width * scale + 0.5)), max(1, int(self._height * scale + 0.5))

    def drawn(self, size: tuple[int, int]) -> Image.Image:
        """The page drawn in this many pixels, on white, in RGB."""
        bitmap = pypdfium2.PdfBitmap.new_native(*size, pdfium.FPDFBitmap_BGRx)
        bitmap.fill_rect(_WHITE, 0, 0, *size)
        # Filled fields are drawn as stored; no form scripts run.
        pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
        image: Image.Image = bitmap.to_pil()
        return image.convert("RGB")


# SVG

# A place without other files that a path in an SVG could name.
_SVG_SHEET = Path(__file__).parent / "svg_page.typ"
# Text would use whatever font the viewer has; only browsers draw HTML inside it.
_SVG_TEXT = re.compile(r"<(?:\w+:)?(?:text|foreignObject)[\s/>]")


def is_svg(upload: bytes) -> bool:
    return b"<svg" in upload[:1000].lower()


def as_pdf(svg: bytes) -> bytes:
    """Raises PictureRefused."""
    try:
        drawing = svg.decode("utf-8-sig")
        if _SVG_TEXT.search(drawing):
            raise PictureRefused(NOT_OUTLINED)
        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)
        pdf: bytes = typst.compile(
            _SVG_SHEET, format="pdf", font_paths=fonts, sys_inputs={"svg": drawing}
        )
    except (UnicodeDecodeError, typst.TypstError) as problem:
        raise PictureRefused(NOT_WHOLE) from problem
    return pdf


# Each certificate's PDF carries the page; above this size an image of it is smaller.
MOST_KEPT_BYTES = 4_000_000
# Pages are compared in squares of some pixels, since edges differ by a fraction of one. A thin line
# or grey small print changes a square by more than this many of a colour's 255 levels.
_COMPARED_SIDE, _SQUARE = 1200, 4
_SEEN = 40
_ALL_WHITE = ((255, 255),) * 3


def read(upload: bytes, most_pixels: int) -> Iterator[Any]:
    """The answer of the process."""
    try:
        pdf = as_pdf(upload) if is_svg(upload) else upload
        first = FirstPage(pdf)
    except PictureRefused as refusal:
        yield {"refused": REFUSALS.index(refusal.message)}
        return
    try:
        lone = LonePage(pdf)
    except Exception:
        # Anything may be wrong in there, and nothing of this process outlives the file. Too unusual
        # a page is used as an image only.
        lone = None
    unit = lone.unit if lone else 1
    dpi = first.dpi(unit, most_pixels)
    image = first.drawn(first.size_at(dpi, unit))
    if image.getextrema() == _ALL_WHITE:
        yield {"refused": REFUSALS.index(EMPTY)}
        return
    page, found = _kept(first, lone)
    of_file = [(SEVERAL_PAGES, first.pages > 1), (CUT, first.is_cut)]
    found += [finding for finding, is_so in of_file if is_so]
    yield {"found": sorted(map(FINDINGS.index, found))}
    # Compressed lightly, since it is decoded at once.
    picture = encoded(image, "PNG", compress_level=1, dpi=(dpi, dpi))
    yield from confined.in_parts([picture, page])


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
    seen = difference.point(lambda level: 255 if level > _SEEN else 0)
    return seen.getbbox() is None


if __name__ == "__main__":
    # The process ends in a second, and nothing in it forms reference cycles.
    gc.disable()
    (most_pixels, file) = confined.work()
    for value in read(file, most_pixels):
        confined.answer(value)
