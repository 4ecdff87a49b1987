"""What organizers upload as template: a picture, or a PDF of which the first page is taken."""

from shared.rendering.pages.uploaded_pdf import accept_pdf, is_pdf
from shared.rendering.raster.uploaded_images import Template, accept_template


def accept_upload(upload: bytes) -> Template:
    """The template that the file is, of whichever kind.

    Raises a subclass of PictureRefused that says what to do instead.
    """
    return accept_pdf(upload) if is_pdf(upload) else accept_template(upload)
