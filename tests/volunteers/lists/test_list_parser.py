"""Lists of recipients: whatever is pasted, each line is accepted, repeated or refused."""

import smtplib
import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.addresses import address_on_the_wire, deliverable_address
from shared.errors import ListUnreadable
from shared.mail.transport.smtp import is_plain_address, is_plain_in_any_script
from shared.volunteers.lists.column_mapping import MOST_COLUMNS
from shared.volunteers.lists.list_parser import parse_entries
from shared.volunteers.lists.recipients import Recipient, RecipientList
from tests.support.examples import examples
from tests.support.hostile import processor_seconds
from tests.support.lists import TABLE, emails, read_call, read_list, read_rows


def test_a_line_is_an_address_or_an_address_and_a_number():
    found = read_call("ana@example.org\nbo@example.org,2026-7\n")
    assert found.accepted == [
        Recipient(1, "ana@example.org"),
        Recipient(2, "bo@example.org", "2026-7"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_a_line_end(end):
    found = read_list(f"ana@example.org{end}{end} bo@example.org , 7 {end}")
    assert [(r.line, r.email, r.number) for r in found.accepted] == [
        (1, "ana@example.org", ""),
        (3, "bo@example.org", "7"),
    ]


@pytest.mark.parametrize("mark", [",", "，", "\t", ";", "；"])
def test_the_number_stands_behind_any_comma_that_keyboards_and_excel_know(mark):
    assert read_call(f"ana@example.org{mark}证 7").accepted[0].number == "证 7"


def test_further_commas_belong_to_the_number():
    assert read_call("ana@example.org,A,7").accepted[0].number == "A,7"


def test_the_same_person_twice_is_taken_once_however_the_address_is_written():
    found = read_call("Ana@Example.org\nANA@EXAMPLE.ORG\nana@example.org,7")
    assert emails(found) == ["Ana@example.org"]
    assert [(r.line, r.details) for r in found.repeated] == [(2, {"first": 1}), (3, {"first": 1})]


def test_an_address_is_nobodys_number():
    for text in ("grace@example.org;heidi@example.org", "email,no.\ngrace@example.org,h@x.org"):
        assert [r.reason for r in read_call(text).refused] == ["This is an address, not a number."]
        assert read_call(text).accepted == []


def test_a_number_that_stands_there_twice_is_refused_with_the_line_of_the_first():
    found = read_call("ana@example.org,7\nbo@example.org,7\n")
    assert emails(found) == ["ana@example.org"]
    assert [(r.line, r.text, r.details) for r in found.refused] == [
        (2, "bo@example.org,7", {"first": 1})
    ]


def test_refused_lines_are_shown_with_their_number_and_why():
    found = read_call("ana@example.org\nana at example.org\nbo@\n张三cy@example.org")
    assert [(r.line, r.text, r.reason) for r in found.refused] == [
        (2, "ana at example.org", "There is no “@” in the address."),
        (3, "bo@", "This is not an e-mail address."),
        (
            4,
            "张三cy@example.org",
            "A name and an address seem to be joined. Put a comma between them.",
        ),
    ]


def test_a_line_without_an_address_is_refused_for_that():
    found = read_call("email,name\nana@example.org,Ana\n,Bo")
    assert [(r.line, r.reason) for r in found.refused] == [(3, "The address is missing.")]


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
@examples(300)
def test_every_line_with_content_is_accepted_repeated_or_refused_exactly_once(text):
    found = read_call(text)
    # Each entry is a line, whatever breaks lines within it.
    lines = [" ".join(one.splitlines()) for one in text.lstrip("\ufeff").split("\n")]
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
@examples(300)
def test_no_line_with_an_address_is_lost_and_none_is_taken_for_a_number(text):
    found = read_list(text)
    lines = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    parts = (found.accepted, found.repeated, found.refused, found.skipped)
    told = {r.line for part in parts for r in part}
    assert {n for n, line in enumerate(lines, start=1) if "@" in line} <= told
    assert not [r for r in found.accepted if "@" in r.number]
    assert len({r.key for r in found.accepted}) == len(found.accepted)


@given(pasted_text)
def test_what_a_person_pastes_is_read_as_the_api_reads_it_where_that_is_an_address_and_a_number(
    text,
):
    for line in text.splitlines():
        found = read_call(line).accepted
        if found and (not found[0].number or found[0].number.isdigit()):
            assert read_list(line).accepted == found


@given(pasted_text)
def test_accepted_addresses_are_plain_and_go_to_a_mail_server_as_they_are(text):
    for recipient in [*read_call(text).accepted, *read_list(text).accepted]:
        on_the_wire = address_on_the_wire(recipient.email)
        assert is_plain_address(on_the_wire) or is_plain_in_any_script(on_the_wire)
        assert recipient.email.isprintable()
        assert " " not in recipient.email
        assert smtplib.quoteaddr(on_the_wire) == f"<{on_the_wire}>"
        assert deliverable_address(recipient.email) == recipient.email


@given(pasted_text)
def test_what_was_accepted_is_accepted_again_and_the_rest_is_repeated(text):
    accepted = read_call(text).accepted
    lines = [f"{r.email},{r.number}" for r in accepted]
    again = read_call("\n".join([*lines, *lines]))
    assert [(r.email, r.number) for r in again.accepted] == [(r.email, r.number) for r in accepted]
    assert len(again.repeated) == len(accepted)
    assert again.refused == []


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
@pytest.mark.parametrize("read", [read_call, read_list])
def test_a_hostile_line_of_a_megabyte_is_refused_in_no_time(hostile, read):
    with processor_seconds(10):
        found = read(hostile)
    assert found.accepted == []
    assert all(len(refusal.text) <= 200 for refusal in found.refused)


def test_columns_are_found_by_their_titles_in_chinese_or_english_and_the_rest_is_kept():
    for text in (TABLE, TABLE.replace("姓名,邮箱,证书编号", "Name, E-MAIL ,No.")):
        assert read_call(text).accepted == [
            Recipient(2, "ming@example.org", "007", "王小明", {"岗位": "签到"}),
            Recipient(3, "li@example.org", "008", "李丽", {"岗位": "翻译"}),
        ]


def test_a_table_pasted_from_excel_has_tabs():
    assert read_call(TABLE.replace(",", "\t")).accepted == read_call(TABLE).accepted


def test_a_second_column_of_addresses_is_kept_as_a_further_one():
    found = read_call("email,邮箱\nana@example.org,bo@example.org")
    assert emails(found) == ["ana@example.org"]
    assert found.accepted[0].columns == {"邮箱": "bo@example.org"}


def test_a_table_without_titles_is_read_as_addresses_numbers_and_names():
    found = read_rows(
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
    assert read_call("") == read_rows([]) == read_call(" \n,,\n\t\n") == RecipientList([], [], [])


def test_a_call_with_more_columns_than_any_list_has_is_refused_in_a_sentence():
    titles = [f"column {place}" for place in range(MOST_COLUMNS)]
    person = {"email": "ana@example.org", **{f"column:{one}": "1" for one in titles}}
    table = ",".join(["email", *titles])
    for entries in ([person], [table, "ana@example.org,1"]):
        with pytest.raises(ListUnreadable, match="more than 200 columns"):
            parse_entries(entries)
    del person["column:column 0"]
    [found] = parse_entries([person]).accepted
    assert len(found.columns) == MOST_COLUMNS - 1


WIDE = ",".join(["ana@example.org", *map(str, range(MOST_COLUMNS))])


@pytest.mark.parametrize(
    "line", [WIDE, WIDE.replace(",", "\t"), WIDE.replace(",", "；"), "a@b " * 201]
)
def test_a_pasted_line_with_more_cells_than_any_list_has_is_one_refused_line(line: str):
    found = read_list(f"bo@example.org\n{line}\ncy@example.org,7")
    assert emails(found) == ["bo@example.org", "cy@example.org"]
    [refused] = found.refused
    assert (refused.line, refused.reason) == (2, "The line has more than 200 cells.")


@pytest.mark.parametrize("titles", ["Email,Name", "Name,Email"])
def test_so_is_a_line_of_a_pasted_table(titles: str):
    person = {"Email,Name": "bo@example.org,Bo", "Name,Email": "Bo,bo@example.org"}[titles]
    found = read_list(f"{titles}\n{WIDE}\n{person}")
    assert [(one.email, one.name) for one in found.accepted] == [("bo@example.org", "Bo")]
    [refused] = found.refused
    assert (refused.line, refused.reason) == (2, "The line has more than 200 cells.")


def test_a_pasted_table_is_no_wider_than_its_titles_and_what_is_filled():
    titles = ["Email", *(f"column {place}" for place in range(MOST_COLUMNS - 1))]
    row = f'ana@example.org,"{"1," * MOST_COLUMNS}"'
    found = read_list(f"{','.join(titles)}{',' * 300}\n{row}{',' * 300}")
    assert found.accepted[0].columns["column 0"] == "1," * MOST_COLUMNS
    with pytest.raises(ListUnreadable, match="more than 200 columns"):
        read_list(",".join([*titles, "one more"]) + "\nana@example.org")


def test_an_entry_of_a_call_is_not_cells():
    found = read_call(f"ana@example.org,{',' * 63}7\nbo@example.org{',' * 300}")
    assert [(one.email, one.number) for one in found.accepted] == [
        ("ana@example.org", "," * 63 + "7")
    ]
    assert [one.reason for one in found.refused] == ["The number is longer than 64 characters."]


@pytest.mark.parametrize("table", ["", "Email,Name\n"])
def test_cells_are_counted_before_a_line_is_split(table: str):
    """A line of 2 MB would be a million cells of 50 bytes and more."""
    line = "a@b.org," * 250_000
    tracemalloc.start()
    try:
        assert emails(read_list(table + line)) == []
        assert tracemalloc.get_traced_memory()[1] < 10 * len(line)
    finally:
        tracemalloc.stop()


def test_a_title_that_no_database_takes_is_refused_with_its_line():
    found = parse_entries([{"email": "ana@example.org", "column:a\0b": "1"}, "bo@example.org"])
    assert [one.line for one in found.refused] == [1]
    assert emails(found) == ["bo@example.org"]
