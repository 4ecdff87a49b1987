"""The tightest names of the list are seen before anything is sent, and corrected there."""

import pytest
from sqlalchemy import func, select

from shared.acts.rename import Rename
from shared.acts.run import run
from shared.acts.send import QueuedMails, send
from shared.certificates.designs import fit_sheet as sheets
from shared.certificates.designs.fit_sheet import FitSheet, fit_sheet, look_through, unfinished
from shared.errors import NameMissing
from shared.rendering.layout import Box, Field, Layout
from shared.storage.models import Action, AuditEntry, CrowdedName, Event, FitProgress, Volunteer
from shared.storage.models.volunteer import TO_ISSUE
from tests.support import designing
from tests.support.factories import add, design
from tests.support.grouped import grouped_event
from tests.support.known_names import listed_event
from tests.support.query_plans import plans

LONG = "Maximiliana Konstantina von Hohenberg"
HUGE = "Wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
NONE = "𒀀𒀁"
_BY_NAME = (
    "reopened_at=? AND erased_at=? AND address_forgotten_at=? AND unqualified_at=? "
    "AND listed_name=?"
)
COUNT = ("SELECT count(*) AS count_1, volunteer.listed_name", str(TO_ISSUE))
PEOPLE = [NONE, LONG, "Ana Silva", HUGE, LONG, "Bo Li"]


@pytest.fixture
def event_with_names(database, event_id) -> int:
    rows = "\n".join(f"v{place}@example.org,{name}" for place, name in enumerate(PEOPLE))
    listed_event(database, event_id, "issue", f"email,name\n{rows}")
    place(database, event_id, 0.3)
    return event_id


def place(database, event_id: int, width: float) -> None:
    box = Box(left=0.1, top=0.4, width=width, height=0.12)
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        designing.set_layout(session, event, Layout(fields=(Field(kind="name", box=box),)))


def seen(database, event_id: int) -> FitSheet:
    look_through(database, event_id, 5)
    with database.reading() as session:
        return fit_sheet(session, session.get_one(Event, event_id))


def names_of(sheet: FitSheet) -> list[tuple[str, int]]:
    return [(one.name, one.people) for one in sheet.names]


def test_the_worst_come_first_with_their_reasons_and_how_many_people_they_concern(
    database, event_with_names
):
    sheet = seen(database, event_with_names)
    assert sheet.is_whole
    assert names_of(sheet)[:3] == [(NONE, 1), (HUGE, 1), (LONG, 2)]
    assert [one.fit.reasons for one in sheet.names[:2]] == [
        (sheets.NO_GLYPH,),
        (sheets.TOO_LONG,),
    ]
    assert sheets.TWO_LINES in sheet.names[2].fit.reasons
    assert sheet.undrawable == 2
    assert "Bo Li" not in dict(names_of(sheet))


def test_a_name_is_tried_in_the_language_that_its_row_says(database, event_id):
    """Nastaliq is taller than Naskh: here it is smaller, and Naskh stands well."""
    name = "محمد علی"
    listed_event(database, event_id, "issue", f"email,name,language\nv@example.org,{name},اردو")
    box = Box(left=0.1, top=0.4, width=0.8, height=0.08)
    with database.writing() as session:
        event = session.get_one(Event, event_id)
        field = Field(kind="name", box=box, size=0.08)
        designing.set_layout(session, event, Layout(fields=(field,)))
    [urdu] = seen(database, event_id).names
    assert (urdu.name, dict(urdu.columns)) == (name, {"language": "اردو"})
    with database.writing() as session:
        session.scalars(select(Volunteer)).one().columns = {"language": "ar"}
    assert seen(database, event_id).names == []


def test_a_corrected_name_leaves_the_sheet_and_is_sent(installation, event_with_names):
    database = installation.database
    seen(database, event_with_names)
    assert send(installation, event_with_names) == QueuedMails(4, 0, 2)
    assert run(database, Rename(NONE, " Enki "), event_with_names).done == 1
    sheet = seen(database, event_with_names)
    assert names_of(sheet) == [(HUGE, 1), (LONG, 1)]
    assert [one.to_correct for one in sheet.names] == [1, 0]
    assert send(installation, event_with_names) == QueuedMails(1, 0, 1)
    with database.reading() as session:
        changed = select(AuditEntry).where(AuditEntry.action == Action.VOLUNTEER_CHANGED)
        entry = session.scalars(changed).one()
    assert (entry.fields, entry.count) == (["listed_name"], 1)


