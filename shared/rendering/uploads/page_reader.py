"""The process that reads organizers' PDFs and SVGs; `accepted` starts it.

A malicious file can make PDFium and the like crash, hang or take all memory.

It answers `{"refused": NUMBER}`, a place in REFUSALS, or `{"found": [NUMBER, …]}`, places in
FINDINGS, and then, in parts, the picture (PNG) and the page (PDF), which is empty if it cannot be
kept.
"""

import gc
import io
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import typst
from pikepdf import Dictionary, Name, Object, Stream
from PIL import Image, ImageChops

from shared import confined
from shared.errors import PictureRefused
from shared.language import N_
from shared.rendering.raster import encoded
from shared.rendering.uploads.template import FONTS_MISSING, NOT_KEPT

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
CUT = N_("The page is cropped to the sheet (TrimBox). Bleed and printer's marks are left out.")
FINDINGS = (SEVERAL_PAGES, CUT, FONTS_MISSING, NOT_KEPT)

POINTS_AN_INCH = 72
WANTED_DPI = 300
# Along the longer side, for strips of paper: no certificate has more.
MOST_ON_A_SIDE = 20_000
_WHITE = (255, 255, 255, 255)


class FirstPage:
    """The first page of a PDF. Raises PictureRefused.

    `pages` is the number of pages of the PDF; `is_cut` says that its TrimBox cut something off.
    """

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
        """Cut the page at its TrimBox, around which are bleed and printer's marks (ISO 32000-1,
        14.11.2); return whether that cut something off."""
        shown, trim = self._page.get_bbox(), self._page.get_trimbox(fallback_ok=False)
        if trim is None:
            return False
        (left, right), (bottom, top) = sorted(trim[::2]), sorted(trim[1::2])
        box = max(left, shown[0]), max(bottom, shown[1]), min(right, shown[2]), min(top, shown[3])
        if box[0] >= box[2] or box[1] >= box[3]:
            return False
        self._page.set_cropbox(*box)
        return any(abs(edge - other) >= 1 for edge, other in zip(box, shown, strict=True))

    def dpi(self, unit: float, most_pixels: int) -> float:
        """Return 300, or less if that would be too many pixels.

        `unit` is the page's UserUnit in points (ISO 32000-1, 14.10.2), which PDFium ignores.
        """
        inch = POINTS_AN_INCH / unit
        # A little less, since sides are rounded.
        largest = inch * math.sqrt(0.99 * most_pixels / (self._width * self._height))
        return min(WANTED_DPI, largest, inch * MOST_ON_A_SIDE / max(self._width, self._height))

    def size_at(self, dpi: float, unit: float = 1) -> tuple[int, int]:
        """Return width and height in pixels."""
        scale = dpi * unit / POINTS_AN_INCH
        return max(1, int(self._width * scale + 0.5)), max(1, int(self._height * scale + 0.5))

    def drawn(self, size: tuple[int, int]) -> Image.Image:
        """Draw the page in this many pixels, on white, in RGB."""
        bitmap = pypdfium2.PdfBitmap.new_native(*size, pdfium.FPDFBitmap_BGRx)
        bitmap.fill_rect(_WHITE, 0, 0, *size)
        # Filled fields are drawn as stored; no form scripts run.
        pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, *size, 0, pdfium.FPDF_ANNOT)
        image: Image.Image = bitmap.to_pil()
        return image.convert("RGB")


