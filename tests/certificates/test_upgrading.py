"""What was issued stays as it is, whatever typesetting rules come later."""

import dataclasses
import io
import json

import numpy
import pymupdf
import pytest
from PIL import Image

from shared import events
from shared.rendering.design import compile_design, render_certificate, render_preview
from shared.rendering.layout import standard_layout
from shared.rendering.text.typesetting import Typesetting
from tests.support import designing, factories, issued_before
from tests.support.submitting import submit_name


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


def kept(case):
    """The design and the facts, with their texts as they were set."""
    typesettings = issued_before.stored()["rules 1"][case]
    fixed, own = (Typesetting(1, typesettings[what]) for what in ("design", "certificate"))
    layout = issued_before.layout(case)
    design = compile_design(issued_before.template(), layout, typesetting=fixed)
    return design, dataclasses.replace(issued_before.facts(case), typesetting=own)


@pytest.mark.parametrize("case", issued_before.CASES)
def test_a_certificate_of_the_first_version_keeps_its_pixels(case):
    drawn = pixels(render_certificate(*kept(case), "png"))
    assert (drawn == issued_before.as_issued(case)).all()


@pytest.mark.parametrize("case", issued_before.CASES)
def test_its_pdf_keeps_its_look(case):
    after = render_certificate(*kept(case), "pdf")
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
    design, facts = kept("emoji")
    fields = {id: one for id, one in facts.typesetting.fields.items() if id != "number"}
    issued = dataclasses.replace(facts, number="", typesetting=Typesetting(1, fields))
    later = dataclasses.replace(issued, number="2026-7")
    drawn = [render_certificate(design, one, "png") for one in (issued, later)]
    assert drawn[0] == drawn[1]


# In an installation


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
        certificate = submit_name(session, installation.settings, installation.seal, token, "Ana")
        assert set(certificate.typesetting["fields"]) == {"name", "number", "date"}
        assert set(certificate.design.typesetting["fields"]) == {"text"}
