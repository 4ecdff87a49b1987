"""What is under the fields of a page: the template, as an image or a vector page."""

from shared.rendering.pdf.stand_in import StandIn
from shared.rendering.pdf.underlay import Underlay

# How files begin; others are PNG.
_BEGINNINGS = ((b"\xff\xd8", "jpg"), (b"<svg", "svg"))


class Backdrop:
    """`picture` is JPEG or PNG, `vector` the same as SVG, or as PDF (see `Underlay`)."""

    def __init__(self, picture: bytes, vector: bytes | None = None) -> None:
        is_pdf = vector is not None and vector.startswith(b"%PDF")
        self._underlay = Underlay(vector) if vector is not None and is_pdf else None
        printed = vector if vector is not None and not is_pdf else picture
        self._stand_in = StandIn(printed) if printed.startswith(b"\xff\xd8") else None
        # The file that Typst prints pages with, and its name.
        self.content = self._stand_in.content if self._stand_in else printed
        self.name = file_name("background", self.content)

    def printed_by_typst(self, standard: str) -> bool:
        """Whether Typst prints it. It accepts no PDF, which is put under its pages afterwards; but
        nobody can promise PDF/A for the content of a foreign page."""
        return self._underlay is None or standard != "ua-1"

    def put_under(self, pdf: bytes, standard: str) -> bytes:
        """The printed pages with the template as it is."""
        if self._underlay and not self.printed_by_typst(standard):
            return self._underlay.put_under(pdf)
        return self._stand_in.replaced_in(pdf) if self._stand_in else pdf


def file_name(name: str, content: bytes) -> str:
    """With the suffix by which Typst knows what kind of file it is."""
    suffix = next((suffix for begin, suffix in _BEGINNINGS if content.startswith(begin)), "png")
    return f"{name}.{suffix}"
