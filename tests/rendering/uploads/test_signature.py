"""Of a photographed signature the ink is kept and the paper removed, whatever the light was."""

import io
import itertools

import numpy
import pytest
from PIL import Image

from shared.errors import PictureRefused, explain
from shared.rendering.uploads.accepted import accept_signature
from shared.rendering.uploads.signature import cut_out
from tests.support import factories
from tests.support.heic import HEIC
from tests.support.signatures import KINDS, Kind, jpeg, photo
from tests.support.thorough import one_in


def likeness(cut: Image.Image, ink: Image.Image) -> float:
    """The ink that was kept and the ink that there was: what both have, by what any has, where they
    lie on each other best: rims are seen a pixel apart."""
    kept, there = numpy.asarray(cut.getchannel("A")) > 127, numpy.asarray(ink) > 127
    top, left = (numpy.flatnonzero(kept.any(axis=axis))[0] for axis in (1, 0))
    first, second = (numpy.flatnonzero(there.any(axis=axis))[0] for axis in (1, 0))
    near = range(-2, 3)
    return max(_alike(kept, there, first - top + y, second - left + x) for y in near for x in near)


def _alike(kept: numpy.ndarray, there: numpy.ndarray, top: int, left: int) -> float:
    laid = numpy.zeros_like(there)
    laid[top : top + kept.shape[0], left : left + kept.shape[1]] = kept
    return float((laid & there).sum() / (laid | there).sum())


@pytest.mark.parametrize(("kind", "seed"), one_in(5, itertools.product(KINDS, range(6))))
def test_the_ink_is_kept_and_the_paper_is_gone(kind: Kind, seed: int):
    picture, ink = photo(seed, kind)
    cut = cut_out(picture)
    assert cut is not None
    assert likeness(cut, ink) >= 0.9
    # Cut to its size, with a margin.
    assert cut.width < 0.85 * picture.width
    assert cut.height < 0.7 * picture.height


def test_it_comes_from_a_photograph_with_the_colour_of_its_pen():
    picture, _ = photo(3, "shadow")
    accepted = accept_signature(jpeg(picture))
    assert accepted.media_type == "image/png"
    cut = Image.open(io.BytesIO(accepted.content))
    assert cut.mode == "RGBA"
    red, green, blue = cut.getpixel((0, 0))[:3]
    assert max(red, green, blue) < 170


def test_what_has_no_paper_already_stays_as_it_is():
    seal = factories.seal("red")
    accepted = accept_signature(seal)
    drawn, was = (Image.open(io.BytesIO(one)).convert("RGBA") for one in (accepted.content, seal))
    assert drawn.size == was.size
    assert drawn.tobytes() == was.tobytes()


@pytest.mark.parametrize("colour", ["white", "#444444"])
def test_a_photograph_without_a_signature_is_refused_with_what_to_do(colour: str):
    with pytest.raises(PictureRefused, match="dark pen on white paper") as refused:
        accept_signature(jpeg(Image.new("RGB", (800, 600), colour)))
    assert explain(refused.value, "zh") != explain(refused.value, "en")


def test_a_photograph_as_phones_keep_it_is_read_and_turned_upright():
    cut = accept_signature(HEIC)
    assert cut.media_type == "image/png"
    assert cut.height > 2 * cut.width


def test_ruled_paper_alone_is_no_signature():
    lines = Image.new("RGB", (1600, 1200), "white")
    for y in range(40, 1200, 80):
        lines.paste((90, 110, 160), (0, y, 1600, y + 4))
    assert cut_out(lines) is None
