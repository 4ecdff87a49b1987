"""All certificates of an event at once: what packing them costs beside drawing them, and memory.

`python -m tests.benchmarks bundles`; another number of certificates: `bundles=100`.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy
import psutil
from PIL import Image

from shared.certificates.bundles import BundleOrder, entries, printed, zipped
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.rendering.design import render_certificate
from shared.settings import Settings
from tests.benchmarks.table import Line
from tests.support.issued import issue
from tests.support.issued_for_real import made_public
from tests.support.sending_steps import add_account

SIZES = (1_000,)
# Of the first certificates, after which nothing more should be kept.
_WARM = 50
_FLAT_MB = 60
_TURNS = 3


def measure(*sizes: int) -> list[Line]:
    return [line for size in sizes or SIZES for line in _of(size)]


def _of(size: int) -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        installation = _installation(Path(folder))
        with installation.database.writing() as session:
            event, _ = create_event(session, name="Benchmark")
        add_account(installation.database, event.id)
        picture = Path(folder) / "noise.jpg"
        _noise().save(picture, quality=92)
        names = [f"Maria Fernández {number}" for number in range(size)]
        issue(installation, event.id, names, picture.read_bytes())
        order = BundleOrder(event.id)
        turns = [_turn(installation, order, size) for _ in range(_TURNS)]
        together, _ = _cost(lambda: printed(installation, order, lambda _: None), size)
        pdfs, public = replace(order, format="pdf"), made_public(installation)
        pack = partial(zipped, order=pdfs, progress=lambda _: None)
        signing, _ = _cost(partial(pack, public), size)
        plain, signed = (
            min(_cost(partial(pack, one), size)[0] for _ in range(_TURNS))
            for one in (installation, public)
        )
    title = f"{size:,} certificates, 3508 × 2480"
    packing, ratio, growth = (statistics.median(figures) for figures in zip(*turns, strict=True))
    return [
        Line(
            f"a file in a ZIP of {title} (naive: drawing alone; memory grows by {growth:.0f} MB)",
            packing,
            packing / ratio,
            f"≤ 1.3×, ≤ {_FLAT_MB} MB",
            ratio <= 1.3 and growth <= _FLAT_MB,
        ),
        Line(f"a page in one PDF of {title}", together, packing / ratio, "–", None),
        Line(
            f"a PDF with its stored credential, in a ZIP of {title} (naive: without one)",
            *(signed, plain, "≤ 1.3×", signed <= 1.3 * plain),
        ),
        Line(f"a PDF signed when it is drawn, in a ZIP of {title}", signing, plain, "–", None),
    ]


def _turn(installation: Installation, order: BundleOrder, size: int) -> tuple[float, float, float]:
    """Milliseconds for a file in the ZIP, how many times those of drawing it, and MB of growth.

    The one right after the other: the machine's speed changes more than the two differ.
    """
    drawing, _ = _cost(lambda: _drawn(installation, order), size)
    packing, growth = _cost(lambda: zipped(installation, order, lambda _: None), size)
    return packing, packing / drawing, growth


def _installation(folder: Path) -> Installation:
    database = f"sqlite:///{folder / 'certs.sqlite3'}"
    return open_installation(
        Settings(_env_file=None, database_url=database, data_dir=folder, admin_token="b" * 20)
    )


def _noise() -> Image.Image:
    pixels = numpy.random.default_rng(7).integers(0, 255, (620, 877, 3), dtype=numpy.uint8)
    return Image.fromarray(pixels).resize((3508, 2480), Image.Resampling.BICUBIC)


def _drawn(installation: Installation, order: BundleOrder) -> Iterable[bytes]:
    listed = entries(installation, order)
    return (render_certificate(one.design, one.facts, order.format) for one in listed)


def _cost(make: Callable[[], Iterable[bytes]], size: int) -> tuple[float, float]:
    """Milliseconds of the processor for each certificate, and by how many MB the memory grew."""
    process, before = psutil.Process(), 0
    gc.collect()
    start = time.process_time()
    for number, _ in enumerate(make()):
        if number == _WARM:
            before = process.memory_info().rss
    spent = (time.process_time() - start) * 1000 / size
    grown = process.memory_info().rss - before if before else 0
    return spent, grown / 1e6
