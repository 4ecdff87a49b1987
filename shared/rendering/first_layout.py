"""The initial layout of a certificate in the console, with a QR code that can be read from a photo
of the whole sheet."""

import math

from shared.rendering.fields import qr
from shared.rendering.layout import Box, Field, Layout, standard_layout

# Measured: in photos 700 pixels wide, a code of 41 modules (62 characters) is read at a tenth of
# the sheet, and rarely at less. With more modules, the code grows accordingly.
SHARE, MODULES = 0.1, 41
# To the right and above the signature's line, clear of frames.
RIGHT, BOTTOM = 0.935, 0.79


def first_layout(link: str, width: int, height: int) -> Layout:
    """The standard layout with a QR code for links as long as `link`, on a template of so many
    pixels."""
    code = Field(id="qr", kind="qr", box=readable_box(link, width, height))
    return Layout(fields=(*standard_layout().fields, code))


def readable_box(link: str, width: int, height: int) -> Box:
    """A box for a QR code of readable size at its usual place, on whole pixels."""
    side = readable_side(link, width, height)
    across, down = min(side, round(RIGHT * width)), min(side, round(BOTTOM * height))
    return Box(
        left=(round(RIGHT * width) - across) / width,
        top=(round(BOTTOM * height) - down) / height,
        width=across / width,
        height=down / height,
    )


def readable_side(link: str, width: int, height: int) -> int:
    """The side in pixels of a QR code that takes at least a tenth of the sheet's longer side, in
    whole pixels for each module."""
    modules = qr.modules(link)
    share = SHARE * max(1, modules / MODULES)
    return modules * math.ceil(share * max(width, height) / modules)
