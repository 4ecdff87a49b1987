"""What a column holds is detected by its title, if the title tells."""

import pytest

from shared.storage.models import ColumnKind
from shared.volunteers.lists.column_values import Suggestion, suggested

SECRET = Suggestion(ColumnKind.SECRET)


def number(unit: str) -> Suggestion:
    return Suggestion(ColumnKind.NUMBER, unit)


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        *(("时长", "小时"), ("服务时长（小时）", "小时"), ("志愿时长(分钟)", "分钟")),
        *(("hours", "hours"), ("Volunteer hours", "hours"), ("hours (total)", "hours")),
        *(("Hours · Saturday", "hours"), ("服务时长 · 周六", "小时")),
    ],
)
def test_hours_are_numbers_with_their_unit(title: str, unit: str):
    assert suggested(title) == number(unit)


@pytest.mark.parametrize(
    "title",
    ["身份证号", "3、您的身份证号码（必填）", "证件号码", "ID number", "ID No.", "Passport number"],
)
def test_numbers_of_identity_cards_are_secret(title: str):
    assert suggested(title) == SECRET


@pytest.mark.parametrize(
    "title", ["证件类型", "答题时长", "team", "证书编号", "Rush hours team", ""]
)
def test_other_titles_tell_nothing(title: str):
    assert suggested(title) is None
