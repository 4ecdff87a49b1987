"""Files that carry credentials, as certificates do and as they never do."""

import io
import zlib

import pikepdf
import zxingcpp
from PIL import Image

from shared.certificates.credentials.carried import ATTACHMENT, CHUNK


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
