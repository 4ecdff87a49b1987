"""PDF certificates on a page of somebody else's PDF: it stays as it is, and the tags stay ours."""

import datetime
import io
import re
from dataclasses import replace

import numpy
import pikepdf
import pymupdf
import pytest

from shared.rendering.design import (
    print_together,
    render_certificate,
)
from shared.rendering.facts import Facts
from shared.rendering.uploads.page_reader import LonePage
from tests.support import pdf_pages
from tests.support.carried import attached, claims
from tests.support.pdf_pages import changed, cropped, design_on, made, turned

FACTS = Facts("José", "No. 7", language="en")


def certificate(upload: bytes, facts: Facts = FACTS) -> bytes:
    return render_certificate(design_on(upload), facts, "pdf")


def test_the_page_stays_vector_under_the_text():
    (page,) = pymupdf.open(stream=certificate(made()))
    assert page.get_images() == []
    assert {"José", "Certificate of thanks"} <= set(page.get_text().splitlines())
    frame = next(one for one in page.get_drawings() if one["color"])
    assert frame["color"] == pytest.approx((0, 100 / 255, 60 / 255), abs=0.01)


@pytest.mark.parametrize("changes", [(), (turned(180),), (cropped(400, 20, 820, 300),)])
def test_it_fills_the_whole_page_as_its_picture_does(changes):
    upload = changed(*changes)
    shown = pymupdf.open(stream=certificate(upload, Facts("")))[0].get_pixmap(dpi=50)
    alone = page_of(upload).get_pixmap(dpi=50)
    small = alone.width, alone.height
    scaled = pymupdf.Pixmap(shown, *small) if (shown.width, shown.height) != small else shown
    difference = numpy.frombuffer(scaled.samples, numpy.uint8).astype(int) - numpy.frombuffer(
        alone.samples, numpy.uint8
    )
    assert abs(difference).mean() < 3


def page_of(upload: bytes) -> pymupdf.Page:
    return pymupdf.open(stream=LonePage(upload).printed())[0]


def marks_of(stream: pikepdf.Object) -> list[str]:
    operators = [str(one.operator) for one in pikepdf.parse_content_stream(stream)]
    return [one for one in operators if one in ("BMC", "BDC", "EMC", "MP", "DP", "Do")]


def test_whoever_reads_it_aloud_hears_our_texts_alone():
    with pikepdf.open(io.BytesIO(certificate(changed(pdf_pages.with_baggage)))) as pdf:
        under = sheet_of(pdf.pages[0])
        # Their own mark, and then each text in one.
        assert marks_of(pdf.pages[0].Contents)[:3] in (["BMC", "Do", "EMC"], ["BDC", "Do", "EMC"])
        forms = [one for one in pdf.objects if one_is_form(one)]
        assert len(forms) == 4
        assert all(set(marks_of(form)) <= {"Do"} for form in forms)
        assert not any("/StructParents" in form for form in (under, *forms))
        assert pdf.Root.MarkInfo.Marked
        assert b"<pdfuaid:part>1<" in pdf.Root.Metadata.read_bytes()


def sheet_of(page: pikepdf.Page) -> pikepdf.Stream:
    [found] = [one for one in page.Resources.XObject.values() if one_is_form(one)]
    return found


def one_is_form(one: object) -> bool:
    return isinstance(one, pikepdf.Stream) and one.get("/Subtype") == pikepdf.Name.Form


def test_the_same_bytes_come_out_and_another_page_has_another_name():
    assert certificate(made()) == certificate(made())
    assert name_of(made()) != name_of(changed(pdf_pages.with_stamp))


def name_of(upload: bytes) -> bytes:
    """What the PDF calls itself (XMP, InstanceID)."""
    with pikepdf.open(io.BytesIO(certificate(upload))) as pdf:
        found = re.search(rb"InstanceID>(.+?)<", pdf.Root.Metadata.read_bytes())
        return found[1] if found else b""


def test_an_archive_gets_the_picture_and_the_promise_is_kept():
    (page,) = pymupdf.open(
        stream=render_certificate(design_on(made()), FACTS, "pdf", standard="a-2b")
    )
    assert page.get_images() != []
    assert "Certificate of thanks" not in page.get_text()


def test_of_a_foreign_page_no_archive_is_promised_and_the_credential_is_there():
    pdf = certificate(made(), replace(FACTS, date=datetime.date(2026, 11, 24), credential="{}"))
    assert claims(pdf) == {"ua-1"}
    assert attached(pdf) == b"{}"


def test_many_for_the_printer_share_it():
    few, many = (print_together(design_on(made()), [Facts("José")] * count) for count in (1, 100))
    for page in pymupdf.open(stream=many):
        assert {"José", "Certificate of thanks"} <= set(page.get_text().splitlines())
    with pikepdf.open(io.BytesIO(many)) as pdf:
        assert len({sheet_of(page).objgen for page in pdf.pages}) == 1
    assert len(many) < len(few) + 100 * 1000
