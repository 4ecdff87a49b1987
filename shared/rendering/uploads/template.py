"""An accepted template, and the reasons why its page is not kept beside the picture."""

from dataclasses import dataclass

from shared.language import N_

FONTS_MISSING = N_(
    "This PDF does not contain all of its fonts: compare the letters, or export it with fonts "
    "embedded. In PDF certificates its page is a picture."
)
NOT_KEPT = N_("In PDF certificates this page is a picture: it is too large or unusual to be kept.")

# Why the page is not kept, as a parameter of the picture's media type (RFC 2045, 5.1).
PARAMETER = "; page="
REASONS = {"fonts-missing": FONTS_MISSING, "not-kept": NOT_KEPT}


@dataclass(frozen=True)
class Template:
    """An accepted image. `content` is the master for certificates, `vector` the same as a vector
    page (SVG or PDF) for PDF certificates.

    `dpi` is what the file states, `print_dpi` the pixels per inch of PDF certificates, which decide
    their size.
    """

    content: bytes
    media_type: str
    width: int
    height: int
    dpi: float | None
    sha256: str
    warnings: tuple[str, ...] = ()
    vector: bytes | None = None
    print_dpi: float | None = None

    @property
    def octets(self) -> int:
        return len(self.content) + len(self.vector or b"")


def why_no_page(media_type: str) -> str | None:
    """Return why PDF certificates carry a picture of the page, by the template's media type; None
    if it was no page, or the page is kept."""
    return REASONS.get(media_type.partition(PARAMETER)[2])


def plain_type(media_type: str) -> str:
    """Return the media type without the reason."""
    return media_type.partition(PARAMETER)[0]
