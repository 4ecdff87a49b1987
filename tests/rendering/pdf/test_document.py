"""PDF certificates: the same picture, but text is text."""

import datetime
import hashlib
import io
from dataclasses import replace
from functools import cache
from typing import get_args

import numpy
import pikepdf
import pymupdf
import pytest
import zxingcpp
from PIL import Image

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout, standard_layout
from shared.rendering.pdf import Standard
from shared.rendering.text.own_fonts import accept_font, cache_font
from shared.rendering.text.typesetting import Typesetting
from tests.support.carried import attached, claims
from tests.support.organizers_fonts import block_font
from tests.support.rendering_names import NAMES

SIZE = (1000, 707)
STANDARDS = get_args(Standard)
FIRST = Typesetting(rules=1)
LINK = "https://certificates.example.org/v/Zk3nJw0qT5d7Vb1xUe9aHg"
# What viewers give back when a name is copied. These scripts place signs in another order than
# they are written or pile them up, and MuPDF reads what stands on the page: see docs/pdf-text.md.
READ_BACK_WHOLE = [
    "Han", "Han, rare", "Han, traditional", "Japanese", "Korean", "Latin",
    "Vietnamese", "Cyrillic", "Greek", "Urdu", "Uyghur", "Bengali", "Tamil", "Telugu", "Kannada",
    "Malayalam", "Sinhala", "Tibetan", "Mongolian", "Georgian", "Armenian", "Ethiopic", "Gujarati",
    "Gurmukhi", "Yi", "Syriac", "Han, Uyghur name", "Cherokee", "Javanese", "Tifinagh",
]  # fmt: skip


def white(format="PNG", **options):
    buffer = io.BytesIO()
    Image.new("RGB", SIZE, "white").save(buffer, format, **options)
    return buffer.getvalue()


def stamp():
    buffer = io.BytesIO()
    Image.new("RGBA", (60, 60), (200, 0, 0, 128)).save(buffer, "PNG")
    return buffer.getvalue()


STAMP = hashlib.sha256(stamp()).hexdigest()


@cache
def full_design():
    def box(left, top, width, height):
        return Box(left=left, top=top, width=width, height=height)

    more = (
        Field(id="qr", kind="qr", box=box(0.75, 0.6, 0.2, 0.25)),
        Field(id="stamp", kind="picture", content=STAMP, box=box(0.1, 0.6, 0.2, 0.2)),
        Field(
            id="side", kind="text", content="志愿 Thanks", rotation=90, weight=700,
            size=0.05, box=box(0.9, 0.1, 0.08, 0.45),
        ),
    )  # fmt: skip
    layout = Layout(fields=(*standard_layout().fields, *more))
    return compile_design(white(), layout, {STAMP: stamp()})


def facts(name, language="zh"):
    return Facts(name, "No. 7", datetime.date(2026, 11, 24), link=LINK, language=language)


def opened(pdf):
    return pymupdf.open(stream=pdf)


def page_pixels(pdf):
    page = opened(pdf)[0]
    zoom = pymupdf.Matrix(SIZE[0] / page.rect.width, SIZE[1] / page.rect.height)
    pixmap = page.get_pixmap(matrix=zoom)
    shape = (pixmap.height, pixmap.width, 3)
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(shape)[: SIZE[1], : SIZE[0]]


def edges(pixels):
    ys, xs = numpy.nonzero(pixels.mean(axis=2) < 128)
    return numpy.array([xs.min(), ys.min(), xs.max(), ys.max()])


@pytest.mark.parametrize("script", NAMES)
def test_the_page_looks_like_the_picture(script):
    design = full_design()
    page = page_pixels(render_certificate(design, facts(NAMES[script]), "pdf"))
    png = render_certificate(design, facts(NAMES[script]), "png")
    picture = numpy.asarray(Image.open(io.BytesIO(png)))
    assert abs(page.astype(int) - picture).mean() < 1
    # The name's rows: its ink begins and ends at the same pixels.
    name = slice(250, 420)
    assert abs(edges(page[name, :890]) - edges(picture[name, :890])).max() <= 2


@pytest.mark.parametrize("script", READ_BACK_WHOLE)
def test_a_name_can_be_copied_from_the_page(script):
    text = opened(render_certificate(full_design(), facts(NAMES[script]), "pdf"))[0].get_text()
    assert NAMES[script] in text.replace("\n", " ")


def test_number_date_and_fixed_text_are_text():
    text = opened(render_certificate(full_design(), facts("José"), "pdf"))[0].get_text()
    assert "No. 7" in text
    assert "2026年11月24日" in text
    assert "志愿 Thanks" in text


def test_the_page_says_its_title_and_language_and_is_tagged_for_screen_readers():
    said = replace(facts("José", "en"), event="Spring Run", organization="Harbour Friends")
    document = opened(render_certificate(full_design(), said, "pdf"))
    catalogue = document.xref_object(document.pdf_catalog())
    assert document.metadata["title"] == "Certificate – José"
    assert document.metadata["author"] == "Harbour Friends"
    assert document.metadata["subject"] == "Spring Run"
    assert document.metadata["creationDate"].startswith("D:20261124")
    assert "/Lang(en)" in catalogue.replace(" ", "")
    assert "/StructTreeRoot" in catalogue


