"""What was issued stays as it is, whatever typesetting rules come later."""

import dataclasses
import hashlib
import io
import json
import threading

import numpy
import pymupdf
import pytest
from PIL import Image
from sqlalchemy import select, update

from shared import events
from shared.certificates.issuing import drawing, submission
from shared.certificates.issuing.upgrading import keep_some, keep_typesettings
from shared.rendering.design import compile_design, render_certificate, render_preview
from shared.rendering.layout import standard_layout
from shared.rendering.text.typesetting import Typesetting
from shared.storage.models import Certificate, Design, Picture
from tests.support import designing, factories, issued_before

FIRST = Typesetting(rules=1)


def pixels(file):
    with Image.open(io.BytesIO(file)) as picture:
        return numpy.asarray(picture.convert("RGB"))


def page_pixels(pdf):
    page = pymupdf.open(stream=pdf)[0]
    zoom = issued_before.SIZE[0] / page.rect.width
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom))
    shape = (pixmap.height, pixmap.width, 3)
    width, height = issued_before.SIZE
    return numpy.frombuffer(pixmap.samples, numpy.uint8).reshape(shape)[:height, :width]


def coarse(picture):
    """How much ink each square of ten pixels has: another smoothing of edges does not show."""
    height, width = picture.shape[:2]
    return picture.reshape(height // 10, 10, width // 10, 10, 3).mean(axis=(1, 3, 4))


def design_of(case, typesetting=FIRST):
    layout = issued_before.layout(case)
    return compile_design(issued_before.template(), layout, typesetting=typesetting)


def facts_of(case, typesetting=FIRST):
    return dataclasses.replace(issued_before.facts(case), typesetting=typesetting)


def as_read_back(typesetting):
    return Typesetting.from_json(json.loads(json.dumps(typesetting.to_json())))


def kept(case):
    """The design and the facts as they are drawn once their typesettings are kept."""
    first = design_of(case)
    design = design_of(case, as_read_back(first.typesetting))
    return design, facts_of(case, as_read_back(first.typesetting_of(facts_of(case))))


@pytest.mark.parametrize("case", issued_before.CASES)
def test_a_certificate_of_the_first_version_keeps_its_pixels(case):
    drawn = pixels(render_certificate(design_of(case), facts_of(case), "png"))
    assert (drawn == issued_before.as_issued(case)).all()


@pytest.mark.parametrize("case", issued_before.CASES)
def test_it_keeps_them_once_its_typesetting_is_kept(case):
    drawn = pixels(render_certificate(*kept(case), "png"))
    assert (drawn == issued_before.as_issued(case)).all()


@pytest.mark.parametrize("case", issued_before.CASES)
def test_its_pdf_keeps_text_and_look(case):
    before = render_certificate(design_of(case), facts_of(case), "pdf")
    after = render_certificate(*kept(case), "pdf")
    assert after == before
    assert abs(coarse(page_pixels(after)) - coarse(issued_before.as_issued(case))).max() < 48


def test_a_kept_typesetting_alone_says_how_a_certificate_looks():
    """Half the size in the stored typesetting is half the size on paper: no rule is applied."""
    design, facts = kept("emoji")
    document = json.loads(json.dumps(facts.typesetting.to_json()))
    document["fields"]["name"]["size"] /= 2
    smaller = dataclasses.replace(facts, typesetting=Typesetting.from_json(document))
    inks = [
        (pixels(render_certificate(design, one, "png"))[40:150] < 128).any(axis=2).any(axis=0).sum()
        for one in (facts, smaller)
    ]
    assert inks[1] < 0.7 * inks[0]


def test_a_name_that_no_rule_accepts_is_drawn_as_it_was_issued():
    design, facts = kept("Latin with letter spacing")
    refused = dataclasses.replace(facts, name="\u202e" * 500, number="\x07")
    for format in ("png", "jpg", "pdf"):
        assert render_certificate(design, refused, format)
    assert render_preview(design, refused, 200) == render_preview(design, facts, 200)


def test_a_field_that_was_empty_stays_empty():
    design = design_of("emoji")
    issued = dataclasses.replace(facts_of("emoji"), number="")
    issued = dataclasses.replace(issued, typesetting=design.typesetting_of(issued))
    later = dataclasses.replace(issued, number="2026-7")
    drawn = [render_certificate(design, one, "png") for one in (issued, later)]
    assert drawn[0] == drawn[1]


# In an installation


@pytest.fixture
def issued(installation, event_id):
    """A certificate of each case, as version 0.1.0 left them: their ids."""
    ids = {}
    factories.design(installation.database, event_id)
    with installation.database.writing() as session:
        # Too small for what may be uploaded, but large enough to see every letter.
        template = issued_before.template()
        width, height = issued_before.SIZE
        picture = Picture(
            sha256=hashlib.sha256(template).hexdigest(),
            content=template,
            media_type="image/png",
            width=width,
            height=height,
        )
        session.add(picture)
        session.flush()
        event = events.event_for_change(session, event_id)
        event.design.template_sha256 = picture.sha256
    addresses = [f"v{index}@example.org" for index in range(len(issued_before.CASES))]
    factories.add(installation.database, event_id, "\n".join(addresses))
    tokens = factories.invite(installation, event_id)
    for address, case in zip(addresses, issued_before.CASES, strict=True):
        with installation.database.writing() as session:
            event = events.event_for_change(session, event_id)
            designing.set_layout(session, event, issued_before.layout(case))
            certificate = submission.submit(
                session, installation.settings, installation.seal, tokens[address], "Ana"
            )
            certificate.name = issued_before.facts(case).name
            certificate.number, certificate.date = "2026-000123", issued_before.facts(case).date
            certificate.language = "zh"
            ids[case] = certificate.id
    with installation.database.writing() as session:
        session.execute(update(Certificate).values(typesetting=None))
        session.execute(update(Design).values(typesetting=None))
    return ids


def all_drawn(installation, ids):
    with installation.database.reading() as session:
        return {
            case: pixels(
                drawing.render(
                    session, installation.settings, session.get_one(Certificate, id), "png"
                )
            )
            for case, id in ids.items()
        }


def not_kept(database, kind):
    with database.reading() as session:
        return session.scalars(select(kind.id).where(kind.typesetting.is_(None))).all()


def test_what_was_issued_looks_the_same_before_and_after_its_turn_at_the_upgrade(
    installation, database, issued
):
    for is_kept in (False, True):
        if is_kept:
            keep_typesettings(database, installation.settings, threading.Event())
        assert bool(not_kept(database, Certificate)) is not is_kept
        assert bool(not_kept(database, Design)) is not is_kept
        for case, drawn in all_drawn(installation, issued).items():
            assert (drawn == issued_before.as_issued(case)).all(), case


def test_an_upgrade_that_is_interrupted_goes_on_where_it_was(installation, database, issued):
    last = keep_some(database, installation.settings, Certificate, 0)
    first = next(iter(issued.values()))
    with database.writing() as session:
        before = session.get_one(Certificate, first).typesetting
        session.get_one(Certificate, last).typesetting = None
    assert keep_some(database, installation.settings, Certificate, 0) == last
    assert keep_some(database, installation.settings, Certificate, 0) is None
    with database.reading() as session:
        assert session.get_one(Certificate, first).typesetting == before


def test_what_is_issued_now_keeps_its_typesetting_at_once(installation, listed, database):
    with database.writing() as session:
        event = events.event_for_change(session, listed)
        heading = {
            "kind": "text",
            "content": "Thanks",
            "box": {"left": 0, "top": 0, "width": 1, "height": 0.2},
        }
        fields = [*json.loads(standard_layout().to_json())["fields"], heading]
        layout = standard_layout().from_json({"fields": fields})
        designing.set_layout(session, event, layout)
    token = factories.invite(installation, listed)["ana@example.org"]
    with database.writing() as session:
        certificate = submission.submit(
            session, installation.settings, installation.seal, token, "Ana"
        )
        assert set(certificate.typesetting["fields"]) == {"name", "number", "date"}
        assert set(certificate.design.typesetting["fields"]) == {"text"}
    assert not_kept(database, Certificate) == not_kept(database, Design) == []
