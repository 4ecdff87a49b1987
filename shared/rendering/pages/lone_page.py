"""The first page of a PDF by itself, with only what is drawn, to be printed under texts.

Scripts, attachments, links, tags, hidden data and information about the author are left out. Tags
must be, since none may stand inside of an artifact (ISO 14289-1, 7.1).
"""

import io
import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name, Object, Stream

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
    """Raises pikepdf.PdfError for anything but a PDF."""

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
        """Whether all fonts in which it shows text are embedded: programs list others, too."""
        page = self._page.pages[0]
        listed = list(_dictionaries(page.obj.Resources))
        if all(map(_is_embedded, listed)):
            return True
        contents: list[tuple[Object, Object]] = [(page.obj, page.obj.Resources)]
        for one in listed:
            resources = one.get(Name.Resources, page.obj.Resources)
            contents += [(content, resources) for content in _contents_of(one)]
        shown = [font for content in contents for font in _fonts_shown(*content)]
        return all(font and all(map(_is_embedded, _dictionaries(font))) for font in shown)

    def printed(self) -> bytes:
        """A PDF with this page, upright, from (0, 0), and as large as it is shown."""
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
        # What viewers show, the CropBox inside the MediaBox, and of that what stays when
        # the sheet is cut, the TrimBox (14.11.2).
        media, crop = pikepdf.Rectangle(page.mediabox), pikepdf.Rectangle(page.cropbox)
        shown, trim = media & crop, pikepdf.Rectangle(page.trimbox)
        cut = shown & trim
        page.mediabox = cut if cut.width > 0 and cut.height > 0 else shown
        for box in (Name.CropBox, Name.TrimBox, Name.BleedBox, Name.ArtBox):
            if box in page.obj:
                del page.obj[box]
        page.contents_coalesce()
        _take_marks_off(page.obj.Contents)
        for one in _dictionaries(page.obj.Resources):
            # Remove from a dictionary or stream what is not drawn.
            is_form = one.get(Name.Subtype) == Name.Form
            unseen = (*_UNSEEN, *_OUTSIDE) if isinstance(one, Stream) else _UNSEEN
            for key in list(one.keys()):
                if key in unseen or (is_form and key not in _OF_FORMS):
                    del one[key]
            for content in _contents_of(one):
                _take_marks_off(content)


def _dictionaries(start: Object) -> Iterator[Object]:
    """Every dictionary and stream reachable from there, each once."""
    waiting, seen = [start], set()
    while waiting:
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if isinstance(one, (Dictionary, Stream)):
            yield one
            waiting += [value for _, value in one.items() if isinstance(value, Object)]
        elif isinstance(one, pikepdf.Array):
            waiting += [value for value in one if isinstance(value, Object)]


def _is_embedded(one: Object) -> bool:
    """Whether a font lies in the file; true for anything but a font, and for fonts whose letters
    are drawings (Type 3)."""
    if one.get(Name.Subtype) not in _FONTS:
        return True
    descriptor = one.get(Name.FontDescriptor, Dictionary())
    return any(file in descriptor for file in _FONT_FILES)


def _contents_of(one: Object) -> list[Object]:
    """The content streams in a dictionary or stream: forms, tiling patterns, letters of Type 3
    fonts."""
    is_drawn = one.get(Name.Subtype) == Name.Form or one.get(Name.PatternType) == 1
    return [*([one] if is_drawn else []), *one.get(Name.CharProcs, Dictionary()).values()]


def _fonts_shown(content: Object, resources: Object) -> Iterator[Object | None]:
    """The font of each text that a content stream shows (9.4.3); None if that is not known, such as
    one set by the stream that draws this one."""
    font: Object | None = None
    kept: list[Object | None] = []
    for one in pikepdf.parse_content_stream(content):
        operands = one.operands
        match str(one.operator):
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
    kept = [one for one in pikepdf.parse_content_stream(content) if str(one.operator) not in _MARKS]
    content.write(pikepdf.unparse_content_stream(kept))
