"""One PDF for the printer: a page for each certificate, with what they share in it once."""

import io

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name

from shared.certificates import bundles
from shared.certificates.bundles import BundleOrder
from shared.errors import ProductError
from shared.events.installation import Installation
from tests.support.issued import issue

NAMES = ["Bo Ek", "王小明", "Ana Lima", "محمد", "Ed"]


@pytest.fixture
def five(installation: Installation, event_id: int) -> int:
    issue(installation, event_id, NAMES)
    return event_id


def pdf_of(installation: Installation, event_id: int, told: list[int]) -> bytes:
    return b"".join(bundles.printed(installation, BundleOrder(event_id), told.append))


def texts(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def images(content: bytes) -> set[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(content)) as document:
        return {
            item.objgen
            for item in document.objects
            if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Image
        }


def test_each_has_a_page_in_the_order_of_the_list_and_all_share_one_background(
    installation: Installation, five: int
) -> None:
    told: list[int] = []
    content = pdf_of(installation, five, told)
    pages = texts(content)
    assert len(pages) == 5
    for name, page in zip(["Bo Ek", "王小明", "Ana Lima"], pages, strict=False):
        assert name in page
    # The template, and what is around the sheet.
    assert len(images(content)) == 2
    assert told == [5]
    with pikepdf.open(io.BytesIO(content)) as document:
        assert "/StructTreeRoot" in document.Root


def test_long_lists_are_put_together_from_parts(
    installation: Installation, five: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = texts(pdf_of(installation, five, []))
    monkeypatch.setattr(bundles, "COMPILED_AT_ONCE", 2)
    told: list[int] = []
    content = pdf_of(installation, five, told)
    assert texts(content) == whole
    assert told == [2, 4, 5]
    with pikepdf.open(io.BytesIO(content)) as document:
        # Tags of a part would be wrong for the whole, so none are promised.
        assert "/StructTreeRoot" not in document.Root
        assert not any("/StructParents" in page.obj for page in document.pages)


def test_who_stops_waiting_stops_the_printing(
    installation: Installation, five: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "COMPILED_AT_ONCE", 1)
    told: list[int] = []
    pieces = bundles.printed(installation, BundleOrder(five), told.append)
    assert next(pieces) == b""
    pieces.close()
    assert told == [1]


def test_more_than_a_printer_opens_are_refused(
    installation: Installation, five: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "MOST_PAGES", 4)
    with pytest.raises(ProductError, match="at most 4"):
        bundles.printed(installation, BundleOrder(five), [].append)
