"""A vector page beside a template's image: PDF certificates carry it, and nothing else changes."""

import dataclasses
import datetime
import io
import zipfile

import pymupdf
import pytest
from PIL import Image
from sqlalchemy import func, select, update

from shared import events
from shared.certificates.designs import designs
from shared.certificates.designs.changes import PrintSizeChange
from shared.certificates.designs.designs import keep_picture
from shared.certificates.designs.event_copy import copy_event
from shared.privacy.archive import archive
from shared.privacy.deletion import forget_designs
from shared.rendering.design import print_together, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.uploads.accepted import OWN_SIZE, accept_template, accept_upload
from shared.rendering.uploads.template import FONTS_MISSING, plain_type, why_no_page
from shared.storage.models import Design, Event, Picture, VectorPage
from tests.support import designing, pdf_pages
from tests.support.designing import change, set_template
from tests.support.factories import set_picture, small_picture

SVG = b"""<svg viewBox="0 0 600 424" width="600pt" height="424pt" xmlns="http://www.w3.org/2000/svg">
<path d="M 20 20 H 580 V 404 H 20 Z" fill="none" stroke="#135e4b" stroke-width="6"/></svg>"""
FACTS = Facts("José", "No. 7", datetime.date(2026, 11, 24), language="en")


@pytest.fixture
def drawn(database, event_id):
    """The event has an image with a page, and before that it had only the image."""
    template = accept_template(small_picture())
    for vector in (None, SVG):
        with database.writing() as session:
            event = events.event_for_change(session, event_id)
            set_template(session, event, dataclasses.replace(template, vector=vector))
    return event_id


def compiled(database, event_id, version=2):
    with database.reading() as session:
        design = session.scalars(select(Design).filter_by(event_id=event_id, version=version)).one()
        return designs.compiled(session, design), designs.fingerprint(design)


@pytest.mark.parametrize("standard", ["ua-1", "a-2b", "a-3u"])
def test_a_pdf_carries_the_page_and_no_pixels(database, drawn, standard):
    design, _ = compiled(database, drawn)
    pdf = render_certificate(design, FACTS, "pdf", standard=standard)
    [page] = pymupdf.open(stream=pdf)
    assert page.get_images() == []
    assert page.get_drawings()[0]["color"] == pytest.approx((0.0745, 0.3686, 0.2941), abs=0.001)
    assert "José" in page.get_text()
    assert render_certificate(design, FACTS, "pdf", standard=standard) == pdf


def test_many_for_the_printer_carry_it_too(database, drawn):
    design, _ = compiled(database, drawn)
    pages = pymupdf.open(stream=print_together(design, [FACTS, FACTS]))
    # Beside it there is what a print shop needs around the sheet: a ground and eight lines.
    for page in pages:
        assert [one[7] for one in page.get_images()] == ["Ground"]
        assert len(page.get_drawings()) == 1 + 8


def test_the_picture_is_the_same_and_what_was_made_before_keeps_its_bytes(database, drawn):
    (before, print_before), (after, print_after) = (compiled(database, drawn, n) for n in (1, 2))
    for format in ("jpg", "png"):
        same = render_certificate(before, FACTS, format), render_certificate(after, FACTS, format)
        assert same[0] == same[1]
    assert pymupdf.open(stream=render_certificate(before, FACTS, "pdf"))[0].get_images() != []
    assert print_before != print_after
    assert before.sha256 != after.sha256


