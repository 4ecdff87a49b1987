"""Certificates: ours beside the plain way, which opens the picture and the typeface for every
certificate, draws, and saves with the defaults, and beside encoding the whole picture each time."""

import datetime
import hashlib
import io
import itertools
import multiprocessing
import statistics
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

import numpy
from PIL import Image, ImageDraw, ImageFont

from shared.rendering.design import (
    CompiledDesign,
    compile_design,
    render_certificate,
    render_preview,
)
from shared.rendering.facts import Facts
from shared.rendering.fields.qr import picture as qr_picture
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.layout import Box, Field, Layout, standard_layout
from shared.rendering.placed import check
from shared.rendering.raster.strips import full_jpeg
from shared.rendering.text.faces import FONTS
from shared.rendering.uploads.accepted import accept_template
from tests.benchmarks.plain_pdf import plain_pdf
from tests.benchmarks.slider import slider_steps
from tests.benchmarks.table import Line
from tests.support.gallery_choices import flat

A4_AT_150, A4_AT_300 = (1754, 1240), (3508, 2480)
_numbers = itertools.count()


def processor_ms(work: Callable[[], object], repeats: int) -> float:
    """The median of the processor's time for one call, so that other programs do not count."""
    work()
    durations = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        durations.append((time.process_time() - start) * 1000)
    return statistics.median(durations)


def measure() -> list[Line]:
    lines = []
    for size in (A4_AT_150, A4_AT_300):
        for noisy in (False, True):
            lines += _for_template(size, noisy)
    photograph = uploaded(A4_AT_300, True)
    drawn = _drawn_design(photograph)
    steps = slider_steps(photograph, "3508 × 2480 noisy")
    return [*lines, drawn, *_once(), *steps, _two_processes()]


def _for_template(size: tuple[int, int], noisy: bool) -> list[Line]:
    upload = uploaded(size, noisy)
    title = f"{size[0]} × {size[1]} {'noisy' if noisy else 'flat'}"
    design = compile_design(accept_template(upload).content, standard_layout())
    plain, whole = processor_ms(_plain_way(upload), 3), processor_ms(lambda: _whole_jpeg(design), 5)
    jpg = processor_ms(lambda: render_certificate(design, _facts(), "jpg"), 25)
    preview = processor_ms(lambda: render_preview(design, _facts()), 25)
    megabytes = design.memory / 1e6
    png = processor_ms(lambda: render_certificate(design, _facts(), "png"), 25)
    pdf = processor_ms(lambda: render_certificate(design, _facts(), "pdf"), 25)
    # The large noisy picture is what the plain way suffers from; it has the targets.
    is_photograph = size == A4_AT_300 and noisy
    bounds = (100, 60, 7) if is_photograph else (5, 5, 2)
    return [
        _line(f"JPEG, {title} (naive: plain way)", jpg, plain, bounds[0]),
        _line(f"PNG, {title} (naive: plain way)", png, plain, bounds[1]),
        _line(f"JPEG, {title} (naive: all of it encoded)", jpg, whole, bounds[2]),
        _beside_the_floor(f"JPEG, {title} (floor: drawing, and copying the bytes)", design, jpg),
        Line(f"preview, {title}", preview, None, "≤ 15 ms", preview <= 15),
        Line(f"PDF, {title}", pdf, None, "≤ 8 ms", pdf <= 8),
        *([_with_common_texts(title, upload)] if is_photograph else []),
        *([_beside_skia(f"PDF, {title}", design, pdf)] if is_photograph else []),
        Line(f"JPEG, {title}: {megabytes:.0f} MB held", jpg, None, "≤ 40 MB", megabytes <= 40),
    ]


def _with_common_texts(title: str, upload: bytes) -> Line:
    """With texts that name the event and the organization, as on our own designs."""
    texts = ("for volunteering at {event}, with thanks for the time given.", "{organization}")
    fields = [
        Field(
            id=f"text-{place}",
            kind="text",
            content=content,
            box=Box(left=0.15, top=0.6 + place / 10, width=0.7, height=0.08),
            size=0.03,
            minimum_size=0.01,
        )
        for place, content in enumerate(texts)
    ]
    layout = Layout(fields=(*standard_layout().fields, *fields))
    said = {"event": "Harbour Run 2026", "organization": "Harbour Friends"}
    common = Facts("", **said)
    design = compile_design(accept_template(upload).content, layout, common=common)
    whole = processor_ms(lambda: _whole_jpeg(design), 5)
    jpg = processor_ms(lambda: render_certificate(design, replace(_facts(), **said), "jpg"), 25)
    return _line(f"JPEG, {title}, naming the event (naive: all of it encoded)", jpg, whole, 7)


def _beside_the_floor(what: str, design: CompiledDesign, ours: float) -> Line:
    """What no encoder goes below: the texts drawn on their rows, and the bytes copied."""
    file = render_certificate(design, _facts(), "jpg")

    def floor() -> bytes:
        fields = [design.resolve_facts(field, _facts()) for field in design.fields]
        for field in fields:
            if field.is_visible:
                top, bottom = (round(edge) for edge in field.rows)
                field.field.paint(field, design.background.rows(top, bottom).image, top)
        return bytes(bytearray(file))

    least = processor_ms(floor, 25)
    return Line(what, ours, least, "≤ 3 × floor", ours <= 3 * least)


