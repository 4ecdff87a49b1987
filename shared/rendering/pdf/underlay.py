"""A page of another PDF, put under the pages of certificates unchanged: vector stays vector."""

import base64
import hashlib
import io
import re

import pikepdf
from pikepdf import Name

# The id of a document, derived from its content (XMP, part 1, 2.2.3).
_INSTANCE = re.compile(rb"(?<=InstanceID>)[^<]+")


class Underlay:
    """`page` is a PDF of one page without tags, upright, from (0, 0): see `pages.lone_page`."""

    def __init__(self, page: bytes) -> None:
        self._page = page

    def put_under(self, printed: bytes) -> bytes:
        """The printed pages with this page under each, stretched over it, in the file once.

        Screen readers skip it (an artifact: ISO 14289-1, 7.1), as it does pictures of templates.
        The same pages give the same bytes.
        """
        with pikepdf.open(io.BytesIO(printed)) as pdf:
            under = self._copied_into(pdf)
            drawing = pdf.make_stream(_stretched(under, pdf.pages[0]))
            for page in pdf.pages:
                page.add_resource(under, Name.XObject, Name.Underlay)
                page.contents_add(drawing, prepend=True)
            # Documents that differ only in their underlay need different ids.
            xmp = pdf.Root.Metadata.read_bytes()
            content = b"".join(_INSTANCE.findall(xmp)) + self._page
            name = base64.b64encode(hashlib.sha256(content).digest()[:16])
            pdf.Root.Metadata.write(_INSTANCE.sub(name, xmp))
            written = io.BytesIO()
            pdf.save(written, deterministic_id=True)
        return written.getvalue()

    def _copied_into(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        with pikepdf.open(io.BytesIO(self._page)) as source:
            form = source.make_indirect(source.pages[0].as_form_xobject())
            return pdf.copy_foreign(form)


def _stretched(under: pikepdf.Object, page: pikepdf.Page) -> bytes:
    """The operators that draw it over the whole page."""
    _, _, width, height = (float(side) for side in under.BBox.as_list())
    whole = pikepdf.Rectangle(page.mediabox)
    scale = whole.width / width, whole.height / height
    return b"/Artifact BMC q %.6f 0 0 %.6f 0 0 cm /Underlay Do Q EMC" % scale
