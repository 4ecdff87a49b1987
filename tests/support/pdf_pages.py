"""PDFs as organizers upload them, and as nobody should."""

import hashlib
import io
from collections.abc import Callable
from functools import cache

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name, String

from shared.rendering.design import CompiledDesign, compile_design
from shared.rendering.layout import standard_layout
from shared.rendering.text.faces import FONTS
from shared.rendering.uploads.page_reader import LonePage
from tests.support.factories import small_picture

A4 = (841.89, 595.28)
# The frame's colour; the square in the corner at the lower right is red.
FRAME, CORNER = (0, 100, 60), (255, 0, 0)
_SOURCE = """
#set document(title: "Template", author: "Ana Secret", date: none)
#set page(width: {width}pt, height: {height}pt, margin: 20pt)
#set text(font: "Noto Sans", fallback: false)
#for number in range({pages}) [
  #if number > 0 {{ pagebreak() }}
  #rect(width: 100%, height: 100%, stroke: 8pt + rgb("#00643c"), inset: 60pt)[
    = Certificate of thanks
    #place(bottom + right, rect(width: 60pt, height: 60pt, fill: rgb("#ff0000")))
  ]
]
"""

Change = Callable[[pikepdf.Pdf], None]


@cache
def made(size: tuple[float, float] = A4, pages: int = 1) -> bytes:
    """A frame, a title in an embedded font, and a red square in the lower right corner."""
    source = _SOURCE.format(width=size[0], height=size[1], pages=pages)
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    pdf: bytes = typst.compile(source.encode(), format="pdf", font_paths=fonts)
    return pdf


def design_on(upload: bytes) -> CompiledDesign:
    """A design whose PDFs carry the first page of an upload."""
    page = LonePage(upload).printed()
    design = compile_design(small_picture(), standard_layout())
    return design.printed(None, hashlib.sha256(page).hexdigest(), lambda: page)


def changed(*changes: Change, pdf: bytes | None = None) -> bytes:
    with pikepdf.open(io.BytesIO(pdf or made())) as opened:
        for change in changes:
            change(opened)
        return saved(opened)


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    written = io.BytesIO()
    pdf.save(written, **options)
    return written.getvalue()


def with_entry(key: str, value: object) -> Change:
    """On its first page."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj[key] = value

    return change


def turned(degrees: int) -> Change:
    return with_entry("/Rotate", degrees)


def cropped(*box: float) -> Change:
    return with_entry("/CropBox", Array(box))


def trimmed(*box: float) -> Change:
    return with_entry("/TrimBox", Array(box))


def with_stamp(pdf: pikepdf.Pdf) -> None:
    """A blue note on the page, as people add one before they send the file on."""
    look = pdf.make_stream(
        b"0 0 1 rg 0 0 100 100 re f",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 100, 100]),
    )
    stamp = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        F=4,
        Rect=Array([300, 200, 400, 300]),
        AP=Dictionary(N=look),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])


def with_hidden_layer(pdf: pikepdf.Pdf) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Notes")))
    shown = Dictionary(OFF=Array([layer]), Order=Array([layer]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=shown)
    pdf.pages[0].obj.Resources.Properties = Dictionary(Layer=layer)
    pdf.pages[0].contents_add(b"/OC /Layer BDC 0 0 1 rg 300 200 9 9 re f EMC")


def with_foreign_font(pdf: pikepdf.Pdf) -> None:
    """Text in a font that the file only names."""
    helvetica = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.pages[0].obj.Resources.Font.Foreign = helvetica
    pdf.pages[0].contents_add(b"BT /Foreign 30 Tf 100 300 Td (Not embedded) Tj ET")


def with_fonts(content: bytes) -> Change:
    """More content; /Foreign is a font that the file only names, /Own one that is in it."""

    def change(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[0].obj.Resources
        own = next(iter(resources.Font.values()))
        foreign = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        foreign = pdf.make_indirect(foreign)
        resources.Font.Own, resources.Font.Foreign = own, foreign
        resources.ExtGState = Dictionary(State=Dictionary(Font=Array([foreign, 12])))
        inherits = _form(pdf, b"BT (A) Tj ET")
        pdf.pages[0].add_resource(inherits, Name.XObject, Name.Inherits)
        pdf.pages[0].contents_add(content)

    return change


def with_baggage(pdf: pikepdf.Pdf) -> None:
    """Scripts, an attachment, private data of the program, and tags in a form within a form."""
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert('SECRET')"))
    pdf.Root.OpenAction = pdf.make_indirect(script)
    pdf.attachments["SECRET.txt"] = b"SECRET"
    page = pdf.pages[0].obj
    page.AA = Dictionary(O=script)
    page.PieceInfo = Dictionary(Maker=Dictionary(Private=pdf.make_stream(b"SECRET")))
    inner = _form(pdf, b"/P <</MCID 7>> BDC /Span BMC 0 0 1 rg 0 0 9 9 re f EMC EMC /M MP")
    inner.StructParents = 3
    outer = _form(pdf, b"/Inner Do", inner)
    outer.PieceInfo = page.PieceInfo
    _draw(pdf, outer)


def with_outside_image(pdf: pikepdf.Pdf) -> None:
    """An image of which the file says that its bytes lie in another one (7.3.8, table 5)."""
    size = {"Width": 1, "Height": 1, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
    image = pdf.make_stream(b"\x80", Type=Name.XObject, Subtype=Name.Image, **size)
    image.F = Dictionary(Type=Name.Filespec, FS=Name.URL, F=String("https://outside.example/x"))
    image.FFilter, image.FDecodeParms = Name.FlateDecode, Dictionary()
    pdf.pages[0].add_resource(image, Name.XObject, Name.Outside)
    pdf.pages[0].contents_add(b"q 90 0 0 90 300 200 cm /Outside Do Q")


def _form(pdf: pikepdf.Pdf, content: bytes, inner: pikepdf.Object | None = None) -> pikepdf.Stream:
    resources = Dictionary(XObject=Dictionary(Inner=inner)) if inner is not None else Dictionary()
    return pdf.make_stream(
        content,
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array([0, 0, 900, 900]),
        Resources=resources,
    )


def _draw(pdf: pikepdf.Pdf, form: pikepdf.Stream) -> None:
    pdf.pages[0].add_resource(form, Name.XObject, Name.Brought)
    pdf.pages[0].contents_add(b"q 1 0 0 1 300 200 cm /Brought Do Q")


# What was made to harm


def nested_forms(depth: int = 30) -> bytes:
    """Each form draws the next one ten times."""

    def nest(pdf: pikepdf.Pdf) -> None:
        form = _form(pdf, b"0 0 900 900 re f")
        for _ in range(depth):
            form = _form(pdf, b"/Inner Do " * 10, form)
        _draw(pdf, form)

    return changed(nest)


def content_bomb() -> bytes:
    """Few bytes that pack a hundred million operators."""

    def fill(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"0 0 800 500 re f " * 5_000_000)

    return changed(fill)


def locked() -> bytes:
    with pikepdf.open(io.BytesIO(made())) as opened:
        return saved(opened, encryption=pikepdf.Encryption(user="user", owner="owner"))


def blank() -> bytes:
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=A4)
        return saved(pdf)


def without_pages() -> bytes:
    with pikepdf.new() as pdf:
        return saved(pdf)
