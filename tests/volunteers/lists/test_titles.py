"""Lists as organizers have them: headings, notes, questions; each person is found, no more."""

import string
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.recipients import Recipient, RecipientList
from tests.support.examples import examples
from tests.support.lists import read_call, read_list, read_rows
from tests.support.organizers_lists import Rows, workbook

ANA, BO = "ana@example.org", "bo@example.org"
PEOPLE: Rows = [["邮箱", "姓名"], [ANA, "王小明"], [BO, "李丽"]]

# (sheets, hidden ones, what is read: line, address, number, name, further columns)
Expected = list[tuple[int, str, str, str, dict[str, str]]]
Nasty = tuple[dict[str, Rows], tuple[str, ...], Expected]

NASTY: dict[str, Nasty] = {
    "title_line_above_phones": (
        {
            "名单": [
                ["2026 海港跑志愿者名单"],
                ["姓名", "电话", "邮箱"],
                ["王小明", "13812345678", ANA],
                ["李丽", "13912345678", BO],
            ]
        },
        (),
        [
            (3, ANA, "", "王小明", {"电话": "13812345678"}),
            (4, BO, "", "李丽", {"电话": "13912345678"}),
        ],
    ),
    "running_count": (
        {"名单": [["序号", "姓名", "邮箱"], [1, "王小明", ANA], [2, "李丽", BO]]},
        (),
        [(2, ANA, "", "王小明", {"序号": "1"}), (3, BO, "", "李丽", {"序号": "2"})],
    ),
    "running_count_in_english": (
        {"List": [["No.", "Name", "E-mail", "#"], [1, "Ana", ANA, 1], [2, "Bo", BO, 2]]},
        (),
        [(2, ANA, "", "Ana", {"No.": "1", "#": "1"}), (3, BO, "", "Bo", {"No.": "2", "#": "2"})],
    ),
    "notes_first": (
        {"填写说明": [["请按模板填写"], ["有问题请联系"], ["help@example.org"]], "名单": PEOPLE},
        (),
        [(2, ANA, "", "王小明", {}), (3, BO, "", "李丽", {})],
    ),
    "hidden_sheet_first": (
        {
            "旧名单": [*PEOPLE, ["old@example.org", "旧人"], ["older@example.org", "更旧"]],
            "名单": PEOPLE,
        },
        ("旧名单",),
        [(2, ANA, "", "王小明", {}), (3, BO, "", "李丽", {})],
    ),
    "full_width_titles": (
        {"名单": [["Ｅｍａｉｌ", "Ｎａｍｅ"], [ANA, "Ana"], [BO, "Bo"]]},
        (),
        [(2, ANA, "", "Ana", {}), (3, BO, "", "Bo", {})],
    ),
    "full_width_addresses": (
        {
            "名单": [
                ["邮箱", "姓名"],
                ["ana＠example.org", "王小明"],
                ["ｂｏ＠ｅｘａｍｐｌｅ．ｏｒｇ", "李丽"],
            ]
        },
        (),
        [(2, ANA, "", "王小明", {}), (3, BO, "", "李丽", {})],
    ),
    "links": (
        {
            "名单": [
                ["邮箱", "姓名"],
                [f"mailto:{ANA}", "王小明"],
                [f"MAILTO:{BO}?subject=Hello%20there", "李丽"],
            ]
        },
        (),
        [(2, ANA, "", "王小明", {}), (3, BO, "", "李丽", {})],
    ),
    "questions_of_a_form": (
        {
            "Sheet1": [
                ["序号", "提交答卷时间", "1、您的姓名：", "2、您的邮箱（必填）？", "3、岗位"],
                [1, "2026/5/1 8:00:00", "王小明", ANA, "签到┋引导"],
                [2, "2026/5/1 8:01:00", "李丽", BO, "翻译"],
            ]
        },
        (),
        [
            (
                2,
                ANA,
                "",
                "王小明",
                {"序号": "1", "提交答卷时间": "2026/5/1 8:00:00", "3、岗位": "签到┋引导"},
            ),
            (
                3,
                BO,
                "",
                "李丽",
                {"序号": "2", "提交答卷时间": "2026/5/1 8:01:00", "3、岗位": "翻译"},
            ),
        ],
    ),
    "emergency_contacts": (
        {
            "名单": [
                ["紧急联系人邮箱", "紧急联系人姓名", "您的邮箱", "您的姓名"],
                ["mum@example.org", "妈妈", ANA, "王小明"],
                ["dad@example.org", "爸爸", BO, "李丽"],
            ]
        },
        (),
        [
            (2, ANA, "", "王小明", {"紧急联系人姓名": "妈妈"}),
            (3, BO, "", "李丽", {"紧急联系人姓名": "爸爸"}),
        ],
    ),
    "days": (
        {
            "名单": [
                ["邮箱", "日期"],
                [ANA, datetime(2026, 5, 1)],
                [BO, datetime(2026, 5, 2, 8, 30)],
            ]
        },
        (),
        [
            (2, ANA, "", "", {"日期": "2026-05-01"}),
            (3, BO, "", "", {"日期": "2026-05-02 08:30:00"}),
        ],
    ),
    "sums_and_signatures": (
        {"名单": [*PEOPLE, ["合计：", "2 人"], [], ["制表人：张三", "", "2026-05-01"]]},
        (),
        [(2, ANA, "", "王小明", {}), (3, BO, "", "李丽", {})],
    ),
    "notes_above_the_titles": (
        {
            "名单": [
                ["志愿者名单"],
                ["联系人：张老师 help@example.org"],
                ["日期", "2026-05-01"],
                [],
                ["编号", "姓名", "邮箱（如 name@qq.com）"],
                ["HR-1", "王小明", ANA],
                ["HR-2", "李丽", BO],
            ]
        },
        (),
        [(6, ANA, "HR-1", "王小明", {}), (7, BO, "HR-2", "李丽", {})],
    ),
    "a_number_that_is_a_phone": (
        {
            "名单": [
                ["号码", "姓名", "邮箱"],
                ["138 1234 5678", "王小明", ANA],
                [13912345678, "李丽", BO],
            ]
        },
        (),
        [
            (2, ANA, "", "王小明", {"号码": "138 1234 5678"}),
            (3, BO, "", "李丽", {"号码": "13912345678"}),
        ],
    ),
    "buyers_and_attendees": (
        {
            "Orders": [
                ["Order code", "Email", "Attendee name", "Attendee email"],
                ["AB1", "boss@example.org", "Ana", ANA],
                ["AB1", "boss@example.org", "Bo", BO],
            ]
        },
        (),
        [
            (2, ANA, "", "Ana", {"Order code": "AB1", "Email": "boss@example.org"}),
            (3, BO, "", "Bo", {"Order code": "AB1", "Email": "boss@example.org"}),
        ],
    ),
    "anonymous_answers": (
        {
            "Form1": [
                ["ID", "Email", "Name", "Your e-mail address"],
                [1, "anonymous", "Ana", ANA],
                [2, "anonymous", "Bo", BO],
            ]
        },
        (),
        [
            (2, ANA, "", "Ana", {"ID": "1", "Email": "anonymous"}),
            (3, BO, "", "Bo", {"ID": "2", "Email": "anonymous"}),
        ],
    ),
}


