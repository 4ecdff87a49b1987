"""The first page of a PDF, drawn by PDFium as viewers show it: turned, cropped, with its stamps;
and cut where the file says that the sheet ends."""

import math

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

POINTS_AN_INCH = 72
WANTED_DPI = 300
# Along the longer side, for strips of paper: no certificate has more.
MOST_ON_A_SIDE = 20_000
_WHITE = (255, 255, 255, 255)


class Locked(Exception):
    """The PDF has a password."""


class Damaged(Exception):
    """It is not a complete PDF, or has no page."""


class FirstPage:
    """`pages` is the number of pages of the whole PDF; `is_cut`: its TrimBox took something off.
    Raises Locked or Damaged."""

    def __init__(self, content: bytes) -> None:
        try:
            document = pypdfium2.PdfDocument(content)
            self.pages = len(document)
            self._page = document[0]
        except pypdfium2.PdfiumError as problem:
            is_locked = problem.err_code == pdfium.FPDF_ERR_PASSWORD
            raise (Locked if is_locked else Damaged)() from problem
        self.is_cut = self._cut()
        self._width, self._height = map(float, self._page.get_size())
        if min(self._width, self._height) <= 0:
            raise Damaged()

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
