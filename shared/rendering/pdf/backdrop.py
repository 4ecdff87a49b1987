"""What is under the fields of a page: the template, as an image or a vector page.

Typst hashes every image for every page, which for a photograph takes as long as everything else: it
prints a stand-in. It reads no PDF, which is put under its pages afterwards.
"""

import base64
import hashlib
import io
import re

import pikepdf
from pikepdf import Name
from PIL import Image

from shared.rendering.raster.encoding import encoded

# A page of another PDF

# The id of a document, derived from its content (XMP, part 1, 2.2.3).
_INSTANCE = re.compile(rb"(?<=InstanceID>)[^<]+")


def _underlaid(printed: bytes, underlay: bytes) -> bytes:
    """The printed pages with another one under each, stretched over it, in the file once:
    `underlay` is a PDF of one page without tags, upright, from (0, 0) (see `pages.lone_page`).

    Screen readers skip it (an artifact: ISO 14289-1, 7.1), as they do pictures of templates. The
    same pages give the same bytes.
    """
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        with pikepdf.open(io.BytesIO(underlay)) as source:
            form = source.make_indirect(source.pages[0].as_form_xobject())
            under = pdf.copy_foreign(form)
        # The operators that draw it over the whole page.
        _, _, width, height = (float(side) for side in under.BBox.as_list())
        whole = pikepdf.Rectangle(pdf.pages[0].mediabox)
        scale = whole.width / width, whole.height / height
        drawing = pdf.make_stream(
            b"/Artifact BMC q %.6f 0 0 %.6f 0 0 cm /Underlay Do Q EMC" % scale
        )
        for page in pdf.pages:
            page.add_resource(under, Name.XObject, Name.Underlay)
            page.contents_add(drawing, prepend=True)
        # Documents that differ only in their underlay need different ids.
        xmp = pdf.Root.Metadata.read_bytes()
        content = b"".join(_INSTANCE.findall(xmp)) + underlay
        name = base64.b64encode(hashlib.sha256(content).digest()[:16])
        pdf.Root.Metadata.write(_INSTANCE.sub(name, xmp))
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


# A one-pixel image with which pages are printed, later replaced by the template's JPEG

# How a PDF ends: the place of its table of objects (ISO 32000-1, 7.5.5).
_END = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
# A row of that table: where an object begins, its generation, in use (7.5.4).
_ROW = re.compile(rb"(\d{10})( \d{5} n)")


class StandIn:
    """Stands for one JPEG; `content` is the file to print pages with."""

    def __init__(self, jpeg: bytes) -> None:
        self._jpeg = jpeg
        with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as opened:
            self._size = opened.size
            # The comment makes pages on different templates differ: Typst derives
            # their InstanceID (XMP) from the content.
            comment = hashlib.sha256(jpeg).hexdigest()
            self.content = encoded(Image.new(opened.mode, (1, 1)), "JPEG", comment=comment)

    def replaced_in(self, pdf: bytes) -> bytes:
        """The page with the original JPEG in it. ValueError if `content` is not in there."""
        begin = pdf.index(self.content)
        start, end = pdf.rindex(b" obj\n", 0, begin), begin + len(self.content)
        # What the PDF says about the pixel, said about the JPEG.
        head, (width, height) = pdf[start:begin], self._size
        for key, number in (b"Length", len(self._jpeg)), (b"Width", width), (b"Height", height):
            head = re.sub(rb"/%b \d+" % key, b"/%b %d" % (key, number), head)
        longer = len(head) + len(self._jpeg) - (end - start)
        found = _END.search(pdf, len(pdf) - 100)
        assert found
        table = int(found[1])

        def moved(row: re.Match[bytes]) -> bytes:
            """A row of the table of objects, of which those behind `start` have moved."""
            place = int(row[1])
            return b"%010d%b" % (place + longer if place > start else place, row[2])

        tail = _ROW.sub(moved, pdf[table : found.start()])
        ending = b"startxref\n%d\n%%%%EOF" % (table + longer)
        return b"".join((pdf[:start], head, self._jpeg, pdf[end:table], tail, ending))


# How files begin; others are PNG.
_BEGINNINGS = ((b"\xff\xd8", "jpg"), (b"<svg", "svg"))


class Backdrop:
    """`picture` is JPEG or PNG, `vector` the same as SVG, or as PDF (see `_underlaid`)."""

    def __init__(self, picture: bytes, vector: bytes | None = None) -> None:
        self._underlay = vector if vector is not None and vector.startswith(b"%PDF") else None
        printed = picture if vector is None or self._underlay else vector
        self._stand_in = StandIn(printed) if printed.startswith(b"\xff\xd8") else None
        # The file that Typst prints pages with, and its name.
        self.content = self._stand_in.content if self._stand_in else printed
        self.name = file_name("background", self.content)

        # Nobody can promise PDF/A for the content of a foreign page.
        self.is_foreign = self._underlay is not None

    def printed_by_typst(self, *, for_archives: bool) -> bool:
        """Whether Typst prints it. It accepts no PDF, which is put under its pages afterwards; in
        PDF/A there is its picture."""
        return for_archives or not self.is_foreign

    def put_under(self, pdf: bytes, *, for_archives: bool) -> bytes:
        """The printed pages with the template as it is."""
        if self._underlay and not for_archives:
            return _underlaid(pdf, self._underlay)
        return self._stand_in.replaced_in(pdf) if self._stand_in else pdf


def file_name(name: str, content: bytes) -> str:
    """With the suffix by which Typst knows what kind of file it is."""
    suffix = next((suffix for begin, suffix in _BEGINNINGS if content.startswith(begin)), "png")
    return f"{name}.{suffix}"
