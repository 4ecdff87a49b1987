"""Files that carry credentials, as certificates do and as they never do."""

import io
import zlib

import pikepdf
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from shared.features.credentials.carried import ATTACHMENT, CHUNK
from shared.rendering.fields import qr


def pdf_with(*credentials: bytes, name: str = ATTACHMENT, **saving: object) -> bytes:
    """A page that each of them is attached to, in both places that name attachments."""
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(842, 595))
        document.Root.AF = pikepdf.Array()
        for number, one in enumerate(credentials):
            attached = pikepdf.AttachedFileSpec(
                document, one, filename=name, mime_type="application/vc"
            )
            document.attachments[f"{number}"] = attached
            document.Root.AF.append(document.attachments[f"{number}"].obj)
        written = io.BytesIO()
        document.save(written, **saving)
    return written.getvalue()


def chunk(credential: bytes, packed: bytes = b"\0") -> bytes:
    text = zlib.compress(credential) if packed != b"\0" else credential
    data = b"iTXt" + CHUNK + b"\0" + packed + b"\0\0\0" + text
    return (len(data) - 4).to_bytes(4) + data + zlib.crc32(data).to_bytes(4)


def png_with(*chunks: bytes, picture: Image.Image | None = None) -> bytes:
    """A picture with these chunks before its pixels."""
    written = io.BytesIO()
    (picture or Image.new("RGB", (60, 40), "white")).save(written, "PNG")
    content = written.getvalue()
    return content[:33] + b"".join(chunks) + content[33:]


def photo_of_code(text: str) -> bytes:
    """A sheet with a QR code, photographed askew."""
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    sheet = Image.new("RGB", (2400, 1700), "white")
    sheet.paste(Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=5)), (1900, 1200))
    written = io.BytesIO()
    sheet.rotate(7, fillcolor="#776655").save(written, "JPEG", quality=80)
    return written.getvalue()


def small_photo(text: str, angle: float, lean: float, kind: str = "JPEG") -> bytes:
    """A sheet with a code as large as ours are, a little out of focus, in 700 pixels: a module has
    one and a half. `lean` narrows the upper edge by that part."""
    width, height = 2400, 1700
    side = qr.readable_side(text, width, height)
    sheet = Image.new("RGB", (width, height), "#fffdf6")
    sheet.paste(qr.picture(text, side, side), (width - side - 150, height - side - 150))
    table = Image.new("RGB", (2670, 1890), "#776655")
    table.paste(sheet, (135, 95))
    right, bottom = table.size
    corners = (0, 0, -lean * right, bottom, (1 + lean) * right, bottom, right, 0)
    seen = table.transform(
        table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="#776655"
    ).rotate(angle, Image.Resampling.BICUBIC, fillcolor="#776655")
    small = ImageOps.contain(seen, (700, 700), Image.Resampling.LANCZOS)
    written = io.BytesIO()
    small.filter(ImageFilter.GaussianBlur(0.7)).save(written, kind, quality=80)
    return written.getvalue()


SMALL_PHOTOS = ((0, 0), (7, 0), (-12, 0.03), (11, 0.05), (3, 0.02), (-5, 0.04))


def jpeg_of_scans(number: int, size: tuple[int, int]) -> bytes:
    """A reader goes through all of its pixels as often."""
    written = io.BytesIO()
    Image.effect_noise(size, 90).save(written, "JPEG", progressive=True)
    jpeg = written.getvalue()
    last = jpeg.rindex(b"\xff\xda")
    return jpeg[:last] + jpeg[last:-2] * (number - jpeg.count(b"\xff\xda") + 1) + jpeg[-2:]


def packed_pdf(content: bytes, *filters: str, **parameters: object) -> bytes:
    """A credential's attachment behind filters of the sender's choice, packed already."""
    with pikepdf.new() as document:
        document.add_blank_page()
        attached = pikepdf.AttachedFileSpec(document, b"{}", filename=ATTACHMENT)
        document.attachments["0"] = attached
        names = pikepdf.Array([pikepdf.Name(f"/{one}") for one in filters])
        attached.obj.EF.F.write(
            content, filter=names, decode_parms=pikepdf.Dictionary(**parameters) or None
        )
        written = io.BytesIO()
        document.save(written, compress_streams=False)
    return written.getvalue()


def heic(picture: Image.Image) -> bytes:
    """The beginning of a photograph as phones keep it, which is all that is looked at."""
    return b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf" + picture.tobytes()
