"""The QR code of a certificate that is begun in the console is read from a photo of the sheet."""

import io
import random

import numpy
import pytest
import zxingcpp
from PIL import Image, ImageFilter
from sqlalchemy import select

from shared.certificates.designs import designs
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.fields.qr import modules, side_in_pixels
from shared.rendering.gallery.catalogue import DesignChoice
from shared.rendering.gallery.drawing import sketch
from shared.rendering.gallery.layouts import LONG, layout_of
from shared.rendering.layout import first_layout, standard_layout
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support import factories
from tests.support.console_screens import Open, read, tell
from tests.support.gallery_choices import CHOICES, name_of
from tests.support.thorough import THOROUGH, one_in

LINK = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg12345"[:62]
IN_ENGLISH = [choice for choice in CHOICES if choice.language == "en"]
LONGER = "https://certificates.volunteers-of-the-harbour.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"


def seen_from_near(certificate: Image.Image, width: int = 700) -> Image.Image:
    """The sheet twice as sharp as it is in a photo of so many pixels: to take photos of all its
    pixels would take ten times as long."""
    size = (2 * width, 2 * round(width * certificate.height / certificate.width))
    return certificate.convert("L").resize(size, reducing_gap=2)


def photo(near: Image.Image, seed: int) -> Image.Image:
    """What a phone makes of it: askew, unsharp, in uneven light, and packed as JPEG."""
    chance = random.Random(seed)
    size = (near.width // 2, near.height // 2)
    turned = near.rotate(chance.uniform(-3, 3), Image.Resampling.BICUBIC, fillcolor=128)
    # The average of what a point of the sensor sees.
    small = turned.resize(size, Image.Resampling.BOX)
    blurred = small.filter(ImageFilter.GaussianBlur(chance.uniform(0.2, 0.5)))
    lit = Image.blend(blurred, _noise(size, chance.uniform(4, 12), seed), 0.15)
    file = io.BytesIO()
    lit.save(file, "JPEG", quality=80)
    return Image.open(file)


def _noise(size: tuple[int, int], strength: float, seed: int) -> Image.Image:
    """Noise that is equal in each run, as Pillow's own is not."""
    levels = numpy.random.default_rng(seed).normal(128, strength, (size[1], size[0]))
    return Image.fromarray(levels.clip(0, 255).astype(numpy.uint8))


def photos_that_say(link: str, near: Image.Image) -> float:
    """In what share of twenty photos the code says the link."""
    found = [zxingcpp.read_barcodes(photo(near, seed)) for seed in one_in(4, range(20))]
    return sum(any(code.text == link for code in codes) for codes in found) / len(found)


def read_from_photos(link: str, width: int, height: int) -> float:
    """Of how many photos of a certificate that is begun in the console its code is read."""
    template = factories.sample_picture(width)
    design = compile_design(template, first_layout(link, width, height))
    file = render_certificate(design, Facts("Ana", link=link), "png")
    return photos_that_say(link, seen_from_near(Image.open(io.BytesIO(file))))


@pytest.mark.parametrize("size", [(1754, 1240), (3508, 2480), (1123, 794)])
def test_the_code_is_read_from_photos_of_the_whole_sheet(size: tuple[int, int]):
    assert len(LINK) == 62
    assert read_from_photos(LINK, *size) >= 0.95


def test_a_longer_link_is_read_as_well_because_its_code_is_larger():
    assert read_from_photos(LONGER, 1754, 1240) >= 0.95
    widths = [first_layout(link, 1754, 1240).field("qr").box.width for link in (LINK, LONGER)]
    assert widths[0] < widths[1]


def length_for(place: int) -> int:
    """From 59 to 85 characters, one for each design."""
    return 59 + place * 26 // (len(IN_ENGLISH) - 1)


# Of each design the one format or the other, in turns: where a code stands and how large it is,
# tests/rendering/gallery tells of both.
LOOKED_AT = [
    (choice, length_for(place))
    for place, choice in enumerate(IN_ENGLISH)
    if THOROUGH or place % 4 in (0, 3)
]


@pytest.mark.parametrize(
    ("choice", "length"), LOOKED_AT, ids=[name_of(choice) for choice, _ in LOOKED_AT]
)
def test_the_code_of_each_of_our_designs_is_read(choice: DesignChoice, length: int):
    link = (LONGER + "12345")[:length]
    design = compile_design(sketch(choice, LONG), layout_of(choice, link))
    sheet = design.background.rows(0, design.height).image
    code = design.resolve_facts(design.layout.field("qr"), Facts("Ana", link=link))
    code.field.paint(code, sheet)
    # With what is around it, since all of the sheet would take four times as long.
    near, box = seen_from_near(sheet), code.box
    scale = near.width / sheet.width
    middle, reach = (box.left + box.width / 2, box.top + box.height / 2), box.width
    around = near.crop(
        tuple(round((at + sign * reach) * scale) for sign in (-1, 1) for at in middle)
    )
    assert photos_that_say(link, around) >= 0.95


@pytest.mark.parametrize("size", [(1754, 1240), (3508, 2480), (877, 620), (1240, 1754)])
def test_the_code_is_a_tenth_of_the_sheet_when_it_is_drawn(size: tuple[int, int]):
    box = first_layout(LINK, *size).field("qr").box
    side = side_in_pixels(modules(LINK), round(box.width * size[0]), round(box.height * size[1]))
    assert side >= max(size) / 10


def test_a_certificate_that_is_begun_in_the_console_has_the_code(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    tell(screen, "wall", "chosen", "classic")
    design = read(database, event_id).design
    assert design is not None
    assert designs.layout_of(design).field("qr").shown


def test_what_the_old_call_places_has_none(database: Database, event_id: int):
    with database.writing() as session:
        event = session.scalars(select(Event).where(Event.id == event_id)).one()
        factories.set_picture(session, event, factories.sample_picture())
        assert event.design is not None
        assert designs.layout_of(event.design) == standard_layout("en")
