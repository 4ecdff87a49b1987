"""Lists of recipients: whatever is pasted or uploaded, each line is taken, repeated or refused."""

import io
import smtplib
import zipfile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.addresses import deliverable_address
from shared.errors import ListUnreadable
from shared.volunteers.list_files import read_file
from shared.volunteers.list_parser import Recipient, RecipientList, parse, parse_pasted, parse_rows

TABLE = "姓名,邮箱,证书编号,岗位\n王小明,ming@example.org,007,签到\n李丽,li@example.org,008,翻译\n"


def emails(found: RecipientList) -> list[str]:
    return [recipient.email for recipient in found.accepted]


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


# Pasted text


def test_a_line_is_an_address_or_an_address_and_a_number():
    found = parse("ana@example.org\nbo@example.org,2026-7\n")
    assert found.accepted == [
        Recipient(1, "ana@example.org"),
        Recipient(2, "bo@example.org", "2026-7"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_a_line_end(end):
    found = parse(f"ana@example.org{end}{end} bo@example.org , 7 {end}")
    assert [(r.line, r.email, r.number) for r in found.accepted] == [
        (1, "ana@example.org", ""),
        (3, "bo@example.org", "7"),
    ]


@pytest.mark.parametrize("mark", [",", "，", "\t", ";", "；"])
def test_the_number_stands_behind_any_comma_that_keyboards_and_excel_know(mark):
    assert parse(f"ana@example.org{mark}证 7").accepted[0].number == "证 7"


def test_further_commas_belong_to_the_number():
    assert parse("ana@example.org,A,7").accepted[0].number == "A,7"


def test_the_same_person_twice_is_taken_once_however_the_address_is_written():
    found = parse("Ana@Example.org\nANA@EXAMPLE.ORG\nana@example.org,7")
    assert emails(found) == ["Ana@example.org"]
    assert [(r.line, r.details) for r in found.repeated] == [(2, {"first": 1}), (3, {"first": 1})]


def test_an_address_is_nobodys_number():
    for text in ("grace@example.org;heidi@example.org", "email,no.\ngrace@example.org,h@x.org"):
        assert [r.reason for r in parse(text).refused] == ["This is an address, not a number."]
        assert parse(text).accepted == []


def test_a_number_that_stands_there_twice_is_refused_with_the_line_of_the_first():
    found = parse("ana@example.org,7\nbo@example.org,7\n")
    assert emails(found) == ["ana@example.org"]
    assert [(r.line, r.text, r.details) for r in found.refused] == [
        (2, "bo@example.org,7", {"first": 1})
    ]


def test_refused_lines_are_shown_with_their_number_and_why():
    found = parse("ana@example.org\nana at example.org\nbo@\nç@example.org")
    assert [(r.line, r.text, r.reason) for r in found.refused] == [
        (2, "ana at example.org", "There is no “@” in the address."),
        (3, "bo@", "This is not an e-mail address."),
        (
            4,
            "ç@example.org",
            "Letters outside of ASCII before the “@” cannot be reached by every mail server.",
        ),
    ]


def test_a_line_without_an_address_is_refused_for_that():
    found = parse("email,name\nana@example.org,Ana\n,Bo")
    assert [(r.line, r.reason) for r in found.refused] == [(3, "The address is missing.")]


def test_numbers_names_and_cells_that_are_too_long_are_refused_not_cut():
    rows = [
        ["email", "number", "name", "task"],
        ["a@example.org", "7" * 65, "", ""],
        ["b@example.org", "", "n" * 81, ""],
        ["c@example.org", "", "", "t" * 501],
        ["d@example.org", "7" * 64, "n" * 80, "t" * 500],
    ]
    found = parse_rows(rows)
    assert emails(found) == ["d@example.org"]
    assert [r.line for r in found.refused] == [2, 3, 4]


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\u202e", "\u2028x", "\ud800"])
@pytest.mark.parametrize("title", ["number", "name", "task"])
def test_what_cannot_be_printed_is_refused_in_every_column(bad, title):
    found = parse_rows([["email", title], ["ana@example.org", f"x{bad}y"]])
    if bad == "\u2028x":  # a line separator is a blank, as in every line that is pasted
        assert emails(found) == ["ana@example.org"]
    else:
        assert [r.reason for r in found.refused] == [
            "The line contains characters that cannot be printed."
        ]


def test_a_line_break_inside_of_an_excel_cell_becomes_a_blank():
    found = parse_rows([["email", "task"], ["ana@example.org", "water\nand bread"]])
    assert found.accepted[0].columns == {"task": "water and bread"}


# What people paste: names, several addresses, in any order


@pytest.mark.parametrize(
    ("line", "number", "name"),
    [
        ("ana@example.org", "", ""),
        ("ana@example.org,2026-7", "2026-7", ""),
        ("ana@example.org，证 7", "证 7", ""),
        ("ana@example.org,1,000", "1,000", ""),
        ("ana@example.org, 2026-000011, Judy Zhou", "2026-000011", "Judy Zhou"),
        ("ana@example.org\t7\tJudy Zhou", "7", "Judy Zhou"),
        ("ana@example.org,Alex Chen", "", "Alex Chen"),
        ("ana@example.org,Alex Chen,7", "7", "Alex Chen"),
        ("ana@example.org,,Alex Chen", "", "Alex Chen"),
        ("ana@example.org,-,Alex Chen", "", "Alex Chen"),
        ("王芳，ana@example.org", "", "王芳"),
        ("7;ana@example.org;王芳", "7", "王芳"),
        ("Ana Souza <ana@example.org>", "", "Ana Souza"),
        ("王芳＜ana@example.org＞，7", "7", "王芳"),
        ('"Souza, Ana" <ana@example.org>', "", "Souza, Ana"),
        ("<ana@example.org>", "", ""),
        ("ana@example.org <ana@example.org>", "", ""),
        ("王 芳 ana@example.org", "", "王 芳"),
        ("ana@example.org 2026-7", "2026-7", ""),
    ],
)
def test_of_the_other_cells_one_with_a_digit_is_the_number_and_one_without_the_name(
    line, number, name
):
    assert parse_pasted(line) == RecipientList(
        [Recipient(1, "ana@example.org", number, name)], [], []
    )


@pytest.mark.parametrize(
    "text",
    [
        "ana@example.org;bo@example.org",
        "ana@example.org, bo@example.org",
        "ana@example.org bo@example.org",
        "Ana <ana@example.org>; Bo <bo@example.org>;",
        "ana@example.org、Bo <bo@example.org>",
        "email\tteam\nana@example.org;bo@example.org\tred",
    ],
)
def test_several_addresses_in_a_line_are_several_people(text):
    assert emails(parse_pasted(text)) == ["ana@example.org", "bo@example.org"]
    assert parse_pasted(text).refused == []


@pytest.mark.parametrize(
    "text", ["a@example.org,7,b@example.org,8", "email\tnumber\na@example.org;b@example.org\t7"]
)
def test_whose_number_it_is_among_several_people_is_not_guessed(text):
    assert [r.reason for r in parse_pasted(text).refused] == [
        "Several addresses stand in this line: give each person a line of their own."
    ]


def test_of_several_people_in_a_line_one_may_be_refused_and_one_repeated():
    found = parse_pasted("a@example.org, b@, A@example.org, c@example.org")
    assert emails(found) == ["a@example.org", "c@example.org"]
    assert [r.reason for r in found.refused] == ["This is not an e-mail address."]
    assert [r.details for r in found.repeated] == [{"first": 1}]


@pytest.mark.parametrize(
    "slip", ["ana @example.org", "ana@ example.org", "ana@example.co m", "ana li@example.org"]
)
def test_a_blank_inside_of_an_address_makes_nobody_elses_address(slip):
    assert [r.reason for r in parse_pasted(slip).refused] == ["This is not an e-mail address."]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("ana@example.org", Recipient(2, "ana@example.org", columns={"team": ""})),
        ("ana@example.org,7", Recipient(2, "ana@example.org", "7", columns={"team": ""})),
        ("ana@example.org,Ana,red", Recipient(2, "ana@example.org", "", "Ana", {"team": "red"})),
        ("Ana,Ana Li <ana@example.org>", Recipient(2, "ana@example.org", "", "Ana", {})),
    ],
)
def test_an_address_under_another_title_of_ours_is_taken(line, person):
    [found] = parse_pasted(f"name,email,team\n{line}").accepted
    assert (found.line, found.email, found.number, found.name) == (
        person.line, person.email, person.number, person.name,
    )  # fmt: skip
    assert found.columns.get("team", "") == person.columns.get("team", "")


