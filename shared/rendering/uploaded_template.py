"""What organizers upload as template: an image, or the first page of a PDF or SVG."""

from shared.rendering.pages.uploaded_page import accept_page, is_page
from shared.rendering.raster.uploaded_images import Template, accept_template


def accept_upload(upload: bytes) -> Template:
    """The template made of the file, of whichever kind.

    Raises a subclass of PictureRefused that says what to do instead.
    """
    return accept_page(upload) if is_page(upload) else accept_template(upload)
