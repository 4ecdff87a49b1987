"""Lists as files: workbooks with several sheets, and parts of them changed by hand."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence

import openpyxl
import xlsxwriter

Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """An XLSX file with these sheets in their order."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        sheet.sheet_state = "hidden" if title in hidden else "visible"
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_parts(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """The XLSX with some of its parts changed, packed as well as ZIP can."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
    return changed.getvalue()


def with_lines(lines: bytes) -> bytes:
    """An XLSX whose only sheet has these <row>s, written as they are."""
    return with_parts(
        workbook({"名单": [["邮箱"]]}),
        {"xl/worksheets/sheet1.xml": lambda sheet: _between(sheet, b"<sheetData>", lines)},
    )


def with_strings(strings: bytes) -> bytes:
    """An XLSX with these <si>s as the texts of its cells, as Excel keeps them."""
    book = io.BytesIO()
    with xlsxwriter.Workbook(book) as writing:
        writing.add_worksheet("名单").write(0, 0, "邮箱")
    return with_parts(book.getvalue(), {"xl/sharedStrings.xml": lambda _: _STRINGS % strings})


def renamed(content: bytes, old: str, new: str) -> bytes:
    """The XLSX with one part, and all that points to it, under another name."""
    changed, short = io.BytesIO(), (old.rpartition("/")[2], new.rpartition("/")[2])
    with zipfile.ZipFile(io.BytesIO(content)) as parts, zipfile.ZipFile(changed, "w") as result:
        for name in parts.namelist():
            part = parts.read(name).replace(short[0].encode(), short[1].encode())
            result.writestr(new if name == old else name, part)
    return changed.getvalue()


def open_document(rows: bytes) -> bytes:
    """An ODS whose only sheet has these <table:table-row>s, written as they are."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as parts:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        parts.writestr("mimetype", kind, zipfile.ZIP_STORED)
        parts.writestr("META-INF/manifest.xml", _MANIFEST)
        parts.writestr("content.xml", _OPEN_DOCUMENT % rows)
    return content.getvalue()


_MANIFEST = (
    b'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
    b'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
)
_OPEN_DOCUMENT = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    b'<office:spreadsheet><table:table table:name="Sheet1">%s</table:table>'
    b"</office:spreadsheet></office:body></office:document-content>"
)
_STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>'


def _between(sheet: bytes, start: bytes, lines: bytes) -> bytes:
    before, _, rest = sheet.partition(start)
    return before + start + lines + b"</sheetData>" + rest.partition(b"</sheetData>")[2]
