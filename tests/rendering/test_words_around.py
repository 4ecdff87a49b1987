"""Text before and after a number, a date or a column; what was placed without stays as it was."""

import datetime
import io
import json

import pytest
from PIL import Image, ImageChops

from shared.certificates.designs import designs
from shared.errors import LayoutRefused
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Layout, standard_layout
from shared.rendering.placed import check
from shared.storage.models import Design

BOX = {"left": 0.1, "top": 0.4, "width": 0.8, "height": 0.2}


def layout(**values: str) -> Layout:
    return Layout.from_json({"fields": [{"id": "one", "box": BOX, **values}]})


def template() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (600, 424), "white").save(content, "PNG")
    return content.getvalue()


def text_on(layout: Layout, facts: Facts) -> list[str]:
    placed = check(compile_design(template(), layout), facts)
    return [line for one in placed for line in one.lines]


def test_a_column_reads_with_its_words():
    hours = layout(kind="column", content="hours", before="共 ", after=" 小时")
    assert text_on(hours, Facts("", columns={"hours": "39"})) == ["共 39 小时"]


def test_a_number_and_a_date_read_with_their_words():
    facts = Facts("", number="2026-7", date=datetime.date(2026, 11, 24), language="en")
    assert text_on(layout(kind="number", before="No. "), facts) == ["No. 2026-7"]
    assert text_on(layout(kind="date", after=" in Ulm"), facts) == ["November 24, 2026 in Ulm"]


def test_words_without_a_value_are_not_drawn():
    hours = layout(kind="column", content="hours", after=" hours")
    design = compile_design(template(), hours)
    file = render_certificate(design, Facts("", columns={"hours": " "}), "png")
    blank = Image.new("RGB", (600, 424), "white")
    assert (
        ImageChops.difference(Image.open(io.BytesIO(file)).convert("RGB"), blank).getbbox() is None
    )


@pytest.mark.parametrize("kind", ["name", "qr", "text"])
def test_what_has_no_value_of_a_list_takes_no_words(kind: str):
    with pytest.raises(LayoutRefused, match="takes no words"):
        layout(kind=kind, content="x", before="Dr. ")


def test_a_layout_without_words_keeps_its_json_and_its_fingerprint():
    stored = json.loads(standard_layout().to_json())
    assert not {"before", "after"} & {key for field in stored["fields"] for key in field}
    assert set(stored["fields"][0]) == {
        "id", "kind", "box", "size", "minimum_size", "color", "face", "weight", "align", "vertical",
        "line_spacing", "letter_spacing", "rotation", "content", "shown",
    }  # fmt: skip
    design = Design(template_sha256="0" * 64, jpeg_quality=92, layout=stored, typesetting=None)
    again = json.loads(Layout.from_json(stored).to_json())
    same = Design(template_sha256="0" * 64, jpeg_quality=92, layout=again, typesetting=None)
    assert designs.fingerprint(design) == designs.fingerprint(same)


def test_words_are_kept_with_the_layout():
    hours = layout(kind="column", content="hours", after=" hours")
    assert Layout.from_json(hours.to_json()) == hours