# The keys that a form XObject needs for drawing (ISO 32000-1, table 95).
_OF_FORMS = {
    *("/Type", "/Subtype", "/FormType", "/BBox", "/Matrix", "/Resources", "/Group"),
    *("/Length", "/Filter", "/DecodeParms"),
}
# Private data, tags, layers, other versions of an image, attachments.
_UNSEEN = (
    *("/PieceInfo", "/Metadata", "/LastModified", "/StructParent", "/StructParents"),
    *("/OC", "/OPI", "/Alternates", "/AF", "/Properties"),
)
# The keys by which a stream's bytes lie in another file (7.3.8, table 5), which readers may fetch.
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
# Operators that mark content (14.6), and a quick test for them, since most pages have none.
_MARKS = {"BMC", "BDC", "EMC", "MP", "DP"}
_ANY_MARK = re.compile(rb"\b(?:BMC|BDC|EMC|MP|DP)\b")
_LEAST_UNIT, _MOST_UNIT = 0.001, 100_000
_FONTS = ("/Type1", "/MMType1", "/TrueType", "/CIDFontType0", "/CIDFontType2")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


class LonePage:
    """The first page alone, with only what is drawn, to be printed under texts.

    Scripts, attachments, links, tags, hidden data and facts about the author are left out; tags
    must be, since an artifact may have none (ISO 14289-1, 7.1). Raises pikepdf.PdfError for other
    files.
    """

    def __init__(self, content: bytes) -> None:
        self._source = pikepdf.open(io.BytesIO(content))
        self._page = pikepdf.new()
        self._page.pages.append(self._source.pages[0])
        # Stamps and filled fields become part of it.
        self._page.flatten_annotations("screen")
        self._page.remove_unreferenced_resources()

    @property
    def unit(self) -> float:
        """The page's UserUnit in points; 1 if its value makes no sense."""
        said = float(self._page.pages[0].obj.get(Name.UserUnit, 1))
        return said if _LEAST_UNIT < said < _MOST_UNIT else 1.0

    def has_its_fonts(self) -> bool:
        """Return whether all fonts in which it shows text are embedded: programs list others
        too."""
        page = self._page.pages[0]
        listed = list(_dictionaries(page.obj.Resources))
        if all(map(_is_embedded, listed)):
            return True
        contents: list[tuple[Object, Object]] = [(page.obj, page.obj.Resources)]
        for part in listed:
            resources = part.get(Name.Resources, page.obj.Resources)
            contents += [(content, resources) for content in _contents_of(part)]
        shown = [font for content in contents for font in _fonts_shown(*content)]
        return all(font and all(map(_is_embedded, _dictionaries(font))) for font in shown)

    def printed(self) -> bytes:
        """Return a PDF with this page, upright, from (0, 0), and as large as it is shown."""
        self._keep_what_is_seen()
        form = self._page.pages[0].as_form_xobject()
        shown = pikepdf.Rectangle(pikepdf.Array(form.BBox.as_list()))
        if Name.Matrix in form:
            shown = pikepdf.Matrix(form.Matrix).transform(shown)
        with pikepdf.new() as alone:
            page = alone.add_blank_page(page_size=(shown.width, shown.height))
            copied = alone.copy_foreign(self._page.make_indirect(form))
            page.obj.Resources = Dictionary(XObject=Dictionary(Page=copied))
            page.contents_add(b"q 1 0 0 1 %f %f cm /Page Do Q" % (-shown.llx, -shown.lly))
            written = io.BytesIO()
            alone.save(written, deterministic_id=True)
        return written.getvalue()

    def _keep_what_is_seen(self) -> None:
        page = self._page.pages[0]
        # Viewers show the CropBox inside the MediaBox; of that, the cut sheet is the TrimBox
        # (14.11.2).
        media, crop = pikepdf.Rectangle(page.mediabox), pikepdf.Rectangle(page.cropbox)
        shown, trim = media & crop, pikepdf.Rectangle(page.trimbox)
        cut = shown & trim
        page.mediabox = cut if cut.width > 0 and cut.height > 0 else shown
        for box in (Name.CropBox, Name.TrimBox, Name.BleedBox, Name.ArtBox):
            if box in page.obj:
                del page.obj[box]
        page.contents_coalesce()
        _take_marks_off(page.obj.Contents)
        for part in _dictionaries(page.obj.Resources):
            # Remove what is not drawn.
            is_form = part.get(Name.Subtype) == Name.Form
            unseen = (*_UNSEEN, *_OUTSIDE) if isinstance(part, Stream) else _UNSEEN
            for key in list(part.keys()):
                if key in unseen or (is_form and key not in _OF_FORMS):
                    del part[key]
            for content in _contents_of(part):
                _take_marks_off(content)


