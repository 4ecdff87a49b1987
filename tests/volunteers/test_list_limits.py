"""What a list file may cost: too much is refused with a sentence, before it takes the memory."""

import resource
from collections.abc import Callable

import pytest

from shared.errors import ListUnreadable
from shared.volunteers.lists.list_files import read_file
from tests.support.organizers_lists import (
    open_document,
    renamed,
    with_lines,
    with_parts,
    with_strings,
    workbook,
)
from tests.support.processes import in_processes

MOST_KILOBYTES = 100_000


def cell(place: str, text: bytes = b"x") -> bytes:
    return b'<c r="%s" t="inlineStr"><is><t>%s</t></is></c>' % (place.encode(), text)


def lines(count: int, one: Callable[[int], bytes]) -> bytes:
    return b"".join(b'<row r="%d">%s</row>' % (n, one(n)) for n in range(1, count + 1))


def laughing(sheet: bytes) -> bytes:
    """Entities that stand for entities (billion laughs)."""
    declared = b'<!ENTITY a0 "ha">' + b"".join(
        b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    sheet = sheet.replace(b"<worksheet", b"<!DOCTYPE x [%s]><worksheet" % declared, 1)
    return sheet.replace(b"</sheetData>", b"<row><c t='str'><v>&a9;</v></c></row></sheetData>")


def at_the_last_column() -> bytes:
    return with_lines(lines(8000, lambda n: cell(f"XFD{n}")))


def at_both_ends() -> bytes:
    """A cell in the first place and one in the last, which ends the process that reads it."""
    return with_lines(b'<row r="1">%s</row><row r="1048576">%s</row>' % (
        cell("A1"), cell("XFD1048576"),
    ))  # fmt: skip


def repeated_without_end() -> bytes:
    """An ODS in which one line of one cell stands for all of them."""
    return open_document(
        b'<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        b'table:number-columns-repeated="16384" office:value-type="string"><text:p>a@b.example'
        b"</text:p></table:table-cell></table:table-row>"
    )


def at_the_last_line() -> bytes:
    return with_lines(b'<row r="1">%s</row><row r="1048576">%s</row>' % (
        cell("A1"), cell("A1048576"),
    ))  # fmt: skip


def with_too_many_lines() -> bytes:
    return with_lines(lines(200_001, lambda n: cell(f"A{n}")))


def without_places() -> bytes:
    return with_lines(b"<row>" + b"<c t='str'><v>x</v></c>" * 2_000_000 + b"</row>")


def with_endless_lines() -> bytes:
    return with_lines(b"<row/>" * 5_000_000)


def with_endless_links() -> bytes:
    sheet = {"xl/worksheets/sheet1.xml": lambda s: s.replace(
        b"</worksheet>", b"<hyperlinks>%s</hyperlinks></worksheet>" % (b"<hyperlink/>" * 4_000_000)
    )}  # fmt: skip
    return with_parts(workbook({"名单": [["邮箱"]]}), sheet)


def with_a_string_of_150_megabytes() -> bytes:
    return with_strings(b"<si><t>%s</t></si>" % (b"a" * 150_000_000))


def with_an_attribute_of_150_megabytes() -> bytes:
    return with_strings(b'<si a="%s"/>' % (b"a" * 150_000_000))


def with_endless_strings() -> bytes:
    return with_strings(b"<si/>" * 30_000_000)


def with_a_style_sheet_without_end() -> bytes:
    return with_parts(
        workbook({"名单": [["邮箱"]]}),
        {"xl/styles.xml": lambda s: s.replace(b"</cellXfs>", b"<xf/>" * 9_000_000 + b"</cellXfs>")},
    )


def with_entities() -> bytes:
    return with_parts(workbook({"名单": [["邮箱"]]}), {"xl/worksheets/sheet1.xml": laughing})


def of_one_endless_line() -> bytes:
    return b"a@example.org" + b"," * 90_000_000


def of_cells_with_line_breaks() -> bytes:
    return b"email\n" + b'"\n",' * 20_000_000


def of_many_columns() -> bytes:
    return b"email" + b",x" * 200 + b"\n" + b"a@example.org\n"


def of_a_million_lines_and_one() -> bytes:
    return b"email\n" + b"a@example.org\n" * 1_000_000


def of_more_than_100_megabytes() -> bytes:
    return b"a@example.org\n" * 7_200_000


REFUSED = [
    ("list.xlsx", at_the_last_column, "200 columns"),
    ("list.xlsx", at_the_last_line, "200 000 lines"),
    ("list.xlsx", with_too_many_lines, "200 000 lines"),
    ("list.xlsx", without_places, "200 columns"),
    ("list.xlsx", with_a_string_of_150_megabytes, "too large"),
    ("list.xlsx", at_both_ends, "too large"),
    ("list.xlsx", with_entities, "not a whole"),
    ("list.ods", repeated_without_end, "not a whole"),
    ("list.csv", of_one_endless_line, "too long"),
    ("list.csv", of_cells_with_line_breaks, "too long"),
    ("list.csv", of_many_columns, "200 columns"),
    ("list.csv", of_a_million_lines_and_one, "a million lines"),
    ("list.csv", of_more_than_100_megabytes, "100 MB"),
]


# What says nothing, however often, is not read at all.
HARMLESS = [
    with_endless_lines,
    with_endless_links,
    with_an_attribute_of_150_megabytes,
    with_endless_strings,
    with_a_style_sheet_without_end,
]


def read_and_measure(path: str, file_name: str) -> tuple[str, int]:
    """Why it was refused, and by how many kilobytes reading it raised this process's peak."""
    with open(path, "rb") as file:
        content = file.read()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        read_file(content, file_name)
        refusal = "read"
    except ListUnreadable as reason:
        refusal = str(reason)
    return refusal, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before


@pytest.mark.parametrize(
    ("file_name", "content", "reason"), REFUSED, ids=[make.__name__ for _, make, _ in REFUSED]
)
def test_what_is_larger_than_any_list_is_refused_within_100_megabytes(
    tmp_path, file_name: str, content: Callable[[], bytes], reason: str
):
    path = tmp_path / file_name
    path.write_bytes(content())
    [(refusal, kilobytes)] = in_processes(read_and_measure, [(str(path), file_name)])
    assert reason in refusal
    assert kilobytes < MOST_KILOBYTES


@pytest.mark.parametrize("content", HARMLESS)
def test_what_is_endless_beside_the_list_costs_nothing_here(tmp_path, content: Callable[[], bytes]):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content())
    [(refusal, kilobytes)] = in_processes(read_and_measure, [(str(path), "list.xlsx")])
    assert refusal == "read"
    assert kilobytes < MOST_KILOBYTES