def test_an_address_under_a_title_that_is_not_ours_may_be_anothers_and_is_refused():
    found = parse_pasted("姓名,邮箱,家长\n李丽,,mum@example.org")
    assert [(r.reason, r.details) for r in found.refused] == [
        ("The address does not stand in the column “{column}”.", {"column": "邮箱"})
    ]


def test_a_call_of_the_api_finds_addresses_elsewhere_too_but_keeps_its_numbers():
    assert emails(parse("王芳，ana@example.org\nBo <bo@example.org>")) == [
        "ana@example.org",
        "bo@example.org",
    ]
    assert parse("ana@example.org,VIP").accepted[0].number == "VIP"


# Addresses


@pytest.mark.parametrize(
    ("written", "deliverable"),
    [
        ("ana+tag@example.org", "ana+tag@example.org"),
        ("o'brien@example.org", "o'brien@example.org"),
        ("Ana@Example.ORG", "Ana@example.org"),
        ("ana@example.photography", "ana@example.photography"),
        ("ana@münchen.de", "ana@xn--mnchen-3ya.de"),
        ("ana@邮箱.中国", "ana@xn--c0zu34b.xn--fiqs8s"),
        ("\u3000ana@example.org\u00a0", "ana@example.org"),
        ("ana\u2060@example.org", "ana@example.org"),
        ("\ufeff\u202aana@exam\u00adple.org\u200b\u202c ", "ana@example.org"),
    ],
)
def test_addresses_that_mail_servers_know_are_accepted(written, deliverable):
    assert deliverable_address(written) == deliverable