def structure(pdf):
    """What a screen reader meets, in order: the kind, its language, and its words or address."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        [document] = opened.Root.StructTreeRoot.K

        def told(element):
            kind = str(element.S).lstrip("/")
            words = str(element.get("/Alt", "")) or None
            inside = [one for one in element.K if isinstance(one, pikepdf.Dictionary)]
            nested = [told(one) for one in inside if "/S" in one]
            return (kind, str(element.get("/Lang", "")) or None, words, *nested)

        return [told(one) for one in document.K]


def boxed(kind, top, **values):
    box = Box(left=0.1, top=top, width=0.8, height=0.1)
    return Field(kind=kind, box=box, size=0.05, minimum_size=0.01, **values)


# As somebody adds them: not from the top.
TITLED = Layout(
    fields=(
        boxed("name", 0.4),
        boxed("date", 0.7),
        boxed("text", 0.2, id="thanks", content="For {event}"),
        boxed("text", 0.05, id="title", content="Certificate", title=True),
        boxed("picture", 0.55, id="stamp", content=STAMP, alt="Seal of the city"),
        boxed("qr", 0.85),
    )
)


@pytest.mark.parametrize("standard", [None, "ua-1"])
def test_a_page_is_read_from_the_top_and_its_title_is_the_heading(standard):
    design = compile_design(white(), TITLED, {STAMP: stamp()})
    said = replace(facts("Αλέξης", "en"), event="Spring Run")
    found = structure(render_certificate(design, said, "pdf", standard=standard))
    assert found == [
        ("H1", None, None),
        ("P", None, None),
        ("P", "el", None),
        ("Figure", None, "Seal of the city"),
        ("P", None, None),
        ("P", None, None, ("Link", None, None, ("Figure", None, f"QR code: {LINK}"))),
    ]
    with pikepdf.open(io.BytesIO(render_certificate(design, said, "pdf"))) as opened:
        [link] = opened.pages[0].Annots
        assert (link.Subtype, str(link.A.URI)) == (pikepdf.Name.Link, LINK)


@pytest.mark.parametrize(
    ("name", "told", "language"),
    [
        ("陈明", "", "zh"),
        ("陈明", "日本語", "ja"),
        ("陈明", "French", "zh"),
        ("José", "Portuguese", "pt"),
        ("José", "", None),
        ("محمد", "", "ar"),
        ("محمد", "fa-IR", "fa"),
        ("Олена", "uk", "uk"),
        ("김민준", "", "ko"),
    ],
)
def test_a_name_is_read_by_a_voice_of_its_language(name, told, language):
    design = compile_design(white(), Layout(fields=(boxed("name", 0.4),), alt="Thanks"))
    said = Facts(name, language="en", columns={"Language": told})
    [picture, paragraph] = structure(render_certificate(design, said, "pdf"))
    assert picture == ("Figure", None, "Thanks")
    assert paragraph == ("P", language, None)


def test_a_template_that_says_what_no_field_says_has_words():
    plain = standard_layout()
    about = replace(facts("José"), event="春季长跑", organization="Harbour")
    for layout, words in (
        (plain, "证书、春季长跑、Harbour"),
        (plain.with_alt("{event}: thank you"), "春季长跑: thank you"),
    ):
        first = structure(render_certificate(compile_design(white(), layout), about, "pdf"))[0]
        assert first == ("Figure", None, words)


def test_a_link_that_leads_nowhere_is_a_picture():
    design = compile_design(white(), TITLED, {STAMP: stamp()})
    last = structure(render_certificate(design, replace(facts("José"), link="HR-7"), "pdf"))[-1]
    assert last[0] == "P"
    assert last[3][0] == "Figure"


def test_what_was_issued_before_is_read_in_the_order_in_which_it_was_painted():
    before = TITLED.model_copy(update={"version": 2})
    design = compile_design(white(), before, {STAMP: stamp()})
    text = opened(render_certificate(design, facts("José", "en"), "pdf"))[0].get_text()
    assert text.split("\n")[0] == "José"


def test_the_code_on_the_page_can_be_read_and_has_words_for_those_who_do_not_see_it():
    pdf = render_certificate(full_design(), facts("José"), "pdf")
    found = zxingcpp.read_barcodes(Image.fromarray(page_pixels(pdf)))
    assert [one.text for one in found] == [LINK]
    document = opened(pdf)
    everything = "".join(document.xref_object(i) for i in range(1, document.xref_length()))
    assert "/Alt" in everything


def test_an_a4_template_becomes_an_a4_page_whatever_its_pixels():
    page = opened(render_certificate(full_design(), facts("José"), "pdf"))[0]
    assert (page.rect.width, page.rect.height) == pytest.approx((841.9, 595.3), abs=1)


def test_a_density_asked_for_decides_the_page():
    page = opened(render_certificate(full_design(), facts("José"), "pdf", dpi=100))[0]
    assert page.rect.width == pytest.approx(720)


def test_a_jpeg_template_is_carried_as_it_came():
    template = white("JPEG", quality=80)
    pdf = render_certificate(compile_design(template, standard_layout()), facts("José"), "pdf")
    document = opened(pdf)
    assert document.extract_image(document[0].get_images()[0][0])["image"] == template


def test_a_name_is_data_and_never_a_command():
    name = '#eval("1+1") $x$ *b* \\ "quoted" </script>'
    text = opened(render_certificate(full_design(), facts(name), "pdf"))[0].get_text()
    assert name.replace(" ", "") in text.replace("\n", "").replace(" ", "")


def test_the_same_facts_give_the_same_bytes_also_from_a_fresh_compiler():
    first = render_certificate(full_design(), facts("José"), "pdf")
    design = full_design()
    del design.__dict__["pdf"]
    assert render_certificate(design, facts("José"), "pdf") == first


PARTS = {"ua-1": "pdfuaid:part>1<", "a-2": "pdfaid:part>2<", "a-3": "pdfaid:part>3<"}


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_page_with_everything_on_it_satisfies_the_standard_asked_for(standard):
    """Typst checks what it writes, and refuses it otherwise; a picture with transparency, a code,
    an emoji and three scripts are on the page."""
    name = "José 吉田 محمد 👍🏽"
    pdf = render_certificate(full_design(), facts(name), "pdf", standard=standard)
    metadata = opened(pdf).get_xml_metadata()
    part = next(part for start, part in PARTS.items() if standard.startswith(start))
    assert part in metadata
    if standard.startswith("a-"):
        assert f"pdfaid:conformance>{standard[-1].upper()}<" in metadata


def test_a_page_is_for_screen_readers_and_archives_at_once():
    assert claims(render_certificate(full_design(), facts("José"), "pdf")) == {"ua-1", "a-3a"}
    # When it was issued belongs to an archive's page, and is not invented.
    assert claims(render_certificate(full_design(), Facts("José"), "pdf")) == {"ua-1"}


CREDENTIAL = '{"name": "José 王小明 👍", "proof": {}}\n'


@pytest.mark.parametrize("standard", [None, *STANDARDS])
def test_the_credential_is_attached_as_it_is_where_the_standard_allows(standard):
    signed = replace(facts("José"), credential=CREDENTIAL)
    pdf = render_certificate(full_design(), signed, "pdf", standard=standard)
    may_carry = standard is None or not standard.startswith("a-2")
    assert attached(pdf) == (CREDENTIAL.encode() if may_carry else None)
    plain = render_certificate(full_design(), facts("José"), "pdf", standard=standard)
    assert (page_pixels(pdf) == page_pixels(plain)).all()


def test_what_no_archive_accepts_is_still_for_screen_readers_and_carries_the_credential():
    """A character of private use, which was issued in somebody's own font."""
    font = accept_font(block_font(characters="No\ue000"))
    box = Box(left=0.05, top=0.3, width=0.9, height=0.4)
    number = Field(id="number", kind="number", box=box, face=font.sha256)
    fonts = {font.sha256: cache_font(font.content)}
    design = compile_design(white(), Layout(fields=(number,)), fonts=fonts)
    signed = replace(facts(""), number="No\ue000", typesetting=FIRST, credential=CREDENTIAL)
    pdf = render_certificate(design, signed, "pdf")
    assert claims(pdf) == {"ua-1"}
    assert attached(pdf) == CREDENTIAL.encode()


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_certificate_without_a_date_satisfies_every_standard(standard):
    assert render_certificate(full_design(), Facts("José"), "pdf", standard=standard)


@pytest.mark.parametrize("standard", [None, *STANDARDS])
def test_every_script_satisfies_every_standard(standard):
    for name in NAMES.values():
        pdf = render_certificate(full_design(), facts(name), "pdf", standard=standard)
        assert standard or claims(pdf) == {"ua-1", "a-3a"}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("face", FACE_NAMES)
def test_digits_and_quotes_have_the_forms_of_the_picture_in_either_language(face, language):
    """Our Chinese faces hold other digits for pages in Chinese."""
    box = Box(left=0.05, top=0.3, width=0.9, height=0.4)
    number = Field(id="number", kind="number", box=box, face=face, size=0.12, align="left")
    design = compile_design(white(), Layout(fields=(number,)))
    written = Facts("", "No. 1117 \"1\"'1'", language=language)
    page = page_pixels(render_certificate(design, written, "pdf"))
    picture = numpy.asarray(Image.open(io.BytesIO(render_certificate(design, written, "png"))))
    assert abs(edges(page) - edges(picture)).max() <= 2
    assert abs(page.astype(int) - picture).mean() < 1
