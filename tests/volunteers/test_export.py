"""The table of an event: whole, and harmless wherever it is opened."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import openpyxl
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from shared.acts.add_list import add_list
from shared.acts.update_list import update_list
from shared.events.installation import Installation
from shared.mail.accounts import suppressions
from shared.storage.models import (
    Certificate,
    Event,
    Mail,
    MailState,
    Problem,
    Status,
    Suppression,
    Volunteer,
    now,
)
from shared.volunteers import table_files
from shared.volunteers.formula_marks import unmarked
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.returned_lines import restored
from shared.volunteers.lists.titles import without_empty_end
from shared.volunteers.tables import Table, csv_of, jsonl_of, workbook
from tests.support import whole_tables
from tests.support.factories import add, design, invite
from tests.support.grouped import grouped_event
from tests.support.issued import issue
from tests.support.lists import read_call, read_rows
from tests.support.submitting import submit_name

TITLES = [
    "number",
    "email",
    "name",
    "status",
    "status_text",
    "problem",
    "problem_text",
    "submitted_at",
    "pic_url",
    "withdrawn_at",
    "no_more_mail",
]
# Behind those of the list, so that what stood in a place before still stands there.
ADDED = [
    "invited_at",
    "certificate_name",
    "certificate_id",
    "certificate_page",
    "certificate_state",
    "certificate_issued_at",
    "certificate_mailed_at",
    "certificate_returned_at",
    "unqualified_at",
    "unqualified_because",
    "qualified_by_hand_at",
    "thanked_at",
    "thanks",
    "findable_at",
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", '=HYPERLINK("x")']
# They begin where a spreadsheet is set to other separators than commas.
FORMULAS += ["Bo;=1+1", "Bo\t＋1;x", 'Bo";=1;"', "Bo;;-1", "Bo\r\n@A1", "'=1;+1"]


def table(installation, event_id) -> pandas.DataFrame:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        return whole_tables.statuses(session, installation.settings, event)


def to_csv(table: pandas.DataFrame) -> bytes:
    return b"".join(csv_of(whole_tables.as_table(table)))


def to_xlsx(table: pandas.DataFrame) -> bytes:
    return b"".join(workbook({"volunteers": whole_tables.as_table(table)}))


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_cells(content: bytes) -> list[list[tuple[object, str]]]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


def test_the_list_is_exported_as_it_is_with_further_columns_under_their_titles(
    installation, event_id
):
    add(installation.database, event_id, "邮箱,编号,姓名,岗位\nming@example.org,007,王小明,签到")
    add(installation.database, event_id, "ana@example.org,0010")
    first, second = csv_rows(to_csv(table(installation, event_id)))
    assert list(first) == [*TITLES, "岗位", *ADDED]
    assert (first["number"], first["email"], first["name"], first["岗位"]) == (
        "007",
        "ming@example.org",
        "王小明",
        "签到",
    )
    assert (second["number"], second["status"], second["status_text"]) == ("0010", "0", "New")
    assert second["岗位"] == ""


def test_an_empty_event_is_a_table_with_titles(installation, event_id):
    empty = table(installation, event_id)
    assert cells_divided_by(",", to_csv(empty)) == [*TITLES, *ADDED]
    assert xlsx_cells(to_xlsx(empty)) == [[(title, "s") for title in [*TITLES, *ADDED]]]


def test_who_gets_no_more_mail_is_told(installation, database, event_id):
    add(database, event_id, "ana@example.org\nbo@example.org\ncy@example.org")
    with database.writing() as session:
        for address, reason in (
            *(("ana@example.org", one) for one in (Suppression.DEAD, Suppression.OPTED_OUT)),
            ("bo@example.org", Suppression.COMPLAINED),
        ):
            suppressions.mark(session, reason, now(), Volunteer.email == address)
    told = list(table(installation, event_id)["no_more_mail"])
    assert told == ["dead opted_out", "complained", ""]


def test_status_problem_time_and_picture_are_told(installation, database, event_id):
    design(database, event_id)
    add(database, event_id, "ana@example.org\nbo@example.org")
    token = invite(installation, event_id)["ana@example.org"]
    with database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Ana")
        submit_name(session, installation.settings, installation.seal, token, "Ana Silva")
    before = table(installation, event_id)
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.status = Status.PICTURE_MADE
        bo.problem, bo.problem_text = Problem.REFUSED_ADDRESS, "550 no such user"
        current = session.scalars(
            select(Certificate.public_id).where(Certificate.replaced_at.is_(None))
        ).one()
    rows = table(installation, event_id).to_dict("records")
    assert list(before["pic_url"]) == ["", ""]
    assert rows[0]["pic_url"] == f"http://127.0.0.1:8000/certificates/{current}.jpg"
    assert rows[0]["status_text"] == "Picture made"
    assert rows[0]["submitted_at"][:4] == str(now().year)
    assert (rows[1]["problem"], rows[1]["problem_text"]) == ("Address refused", "550 no such user")
    assert len(rows) == 2


def test_words_are_in_the_language_and_times_in_the_zone_of_the_event(
    installation, database, event_id
):
    add(database, event_id, "ana@example.org")
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        event.language, event.time_zone = "zh", "Asia/Shanghai"
        ana = session.scalars(select(Volunteer)).one()
        ana.submitted_at = now().replace(month=7, day=1, hour=20, minute=0, second=0)
    [row] = table(installation, event_id).to_dict("records")
    assert row["submitted_at"][5:] == "07-02 04:00:00"
    assert row["status_text"] not in ("", "New")


def test_what_somebody_has_is_told_with_when_it_was_issued_mailed_and_came_back(
    installation, database, event_id
):
    issue(installation, event_id, ["Ana Silva", "Bo", "Cy", "Di"])
    at = datetime(2026, 7, 1, 20, 0, 0, tzinfo=UTC)
    with database.writing() as session:
        session.get_one(Event, event_id).time_zone = "Asia/Shanghai"
        ana, bo, cy, di = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ids = {}
        for one in (ana, bo, cy):
            one.status, one.asked_at = Status.MAILED, at
            theirs = select(Certificate).where(Certificate.volunteer_id == one.id)
            certificate = session.scalars(theirs).one()
            certificate.created_at, ids[one.email] = at, certificate.public_id
            sent = select(Mail).where(Mail.certificate_id == certificate.id)
            mail = session.scalars(sent).one()
            mail.sent_at = at + timedelta(hours=1)
            if one is bo:
                mail.state, mail.returned_at = MailState.FAILED, at + timedelta(days=1)
            if one is cy:
                # Mailed again to another address: the newest mail counts.
                again = Mail(
                    event_id=event_id,
                    volunteer_id=cy.id,
                    certificate_id=certificate.id,
                    kind=mail.kind,
                    version=7,
                    due_at=at,
                    sent_at=at + timedelta(days=9),
                )
                mail.returned_at = at + timedelta(days=1)
                session.add(again)
                certificate.withdrawn_at, certificate.withdrawal_reason = at, "A mistake."
    told = table(installation, event_id).set_index("email")[ADDED[:8]]
    ana, bo, cy, di = (list(told.loc[f"v{n}@example.org"]) for n in range(4))
    link = f"http://127.0.0.1:8000/verify/{ids['v0@example.org']}"
    invited = issued = "2026-07-02T04:00:00+08:00"
    assert ana == [
        *(invited, "Ana Silva", ids["v0@example.org"], link, "valid"),
        *(issued, "2026-07-02T05:00:00+08:00", ""),
    ]
    assert bo[-3:] == [issued, "2026-07-02T05:00:00+08:00", "2026-07-03T04:00:00+08:00"]
    assert cy[-4:] == ["withdrawn", issued, "2026-07-11T04:00:00+08:00", ""]
    # Not drawn yet: nobody can have seen it, and an organizer may take it back.
    assert di[1:] == [""] * 7


def cells_divided_by(separator: str, content: bytes) -> list[str]:
    """The cells of a spreadsheet that is set to this separator."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text, delimiter=separator) for cell in row]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_and_no_title_of_a_csv_is_run_as_a_formula(formula: str, separator: str):
    content = to_csv(pandas.DataFrame([{"number": "007", formula: formula, "n": 1}]))
    cells = cells_divided_by(separator, content)
    # Excel passes over white space, and over what a separator is followed by.
    assert not [cell for cell in cells if cell.strip("\t\r\n").startswith(tuple("=+-@＝＋－＠"))]
    assert unmarked(list(csv_rows(content)[0])[1]) == formula
    assert [unmarked(cell) for cell in csv_rows(content)[0].values()] == ["007", formula, "1"]


