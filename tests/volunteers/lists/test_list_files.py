"""Files of recipients: CSV in whatever encoding, and XLSX, whole, damaged or hostile."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import ListUnreadable
from shared.volunteers.lists.list_files import read_file
from tests.support.examples import examples
from tests.support.lists import TABLE, read_call, read_rows


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_csv_files_are_read_in_whatever_encoding_excel_saved_them(encoding, told, end):
    content = TABLE.replace("\n", end).encode(encoding)
    read = read_file(content, "名单.CSV")
    assert read.encoding == told
    assert read_rows(read.rows).accepted == read_call(TABLE).accepted


def test_a_person_may_overrule_the_encoding():
    content = "email,name\nana@example.org,陳大文\n".encode("big5")
    assert read_file(content, "list.csv", "big5").rows[1][1] == "陳大文"


@pytest.mark.parametrize("encoding", ["ascii", "rot13", "no such thing", "idna"])
def test_an_encoding_that_does_not_fit_is_said_not_guessed_around(encoding):
    with pytest.raises(ListUnreadable, match="encoding"):
        read_file("邮箱\nbob@example.org".encode(), "list.csv", encoding)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_files_may_separate_with_semicolons_or_tabs(mark):
    content = TABLE.replace(",", mark).encode()
    assert read_rows(read_file(content, "list.txt").rows).accepted == read_call(TABLE).accepted


@pytest.mark.parametrize("mark", [";", "\t"])
def test_commas_in_titles_and_remarks_and_a_heading_do_not_hide_what_separates(mark):
    lines = ["志愿者名单", "邮箱;Name, Vorname;备注", "ana@example.org;Souza, Ana;a, b, c, d",
             "bo@example.org;Li, Bo;"]  # fmt: skip
    content = "\n".join(lines).replace(";", mark).encode()
    assert read_file(content, "list.csv").rows[2] == ["ana@example.org", "Souza, Ana", "a, b, c, d"]


def test_quoted_cells_keep_their_commas_and_line_breaks():
    content = b'email,task\nana@example.org,"water, bread\nand ""salt"""\n'
    found = read_rows(read_file(content, "list.csv").rows)
    assert found.accepted[0].columns == {"task": 'water, bread\nand "salt"'}


def test_a_picture_is_no_list():
    with pytest.raises(ListUnreadable, match="not a text"):
        read_file(b"\x00\x01\x02" * 10, "list.csv")


def test_a_quotation_mark_that_never_closes_is_named_as_the_cause():
    content = b'email\n"ana@example.org\n' + b"bo@example.org\n" * 10_000
    with pytest.raises(ListUnreadable, match="quotation mark"):
        read_file(content, "list.csv")


def test_numbers_come_out_of_excel_as_they_were_typed():
    content = workbook(
        ["邮箱", "编号", "岗位"],
        ["ana@example.org", 7.0, 2.5],
        ["bo@example.org", "007", None],
        [None, None, None],
        ["cy@example.org", 20260000000123, True],
    )
    found = read_rows(read_file(content, "名单.xlsx").rows)
    assert [(r.line, r.number, r.columns) for r in found.accepted] == [
        (2, "7", {"岗位": "2.5"}),
        (3, "007", {}),
        (5, "20260000000123", {"岗位": "True"}),
    ]


def with_part(content: bytes, part: str, change) -> bytes:
    """The XLSX with one of its parts changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return changed.getvalue()


@pytest.mark.parametrize("size", [b"A1", b"A1:XFD1048576"])
def test_a_wrong_size_written_into_the_file_neither_cuts_nor_pads_the_list(size):
    content = with_part(
        workbook(["ana@example.org", "1"], ["bo@example.org", "2"]),
        "xl/worksheets/sheet1.xml",
        lambda sheet: sheet.replace(b'ref="A1:B2"', b'ref="%s"' % size),
    )
    assert read_file(content, "list.xlsx").rows == [
        ["ana@example.org", "1"],
        ["bo@example.org", "2"],
    ]


def test_a_file_that_unpacks_to_gigabytes_and_is_no_workbook_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for number in range(5):
            with parts.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for _ in range(50):
                    part.write(bytes(1_000_000))
    assert len(bomb.getvalue()) < 2_000_000
    with pytest.raises(ListUnreadable, match="not a whole"):
        read_file(bomb.getvalue(), "list.xlsx")


SHEET = workbook(["邮箱", "编号"], ["ana@example.org", 7.0])


@given(
    st.lists(st.tuples(st.integers(0, len(SHEET) - 1), st.integers(0, 255)), max_size=4),
    st.integers(0, len(SHEET)),
)
@examples(40)
@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(damages, kept):
    content = bytearray(SHEET)
    for place, byte in damages:
        content[place] = byte
    content = bytes(content[:kept] if kept % 2 else content)
    try:
        read = read_file(content, "list.xlsx")
    except ListUnreadable:
        return
    assert read.encoding == ""


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_broken_xml_is_refused(part):
    content = with_part(SHEET, part, lambda xml: xml[:-9])
    with pytest.raises(ListUnreadable, match="whole XLSX"):
        read_file(content, "list.xlsx")


QUESTIONNAIRE = (Path(__file__).parent / "files/questionnaire.xls").read_bytes()


@given(st.binary(max_size=2000), st.sampled_from([b"", SHEET[:4], QUESTIONNAIRE[:600], b"email\n"]),
       st.sampled_from(["a.csv", "a.xls", "a.ods", "a.xlsx", "a"]))  # fmt: skip
@examples(40)
def test_whatever_is_in_a_file_it_is_read_or_refused(tail: bytes, head: bytes, name: str):
    try:
        rows = read_file(head + tail, name).rows
    except ListUnreadable:
        return
    read_rows(rows)


@given(st.lists(st.tuples(st.integers(0, len(QUESTIONNAIRE) - 1), st.integers(0, 255)), max_size=6))
@examples(30)
def test_a_damaged_xls_is_read_or_refused(damages: list[tuple[int, int]]):
    content = bytearray(QUESTIONNAIRE)
    for place, byte in damages:
        content[place] = byte
    try:
        read_rows(read_file(bytes(content), "list.xls").rows)
    except ListUnreadable:
        return
