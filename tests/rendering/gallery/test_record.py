"""The form of a record of service: its cells, and the columns that fill them."""

import pytest

from shared.language import translate
from shared.rendering.design import compile_design
from shared.rendering.facts import Facts
from shared.rendering.gallery.catalogue import SHEET_LANGUAGES, DesignChoice, style_named
from shared.rendering.gallery.layouts import layout_of, with_cell
from shared.rendering.gallery.record import CELLS, cells, columns_for, form
from shared.rendering.layout import Layout
from tests.support.drawn_designs import template
from tests.support.gallery_choices import LINK


def test_columns_are_found_by_their_titles_however_they_are_written():
    found = columns_for(
        ["E-mail", "ID  Number", "服务时长（小时）", "时长（小时）", "负责人", "shirt"]
    )
    assert found == {"id_number": "ID  Number", "hours": "服务时长（小时）", "head": "负责人"}


@pytest.mark.parametrize("language", SHEET_LANGUAGES)
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


def record_in(language: str, *, is_upright: bool) -> Layout:
    filled = tuple((cell.name, ("text", "Ana")) for cell in CELLS if cell.name != "name")
    choice = DesignChoice(
        style_named("ledger"), language, "Record", is_upright=is_upright, cells=filled
    )
    return layout_of(choice, LINK)


@pytest.mark.parametrize("is_upright", [False, True])
def test_a_record_in_arabic_is_read_from_the_right(is_upright: bool):
    english, arabic = (record_in(one, is_upright=is_upright) for one in ("en", "ar"))
    turned = {"left": "right", "right": "left", "center": "center"}
    for field in english.fields:
        other = arabic.field(field.id)
        assert other.box.left == pytest.approx(1 - field.box.left - field.box.width, abs=1e-3)
        assert other.align == turned[field.align], field.id


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_cell_that_is_filled_later_lies_as_its_sheet_is_drawn(language: str):
    """Also on a sheet in Arabic from before, which is read from the left."""
    layout = record_in(language, is_upright=False)
    emptied = with_cell(layout, "hours", ("text", ""), False)
    assert "cell-hours" not in {one.id for one in emptied.fields}
    filled = with_cell(emptied, "hours", ("text", "Ana"), False)
    assert filled.field("cell-hours") == layout.field("cell-hours")


def test_a_number_on_an_arabic_sheet_is_read_as_it_is_written():
    """Its parts do not change places behind the Arabic word before it."""
    choice = DesignChoice(style_named("modern"), "ar", "Thanks")
    number = layout_of(choice, LINK).field("number")
    design = compile_design(template(), Layout(fields=(number,)))
    [shown] = design.resolve_shown(Facts("Ana", "2026-000001", link=LINK))
    [line] = shown.setting.lines
    assert "2026-000001" in "".join(run.text for run in line.runs)