def test_an_uploaded_pdf_is_such_a_page(database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_picture(session, event, pdf_pages.made())
    design, _ = compiled(database, event_id, version=1)
    [page] = pymupdf.open(stream=render_certificate(design, FACTS, "pdf"))
    assert page.get_images() == []
    assert {"José", "Certificate of thanks"} <= set(page.get_text().splitlines())


def test_the_page_stays_with_another_placement_and_another_limit(database, drawn):
    with database.writing() as session:
        event = events.event_for_change(session, drawn)
        layout = designs.layout_of(event.design)
        less = layout.model_copy(update={"fields": layout.fields[:1]})
        assert designing.set_layout(session, event, less).vector_sha256 is not None


def test_a_copied_event_has_it_and_the_last_design_takes_it_along(installation, drawn):
    with installation.database.writing() as session:
        source = events.event_for_change(session, drawn)
        copy = copy_event(session, installation.seal, source, name="Run 2027").event
        assert copy.design.vector_sha256 == source.design.vector_sha256
    for event_id, left in ((drawn, 1), (copy.id, 0)):
        forget_designs(installation.database, event_id)
        with installation.database.reading() as session:
            assert session.scalar(select(func.count()).select_from(VectorPage)) == left


def test_an_archive_holds_it(installation, drawn):
    with installation.database.reading() as session:
        event = session.get_one(Event, drawn)
    whole = io.BytesIO(b"".join(archive(installation, event)))
    with zipfile.ZipFile(whole) as file:
        [name] = [name for name in file.namelist() if name.endswith(".svg")]
        assert file.read(name) == SVG


def test_why_a_page_is_not_kept_is_known_of_the_same_picture_stored_before(database):
    page = accept_upload(pdf_pages.changed(pdf_pages.with_foreign_font))
    picture = dataclasses.replace(page, media_type="image/png")
    for template in (picture, page, picture):
        with database.writing() as session:
            keep_picture(session, template)
    with database.reading() as session:
        known = session.get_one(Picture, page.sha256)
    assert why_no_page(known.media_type) == FONTS_MISSING
    assert plain_type(known.media_type) == "image/png"


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """In millimetres."""
    inch = 25.4 / 72
    pages = pymupdf.open(stream=pdf)
    return {(round(page.rect.width * inch), round(page.rect.height * inch)) for page in pages}


A3 = (1190.55, 841.89)


@pytest.fixture(scope="module")
def a3_page():
    return accept_upload(pdf_pages.made(A3))


@pytest.fixture
def on_a3(database, event_id, a3_page):
    """Version 1 is stored as it was before a design said its size, version 2 as it is today."""
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        for _ in range(2):
            set_template(session, event, a3_page)
        session.execute(update(Design).where(Design.version == 1).values(print_dpi=None))
    return event_id


def test_a_page_is_printed_in_its_own_size_and_what_was_stored_before_stays_as_it_was(
    database, on_a3
):
    (before, print_before), (after, print_after) = (compiled(database, on_a3, n) for n in (1, 2))
    for design, size in (before, (297, 210)), (after, (420, 297)):
        assert page_sizes(render_certificate(design, FACTS, "pdf")) == {size}
        assert page_sizes(print_together(design, [FACTS, FACTS])) == {size}
    assert render_certificate(before, FACTS, "png") == render_certificate(after, FACTS, "png")
    assert before.sha256 != after.sha256
    assert print_before != print_after


def test_another_size_is_another_design_which_copies_and_placements_keep(installation, on_a3):
    database = installation.database
    with database.writing() as session:
        event = events.event_for_change(session, on_a3)
        change(session, event, PrintSizeChange(424.3))
        version = event.design.version
        layout = designs.layout_of(event.design)
        less = layout.model_copy(update={"fields": layout.fields[:1]})
        placed = designing.set_layout(session, event, less)
        copy = copy_event(session, installation.seal, event, name="Run 2027").event
        assert (version, placed.version) == (3, 4)
        assert placed.print_dpi == copy.design.print_dpi == 424.3
    for version, size in (2, (420, 297)), (3, (297, 210)):
        design, _ = compiled(database, on_a3, version)
        assert page_sizes(render_certificate(design, FACTS, "pdf")) == {size}


@pytest.mark.parametrize(("dpi", "size"), [(300, (210, 148)), (200, (297, 210))])
def test_a_picture_is_printed_in_the_size_that_it_states_if_that_is_a_usual_one(
    database, event_id, dpi, size
):
    file = io.BytesIO()
    Image.new("RGB", (2480, 1752), "white").save(file, "PNG", dpi=(dpi, dpi))
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        template = set_picture(session, event, file.getvalue())
    design, _ = compiled(database, event_id, version=1)
    assert page_sizes(render_certificate(design, FACTS, "pdf")) == {size}
    assert (OWN_SIZE in template.warnings) == (size != (297, 210))