def _beside_skia(what: str, design: CompiledDesign, ours: float) -> Line:
    plain = plain_pdf(design, _facts)
    if plain is None:
        return Line(f"{what} (skia-python is not installed)", ours, None, "≤ 1.2 × Skia's", None)
    least = processor_ms(plain, 25)
    title = f"{what} (floor: plain page by Skia)"
    return Line(title, ours, least, "≤ 1.2 × floor", ours <= 1.2 * least)


def _drawn_design(photograph: bytes) -> Line:
    """The design of the gallery with the most lines, and the same texts on a photograph; in turns,
    so that a busy machine slows both."""
    choice = flat("diploma")
    template, layout = draw_template(choice), layout_of(choice, _facts().link)
    vector = template.vector or b""
    both = (
        compile_design(template.content, layout).printed(
            None, hashlib.sha256(vector).hexdigest(), lambda: vector
        ),
        compile_design(accept_template(photograph).content, layout),
    )

    def printed(design: CompiledDesign) -> float:
        return processor_ms(lambda: render_certificate(design, _facts(), "pdf"), 5)

    turns = [list(map(printed, both)) for _ in range(9)]
    ours, naive = (min(one) for one in zip(*turns, strict=True))
    what = "PDF, Diploma drawn once (naive: the same texts on a photograph)"
    return Line(what, ours, naive, "≤ 1.1 × naive", ours <= 1.1 * naive)


def _two_processes() -> Line:
    """Certificates drawn by one process and by two at once, in turns; best of three.

    In processor time, so that other programs do not count: what two processes at once take for a
    certificate, halved, since they share nothing that one would wait for.
    """
    template = accept_template(uploaded(A4_AT_150, False)).content
    one, two = [], []
    with _processes(1, template) as alone, _processes(2, template) as both:
        for pool in (alone, both):
            list(pool.map(_draw, range(100)))
        for _ in range(3):
            one.append(_processor_ms_of(alone))
            two.append(_processor_ms_of(both))
    ours, naive = min(two) / 2, min(one)
    return Line(
        "a certificate, by two processes (naive: by one)", ours, naive, "≥ 1.6×",
        naive / ours >= 1.6,
    )  # fmt: skip


CERTIFICATES = 400
_design_of_process: CompiledDesign | None = None


def _processes(count: int, template: bytes) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(count, context, _open_design, (template,))


def _open_design(template: bytes) -> None:
    global _design_of_process
    _design_of_process = compile_design(template, standard_layout())


def _draw(_: int) -> float:
    """The processor time that one certificate takes, in milliseconds."""
    assert _design_of_process is not None
    start = time.process_time()
    render_certificate(_design_of_process, _facts(), "jpg")
    return (time.process_time() - start) * 1000


def _processor_ms_of(pool: ProcessPoolExecutor) -> float:
    return statistics.mean(pool.map(_draw, range(CERTIFICATES), chunksize=10))


def _once() -> list[Line]:
    design = compile_design(uploaded(A4_AT_150, False), standard_layout())
    code = processor_ms(lambda: qr_picture(_facts().link, 240, 240), 50)
    checked = processor_ms(lambda: check(design, _facts()), 50)
    return [
        Line("QR code", code, None, "≤ 1 ms", code <= 1),
        Line("whether a name fits", checked, None, "≤ 5 ms", checked <= 5),
    ]


def _line(what: str, ours: float, naive: float, times: float) -> Line:
    return Line(what, ours, naive, f"≥ {times}×", naive / ours >= times)


def _facts() -> Facts:
    """Another name every time, so that no certificate is found ready; one of its characters is new,
    the others are kept as they are of names in a list."""
    number = next(_numbers)
    name = f"欧阳娜{chr(0x4E00 + number)} José"
    link = f"https://certificates.example.org/v/{number:032d}"
    return Facts(name, f"No. {number:05d}", datetime.date(2026, 11, 24), link=link)


def uploaded(size: tuple[int, int], noisy: bool) -> bytes:
    """A flat gradient, or a soft photograph with the noise of a camera, as PNG."""
    if noisy:
        random = numpy.random.default_rng(1)
        small = random.integers(120, 256, (size[1] // 40, size[0] // 40, 3), numpy.uint8)
        soft = numpy.asarray(Image.fromarray(small).resize(size, Image.Resampling.BICUBIC))
        pixels = soft.astype(int) + random.integers(-6, 7, soft.shape)
        picture = Image.fromarray(pixels.clip(0, 255).astype(numpy.uint8))
    else:
        picture = Image.linear_gradient("L").resize(size).convert("RGB")
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _plain_way(upload: bytes) -> Callable[[], bytes]:
    def work() -> bytes:
        facts, buffer = _facts(), io.BytesIO()
        picture = Image.open(io.BytesIO(upload)).convert("RGB")
        draw = ImageDraw.Draw(picture)
        for share, size, text in ((0.5, 0.09, facts.name), (0.9, 0.024, facts.number)):
            path = FONTS / "LXGWWenKai-Regular.ttf"
            font = ImageFont.truetype(path, round(size * picture.height))
            draw.text((picture.width / 2, share * picture.height), text, "#222", font, "mm")
        picture.save(buffer, "PNG")
        return buffer.getvalue()

    return work


def _whole_jpeg(design: CompiledDesign) -> bytes:
    picture, facts = design.background.rows(0, design.height).image, _facts()
    for field in design.fields:
        field.paint(design.resolve_facts(field, facts), picture)
    return full_jpeg(picture)
