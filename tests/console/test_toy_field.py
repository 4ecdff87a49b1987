"""Another field on the certificate is a class and a row: this file, which no other knows."""

import io
from typing import Any, ClassVar, Literal

import numpy
import pymupdf
import pytest
import zxingcpp
from PIL import Image

from shared.certificates.designs import designs
from shared.errors import LayoutRefused
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.fields.field import KINDS, Field, Page, Resolved
from shared.rendering.fields.settings import BOX, Adding, Choice, Settings, Source
from shared.rendering.layout import Layout
from shared.rendering.placed import overlaps
from shared.rendering.text.typesetting import Typesetting
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support import factories
from tests.support.console_screens import Open, press, read
from tests.support.drawn_designs import box, template
from tests.support.editing import edited, names, settings

# ISO/IEC 15417: blank space of ten modules at both sides.
QUIET = 10


class Barcode(Field):
    """A column of the list in bars."""

    kind: Literal["barcode"] = "barcode"
    bars: Literal["Code128", "Code39"] = "Code128"

    label: ClassVar[str] = "Barcode"
    settings: ClassVar[Settings] = (
        Choice("bars", "Kind of bars", {"Code128": "Code 128", "Code39": "Code 39"}),
        *BOX,
    )
    adding: ClassVar[Adding | None] = Adding(Source.COLUMN, "Column in bars", "Add these bars")
    needs_content: ClassVar[bool] = True
    is_code: ClassVar[bool] = True

    @property
    def columns(self) -> frozenset[str]:
        return frozenset((self.content,))

    def content_of(self, facts: Facts, typesetting: Typesetting) -> str:
        return facts.columns.get(self.content, "")

    def paint(self, resolved: Resolved, image: Image.Image, top: int = 0) -> None:
        symbol, height = self._symbol(resolved.content), resolved.box.height
        scale = resolved.box.width // (symbol.width + 2 * QUIET)
        tile = Image.new("L", ((symbol.width + 2 * QUIET) * scale, height), 255)
        bars = symbol.resize((symbol.width * scale, height), Image.Resampling.NEAREST)
        tile.paste(bars, (QUIET * scale, 0))
        resolved.paste(tile, image, top)

    def on_page(self, resolved: Resolved, page: Page) -> dict[str, Any]:
        modules = self._symbol(resolved.content).width
        width, height = resolved.box.width * page.point, resolved.box.height * page.point
        return {
            "draw": "code",
            "svg": zxingcpp.write_barcode_to_svg(
                self._code(resolved.content), add_quiet_zones=False
            ),
            "ground": [width, height],
            "symbol": [width * modules / (modules + 2 * QUIET), height],
            "alt": resolved.content,
        }

    def _code(self, content: str) -> Any:
        return zxingcpp.create_barcode(content, getattr(zxingcpp.BarcodeFormat, self.bars))

    def _symbol(self, content: str) -> Image.Image:
        code = self._code(content)
        written = zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=False)
        return Image.fromarray(numpy.asarray(written))


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "barcode", Barcode)


PLACE = box(0.1, 0.7, 0.8, 0.12).model_dump()
FACTS = Facts("Ana Lima", columns={"Badge": "V-20261124"}, language="en")
NAME = {"kind": "name", "box": box(0.1, 0.2, 0.8, 0.2).model_dump()}
BARCODE = {"kind": "barcode", "content": "Badge", "bars": "Code39", "box": PLACE}


def layout_of(*fields: dict[str, Any]) -> Layout:
    return Layout.from_json({"fields": list(fields)})


def bars_in(image: Image.Image) -> list[tuple[str, str]]:
    return [(one.text, one.format.name) for one in zxingcpp.read_barcodes(image)]


def test_it_is_stored_in_layouts_with_what_is_its_own():
    layout = layout_of(NAME, BARCODE)
    assert isinstance(layout.field("barcode"), Barcode)
    assert Layout.from_json(layout.to_json()) == layout
    assert '"bars":"Code39"' in layout.to_json()


@pytest.mark.parametrize(
    ("wrong", "named"),
    [({"bars": "Code93"}, "“barcode”.bars"), ({"content": ""}, "“barcode” is empty")],
)
def test_what_is_wrong_with_it_is_refused_naming_the_field(wrong: dict[str, str], named: str):
    with pytest.raises(LayoutRefused) as refusal:
        layout_of(NAME, {**BARCODE, **wrong})
    assert named in str(refusal.value)


@pytest.mark.parametrize("bars", ["Code128", "Code39"])
def test_it_is_read_back_from_pictures_and_pages(bars: str):
    design = compile_design(template(), layout_of(NAME, {**BARCODE, "bars": bars}))
    for format in "png", "jpg":
        drawn = render_certificate(design, FACTS, format)
        assert bars_in(Image.open(io.BytesIO(drawn))) == [("V-20261124", bars)]
    with pymupdf.open(stream=render_certificate(design, FACTS, "pdf")) as pdf:
        assert bars_in(pdf[0].get_pixmap(dpi=200).pil_image()) == [("V-20261124", bars)]


def test_without_a_value_its_box_stays_empty():
    design, nothing = compile_design(template(), layout_of(NAME, BARCODE)), Facts("Ana Lima")
    with Image.open(io.BytesIO(render_certificate(design, nothing, "png"))) as drawn:
        assert bars_in(drawn) == []


def test_what_covers_it_is_said():
    design = compile_design(template(), layout_of({**NAME, "box": PLACE}, BARCODE))
    assert overlaps(design, FACTS) == [("name", "barcode")]


def test_an_organizer_adds_and_sets_it_with_controls_made_from_its_settings(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id, factories.sample_picture())
    factories.add(database, event_id, "email,name,Badge\nana@example.org,Ana Lima,V-20261124")
    screen = press(open_screen("certificate", event_id), "Add these bars")
    offered = settings(screen, "barcode-1")
    assert offered["bars"]["options"] == {"Code128": "Code 128", "Code39": "Code 39"}
    # Bars have no letters.
    assert "face" not in offered
    place = {"left": 20.0, "top": 5.0, "width": 70.0, "height": 15.0}
    screen = edited(screen, "barcode-1", set={"bars": "Code39", **place})
    assert "Barcode 1" in names(screen)
    with database.reading() as session:
        stored = session.get_one(Event, event_id).design
        assert stored is not None
        design = designs.compiled(session, stored)
    field = design.layout.field("barcode-1")
    assert field.model_dump()["bars"] == "Code39"
    assert field.box == box(0.2, 0.05, 0.7, 0.15)
    with Image.open(io.BytesIO(render_certificate(design, FACTS, "jpg"))) as drawn:
        assert bars_in(drawn) == [("V-20261124", "Code39")]
    edited(screen, "barcode-1", remove=True)
    now = read(database, event_id).design
    assert now is not None
    assert "barcode-1" not in {one.id for one in designs.layout_of(now).fields}
