"""Templates, layouts and pixels for the tests of drawing."""

import datetime
import hashlib
import io
from functools import cache

import numpy
from PIL import Image

from shared.rendering.design import render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import FACE_NAMES, Box, Field, Layout

NOVEMBER = datetime.date(2026, 11, 24)


@cache
def template(width=900, height=640, format="PNG", noise=False, **options):
    picture = Image.linear_gradient("L").resize((width, height)).convert("RGB")
    if noise:
        pixels = numpy.random.default_rng(1).integers(120, 256, (height, width, 3), numpy.uint8)
        picture = Image.fromarray(pixels)
    buffer = io.BytesIO()
    picture.point(lambda value: 128 + value // 2).save(buffer, format, **options)
    return buffer.getvalue()


def seal(side=200):
    """A red disc, half transparent."""
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    disc = Image.new("L", (side, side), 0)
    y, x = numpy.ogrid[:side, :side]
    inside = (x - side / 2) ** 2 + (y - side / 2) ** 2 < (side / 2) ** 2
    disc = Image.fromarray(numpy.where(inside, 128, 0).astype("uint8"))
    picture.paste((200, 0, 0, 255), (0, 0, side, side))
    picture.putalpha(disc)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def layout_of(*fields):
    return Layout(fields=fields)


def box(left, top, width, height):
    return Box(left=left, top=top, width=width, height=height)


def pixels(file):
    with Image.open(io.BytesIO(file)) as picture:
        return numpy.asarray(picture.convert("RGB")).astype(int)


def changed(design, facts):
    """Which pixels differ from a certificate that says nothing."""
    empty, full = (pixels(render_certificate(design, one, "png")) for one in (Facts(""), facts))
    return abs(full - empty).max(axis=2) > 0


def random_layout(choose):
    """Some fields of every kind, anywhere, also over one another."""
    fields = []
    kinds = ["name", "number", "date", "column", "text", "qr", "picture"]
    for number in range(choose.randint(1, 6)):
        kind = choose.choice(kinds)
        left, top = choose.uniform(0, 0.5), choose.uniform(0, 0.8)
        content = {"column": "role", "text": "志愿 Thanks", "picture": SEAL}.get(kind, "")
        fields.append(
            Field(
                id=f"{kind}{number}",
                kind=kind,
                content=content,
                box=box(left, top, choose.uniform(0.4, 1 - left), choose.uniform(0.15, 1 - top)),
                size=choose.uniform(0.03, 0.1),
                minimum_size=0.01,
                rotation=choose.choice([0, 0, 90, 180, 270]),
                face=choose.choice(FACE_NAMES),
                weight=choose.choice([400, 700]),
                align=choose.choice(["left", "center", "right"]),
                vertical=choose.choice(["top", "middle", "bottom"]),
                letter_spacing=choose.choice([0, 0.1]),
                color=choose.choice(["#222222", "#aa0000"]),
            )
        )
    return layout_of(*fields)


SEAL = hashlib.sha256(seal()).hexdigest()


def moved(layout: Layout, left: float) -> Layout:
    """The layout with its first field at another place."""
    first = layout.fields[0]
    box = Box(left=left, top=first.box.top, width=0.5, height=first.box.height)
    changed = first.model_copy(update={"box": box})
    return layout.model_copy(update={"fields": (changed, *layout.fields[1:])})
