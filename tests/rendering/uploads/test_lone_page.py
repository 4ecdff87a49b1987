"""A page that is kept is drawn like the one that was uploaded, and carries nothing else."""

import io

import pikepdf
import pytest
from PIL import Image, ImageChops

from shared.rendering.uploads.page_reader import FirstPage, LonePage
from tests.support import pdf_pages
from tests.support.pdf_pages import CORNER, changed, cropped, trimmed, turned, with_entry

# Where the red corner is seen: x and y from the left and the top, of 1.
SHOWN = {
    "as it is": ([], (842, 595), (0.84, 0.8)),
    "turned by 90": ([turned(90)], (595, 842), (0.2, 0.84)),
    "turned by 180": ([turned(180)], (842, 595), (0.16, 0.2)),
    "turned by 270": ([turned(270)], (595, 842), (0.8, 0.16)),
    "cropped": ([cropped(400, 20, 820, 300)], (420, 280), (0.73, 0.65)),
    "cropped and turned": ([cropped(400, 20, 820, 300), turned(90)], (280, 420), (0.35, 0.73)),
    "cut at its TrimBox": ([trimmed(400, 20, 820, 300)], (420, 280), (0.73, 0.65)),
    "cut and turned": ([trimmed(820, 300, 400, 20), turned(90)], (280, 420), (0.35, 0.73)),
    "cropped within its TrimBox": (
        [cropped(400, 20, 820, 300), trimmed(9, 9, 833, 586)],
        (420, 280),
        (0.73, 0.65),
    ),
    "with a TrimBox that lies elsewhere": (
        [trimmed(900, 20, 1820, 300)],
        (842, 595),
        (0.84, 0.8),
    ),
    "in large units": ([with_entry("/UserUnit", 2)], (1684, 1191), (0.84, 0.8)),
    "from another corner": (
        [with_entry("/MediaBox", pikepdf.Array([400, 20, 820, 300]))],
        (420, 280),
        (0.73, 0.65),
    ),
}


def drawn(pdf: bytes, unit: float = 1) -> Image.Image:
    page = FirstPage(pdf)
    return page.drawn(page.size_at(72, unit))


@pytest.mark.parametrize("case", SHOWN)
def test_it_is_shown_as_viewers_show_it(case: str):
    changes, size, (x, y) = SHOWN[case]
    upload = changed(*changes)
    lone = LonePage(upload)
    as_it_came, alone = drawn(upload, lone.unit), drawn(lone.printed())
    assert as_it_came.size == alone.size == size
    assert alone.getpixel((int(x * size[0]), int(y * size[1]))) == CORNER
    assert max(most for _, most in ImageChops.difference(as_it_came, alone).getextrema()) < 16


def test_a_stamp_on_it_is_kept():
    upload = changed(pdf_pages.with_stamp)
    alone = drawn(LonePage(upload).printed())
    assert alone.getpixel((350, 345)) == drawn(upload).getpixel((350, 345)) == (0, 0, 255)


def test_scripts_attachments_private_data_and_tags_stay_behind():
    page = LonePage(changed(pdf_pages.with_baggage)).printed()
    with pikepdf.open(io.BytesIO(page)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        read = b"".join(one.read_bytes() for one in streams) + repr(list(pdf.objects)).encode()
        plain = pdf_pages.saved(
            pdf, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    for told in b"SECRET", b"Ana Secret", b"JavaScript", b"PieceInfo", b"StructParent", b"BDC":
        assert told not in read + plain
    assert not any(mark in read.split() for mark in (b"BMC", b"EMC", b"MP"))
    assert drawn(page).getpixel((304, 390)) == (0, 0, 255)


def test_no_reader_of_a_certificate_is_sent_to_another_file_for_what_is_drawn():
    page = LonePage(changed(pdf_pages.with_outside_image)).printed()
    with pikepdf.open(io.BytesIO(page)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
    assert streams
    assert not [one for one in streams if {"/F", "/FFilter", "/FDecodeParms"} & set(one.keys())]


def test_a_font_counts_as_missing_when_a_text_uses_it():
    assert not LonePage(changed(pdf_pages.with_foreign_font)).has_its_fonts()

    def unused(pdf: pikepdf.Pdf) -> None:
        pdf_pages.with_foreign_font(pdf)
        page = pdf.pages[0]
        page.contents_coalesce()
        page.Contents.write(page.Contents.read_bytes().replace(b"/Foreign 30 Tf", b""))

    assert LonePage(changed(unused)).has_its_fonts()


@pytest.mark.parametrize(
    "text",
    [
        b"BT /Foreign 12 Tf 14.4 TL ET",
        b"BT /Foreign 12 Tf ET q BT /Own 9 Tf (A) Tj ET Q",
        b"q /Foreign 12 Tf Q /Own 9 Tf q /Foreign 3 Tf Q BT (A) Tj ET",
    ],
)
def test_a_font_that_is_listed_and_chosen_but_shows_nothing_is_not_missed(text: bytes):
    assert LonePage(changed(pdf_pages.with_fonts(text))).has_its_fonts()


@pytest.mark.parametrize(
    "text",
    [
        b"BT /Own 9 Tf (A) Tj /Foreign 12 Tf [(A)] TJ ET",
        b"q /Foreign 12 Tf q /Own 9 Tf Q BT (A) ' ET Q",
        b"BT /Unknown 9 Tf (A) Tj ET /Foreign 12 Tf",
        b"/State gs BT (A) Tj ET /Foreign 12 Tf",
        b"/Foreign 12 Tf /Inherits Do",
    ],
)
def test_a_font_that_shows_something_is_missed(text: bytes):
    assert not LonePage(changed(pdf_pages.with_fonts(text))).has_its_fonts()


def test_the_same_page_gives_the_same_bytes():
    upload = changed(pdf_pages.with_baggage)
    assert LonePage(upload).printed() == LonePage(upload).printed()
