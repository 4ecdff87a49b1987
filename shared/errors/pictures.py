"""Why an organizer's upload cannot be a template: an image, or the page of a file."""

from shared.errors.base import ProductError
from shared.language import N_


class PictureRefused(ProductError):
    """The base of all reasons why an uploaded image cannot be a template."""


class PictureBroken(PictureRefused):
    message = N_("The file is damaged or was not uploaded whole. Export it again.")


class PictureCodedArithmetically(PictureRefused):
    message = N_(
        "The JPEG is packed with arithmetic coding, which most programs cannot read. "
        "Save it as an ordinary JPEG or as PNG."
    )


class PictureOfManyScans(PictureRefused):
    message = N_(
        "The JPEG is stored in more than {limit} passes, which take long to read. "
        "Save it as an ordinary JPEG or as PNG."
    )


class PictureTooMuch(PictureRefused):
    message = N_(
        "The picture takes too much time or memory to read. "
        "Save it as an ordinary JPEG or PNG, or with fewer pixels."
    )


class PictureTextTooLarge(PictureRefused):
    message = N_(
        "The picture carries more than {limit} MB of text beside its pixels. "
        "Export it without metadata."
    )


class PictureWrongKind(PictureRefused):
    message = N_("A picture of the kind {kind} cannot be used. Save it as PNG or JPEG instead.")


class PictureNotPixels(PictureRefused):
    message = N_("{kind} files cannot be used. Export the page as PNG with 300 dpi instead.")


class PictureAnimated(PictureRefused):
    message = N_("The picture is animated. Save one frame of it as PNG or JPEG.")


class PictureTooLarge(PictureRefused):
    message = N_(
        "The picture has {megapixels} million pixels; at most {limit} million are possible. "
        "A4 at 300 dpi has 9 million: scale it down and upload it again."
    )


class PictureTooSmall(PictureRefused):
    message = N_(
        "The picture is only {width} × {height} pixels. Each side needs at least {least}; "
        "A4 at 300 dpi is 3508 × 2480."
    )


class PageRefused(PictureRefused):
    """The base of all reasons why the page of an uploaded file cannot be a template."""


class PdfDamaged(PageRefused):
    message = N_("The PDF is damaged or was not uploaded whole. Export it again.")


class PdfLocked(PageRefused):
    message = N_("The PDF is locked with a password. Save it without one.")


class PageEmpty(PageRefused):
    message = N_(
        "The first page of the file is empty. Put the certificate there, and upload it again."
    )


class SvgNotWhole(PageRefused):
    message = N_(
        "The SVG is damaged, or a picture in it is a file beside it. Embed pictures, and export it "
        "again."
    )


class SvgNotOutlined(PageRefused):
    message = N_(
        "The SVG has texts, but not the letters of their fonts. Turn texts into paths (outlines), "
        "or export the page as PDF."
    )


class PageTooMuch(PageRefused):
    message = N_(
        "The page takes too much time or memory to draw. Export it as PNG with 300 dpi instead."
    )
