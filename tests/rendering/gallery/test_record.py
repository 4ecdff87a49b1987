"""The form of a record of service: its cells, and the columns that fill them."""

import pytest

from shared.language import LANGUAGES, translate
from shared.rendering.gallery.record import CELLS, cells, columns_for, form


def test_columns_are_found_by_their_titles_however_they_are_written():
    found = columns_for(
        ["E-mail", "ID  Number", "服务时长（小时）", "时长（小时）", "负责人", "shirt"]
    )
    assert found == {"id_number": "ID  Number", "hours": "服务时长（小时）", "head": "负责人"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_called_like_its_cell_fills_it(language: str):
    labels = {cell.name: translate(cell.label, language) for cell in CELLS if cell.titles}
    assert columns_for(labels.values()) == labels


@pytest.mark.parametrize("is_upright", [False, True])
def test_cells_lie_beside_each_other_and_above_what_follows(is_upright: bool):
    placed = cells(is_upright)
    for one in placed:
        for other in placed:
            apart = (
                one.box.left + one.box.width <= other.box.left + 1e-9
                or other.box.left + other.box.width <= one.box.left + 1e-9
                or one.box.top + one.box.height <= other.box.top + 1e-9
                or other.box.top + other.box.height <= one.box.top + 1e-9
            )
            assert apart or one is other
    lowest = max(cell.box.top + cell.box.height for cell in placed)
    assert lowest < form(is_upright).seal[1]