def test_who_has_a_certificate_is_told_of_by_what_is_on_it(installation, event_with_names):
    database = installation.database
    before = seen(database, event_with_names)
    small = sum(one.people for one in before.names if sheets.SMALL in one.fit.reasons)
    assert before.small == small == 2
    send(installation, event_with_names)
    with database.writing() as session:
        # Whatever the list says later.
        for one in session.scalars(select(Volunteer).where(Volunteer.listed_name == LONG)):
            one.listed_name = "Maxi"
    after = seen(database, event_with_names)
    assert (after.small, dict(names_of(after))[LONG]) == (1, 1)
    # On a new design, the certificates that were issued stay as they are.
    place(database, event_with_names, 0.8)
    assert dict(names_of(seen(database, event_with_names))).get("Maxi") is None


def test_all_who_have_a_name_are_corrected_together(database, event_with_names):
    assert run(database, Rename(LONG, "Maxi Hohenberg"), event_with_names).done == 2
    with pytest.raises(NameMissing):
        run(database, Rename(HUGE, "  "), event_with_names)
    with database.reading() as session:
        names = session.scalars(select(Volunteer.listed_name).order_by(Volunteer.id)).all()
    assert names == [NONE, "Maxi Hohenberg", "Ana Silva", HUGE, "Maxi Hohenberg", "Bo Li"]


def test_a_name_that_was_corrected_into_a_tight_one_is_seen(database, event_with_names):
    seen(database, event_with_names)
    run(database, Rename("Bo Li", LONG + "-Schwarzenfels"), event_with_names)
    assert LONG + "-Schwarzenfels" in dict(names_of(seen(database, event_with_names)))


def test_people_who_are_added_later_are_looked_at_too(database, event_with_names):
    seen(database, event_with_names)
    add(database, event_with_names, f"email,name\nlate@example.org,{HUGE}X")
    assert {HUGE, HUGE + "X"} < dict(names_of(seen(database, event_with_names))).keys()


def test_a_new_design_is_looked_at_afresh(database, event_with_names):
    seen(database, event_with_names)
    place(database, event_with_names, 0.8)
    with database.reading() as session:
        assert not fit_sheet(session, session.get_one(Event, event_with_names)).names
    assert LONG not in dict(names_of(seen(database, event_with_names)))


def test_a_long_list_is_looked_through_in_turns_of_which_none_is_lost(
    database, event_with_names, monkeypatch
):
    monkeypatch.setattr(sheets, "_ROWS_OF_A_TURN", 2)
    assert not look_through(database, event_with_names, 0)
    look_through(database, event_with_names, 0.0001)
    with database.reading() as session:
        assert list(unfinished(session)) == [event_with_names]
    assert names_of(seen(database, event_with_names))[:3] == [(NONE, 1), (HUGE, 1), (LONG, 2)]
    with database.reading() as session:
        assert list(unfinished(session)) == []
        kept = session.scalar(select(func.count()).select_from(CrowdedName))
    assert kept == len(set(PEOPLE))


def test_who_left_the_list_leaves_the_sheet(database, event_with_names):
    seen(database, event_with_names)
    with database.writing() as session:
        session.delete(
            session.scalars(select(Volunteer).where(Volunteer.listed_name == HUGE)).one()
        )
    assert HUGE not in dict(names_of(seen(database, event_with_names)))


def test_without_a_certificate_there_is_no_sheet(database, event_id):
    add(database, event_id, "email,name\nana@example.org,Ana")
    assert seen(database, event_id) == FitSheet([], False, 0)
    with database.reading() as session:
        assert session.get(FitProgress, event_id) is None
    design(database, event_id)
    assert seen(database, event_id).is_whole


def test_people_of_a_name_are_counted_without_going_through_the_list(database, event_id):
    """However many groups there are; seen on SQLite, as PostgreSQL scans a list of six."""
    rows = "\n".join(f"v{place}@example.org,{name},helper" for place, name in enumerate(PEOPLE))
    grouped_event(database, event_id, f"email,name,role\n{rows}")
    place(database, event_id, 0.3)
    found = plans(database, lambda: seen(database, event_id))
    counted = [plan for plan in found if all(words in plan for words in COUNT)]
    assert counted
    if database.is_sqlite:
        assert all(_BY_NAME in plan for plan in counted)


def test_of_more_names_than_are_kept_the_tightest_stay(database, event_with_names, monkeypatch):
    monkeypatch.setattr(sheets, "_KEPT", 2)
    monkeypatch.setattr(sheets, "_ROWS_OF_A_TURN", 2)
    assert names_of(seen(database, event_with_names)) == [(NONE, 1), (HUGE, 1)]