@pytest.mark.parametrize("case", NASTY)
def test_a_nasty_sheet_gives_its_people_and_nobody_else(case: str):
    sheets, hidden, expected = NASTY[case]
    found = read_rows(read_file(workbook(sheets, hidden), "名单.xlsx").rows)
    assert [(r.line, r.email, r.number, r.name, r.columns) for r in found.accepted] == expected
    assert (found.refused, found.repeated) == ([], [])


def test_a_sheet_of_notes_alone_makes_nobody_a_volunteer():
    notes = workbook({"名单": [["邮箱", "姓名"]], "说明": [["Ask"], ["help@example.org"]]})
    assert read_rows(read_file(notes, "list.xlsx").rows).accepted == []


def test_the_sheet_that_was_read_is_named():
    assert read_file(workbook({"说明": [["请填写"]], "报名": PEOPLE}), "a.xlsx").sheet == "报名"


def test_lines_that_are_nobodys_are_told_apart_from_refused_ones():
    rows = [["名单"], ["邮箱", "姓名"], [ANA, ""], ["邮箱", "姓名"], ["", "李丽"], ["合计 2 人"]]
    found = read_rows(rows)
    assert [(r.line, r.reason) for r in found.skipped] == [
        (1, "This line is above the header row."),
        (4, "This line repeats the header row."),
        (6, "This line is a total or a signature."),
    ]
    assert [(r.line, r.reason) for r in found.refused] == [(5, "The address is missing.")]