def test_every_text_of_a_csv_is_quoted_and_no_number():
    written = csv_of(Table(["number", "n"], [[["007", -1], ['Bo "Li"', None]]]))
    lines = b"".join(written).decode("utf-8-sig").split("\r\n")
    assert lines == ['"number","n"', '"007",-1', '"Bo ""Li""",""', ""]


def test_a_csv_begins_with_the_mark_by_which_excel_knows_utf_8():
    assert to_csv(pandas.DataFrame([{"name": "王"}])).startswith(b"\xef\xbb\xbf")


def test_every_text_in_an_xlsx_is_a_text_and_every_cell_is_there():
    texts = [*FORMULAS, "007", "http://example.org", "{=A1}", "王"]
    rows = [{"number": f"00{n}", "text": text, "count": n} for n, text in enumerate(texts)]
    titles, *cells = xlsx_cells(to_xlsx(pandas.DataFrame(rows)))
    assert [value for value, _ in titles] == ["number", "text", "count"]
    assert [[kind for _, kind in row] for row in cells] == [["s", "s", "n"]] * len(rows)
    assert [row[0][0] for row in cells] == [row["number"] for row in rows]
    # XML turns a carriage return into a line feed.
    assert [row[1][0].replace("_x000D_", "\r") for row in cells] == texts


text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=9)
formula = st.text("'=+-@;\t\r\n,\"＝＋－＠a ", max_size=9)