@pytest.mark.parametrize(
    "wrong",
    [
        "ana",
        "@example.org",
        "ana@",
        "ana@localhost",
        "ana@test",
        "ana@@example.org",
        "a b@example.org",
        "ana@example..org",
        ".ana@example.org",
        "ana@-example.org",
        "ana@[127.0.0.1]",
        '"ana"@example.org',
        "Ana <ana@example.org>",
        "ana@example.org>\r\nBcc: all@example.org",
        "a" * 65 + "@example.org",
        "ana@" + "a" * 250 + ".org",
        "fuſs@example.org",
        "ana@نامه\u200cای.com",
    ],
)
def test_what_is_no_address_is_refused(wrong):
    with pytest.raises(ValueError):
        deliverable_address(wrong)


address_like = st.from_regex(r"[a-zA-Z0-9.+'ſKé\-]{1,8}@[a-zA-Zü0-9.\-]{1,12}\.[a-z]{2,4}")
line = st.one_of(
    st.text(max_size=30),
    address_like,
    st.builds("{},{}".format, address_like, st.sampled_from(["1", "2", "03", " 3 ", "\x00"])),
    st.sampled_from(
        [
            "ana@example.org;bo@example.org",
            "Ana <ana@example.org>",
            "王芳 bo@example.org",
            "email,number,task",
            "name,email",
            "邮箱\t编号",
            '"ana@example.org',
            ",,",
            "\ufeff",
            "\ud800",
        ]
    ),
)
pasted_text = st.lists(line, max_size=12).map("\n".join)


@given(pasted_text)
@example('email,number\n"ana@example.org,1\nbo@example.org,2')
@example("aſ@example.org")
@example("0@<@")
@settings(max_examples=300, deadline=None)
def test_every_line_with_content_is_accepted_repeated_or_refused_exactly_once(text):
    found = parse(text)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    with_content = {n for n, line in enumerate(lines, start=1) if line.replace(",", "").strip()}
    told = [r.line for part in (found.accepted, found.repeated, found.refused) for r in part]
    # Each of several addresses in a line is told.
    assert all(told.count(n) <= max(1, lines[n - 1].count("@")) for n in set(told))
    # A line of titles is nobody's; blank cells between tabs or semicolons are nobody's either.
    untold = with_content - set(told)
    assert set(told) <= with_content
    assert untold <= {1} or all(not lines[n - 1].strip(' ,;\t"\0\ufeff') for n in untold - {1})


@given(pasted_text)
@example('"ana@example.org,1')
@settings(max_examples=300, deadline=None)
def test_no_line_with_an_address_is_lost_and_none_is_taken_for_a_number(text):
    found = parse_pasted(text)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = (found.accepted, found.repeated, found.refused, found.skipped)
    told = {r.line for part in parts for r in part}
    assert {n for n, line in enumerate(lines, start=1) if "@" in line} <= told
    assert not [r for r in found.accepted if "@" in r.number]
    assert len({r.key for r in found.accepted}) == len(found.accepted)


@given(pasted_text)
@settings(deadline=None)
def test_what_a_person_pastes_is_read_as_the_api_reads_it_where_that_is_an_address_and_a_number(
    text,
):
    for line in text.splitlines():
        found = parse(line).accepted
        if found and (not found[0].number or found[0].number.isdigit()):
            assert parse_pasted(line).accepted == found


@given(pasted_text)
def test_accepted_addresses_are_plain_and_go_to_a_mail_server_as_they_are(text):
    for recipient in [*parse(text).accepted, *parse_pasted(text).accepted]:
        assert recipient.email.isascii()
        assert recipient.email.isprintable()
        assert " " not in recipient.email
        assert smtplib.quoteaddr(recipient.email) == f"<{recipient.email}>"
        assert deliverable_address(recipient.email) == recipient.email


