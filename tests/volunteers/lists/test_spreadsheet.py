"""Workbooks of Excel and LibreOffice: each cell as it reads there, and of their sheets the list."""

import io
from datetime import time, timedelta
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from shared.errors import ListUnreadable
from shared.volunteers.lists.list_files import UploadedList, read_file
from tests.support.lists import read_rows
from tests.support.organizers_lists import open_document, workbook

ANA, BO = "ana@example.org", "bo@example.org"
QUESTIONNAIRE = (Path(__file__).parent / "files/questionnaire.xls").read_bytes()


def read_cells(*cells: object) -> list[str]:
    return read_file(workbook({"List": [["x", *cells]]}), "list.xlsx").rows[0][1:]


def test_an_old_xls_is_read_and_its_notes_and_hidden_sheet_are_not():
    read = read_file(QUESTIONNAIRE, "答卷.xls")
    assert (read.sheet, read.sheets) == (
        "Sheet1",
        {"说明": False, "Sheet1": False, "旧名单": True},
    )
    assert read.rows[1][:2] == ["1", "2026-05-01 08:01:00"]
    assert [(one.email, one.name) for one in read_rows(read.rows).accepted] == [
        (ANA, "王小明"),
        (BO, "李丽"),
    ]


def test_what_a_file_is_called_does_not_matter():
    assert read_file(QUESTIONNAIRE, "list.csv").sheet == "Sheet1"
    assert read_file(f"email\n{ANA}\n".encode(), "list.xls").rows == [["email"], [ANA]]


def test_a_web_page_that_is_called_xls_is_called_what_it_is():
    with pytest.raises(ListUnreadable, match="web page"):
        read_file(b"\xef\xbb\xbf\r\n<HTML><table><tr><td>a@example.org", "list.xls")


def test_an_ods_is_read_without_the_empty_million_behind_it():
    rows = (
        '<table:table-row><table:table-cell office:value-type="string"><text:p>邮箱</text:p>'
        '</table:table-cell><table:table-cell office:value-type="string"><text:p>日期</text:p>'
        "</table:table-cell></table:table-row><table:table-row>"
        '<table:table-cell office:value-type="string"><text:p>ana@example.org</text:p>'
        '</table:table-cell><table:table-cell office:value-type="date" '
        'office:date-value="2026-05-01"><text:p>01.05.26</text:p></table:table-cell>'
        '</table:table-row><table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    read = read_file(open_document(rows.encode()), "名单.ods")
    assert read.rows == [["邮箱", "日期"], [ANA, "2026-05-01"]]


def test_a_sheet_may_be_asked_for_by_name():
    sheets = workbook({"A": [["email"], [ANA]], "B": [["email"], [BO]]}, hidden=["B"])
    assert read_file(sheets, "list.xlsx").rows[1] == [ANA]
    asked = read_file(sheets, "list.xlsx", sheet="B")
    assert (asked.sheet, asked.rows[1]) == ("B", [BO])
    assert read_file(sheets, "list.xlsx", sheet="gone").sheet == "A"


def test_a_hidden_sheet_is_taken_where_no_other_has_a_list():
    sheets = workbook({"Notes": [["Ask Ana."]], "List": [["email"], [ANA]]}, hidden=["List"])
    assert read_file(sheets, "list.xlsx").sheet == "List"


def test_cells_are_written_the_same_way_in_every_country():
    assert read_cells(7.0, 2.5, 0.1 + 0.2, time(8, 30), timedelta(hours=26, minutes=5)) == [
        "7", "2.5", "0.3", "08:30:00", "26:05:00",
    ]  # fmt: skip


def test_a_formula_that_was_never_computed_and_a_broken_one_are_empty():
    assert read_cells("=1+1", "#REF!", "end") == ["", "", "end"]


def rounded(*cells: object) -> UploadedList:
    return read_file(workbook({"List": [["id", "email"], *([cell, ANA] for cell in cells)]}), "")


def test_numbers_that_have_lost_their_last_digits_are_told():
    assert rounded(110101199003071234).rounded == (0,)
    assert rounded("110101199003071234", 20260000000123).rounded == ()


def test_lines_keep_their_numbers_below_and_beside_empty_ones():
    book = openpyxl.Workbook()
    book.active["C4"] = "email"
    book.active["C6"] = ANA
    content = io.BytesIO()
    book.save(content)
    rows = read_file(content.getvalue(), "list.xlsx").rows
    assert rows == [[], [], [], ["", "", "email"], [], ["", "", ANA]]


def test_a_chart_is_no_sheet_with_a_list():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("List")
        sheet.write_column(0, 0, ["email", ANA])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=List!$A$1:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)
    read = read_file(content.getvalue(), "list.xlsx")
    assert (read.sheet, read.sheets) == ("List", {"List": False})


def test_a_locked_workbook_is_called_locked():
    locked = QUESTIONNAIRE[:512] + "EncryptedPackage".encode("utf-16-le") + bytes(4096)
    with pytest.raises(ListUnreadable, match="password"):
        read_file(locked, "list.xlsx")
