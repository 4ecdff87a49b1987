"""Previews stay in memory for some minutes, so people erased elsewhere are soon on none."""

import weakref
from dataclasses import replace
from threading import Event

import numpy
import pytest

from console import previews
from shared import liveness
from shared.errors import LayoutRefused, NameProblem
from shared.rendering.design import CompiledDesign, compile_design, render_preview
from shared.rendering.facts import Facts
from shared.rendering.gallery.drawing import draw_template
from shared.rendering.gallery.layouts import layout_of as layout_in_gallery
from shared.rendering.layout import Field
from tests.support.drawn_designs import box, layout_of, template
from tests.support.gallery_choices import CHOICES, LINK, flat, pixels
from tests.support.mailing import wait_until


@pytest.fixture
def design() -> CompiledDesign:
    previews.forget_all()
    name = Field(id="name", kind="name", box=box(0.1, 0.4, 0.8, 0.2), size=0.08)
    return compile_design(template(), layout_of(name))


def key_of(url: str) -> str:
    return url.removeprefix("/preview/").removesuffix(".jpg")


def test_a_picture_is_gone_after_its_time_though_nobody_looks(
    design: CompiledDesign, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(previews, "_previews", previews._no_previews(seconds=0.5))
    ana = key_of(previews.preview_url(design, Facts("Ana Lund")))
    bo = key_of(previews.preview_url(design, Facts("Bo Ek")))
    assert ana != bo
    drawn = [weakref.ref(previews._previews[key].picture) for key in (ana, bo)]
    wait_until(lambda: not any(picture() for picture in drawn))
    assert (previews.cached(ana), previews.cached(bo)) == (None, None)


def test_what_is_asked_for_again_is_drawn_again_at_the_same_address(design: CompiledDesign):
    first = previews.preview_url(design, Facts("Ana Lund"))
    drawn = previews.cached(key_of(first))
    assert drawn
    previews.forget_all()
    assert previews.cached(key_of(first)) is None
    assert previews.preview_url(design, Facts("Ana Lund")) == first
    assert previews.cached(key_of(first)) == drawn


def test_a_design_that_the_program_got_stuck_on_twice_is_not_drawn_and_others_are(
    design: CompiledDesign, monkeypatch: pytest.MonkeyPatch
):
    name = Field(id="name", kind="name", box=box(0.1, 0.4, 0.8, 0.3), size=0.08)
    other = compile_design(template(), layout_of(name))
    monkeypatch.setattr(liveness, "stuck_on_twice", {f"preview of {design.sha256[:24]}"})
    with pytest.raises(NameProblem, match="could not be drawn in two tries"):
        previews.preview_url(design, Facts("Ana Lund"))
    with pytest.raises(NameProblem, match="could not be drawn in two tries"):
        previews.preview_and_size(design, Facts("Ana Lund"))
    assert previews.cached(key_of(previews.preview_url(other, Facts("Ana Lund"))))


def test_previews_together_take_no_more_memory_than_they_may(
    design: CompiledDesign, monkeypatch: pytest.MonkeyPatch
):
    kept = previews._no_previews(most=450_000)
    monkeypatch.setattr(previews, "_previews", kept)
    keys = [key_of(previews.preview_url(design, Facts(f"Ana {n}"), 700)) for n in range(60)]
    drawn = [picture for key in keys if (picture := previews.cached(key))]
    assert drawn
    wait_until(lambda: kept.currsize == sum(map(len, drawn)))
    assert kept.currsize <= 450_000
    assert previews.cached(keys[-1]) == drawn[-1]


def test_nobodys_preview_waits_for_a_wall_of_designs(design: CompiledDesign):
    facts = Facts("Ana Lund", link=LINK, language="en")
    before = Event()
    previews._wall_painter.submit(before.wait)
    wall = [key_of(previews.gallery_url(one, facts, None, 360)) for one in CHOICES[:10]]
    others = [key_of(previews.preview_url(design, Facts(f"Bo {n}"))) for n in range(20)]
    assert all(previews.cached(key) for key in others)
    drawings = [previews.drawing(key) for key in wall]
    assert not any(one.done() for one in drawings if one)
    before.set()
    assert all((previews.cached(key) or b"").startswith(b"\xff\xd8") for key in wall)


def test_a_design_whose_texts_do_not_fit_is_at_no_address(design: CompiledDesign):
    long = replace(CHOICES[0], title="W" * 600)
    address = previews.gallery_url(long, Facts("Ana Lund", link=LINK, language="en"), None, 360)
    with pytest.raises(LayoutRefused):
        previews.cached(key_of(address))


@pytest.mark.parametrize("style", ["lifebuoy", "modern", "night"])
def test_a_design_on_the_wall_has_its_texts_in_the_lines_of_the_certificate(style: str):
    choice, facts = flat(style), Facts("Maria Fernández", "2026-7", link=LINK, language="en")
    on_wall = previews.cached(key_of(previews.gallery_url(choice, facts, None, 360)))
    template = draw_template(choice).content
    chosen = compile_design(template, layout_in_gallery(choice, LINK), common=facts.common)
    assert on_wall
    shown, certificate = (
        pixels(picture)[..., 1].astype(int)
        for picture in (on_wall, render_preview(chosen, facts, 360))
    )
    assert numpy.mean(abs(shown - certificate) > 100) < 0.02