def test_a_list_of_200_columns_and_one_of_many_coloured_but_empty_cells_are_read():
    wide = with_lines(b'<row r="1">%s</row>' % (cell("A1") + cell("GR1", b"last")))
    assert read_file(wide, "list.xlsx").rows == [["x", *[""] * 198, "last"]]
    coloured = with_lines(
        b'<row r="1">%s<c r="XFD1" s="0"/></row><row r="1048576" s="0"><c r="A1048576"/></row>'
        % cell("A1")
    )
    assert read_file(coloured, "list.xlsx").rows == [["x"]]
    table = b"email" + b",x" * 199 + b",,,,\n"
    assert len(read_file(table, "list.csv").rows[0]) == 200


def test_the_last_of_200_000_lines_is_read():
    sheet = with_lines(b'<row r="200000">%s</row>' % cell("B200000"))
    rows = read_file(sheet, "list.xlsx").rows
    assert (len(rows), rows[-1]) == (200_000, ["", "x"])


def test_a_sheet_that_pretends_to_be_a_picture_is_looked_through_as_well():
    bomb = with_lines(lines(2000, lambda n: cell(f"XFD{n}")))
    with pytest.raises(ListUnreadable, match="200 columns"):
        read_file(
            renamed(bomb, "xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.png"), "list.xlsx"
        )