def test_an_address_of_its_own_above_the_titles_is_refused_not_lost():
    found = read_rows([["help@example.org"], ["邮箱", "姓名"], [ANA, "王小明"]])
    assert [r.email for r in found.accepted] == [ANA]
    assert [r.line for r in found.refused] == [1]


def test_somebody_called_like_a_sum_is_on_the_list():
    found = read_rows([["Name", "Email"], ["Total, Maria", ANA], ["Summer Li", ""]])
    assert [r.name for r in found.accepted] == ["Total, Maria"]
    assert [r.line for r in found.refused] == [3]


def test_a_phone_beside_an_address_without_titles_is_not_its_number():
    for phone in ("13812345678", "+86 138 1234 5678", "010-12345678"):
        assert read_rows([["王芳", phone, ANA]]).accepted == [Recipient(1, ANA, "", "王芳")]
    assert read_list("王芳，13812345678，ana＠example.org").accepted[0].number == ""
    assert read_rows([[ANA, "0012345678"]]).accepted[0].number == "0012345678"


def test_a_pasted_table_may_have_a_heading_too():
    found = read_list("志愿者名单\n序号\t姓名\t邮箱\n1\t王小明\tana@example.org")
    assert found.accepted == [Recipient(3, ANA, "", "王小明", {"序号": "1"})]


def test_a_call_of_the_api_is_read_as_ever():
    assert read_call("邮箱,序号\nana@example.org,7").accepted == [Recipient(2, ANA, "7")]
    assert read_call("ana@example.org,13812345678").accepted[0].number == "13812345678"
    assert [r.line for r in read_call("邮箱,姓名\n合计,2").refused] == [2]
    assert [r.line for r in read_call("名单\n邮箱,姓名").refused] == [1, 2]


def test_columns_of_the_same_title_are_kept_side_by_side():
    [found] = read_rows([["email", "day", "day"], [ANA, "Sat", "Sun"]]).accepted
    assert found.columns == {"day": "Sat", "day (2)": "Sun"}


# Whatever stands in the cells

cells = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "邮箱",
            "姓名",
            "序号",
            "编号",
            "合计",
            "紧急联系人邮箱",
            "",
            "1",
            "13812345678",
            ANA,
            "＠",
            "mailto:",
            "a@b",
            "<a@",
            "=1+1",
            "#REF!",
            "\ud800",
            "\0",
            "2026-05-01 00:00:00",
            "email",
            "x" * 600,
        ]
    ),
)
tables = st.lists(st.lists(cells, max_size=5), max_size=25)


@given(tables)
@examples(300)
def test_no_table_breaks_the_reading_and_every_address_is_told(rows: list[list[str]]):
    found = read_rows(rows)
    told = {r.line for r in [*found.accepted, *found.repeated, *found.refused, *found.skipped]}
    assert {n for n, row in enumerate(rows, start=1) if ANA in row} <= told


heading = st.lists(
    st.lists(
        st.sampled_from(["名单", "2026", "海港跑", "负责人：张三", ""]), min_size=1, max_size=3
    ),
    max_size=8,
)
titles = st.sampled_from(
    ["邮箱", "E-mail", "您的邮箱：", "2、您的电子邮箱（必填）", "Ｅｍａｉｌ address"]
)
others = st.sampled_from(["备注", "电话", "序号", "家长邮箱", "team"])
local_parts = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=8)


@given(
    heading,
    titles,
    st.lists(others, max_size=3, unique=True),
    st.lists(local_parts, min_size=1, max_size=30, unique=True),
    st.data(),
)
@examples(200)
def test_nobody_with_a_plain_address_under_its_title_is_lost(
    above: list[list[str]], title: str, further: list[str], locals_: list[str], data: st.DataObject
):
    place = data.draw(st.integers(0, len(further)))
    header = [*further[:place], title, *further[place:]]
    rows: list[list[str]] = [
        [*data.draw(st.lists(st.sampled_from(["", "7x", "mum@home.example", "王"]),
                             min_size=len(further), max_size=len(further)))]
        for _ in locals_
    ]  # fmt: skip
    for row, local in zip(rows, locals_, strict=True):
        row.insert(place, f"{local}@example.org")
    found: RecipientList = read_rows([*above, header, *rows])
    assert [r.email for r in found.accepted] == [f"{local}@example.org" for local in locals_]
    assert found.refused == []
