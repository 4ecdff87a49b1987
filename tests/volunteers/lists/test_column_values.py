"""Numbers and days as people write them in cells, and as certificates say them."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.storage.models import ColumnKind
from shared.volunteers.lists.column_values import read_date, read_number, with_unit, written

NUMBER, DATE, TEXT = ColumnKind.NUMBER, ColumnKind.DATE, ColumnKind.TEXT


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        *(
            ("1,5", "1.5"),
            ("1.5", "1.5"),
            ("８", "8"),
            ("8 小时", "8"),
            ("8h", "8"),
            ("8 hrs.", "8"),
        ),
        *(("1,234", "1234"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("0,125", "0.125")),
        *(("1 234,5", "1234.5"), ("1.234.567", "1234567"), ("-3", "-3"), (" 7 ", "7")),
    ],
)
def test_a_number_is_read_however_it_is_written(cell: str, number: str):
    assert read_number(cell, "小时") == Decimal(number)


@pytest.mark.parametrize(
    "cell",
    [
        "",
        "all day",
        "八",
        "8 min",
        "8:30",
        "1.5.2",
        "1,23,456",
        "1e5",
        "NaN",
        "3-5",
        "9" * 30,
        "8²",
        "8①",
    ],
)
def test_what_is_no_number_or_has_another_unit_is_none(cell: str):
    assert read_number(cell, "hours") is None


@given(some.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=0, max_value=10**9))
def test_what_is_written_is_read_again_as_the_same_number(number: Decimal):
    for language in ("en", "zh"):
        assert read_number(written(NUMBER, f"{number:f}", "", language)) == number


@pytest.mark.parametrize(
    "cell", ["2026-05-13", "2026/5/13", "2026年5月13日", "13.05.2026", "13/5/2026", "5/13/2026",
             "2026-05-13 00:00:00", "２０２６-05-13"],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell: str):
    assert read_date(cell) == date(2026, 5, 13)


@pytest.mark.parametrize("cell", ["05/06/2026", "2026-02-30", "May", "13", ""])
def test_a_day_that_is_none_or_could_be_two_is_not_guessed(cell: str):
    assert read_date(cell) is None


def test_numbers_and_days_are_written_by_language():
    assert written(NUMBER, "1234.5", "", "en") == written(NUMBER, "1234,5", "", "zh") == "1,234.5"
    assert written(NUMBER, "1234.5", "", "de") == "1.234,5"
    assert written(DATE, "2026-05-13", "", "en") == "May 13, 2026"
    assert written(DATE, "2026-05-13", "", "zh") == "2026年5月13日"


def test_a_certificate_says_a_unit_only_where_the_cell_does_and_a_page_always():
    assert written(NUMBER, "8", "小时", "zh") == "8"
    assert written(NUMBER, "8小时", "小时", "zh") == "8 小时"
    assert (
        with_unit(NUMBER, "8", "hours", "en")
        == with_unit(NUMBER, "8 h", "hours", "en")
        == "8 hours"
    )
    assert with_unit(NUMBER, "1 h", "hours", "en") == "1 hour"
    assert with_unit(NUMBER, "21", "hours", "en") == "21 hours"


def test_what_cannot_be_read_stays_as_it_is():
    assert written(NUMBER, "all day", "hours", "en") == "all day"
    assert with_unit(DATE, "in May", "", "en") == "in May"
    assert written(TEXT, "1234.5", "", "en") == "1234.5"
