"""`certs render` in a folder of its own: a template, a layout, a list."""

import csv
import io
import json

import pytest
from PIL import Image

from shared.certificates.batch import BatchOrder, Sources, render_list
from shared.rendering.layout import Box, Field, Layout, standard_layout


@pytest.fixture
def place(tmp_path):
    """A template, a layout and a folder for what is made."""
    picture = Image.linear_gradient("L").resize((800, 566)).convert("RGB")
    picture.point(lambda value: 128 + value // 2).save(tmp_path / "template.png")
    role = Field(
        id="role",
        kind="column",
        content="Role",
        box=Box(left=0.1, top=0.65, width=0.8, height=0.08),
        size=0.04,
    )
    code = Field(id="qr", kind="qr", box=Box(left=0.05, top=0.05, width=0.2, height=0.25))
    layout = Layout(fields=(*standard_layout().fields, role, code))
    (tmp_path / "layout.json").write_text(layout.to_json())
    return tmp_path


def write_list(place, rows, name="names.csv", encoding="utf-8-sig"):
    buffer = io.StringIO()
    csv.writer(buffer).writerows(rows)
    (place / name).write_bytes(buffer.getvalue().encode(encoding))
    return place / name


def run(place, names, formats=("png",), files=None, **options):
    progress = {"progress": options.pop("progress")} if "progress" in options else {}
    options.setdefault("report", place / "report.jsonl")
    sources = Sources(place / "template.png", place / "layout.json", names, **(files or {}))
    return render_list(sources, BatchOrder(place / "out", formats, **options), **progress)


def opened(path):
    return Image.open(io.BytesIO(path.read_bytes()))


def reported(place):
    return [json.loads(line) for line in (place / "report.jsonl").read_text().splitlines()]
