"""Colours of texts differ enough from the paper (WCAG 2.2, 1.4.3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.rendering.gallery.catalogue import READABLE, STYLES, contrast, readable


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#0000ff", "#0000ff") == 1


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_becomes_readable_on_every_paper_of_ours(number: int):
    for paper in {style.paper for style in STYLES}:
        assert contrast(readable(f"#{number:06x}", paper), paper) >= READABLE


def test_what_is_dark_enough_stays_as_it_is_and_our_own_colours_are():
    assert readable("#1F4E79", "#ffffff") == "#1f4e79"
    assert all(contrast(style.main, style.paper) >= READABLE for style in STYLES)
