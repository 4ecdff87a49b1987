"""The colours of a logo make the designs an organization's own, and every title can be read."""

import io
from functools import cache

import numpy
from PIL import Image

from shared.rendering.gallery.catalogue import READABLE, STYLES, DesignChoice, contrast, readable
from shared.rendering.gallery.layouts import layout_of
from shared.rendering.gallery.logo_colours import colours_of, difference, without_ground
from tests.support.gallery_choices import LINK
from tests.support.logos import logo, png
from tests.support.thorough import one_in


# Drawn when they are asked for: each worker imports this module, and one runs it.
@cache
def logos() -> list[tuple[tuple[int, int, int], bytes]]:
    return [logo(seed) for seed in one_in(4, range(200))]


# Nobody calls two colours different that differ by less (CIE 1976).
SAME = 20.0


def test_the_main_colour_is_found_in_nine_of_ten_logos_and_more():
    right = [
        difference(colours_of(picture)[0], "#" + bytes(main).hex()) < SAME
        for main, picture in logos()
    ]
    assert sum(right) >= 0.9 * len(logos()), f"{sum(right)} of {len(logos())}"


def test_titles_in_the_colours_of_any_logo_can_be_read_on_every_sheet():
    for _, picture in logos():
        main, accent = colours_of(picture)
        for style in STYLES:
            for one in (main, accent):
                assert contrast(readable(one, style.paper), style.paper) >= READABLE
    main, accent = colours_of(logos()[0][1])
    for style in STYLES:
        for first, second in ((main, accent), (accent, main)):
            choice = DesignChoice(style, "en", "Thanks", main=first, accent=second)
            assert contrast(layout_of(choice, LINK).field("title").color, style.paper) >= READABLE


def test_a_logo_without_colours_makes_grey_designs_and_one_colour_gets_a_paler_one():
    black = Image.new("RGBA", (100, 100), "white")
    black.paste("#111111", (20, 20, 80, 80))
    main, accent = colours_of(png(black))
    assert main == "#111111"
    assert len(set(bytes.fromhex(accent[1:]))) == 1
    blue = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    blue.paste("#1020c0", (20, 20, 80, 80))
    main, accent = colours_of(png(blue))
    assert difference(main, "#1020c0") < 3
    assert contrast(accent, "#ffffff") < contrast(main, "#ffffff")


def test_a_picture_of_nothing_has_colours_too():
    for picture in (Image.new("RGBA", (9, 9), (0, 0, 0, 0)), Image.new("RGBA", (9, 9), "white")):
        main, _ = colours_of(png(picture))
        assert contrast(readable(main, "#ffffff"), "#ffffff") >= READABLE


def test_the_same_logo_always_has_the_same_colours():
    assert len({colours_of(logos()[7][1]) for _ in range(3)}) == 1
    assert numpy.isfinite(difference("#000000", "#ffffff"))


def on(paper: str, picture: bytes) -> numpy.ndarray:
    drawn = Image.open(io.BytesIO(picture)).convert("RGBA")
    sheet = Image.new("RGBA", drawn.size, paper)
    return numpy.asarray(Image.alpha_composite(sheet, drawn).convert("RGB")).astype(int)


def test_a_logo_on_white_loses_its_ground_and_looks_as_before():
    white = next(
        picture
        for _, picture in logos()
        if Image.open(io.BytesIO(picture)).getchannel("A").getextrema() == (255, 255)
    )
    bare = without_ground(white)
    assert abs(on("white", bare) - on("white", white)).max() <= 3
    # No box is seen on other paper.
    assert on("#fdfbf5", bare)[0, 0].tolist() == [0xFD, 0xFB, 0xF5]


def test_a_logo_on_another_ground_or_on_none_stays_as_it_is():
    for ground in ((0, 0, 0, 0), "#203060"):
        picture = Image.new("RGBA", (60, 60), ground)
        picture.paste("#ff8800", (20, 20, 40, 40))
        assert without_ground(png(picture)) == png(picture)