def _dictionaries(start: Object) -> Iterator[Object]:
    """Yield every dictionary and stream reachable from `start`, each once."""
    waiting, seen = [start], set()
    while waiting:
        part = waiting.pop()
        if part.is_indirect:
            if part.objgen in seen:
                continue
            seen.add(part.objgen)
        if isinstance(part, (Dictionary, Stream)):
            yield part
            waiting += [value for _, value in part.items() if isinstance(value, Object)]
        elif isinstance(part, pikepdf.Array):
            waiting += [value for value in part if isinstance(value, Object)]


def _is_embedded(part: Object) -> bool:
    """Return whether a font is in the file; True for anything but a font, and for fonts whose
    letters are drawings (Type 3)."""
    if part.get(Name.Subtype) not in _FONTS:
        return True
    descriptor = part.get(Name.FontDescriptor, Dictionary())
    return any(file in descriptor for file in _FONT_FILES)


def _contents_of(part: Object) -> list[Object]:
    """Return the content streams in a dictionary or stream: forms, tiling patterns, letters of Type
    3 fonts."""
    is_drawn = part.get(Name.Subtype) == Name.Form or part.get(Name.PatternType) == 1
    return [*([part] if is_drawn else []), *part.get(Name.CharProcs, Dictionary()).values()]


def _fonts_shown(content: Object, resources: Object) -> Iterator[Object | None]:
    """Yield the font of each text that a content stream shows (9.4.3); None if unknown, such as one
    set by the stream that draws this one."""
    font: Object | None = None
    kept: list[Object | None] = []
    for instruction in pikepdf.parse_content_stream(content):
        operands = instruction.operands
        match str(instruction.operator):
            case "q":
                kept.append(font)
            case "Q":
                font = kept.pop() if kept else None
            case "Tf":
                font = resources.get(Name.Font, Dictionary()).get(str(operands[0]))
            case "gs":
                state = resources.get(Name.ExtGState, Dictionary()).get(str(operands[0]))
                font = state.Font[0] if state is not None and Name.Font in state else font
            case "Tj" | "TJ" | "'" | '"':
                yield font


def _take_marks_off(content: Object) -> None:
    if not _ANY_MARK.search(content.read_bytes()):
        return
    kept = [
        instruction
        for instruction in pikepdf.parse_content_stream(content)
        if str(instruction.operator) not in _MARKS
    ]
    content.write(pikepdf.unparse_content_stream(kept))


# In a folder without other files that a path in an SVG could name.
_SVG_SHEET = Path(__file__).parent / "svg_page.typ"
# Text would use whatever font the viewer has; only browsers draw HTML inside it.
_SVG_TEXT = re.compile(r"<(?:\w+:)?(?:text|foreignObject)[\s/>]")


def is_svg(upload: bytes) -> bool:
    return b"<svg" in upload[:1000].lower()


def as_pdf(svg: bytes) -> bytes:
    """Return an SVG as a PDF. Raises PictureRefused."""
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
    """Yield the answers of the process."""
    try:
        pdf = as_pdf(upload) if is_svg(upload) else upload
        first = FirstPage(pdf)
    except PictureRefused as refusal:
        yield {"refused": REFUSALS.index(refusal.message)}
        return
    try:
        lone = LonePage(pdf)
    except Exception:
        # Anything may be wrong in the file, and this process ends with it. A page that is too
        # unusual is used as an image only.
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
    """Return the page to print, or empty if its image must be printed instead, and the reasons."""
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
    """Return whether both look alike, which hidden layers that became visible would prevent."""
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
