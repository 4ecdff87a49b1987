"""What a file carries of its certificate's credential."""

import io

import pikepdf
from PIL import Image


def attached(pdf: bytes) -> bytes | None:
    """The credential in a PDF, or None. An archive's says that it belongs to the whole document
    (PDF/A-3); PDF/UA has no words for that."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if not opened.attachments:
            return None
        [(name, file)] = opened.attachments.items()
        assert name == "openbadge-credential.json"
        if b"pdfaid" in opened.Root.Metadata.read_bytes():
            [of_document] = opened.Root.AF
            assert of_document.AFRelationship == pikepdf.Name.Data
            assert of_document.EF.F.read_bytes() == file.get_file().read_bytes()
        assert file.get_file().mime_type == "application/vc"
        return file.get_file().read_bytes()


def claims(pdf: bytes) -> set[str]:
    """The standards that a PDF says it satisfies."""
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as xmp:
        found = {f"ua-{xmp['pdfuaid:part']}"} if "pdfuaid:part" in xmp else set()
        if "pdfaid:part" in xmp:
            found.add(f"a-{xmp['pdfaid:part']}{xmp['pdfaid:conformance'].lower()}")
        return found


def in_chunk(png: bytes) -> str | None:
    with Image.open(io.BytesIO(png), formats=("PNG",)) as opened:
        return opened.info.get("openbadgecredential")