@given(pasted_text)
def test_what_was_accepted_is_accepted_again_and_the_rest_is_repeated(text):
    accepted = parse(text).accepted
    lines = [f"{r.email},{r.number}" for r in accepted]
    again = parse("\n".join([*lines, *lines]))
    assert [(r.email, r.number) for r in again.accepted] == [(r.email, r.number) for r in accepted]
    assert len(again.repeated) == len(accepted)
    assert again.refused == []


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "hostile",
    [
        "a" * 1_000_000,
        "a@" * 500_000,
        "a." * 500_000 + "@example.org",
        "a@" + "b." * 500_000,
        "@" * 1_000_000,
        "," * 1_000_000,
        '"' * 1_000_001,
        "a@example.org," + "7" * 1_000_000,
        "email,name\n" + "x" * 1_000_000,
        "email,name\n" + '"' * 999_999,
        "ａ" * 1_000_000 + "@ｅ.ｏｒｇ",
        "<a@" * 300_000,
        "x " * 500_000 + "@",
        '"@' * 500_000,
        "1," * 500_000 + "@",
    ],
)
@pytest.mark.parametrize("read", [parse, parse_pasted])
def test_a_hostile_line_of_a_megabyte_is_refused_in_no_time(hostile, read):
    found = read(hostile)
    assert found.accepted == []
    assert all(len(refusal.text) <= 200 for refusal in found.refused)


# Tables


def test_columns_are_found_by_their_titles_in_chinese_or_english_and_the_rest_is_kept():
    for text in (TABLE, TABLE.replace("姓名,邮箱,证书编号", "Name, E-MAIL ,No.")):
        assert parse(text).accepted == [
            Recipient(2, "ming@example.org", "007", "王小明", {"岗位": "签到"}),
            Recipient(3, "li@example.org", "008", "李丽", {"岗位": "翻译"}),
        ]


def test_a_table_pasted_from_excel_has_tabs():
    assert parse(TABLE.replace(",", "\t")).accepted == parse(TABLE).accepted


def test_a_second_column_of_addresses_is_kept_as_a_further_one():
    found = parse("email,邮箱\nana@example.org,bo@example.org")
    assert emails(found) == ["ana@example.org"]
    assert found.accepted[0].columns == {"邮箱": "bo@example.org"}


def test_a_table_without_titles_is_read_as_addresses_numbers_and_names():
    found = parse_rows(
        [
            ["ana@example.org", "7", "Souza, Ana", "left out"],
            [],
            ["Bo", "bo@example.org"],
            ["cy@example.org;di@example.org", ""],
        ]
    )
    assert [(r.line, r.email, r.number, r.name) for r in found.accepted] == [
        (1, "ana@example.org", "7", "Souza, Ana"),
        (3, "bo@example.org", "", "Bo"),
        (4, "cy@example.org", "", ""),
        (4, "di@example.org", "", ""),
    ]


def test_nothing_is_an_empty_list():
    assert parse("") == parse_rows([]) == parse(" \n,,\n\t\n") == RecipientList([], [], [])


# Files


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
    assert parse_rows(read.rows).accepted == parse(TABLE).accepted


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
    assert parse_rows(read_file(content, "list.txt").rows).accepted == parse(TABLE).accepted


def test_quoted_cells_keep_their_commas_and_line_breaks():
    content = b'email,task\nana@example.org,"water, bread\nand ""salt"""\n'
    found = parse_rows(read_file(content, "list.csv").rows)
    assert found.accepted[0].columns == {"task": 'water, bread and "salt"'}


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
    found = parse_rows(read_file(content, "名单.xlsx").rows)
    assert [(r.line, r.number, r.columns) for r in found.accepted] == [
        (2, "7", {"岗位": "2.5"}),
        (3, "007", {}),
        (5, "20260000000123", {"岗位": "True"}),
    ]


def with_part(content: bytes, part: str, change) -> bytes:
    """The same XLSX with one of its parts changed."""
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


def test_a_file_that_unpacks_to_gigabytes_is_refused_before_it_is_unpacked():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as parts:
        for number in range(5):
            with parts.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for _ in range(50):
                    part.write(bytes(1_000_000))
    assert len(bomb.getvalue()) < 2_000_000
    with pytest.raises(ListUnreadable, match="too large"):
        read_file(bomb.getvalue(), "list.xlsx")


SHEET = workbook(["邮箱", "编号"], ["ana@example.org", 7.0])


@given(
    st.lists(st.tuples(st.integers(0, len(SHEET) - 1), st.integers(0, 255)), max_size=4),
    st.integers(0, len(SHEET)),
)
@settings(max_examples=60, deadline=None)
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
    assert read.encoding == "xlsx"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_broken_xml_is_refused(part):
    content = with_part(SHEET, part, lambda xml: xml[:-9])
    with pytest.raises(ListUnreadable, match="whole XLSX"):
        read_file(content, "list.xlsx")
