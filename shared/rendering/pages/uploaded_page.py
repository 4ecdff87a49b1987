"""A PDF or SVG as template: its first page as an image and, if possible, as a page to print."""

from dataclasses import replace

from shared import confined
from shared.errors import PictureRefused
from shared.language import N_
from shared.rendering.pages import page_reader
from shared.rendering.pages.page_reader import is_svg
from shared.rendering.raster.picture_reader import MOST_PIXELS
from shared.rendering.raster.uploaded_images import Template, accept_template

# A4 takes a second and 300 MB of address space; the largest picture takes 700 MB.
_LIMITS = confined.Limits(memory=900_000_000, cpu_seconds=10, seconds=30, answer=6 * MOST_PIXELS)

_REFUSALS = {
    page_reader.DAMAGED: N_("The PDF is damaged or was not uploaded whole. Export it again."),
    page_reader.LOCKED: N_("The PDF is locked with a password. Save it without one."),
    page_reader.EMPTY: N_(
        "The first page of the file is empty. Put the certificate there, and upload it again."
    ),
    page_reader.NOT_OUTLINED: N_(
        "The SVG has texts, but not the letters of their fonts. Turn texts into paths (outlines), "
        "or export the page as PDF."
    ),
    page_reader.NOT_WHOLE: N_(
        "The SVG is damaged, or a picture in it is a file beside it. Embed pictures, and export it "
        "again."
    ),
}
SEVERAL_PAGES = N_("The PDF has several pages: its first one is the certificate.")
CUT = N_(
    "The page is cut where the file says that the sheet ends (TrimBox): what lies outside, such as "
    "bleed and printer's marks, is left out."
)
FONTS_MISSING = N_(
    "This PDF does not contain all of its fonts: compare the letters, or export it with fonts "
    "embedded. In PDF certificates its page is a picture."
)
NOT_KEPT = N_("In PDF certificates this page is a picture: it is too large or unusual to be kept.")
_FINDINGS = {
    page_reader.SEVERAL_PAGES: SEVERAL_PAGES,
    page_reader.CUT: CUT,
    page_reader.FONTS_MISSING: FONTS_MISSING,
    page_reader.NOT_KEPT: NOT_KEPT,
}
# Why the page is not kept, as a parameter of the picture's media type (RFC 2045, 5.1).
_PARAMETER = "; page="
_VALUES = {"fonts-missing": page_reader.FONTS_MISSING, "not-kept": page_reader.NOT_KEPT}
# Where readers look for the header (ISO 32000-1, annex H.3, note 13).
_BEGINNING = 1024


def is_page(upload: bytes) -> bool:
    """Whether it is a PDF or an SVG."""
    return b"%PDF-" in upload[:_BEGINNING] or is_svg(upload)


def accept_upload(upload: bytes) -> Template:
    """The template made of what an organizer uploads: an image, or the first page of a PDF or SVG.

    Raises a subclass of PictureRefused that says what to do instead.
    """
    return accept_page(upload) if is_page(upload) else accept_template(upload)


def accept_page(upload: bytes) -> Template:
    """The template made from the first page. If that page cannot be kept, the media type says why:
    see `why_no_page`.

    Raises PictureRefused, which says what to do instead.
    """
    request = {"most_pixels": MOST_PIXELS}
    try:
        head, *parts = confined.answers(page_reader.__name__, request, upload, _LIMITS)
    except (confined.Broken, ValueError):
        raise PictureRefused(
            N_(
                "The page takes too much time or memory to draw. Export it as PNG with 300 dpi "
                "instead."
            )
        ) from None
    if reason := head.get("refused"):
        raise PictureRefused(_REFUSALS[reason])
    picture, page = (
        confined.joined(content for of, content in parts if of == name)
        for name in ("picture", "page")
    )
    template = accept_template(picture, is_page=True)
    found = tuple(_FINDINGS[one] for one in head["found"])
    reasons = [_PARAMETER + value for value, one in _VALUES.items() if one in head["found"]]
    return replace(
        template,
        media_type=template.media_type + "".join(reasons[:1]),
        warnings=(*found, *template.warnings),
        vector=page or None,
    )


def why_no_page(media_type: str) -> str | None:
    """Why PDF certificates carry a picture of the page, by the media type of its template; None if
    the template was no page, or the page is kept."""
    finding = _VALUES.get(media_type.partition(_PARAMETER)[2])
    return _FINDINGS[finding] if finding else None


def plain_type(media_type: str) -> str:
    """The media type without the reason."""
    return media_type.partition(_PARAMETER)[0]
