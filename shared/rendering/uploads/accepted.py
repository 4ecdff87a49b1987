"""Accepting organizers' uploads: images and the first pages of PDFs and SVGs as templates,
signatures and seals as insets."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal

from pydantic import Field, PositiveInt, TypeAdapter

from shared import budgets, confined
from shared.budgets import Bound
from shared.errors import PictureRefused
from shared.language import N_
from shared.rendering.raster.print_size import differs, first_dpi, print_size, usual_dpi
from shared.rendering.uploads import page_reader, picture_reader, segments
from shared.rendering.uploads.page_reader import is_svg
from shared.rendering.uploads.picture_reader import MOST_PIXELS
from shared.rendering.uploads.template import PARAMETER, REASONS, Template

_PICTURE_NOT_PIXELS = N_(
    "{kind} files cannot be used. Export the page as PNG with 300 dpi instead."
)
_PICTURE_WRONG_KIND = N_(
    "A picture of the kind {kind} cannot be used. Save it as PNG or JPEG instead."
)


def _limits(seconds: Bound, memory: Bound, longest: int) -> confined.Limits:
    return confined.Limits(
        memory=memory.most, cpu_seconds=seconds.most, seconds=longest, answer=6 * MOST_PIXELS
    )


_LIMITS, _LIMITS_OF_PAGES = _limits(*budgets.PICTURES, 60), _limits(*budgets.PAGES, 30)

# Octets in which readers look for the header (ISO 32000-1, annex H.3, note 13).
_BEGINNING = 1024

SOFT_IN_PRINT = N_("The picture has few pixels: in print it will look soft.")
OWN_SIZE = N_(
    "PDF certificates have the size of the file. You can choose the usual size on "
    "Certificate, in Print quality."
)

# The beginnings of other files that people try (signatures from the formats' specifications), and
# the messages for them.
_OTHER_KINDS = (
    (rb"GIF8", "GIF", _PICTURE_WRONG_KIND),
    (rb"II\*\x00|MM\x00\*", "TIFF", _PICTURE_WRONG_KIND),
    (rb"BM", "BMP", _PICTURE_WRONG_KIND),
    (rb"8BPS", "Photoshop", _PICTURE_WRONG_KIND),
    (rb"\x00\x00\x01\x00", "ICO", _PICTURE_WRONG_KIND),
    (rb"RIFF....WEBP", "WebP", _PICTURE_WRONG_KIND),
    (rb"....ftypavi", "AVIF", _PICTURE_WRONG_KIND),
    (rb"%PDF", "PDF", _PICTURE_NOT_PIXELS),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "EPS", _PICTURE_NOT_PIXELS),
    (rb"(?i:.{0,996}<svg)", "SVG", _PICTURE_NOT_PIXELS),
)


def is_page(upload: bytes) -> bool:
    """Return whether it is a PDF or an SVG."""
    return b"%PDF-" in upload[:_BEGINNING] or is_svg(upload)


def accept_upload(upload: bytes) -> Template:
    """Return the template made of an upload: an image, or the first page of a PDF or SVG.

    Raises PictureRefused and ReadersBusy.
    """
    return accept_page(upload) if is_page(upload) else accept_template(upload)


def accept_template(upload: bytes, *, is_page: bool = False) -> Template:
    """Check an uploaded picture, in a process of its own, and make it a template.

    It becomes upright sRGB of 8 bits without transparency. A baseline RGB JPEG that is so already
    is not encoded again; only its metadata is removed. The size on paper that it states counts if
    it is a usual one, and always for the picture of a page (`is_page`). Raises PictureRefused and
    ReadersBusy.
    """
    return _on_paper(_confined(upload, picture_reader.TEMPLATE), is_page)


def accept_page(upload: bytes) -> Template:
    """Return the template made of the first page. If the page cannot be kept, the media type says
    why: see `why_no_page`. Raises PictureRefused and ReadersBusy."""
    try:
        facts, *parts = confined.answers(
            page_reader.__name__, MOST_PIXELS, upload, _LIMITS_OF_PAGES
        )
        head, (picture, page) = _OF_PAGE.validate_python(facts), confined.joined(parts, 2)
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
    found = [page_reader.FINDINGS[number] for number in head.found]
    reasons = [PARAMETER + value for value, reason in REASONS.items() if reason in found]
    return replace(
        template,
        media_type=template.media_type + "".join(reasons[:1]),
        warnings=(*found, *template.warnings),
        vector=page or None,
    )


def own_template(picture: bytes) -> Template:
    """Return the template made of a picture that we have drawn, in this process."""
    return _on_paper(_accepted(picture_reader.read(picture, picture_reader.TEMPLATE)))


def accept_inset(upload: bytes) -> Template:
    """Check a signature or seal, in a process of its own, and make it a PNG with its transparency.

    Raises PictureRefused and ReadersBusy.
    """
    return _confined(upload, picture_reader.INSET)


def accept_signature(photo: bytes) -> Template:
    """Cut out the signature on a photograph, in a process of its own: a PNG without the paper.

    Raises PictureRefused and ReadersBusy.
    """
    return _confined(photo, picture_reader.SIGNATURE)


@dataclass(frozen=True)
class _Refusal:
    refused: Annotated[int, Field(ge=0, lt=len(picture_reader.REFUSALS))]
    details: dict[str, int | Literal["> 170"]]


@dataclass(frozen=True)
class _Picture:
    found: list[Annotated[int, Field(ge=0, lt=len(picture_reader.FINDINGS))]]
    width: PositiveInt
    height: PositiveInt
    dpi: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None


@dataclass(frozen=True)
class _Page:
    refused: Annotated[int, Field(ge=0, lt=len(page_reader.REFUSALS))] | None = None
    found: tuple[Annotated[int, Field(ge=0, lt=len(page_reader.FINDINGS))], ...] = ()


_OF_PICTURE: TypeAdapter[_Refusal | _Picture] = TypeAdapter(_Refusal | _Picture)
_OF_PAGE = TypeAdapter(_Page)


def _confined(upload: bytes, kind: str) -> Template:
    _refuse_other_kinds(upload)
    try:
        return _accepted(confined.answers(picture_reader.__name__, kind, upload, _LIMITS))
    except (confined.Broken, ValueError, KeyError):
        raise PictureRefused(
            N_(
                "The picture takes too much time or memory to read. "
                "Save it as an ordinary JPEG or PNG, or with fewer pixels."
            )
        ) from None


def _refuse_other_kinds(upload: bytes) -> None:
    for beginning, kind, message in _OTHER_KINDS:
        if re.match(beginning, upload, re.DOTALL):
            raise PictureRefused(message, kind=kind)
    if not upload.startswith(b"\xff\xd8"):
        return
    if segments.is_arithmetic(upload):
        # Pillow may read it, but what prints the PDF does not.
        raise PictureRefused(
            N_(
                "The JPEG is packed with arithmetic coding, which most programs cannot read. "
                "Save it as an ordinary JPEG or as PNG."
            )
        )
    if segments.takes_too_long(upload):
        raise PictureRefused(
            N_(
                "The JPEG is stored in more than {limit} passes, which take long to read. "
                "Save it as an ordinary JPEG or as PNG."
            ),
            limit=segments.MOST_SCANS,
        )


def _accepted(answer: Iterable[Any]) -> Template:
    facts, *parts = answer
    head, (content,) = _OF_PICTURE.validate_python(facts), confined.joined(parts)
    if isinstance(head, _Refusal):
        raise PictureRefused(picture_reader.REFUSALS[head.refused], **head.details)
    return Template(
        content=content,
        media_type="image/jpeg" if content.startswith(b"\xff\xd8") else "image/png",
        width=head.width,
        height=head.height,
        dpi=head.dpi,
        sha256=hashlib.sha256(content).hexdigest(),
        warnings=tuple(picture_reader.FINDINGS[number] for number in head.found),
    )


def _on_paper(accepted: Template, is_page: bool = False) -> Template:
    """Return the template with its size on paper, and warnings about that."""
    size, dpi = (accepted.width, accepted.height), accepted.dpi
    print_dpi = dpi if is_page and dpi else first_dpi(*size, dpi)
    in_print = []
    if differs(print_dpi, usual_dpi(*size, dpi)):
        in_print.append(OWN_SIZE)
    if print_size(*size, print_dpi).verdict == "soft":
        in_print.append(SOFT_IN_PRINT)
    return replace(accepted, print_dpi=print_dpi, warnings=(*accepted.warnings, *in_print))