@given(st.lists(st.lists(text | formula, min_size=3, max_size=3), min_size=1, max_size=25))
def test_whatever_stands_in_a_csv_is_read_back_as_it_was(rows):
    content = b"".join(csv_of(Table(["a", "b", "c"], [rows])))
    read = read_file(content, "list.csv").rows
    assert read == [["a", "b", "c"], *(without_empty_end(row) for row in rows)]


ODD_LIST = """email,number,name,note,ID number
ana@example.org,007,Bo;=1+1,=SUM(1;2),110101199001011234
+bo@example.org,-8,"'=Bo",+49 30;+1,
cy@example.org,＝9,＝Cy,"a;'b, c",
"""


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_an_export_that_is_brought_back_changes_nothing(
    installation: Installation, event_id: int, suffix: str
):
    database, settings, seal = installation.database, installation.settings, installation.seal
    design(database, event_id)
    names = {"csv": ODD_LIST, "xlsx": ODD_LIST.replace("'=Bo", "=Bo")}
    add_list(database, seal, event_id, read_call(names[suffix]))
    tokens = invite(installation, event_id)
    with database.writing() as session:
        # Somebody was listed under another name.
        submit_name(session, settings, seal, tokens["ana@example.org"], "Ana Silva")
    if suffix == "csv":
        pieces = csv_of(table_files.people(database, settings, event_id))
    else:
        pieces = table_files.workbook_of(database, settings, event_id)
    rows = restored(read_file(b"".join(pieces), f"list.{suffix}").rows)
    found = update_list(database, seal, event_id, read_rows(rows), empty_erases=True)
    assert (len(found.already_there), found.missing) == (3, 0)
    assert (found.new, found.updated, found.repeated, found.refused) == ([], [], [], [])
    with database.reading() as session:
        assert session.get_one(Event, event_id).list_columns == ["note", "ID number"]


def test_a_workbook_has_numbers_as_numbers_and_what_they_come_to(installation, event_id):
    add(installation.database, event_id, 'email,hours\nana@example.org,"7,5"\nbo@example.org,none')
    people = table(installation, event_id)
    assert people["hours"].tolist() == ["7,5", "none"]
    pieces = table_files.workbook_of(installation.database, installation.settings, event_id)
    book = io.BytesIO(b"".join(pieces))
    assert [row[len(TITLES)] for row in xlsx_cells(book.getvalue())] == [
        ("hours", "s"),
        (7.5, "n"),
        ("none", "s"),
    ]
    sums = openpyxl.load_workbook(book)["sums"]
    assert [[cell.value for cell in row] for row in sums.iter_rows()] == [
        ["column", "unit", "sum", "people", "no_numbers"],
        ["hours", "hours", 7.5, 1, 1],
    ]


def test_who_is_in_a_group_has_its_name_where_there_are_any(installation, event_id):
    add(installation.database, event_id, "eva@example.org")
    assert table_files.GROUP_TITLE not in table(installation, event_id).columns
    grouped_event(installation.database, event_id)
    named = table(installation, event_id).set_index("email")[table_files.GROUP_TITLE]
    assert named["bo@example.org"] == "helper"
    assert named["di@example.org"] == ""


def test_programs_read_an_object_a_line_with_the_same_names_in_any_language(
    installation, database, event_id
):
    add(
        database,
        event_id,
        'email,number,hours,note\nana@example.org,007,"7,5",=1+1\nbo@example.org',
    )
    assert events_own_keys(installation, event_id, "zh") == events_own_keys(
        installation, event_id, "en"
    )
    ana, bo = json_lines(installation, event_id)
    with database.reading() as session:
        of_event = event_id, session.get_one(Event, event_id).name
    assert (ana["event_id"], ana["event_name"]) == of_event
    assert (ana["number"], ana["hours"], ana["note"], ana["status_text"]) == (
        "007",
        7.5,
        "=1+1",
        "New",
    )
    assert (bo["hours"], bo["submitted_at"], bo["certificate_id"]) == (None, None, None)
    with database.writing() as session:
        session.get_one(Event, event_id).time_zone = "Asia/Shanghai"
        first = session.scalars(select(Volunteer).order_by(Volunteer.id).limit(1)).one()
        first.submitted_at = datetime(2026, 7, 1, 20, 0, 0, tzinfo=UTC)
        first.problem = Problem.REFUSED_ADDRESS
    ana, _ = json_lines(installation, event_id)
    assert ana["submitted_at"] == "2026-07-02T04:00:00+08:00"
    assert ana["problem"] == "Address refused"


def json_lines(installation, event_id) -> list[dict[str, object]]:
    made = table_files.people(
        installation.database, installation.settings, event_id, for_programs=True
    )
    return [json.loads(line) for line in b"".join(jsonl_of(made)).splitlines()]


def events_own_keys(installation, event_id, language: str) -> list[tuple[list[str], object]]:
    """What programs read of an event in this language, but for its values."""
    with installation.database.writing() as session:
        session.get_one(Event, event_id).language = language
    return [(list(line), line["status_text"]) for line in json_lines(installation, event_id)]
