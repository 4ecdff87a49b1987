"""What a PDF says, as a reader would copy it."""

import pypdfium2


def text_of(content: bytes) -> str:
    """The text of all pages."""
    with pypdfium2.PdfDocument(content) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
