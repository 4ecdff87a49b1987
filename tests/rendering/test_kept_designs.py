"""Compiled designs are kept: compiled once, drawn by many, gone when memory is full."""

import hashlib
import subprocess
import sys
import threading

from shared.rendering.design import compile_design, render_certificate
from shared.rendering.facts import Facts
from shared.rendering.layout import Box, Field, Layout, standard_layout
from shared.rendering.text.own_fonts import cache_font
from tests.support.drawn_designs import template
from tests.support.organizers_fonts import block_font
from tests.support.rendering_names import NAMES

BLOCKS = block_font()


def test_the_same_template_and_layout_are_compiled_once_even_by_many_threads():
    content, found = template(701, 500), []
    threads = [
        threading.Thread(target=lambda: found.append(compile_design(content, standard_layout())))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(design) for design in found}) == 1
    assert compile_design(content, standard_layout()) is found[0]


def test_other_pictures_under_the_same_layout_are_another_design():
    other = compile_design(template(702, 500), standard_layout())
    assert other is not compile_design(template(703, 500), standard_layout())


def test_the_least_used_designs_leave_when_memory_is_full(monkeypatch):
    first = compile_design(template(640, 480), standard_layout())
    monkeypatch.setattr("shared.rendering.design.COMPILED_DESIGNS_BYTES", 3_000_000)
    second = compile_design(template(641, 480), standard_layout())
    assert compile_design(template(640, 480), standard_layout()) is first
    compile_design(template(642, 480), standard_layout())
    assert compile_design(template(640, 480), standard_layout()) is first
    assert compile_design(template(641, 480), standard_layout()) is not second


def test_typefaces_read_for_the_pages_of_one_design_count_as_its_memory():
    sha = hashlib.sha256(BLOCKS).hexdigest()
    box = Box(left=0.05, top=0.2, width=0.9, height=0.6)
    field = Field(id="name", kind="name", box=box, face=sha, size=0.2, color="#000000")
    design = compile_design(
        template(644, 480), Layout(fields=(field,)), {}, {sha: cache_font(BLOCKS)}
    )
    before = design.memory
    render_certificate(design, Facts("王小明"), "png")
    assert design.memory - before < 1_000_000
    render_certificate(design, Facts("王小明"), "pdf")
    # The Chinese face, which Typst has read for this design alone.
    assert design.memory - before > 8_000_000
    ours = compile_design(template(645, 480), standard_layout())
    before = ours.memory
    render_certificate(ours, Facts("王小明"), "pdf")
    assert ours.memory == before


def test_many_threads_draw_what_one_draws():
    design = compile_design(template(), standard_layout())
    alone = {n: render_certificate(design, Facts(n), "jpg") for n in NAMES.values()}
    found = {}

    def work(names):
        for name in names:
            found[name] = render_certificate(design, Facts(name), "jpg")

    names = list(NAMES.values())
    threads = [threading.Thread(target=work, args=(names[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == alone


SCRIPT = """
import datetime, hashlib, sys
from shared.rendering.design import compile_design, render_certificate
from shared.rendering.text.faces import chain
from shared.rendering.facts import Facts
from shared.rendering.layout import standard_layout
from tests.support.factories import sample_picture
design = compile_design(sample_picture(1754), standard_layout())
for format in ("jpg", "png", "pdf"):
    facts = Facts("José 吉田 محمد 👩‍🚀", "No. 7", datetime.date(2026, 11, 24), link="https://example.org")
    print(hashlib.sha256(render_certificate(design, facts, format)).hexdigest())
"""


def test_another_process_makes_the_same_bytes():
    runs = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin", "PYTHONPATH": "."},
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0].split()) == 3
