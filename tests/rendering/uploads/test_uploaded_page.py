"""The first page of a PDF becomes a template; malicious files are refused with a sentence."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from shared import confined
from shared.errors import PictureRefused, explain
from shared.language import translate
from shared.rendering.uploads import accepted, page_reader
from shared.rendering.uploads.accepted import accept_upload
from shared.rendering.uploads.page_reader import CUT, SEVERAL_PAGES
from shared.rendering.uploads.template import FONTS_MISSING, NOT_KEPT
from tests.support import pdf_pages
from tests.support.pdf_pages import A4, CORNER, changed, made, turned, with_entry

ICON = Path(__file__).parents[3] / "console/icon.png"
SQUARE = '<rect x="50" y="30" width="20" height="20" fill="red"/>'


def svg(content: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 70">{content}</svg>'.encode()


def test_the_first_page_is_the_picture_at_300_dpi_and_is_kept_as_page():
    template = accept_upload(made(pages=3))
    assert (template.width, template.height, template.dpi) == (3508, 2480, 300)
    assert template.warnings == (SEVERAL_PAGES,)
    with Image.open(io.BytesIO(template.content)) as picture:
        assert picture.convert("RGB").getpixel((2950, 1990)) == CORNER
    assert template.vector
    with pikepdf.open(io.BytesIO(template.vector)) as page:
        assert len(page.pages) == 1


def test_an_svg_is_drawn_as_large_as_a4_and_kept_as_page():
    template = accept_upload(svg(SQUARE))
    assert (template.width, template.height, template.warnings) == (3508, 2456, ())
    with Image.open(io.BytesIO(template.content)) as picture:
        assert picture.convert("RGB").getpixel((1800, 1250)) == CORNER
    assert template.vector


@pytest.mark.parametrize(
    "link",
    ["../../../console/icon.png", f"{ICON}", ICON.as_uri(), "http://127.0.0.1:9/icon.png"],
)
def test_an_svg_loads_nothing(link: str):
    told, *_ = page_reader.read(svg(f'{SQUARE}<image href="{link}"/>'), 200_000)
    assert page_reader.REFUSALS[told["refused"]] == page_reader.NOT_WHOLE


def test_an_svg_of_a_billion_squares_is_refused_in_time():
    """Each group has ten of the one before."""
    ten = "".join('<use href="#a%d"/>' for _ in range(10))
    groups = [f'<g id="a{n + 1}">{ten % ((n,) * 10)}</g>' for n in range(9)]
    with pytest.raises(PictureRefused, match=r"too much time|SVG is damaged"):
        accept_upload(svg('<rect id="a0" width="1" height="1"/>' + "".join(groups)))


def found(upload: bytes) -> tuple[list[str], bool]:
    """What is said of a page, and whether it is kept."""
    told, *parts = page_reader.read(upload, 200_000)
    _, page = confined.joined(parts, 2)
    return [page_reader.FINDINGS[one] for one in told["found"]], bool(page)


def test_a_page_without_its_fonts_is_kept_as_picture_alone_and_that_is_said():
    assert found(changed(pdf_pages.with_foreign_font)) == ([page_reader.FONTS_MISSING], False)


def test_a_page_is_cut_at_its_trim_marks_and_that_is_said():
    bleed = 8.5
    with_bleed = made((A4[0] + 2 * bleed, A4[1] + 2 * bleed))
    cut = pdf_pages.trimmed(bleed, bleed, A4[0] + bleed, A4[1] + bleed)
    template = accept_upload(changed(cut, pdf=with_bleed))
    assert (template.width, template.height) == (3508, 2480)
    assert template.warnings == (CUT,)
    assert template.vector
    with pikepdf.open(io.BytesIO(template.vector)) as page:
        assert [float(side) for side in page.pages[0].mediabox] == pytest.approx([0, 0, *A4])


def test_of_a_trim_box_that_takes_nothing_off_nothing_is_said():
    assert found(changed(pdf_pages.trimmed(0, 0, 841.8898, 595.2756))) == ([], True)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_kept(degrees: int):
    assert found(changed(turned(degrees))) == ([], True)


def test_a_page_with_what_was_hidden_is_kept_as_picture_alone():
    upload = changed(pdf_pages.with_hidden_layer)
    assert found(upload) == ([page_reader.NOT_KEPT], False)
    page = page_reader.FirstPage(upload)
    assert page.drawn((842, 595)).getpixel((304, 390)) == (255, 255, 255)


@pytest.mark.parametrize("box", [[0, 0, 1e9, 1e9], [0, 0, 5000, 5000], [0, 0, 1e6, 2e5]])
def test_the_picture_of_a_huge_page_has_no_more_pixels_than_a_picture_may(box: list[float]):
    page = page_reader.FirstPage(changed(with_entry("/MediaBox", pikepdf.Array(box))))
    width, height = page.size_at(page.dpi(1, 40_000_000))
    assert 10_000_000 < width * height <= 40_000_000
    assert max(width, height) <= 20_000


# Made when they are asked for: to make the bomb takes a second.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated": (lambda: made()[: len(made()) // 2], "PDF is damaged"),
    "no PDF at all": (lambda: b"%PDF-1.7\n" + bytes(2000), "PDF is damaged"),
    "without pages": (pdf_pages.without_pages, "PDF is damaged"),
    "with a password": (pdf_pages.locked, "locked with a password"),
    "an SVG with text": (
        lambda: svg("<text x='9' y='9'>Thanks</text>"),
        "letters of their fonts",
    ),
    "an SVG with a page in it": (lambda: svg("<foreignObject/>"), "letters of their fonts"),
    "a broken SVG": (lambda: svg("<rect"), "SVG is damaged"),
    "an SVG of nothing": (lambda: svg(""), "is empty"),
    "a blank page": (pdf_pages.blank, "is empty"),
    "forms in forms": (pdf_pages.nested_forms, "page takes too much"),
    "a bomb": (pdf_pages.content_bomb, "page takes too much"),
    "a strip": (
        lambda: changed(with_entry("/MediaBox", pikepdf.Array([0, 0, 9e5, 80]))),
        "The picture is only",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_a_template_is_refused_in_time_with_what_to_do(
    case: str, monkeypatch: pytest.MonkeyPatch
):
    make, refusal = REFUSED[case]
    upload = make()
    # As in use, but with less patience.
    limits = replace(accepted._LIMITS_OF_PAGES, memory=600_000_000, cpu_seconds=1, seconds=20)
    monkeypatch.setattr(accepted, "_LIMITS_OF_PAGES", limits)
    with pytest.raises(PictureRefused, match=refusal) as refused:
        accept_upload(upload)
    assert explain(refused.value, "zh") != explain(refused.value, "en")


def test_what_is_found_is_said_in_both_languages():
    for finding in SEVERAL_PAGES, CUT, FONTS_MISSING, NOT_KEPT:
        assert translate(finding, "zh") != finding
