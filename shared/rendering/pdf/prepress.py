"""Pages for print shops: a ground that is larger than the sheet, and marks that say where to cut.

Other programs show and print only the sheet itself (TrimBox; ISO 32000-1, 14.11.2).
"""

import io

import numpy
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from shared.rendering.raster import encoded

_POINTS_PER_MM = 72 / 25.4
# The ground extends this far beyond the sheet, in points, since no knife cuts exactly.
BLEED = 3 * _POINTS_PER_MM
# The length and width of a mark, which begins where the ground ends.
_MARK, _HAIRLINE = 5 * _POINTS_PER_MM, 0.25
# In pixels: sharp enough for a strip that is cut off.
_LONG_SIDE = 2000


def for_print_shop(pdf: bytes, picture: bytes) -> bytes:
    """Return the pages, of one size and printed with `BLEED`, on a ground beyond the sheet and with
    crop marks, both in the file once.

    `picture` is the sheet as JPEG or PNG. The same pages give the same bytes.
    """
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        bled, sheet = opened.pages[0].mediabox, opened.pages[0].trimbox
        whole, cut = pikepdf.Rectangle(bled), pikepdf.Rectangle(sheet)
        under = opened.make_stream(
            b"/Artifact BMC q %.4f 0 0 %.4f 0 0 cm /Ground Do Q EMC" % (whole.width, whole.height)
        )
        over = opened.make_stream(b"/Artifact BMC q /Plates CS 1 SCN %b Q EMC" % _marks(cut))
        ground = _ground(opened, picture, cut.width)
        # The colour of all plates at once (ISO 32000-1, 8.6.6.4), so that marks show whether they
        # match.
        tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
        plates = opened.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))
        outside = BLEED + _MARK
        around = Array([cut.llx - outside, cut.lly - outside, cut.urx + outside, cut.ury + outside])
        for page in opened.pages:
            page.bleedbox, page.cropbox, page.mediabox = bled, sheet, around
            page.add_resource(ground, Name.XObject, Name.Ground)
            page.add_resource(plates, Name.ColorSpace, Name.Plates)
            page.contents_add(under, prepend=True)
            page.contents_add(over)
        written = io.BytesIO()
        opened.save(written, deterministic_id=True)
    return written.getvalue()


def _ground(pdf: pikepdf.Pdf, picture: bytes, width: float) -> pikepdf.Stream:
    """Return the picture, mirrored at the edges of a sheet `width` points wide. Its middle is
    white, since the sheet is drawn over it."""
    with Image.open(io.BytesIO(picture), formats=("JPEG", "PNG")) as opened:
        opened.thumbnail((_LONG_SIDE, _LONG_SIDE))
        pixels = numpy.asarray(opened.convert("RGB"))
    beyond = max(1, round(pixels.shape[1] / width * BLEED))
    padded = numpy.pad(pixels, ((beyond, beyond), (beyond, beyond), (0, 0)), mode="symmetric")
    # A strip of the sheet stays, so that no white shows where the two meet.
    inner = 2 * beyond
    padded[inner:-inner, inner:-inner] = 255
    jpeg = encoded(Image.fromarray(padded), "JPEG", quality=90, subsampling=0)
    return pdf.make_stream(
        jpeg,
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=padded.shape[1],
        Height=padded.shape[0],
        ColorSpace=Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=Name.DCTDecode,
    )


def _marks(sheet: pikepdf.Rectangle) -> bytes:
    """Draw two lines at each corner of the sheet, outside of the ground."""
    lines = []
    for x, away_x in (sheet.llx, -1), (sheet.urx, 1):
        for y, away_y in (sheet.lly, -1), (sheet.ury, 1):
            near, far = BLEED, BLEED + _MARK
            lines += [
                (x + away_x * near, y, x + away_x * far, y),
                (x, y + away_y * near, x, y + away_y * far),
            ]
    drawn = b" ".join(b"%.3f %.3f m %.3f %.3f l S" % tuple(map(float, line)) for line in lines)
    return b"%.2f w %b" % (_HAIRLINE, drawn)
