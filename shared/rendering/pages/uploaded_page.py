"""A PDF or SVG as template: its first page as an image and, if possible, as a page to print."""

from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field, TypeAdapter

from shared import confined
from shared.errors import PictureRefused
from shared.language import N_
from shared.rendering.pages import page_reader
from shared.rendering.pages.page_reader import is_svg
from shared.rendering.raster.picture_reader import MOST_PIXELS
from shared.rendering.raster.uploaded_images import Template, accept_template

# A4 takes a second and 300 MB of address space; the largest picture takes 700 MB.
_LIMITS = confined.Limits(memory=900_000_000, cpu_seconds=10, seconds=30, answer=6 * MOST_PIXELS)

# Why the page is not kept, as a parameter of the picture's media type (RFC 2045, 5.1).
_PARAMETER = "; page="
_VALUES = {"fonts-missing": page_reader.FONTS_MISSING, "not-kept": page_reader.NOT_KEPT}
# Where readers look for the header (ISO 32000-1, annex H.3, note 13).
_BEGINNING = 1024


@dataclass(frozen=True)
class _Head:
    refused: Annotated[int, Field(ge=0, lt=len(page_reader.REFUSALS))] | None = None
    found: tuple[Annotated[int, Field(ge=0, lt=len(page_reader.FINDINGS))], ...] = ()


_HEAD = TypeAdapter(_Head)


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
    try:
        told, *parts = confined.answers(page_reader.__name__, MOST_PIXELS, upload, _LIMITS)
        head, (picture, page) = _HEAD.validate_python(told), confined.joined(parts, 2)
    except (confined.Broken, ValueError):
        raise PictureRefused(
            N_(
                "The page takes too much time or memory to draw. Export it as PNG with 300 dpi "
                "instead."
            )
        ) from None
    if head.refused is not None:
        raise PictureRefused(page_reader.REFUSALS[head.refused])
    template = accept_template(picture, is_page=True)
    found = [page_reader.FINDINGS[one] for one in head.found]
    reasons = [_PARAMETER + value for value, one in _VALUES.items() if one in found]
    return replace(
        template,
        media_type=template.media_type + "".join(reasons[:1]),
        warnings=(*found, *template.warnings),
        vector=page or None,
    )


def why_no_page(media_type: str) -> str | None:
    """Why PDF certificates carry a picture of the page, by the media type of its template; None if
    the template was no page, or the page is kept."""
    return _VALUES.get(media_type.partition(_PARAMETER)[2])


def plain_type(media_type: str) -> str:
    """The media type without the reason."""
    return media_type.partition(_PARAMETER)[0]
