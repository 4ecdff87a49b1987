"""How large a template is on paper."""

import pytest

from shared.rendering.raster.print_size import choices, dpi_on, first_dpi, print_size, usual_dpi


@pytest.mark.parametrize(
    ("size", "paper", "dpi", "verdict"),
    [
        ((3508, 2480), "A4", 300, "sharp"),
        ((1754, 1240), "A4", 150, "fair"),
        ((1660, 1174), "A4", 142, "soft"),
        ((2480, 3508), "A4", 300, "sharp"),
        ((3300, 2550), "Letter", 300, "sharp"),
        ((1920, 1080), None, 164, "fair"),
    ],
)
def test_print_size_knows_the_paper_and_how_sharp_it_will_be(size, paper, dpi, verdict):
    found = print_size(*size, usual_dpi(*size, None))
    assert (found.paper, round(found.dpi), found.verdict) == (paper, dpi, verdict)
    assert found.landscape == (size[0] > size[1])
    assert (found.width_mm > found.height_mm) == found.landscape


# As version 0.1.0 reckoned it, whenever it printed one.
@pytest.mark.parametrize(
    ("size", "stated", "dpi"),
    [
        ((4961, 3508), 300.0, 424.3),
        ((2480, 1748), 300.0, 212.1),
        ((1754, 1240), 72.0, 150.0),
        ((1650, 1275), None, 150.0),
        ((1920, 1080), 149.96, 150.0),
        ((1920, 1080), 100.0, 164.2),
        ((1920, 1080), 72.0, 164.2),
        ((1000, 1000), 254.0, 254.0),
        ((1000, 1000), None, 85.5),
        ((3508, 2440), 300.0, 300.0),
    ],
)
def test_what_says_nothing_about_its_size_stays_as_large_as_it_was(size, stated, dpi):
    assert usual_dpi(*size, stated) == dpi


@pytest.mark.parametrize(
    ("size", "stated", "paper"),
    [
        ((4961, 3508), 300.0, "A3"),
        ((3508, 4961), 299.999, "A3"),
        ((3508, 2480), 300.0, "A4"),
        ((1748, 2480), 300.0, "A5"),
        ((2480, 1748), 299.0, "A5"),
        ((4169, 2953), 300.0, "B4"),
        ((2079, 2953), 300.0, "B5"),
        ((3300, 2550), 300.0, "Letter"),
        ((5100, 3300), 300.0, "Tabloid"),
        # As drawing programs write it: by its density it would be A6, or as large as a door.
        ((1754, 1240), 300.0, "A4"),
        ((3508, 2480), 72.0, "A4"),
        ((3508, 2480), None, "A4"),
        ((3300, 2550), 96.0, "Letter"),
        ((2480, 1748), 320.0, "A4"),
    ],
)
def test_the_density_of_a_picture_counts_if_it_gives_a_usual_paper(size, stated, paper):
    assert print_size(*size, first_dpi(*size, stated)).paper == paper


def test_the_other_size_can_be_chosen_where_the_file_states_one():
    assert choices(2480, 1748, 300.0) == (212.1, 300.0)
    assert choices(1754, 1240, 300.0) == (150.0, 300.0)
    for stated in (None, 72.0, 150.0, 151.0):
        assert choices(1754, 1240, stated) == (150.0,)


def test_a_named_paper_is_filled_along_its_longer_side():
    assert dpi_on("A3", 2480, 3508) == dpi_on("A3", 3508, 2480) == 212.2
    assert print_size(3508, 2480, dpi_on("B5", 3508, 2480)).paper == "B5"
