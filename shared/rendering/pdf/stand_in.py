"""A one-pixel image with which pages are printed, later replaced by the template's JPEG.

Typst hashes every image for every page, which for a photograph takes as long as everything else.
"""

import hashlib
import io
import re

from PIL import Image

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
            buffer = io.BytesIO()
            Image.new(opened.mode, (1, 1)).save(buffer, "JPEG", comment=comment)
            self.content = buffer.getvalue()

    def replaced_in(self, pdf: bytes) -> bytes:
        """The page with the original JPEG in it. ValueError if `content` is not in there."""
        begin = pdf.index(self.content)
        start, end = pdf.rindex(b" obj\n", 0, begin), begin + len(self.content)
        head = self._described(pdf[start:begin])
        longer = len(head) + len(self._jpeg) - (end - start)
        found = _END.search(pdf, len(pdf) - 100)
        assert found
        table = int(found[1])
        tail = _moved(pdf[table : found.start()], start, longer)
        ending = b"startxref\n%d\n%%%%EOF" % (table + longer)
        return b"".join((pdf[:start], head, self._jpeg, pdf[end:table], tail, ending))

    def _described(self, head: bytes) -> bytes:
        """What the PDF says about the pixel, said about the JPEG."""
        width, height = self._size
        for key, number in (b"Length", len(self._jpeg)), (b"Width", width), (b"Height", height):
            head = re.sub(rb"/%b \d+" % key, b"/%b %d" % (key, number), head)
        return head


def _moved(table: bytes, behind: int, by: int) -> bytes:
    """The table of objects, of which those behind a place have moved."""

    def row(found: re.Match[bytes]) -> bytes:
        place = int(found[1])
        return b"%010d%b" % (place + by if place > behind else place, found[2])

    return _ROW.sub(row, table)
