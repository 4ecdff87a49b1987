"""Searching the list: the index finds what a full scan finds, whatever happens."""

from collections.abc import Sequence
from threading import Event as Signal

from alembic.migration import MigrationContext
from alembic.operations import Operations
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import Text, delete, insert, select, text

from shared.acts.remove import remove
from shared.events.settings import create_event
from shared.storage import migrating
from shared.storage.database import Database
from shared.storage.models import Event, Status, Volunteer
from shared.storage.word_search import with_words
from shared.volunteers.people import roster
from shared.volunteers.people.listing import Listing
from shared.volunteers.people.search import OF_A_PERSON, backlog, index_earlier_people
from tests.support.examples import examples
from tests.support.factories import SEAL, add

# Few, so that they meet; capitals that each database knows, or not; what queries are made of.
LETTERS = st.text("aAbB1.-@'\"\\%_*:&|!() 王芳李Ää ßİıΣσς", max_size=9)
PEOPLE = st.lists(st.tuples(LETTERS, LETTERS, LETTERS), max_size=12)


def stored(database: Database, people: Sequence[tuple[str, str, str]]) -> int:
    """A new event with these people; its id."""
    with database.writing() as session:
        event, _ = create_event(session, name="Searched")
        rows = [
            {
                "event_id": event.id,
                "email": f"{place}{address}",
                "email_key": f"{place}{address}",
                "number": f"N{place}",
                "listed_name": listed,
                "given_name": given_name,
                "status": Status(place % 5),
            }
            for place, (address, listed, given_name) in enumerate(people)
        ]
        if rows:
            session.execute(insert(Volunteer), rows)
        return event.id


def found(database: Database, event_id: int, search: str, **chosen) -> list[str]:
    with database.reading() as session:
        listing = Listing(session, session.get_one(Event, event_id), search=search, **chosen)
        people = [person.number for person in listing.page(size=100)]
        assert listing.count == len(people)
        return people


def naive(database: Database, event_id: int, search: str, **chosen) -> list[str]:
    """Everybody is looked at."""
    wanted = [Volunteer.event_id == event_id, *with_words(search, *OF_A_PERSON)]
    if chosen:
        wanted.append(Volunteer.status.in_(chosen["statuses"]))
    with database.reading() as session:
        return list(session.scalars(select(Volunteer.number).where(*wanted).order_by(Volunteer.id)))


@examples(150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=PEOPLE, search=LETTERS, picked=st.integers(0, 1000), renamed=LETTERS)
def test_a_search_finds_whom_going_through_everybody_finds(
    database, people, search, picked, renamed
):
    event_id = stored(database, people)
    if people:
        # A part of what is there, too: by chance alone little is found.
        parts = people[picked % len(people)]
        search = f"{parts[picked % 3][picked % 4 :][:4]} {search[: picked % 3]}"
    for chosen in ({}, {"statuses": [Status.NEW, Status.INVITED]}):
        assert found(database, event_id, search, **chosen) == naive(
            database, event_id, search, **chosen
        )
    with database.writing() as session:
        whose = [Volunteer.event_id == event_id, Volunteer.number == "N0"]
        for person in session.scalars(select(Volunteer).where(*whose)):
            person.given_name = renamed
    assert found(database, event_id, search) == naive(database, event_id, search)
    assert found(database, event_id, renamed) == naive(database, event_id, renamed)


def change(database: Database, email: str, work) -> None:
    with database.writing() as session:
        work(session, session.scalars(select(Volunteer).where(Volunteer.email == email)).one())


def test_whoever_is_renamed_or_moves_is_found_by_the_new_and_no_longer_by_the_old(
    database, event_id
):
    add(database, event_id, "email,name,number\nana@example.org,王芳,H1\nbo@example.org,李娜,H2")

    def rename(_, person) -> None:
        person.given_name = "Maria Lima"

    def move(session, person) -> None:
        roster.change_address(session, SEAL, person, "maria@elsewhere.example")

    change(database, "ana@example.org", rename)
    assert found(database, event_id, "ria 王芳") == ["H1"]
    change(database, "ana@example.org", move)
    assert found(database, event_id, "elsewh") == ["H1"]
    assert found(database, event_id, "ana@") == []
    assert found(database, event_id, "example.org") == ["H2"]


def test_whoever_is_removed_is_found_no_longer_and_leaves_nothing_in_the_index(database, event_id):
    add(database, event_id, "email,name,number\nxqzj@example.org,Xqzjia,X7\nbo@example.org,李娜,H2")
    assert found(database, event_id, "xqzj") == ["X7"]
    assert has_traces(database)
    change(database, "xqzj@example.org", remove)
    assert found(database, event_id, "xqzj") == []
    assert not has_traces(database)
    assert found(database, event_id, "李") == ["H2"]


def test_bulk_statements_are_followed_as_well(database, event_id):
    add(database, event_id, "email,number\nana@example.org,H1\nbo@example.org,H2")
    with database.writing() as session:
        session.execute(text("UPDATE volunteer SET listed_name = '王芳' WHERE number = 'H2'"))
    assert found(database, event_id, "王芳") == ["H2"]
    with database.writing() as session:
        session.execute(delete(Volunteer).where(Volunteer.event_id == event_id))
    assert found(database, event_id, "王芳") == found(database, event_id, "example") == []


def has_traces(database: Database) -> bool:
    """Whether anything of "xqz" is left in the index; on SQLite as it lies in the file."""
    with database.reading() as session:
        if not database.is_sqlite:
            kept = session.scalars(text("SELECT grams::text FROM volunteer_search"))
            return any("xqz" in grams for grams in kept)
        # In hexadecimal and without what the word before it begins with, too.
        blocks = session.scalars(text("SELECT block FROM volunteer_search_data"))
        return any(b"717a" in block for block in blocks)


def forget_the_index(database: Database) -> None:
    """As an installation is that had its people before there was an index."""
    emptied = "INSERT INTO volunteer_search (volunteer_search) VALUES ('delete-all')"
    if not database.is_sqlite:
        emptied = "DELETE FROM volunteer_search"
    with database.writing() as session:
        session.execute(text(emptied))
        session.execute(text("INSERT INTO search_backlog (last_id) SELECT max(id) FROM volunteer"))


def test_people_of_before_are_found_whether_they_are_indexed_yet_or_not(database, event_id):
    add(database, event_id, "email,name,number\nxqz@example.org,王芳,H1\nbo@example.org,李娜,H2")
    add(database, event_id, "email,name,number\neva@example.org,王芳芳,H3")
    forget_the_index(database)
    add(database, event_id, "email,name,number\nnew@example.org,王芳,H4")
    assert found(database, event_id, "王芳") == ["H1", "H3", "H4"]
    # What happens to them meanwhile is not forgotten when their turn comes.
    change(database, "xqz@example.org", remove)
    change(database, "bo@example.org", lambda _, person: setattr(person, "given_name", "王芳"))
    index_earlier_people(database, Signal())
    with database.reading() as session:
        assert backlog(session) == 0
    assert found(database, event_id, "王芳") == ["H2", "H3", "H4"]
    assert found(database, event_id, "xqz") == []
    assert not has_traces(database)
    change(database, "bo@example.org", lambda _, person: setattr(person, "given_name", "Bo"))
    assert found(database, event_id, "王芳") == ["H3", "H4"]


def test_indexing_that_was_stopped_goes_on_where_it_was(database, event_id):
    add(database, event_id, "\n".join(f"person{number}@example.org" for number in range(500)))
    forget_the_index(database)
    stop = Signal()
    stop.set()
    index_earlier_people(database, stop)
    assert len(found(database, event_id, "person49")) == 11
    with database.reading() as session:
        assert backlog(session) > 0
    for _ in range(2):
        index_earlier_people(database, Signal())
    assert len(found(database, event_id, "person49")) == 11


def test_a_migration_that_makes_the_table_anew_loses_no_trigger(tmp_path):
    """Alembic copies a table of SQLite to change it, and its triggers go with the old one."""
    database = Database(f"sqlite:///{tmp_path / 'certs.sqlite3'}")
    migrating.migrate(database)
    event_id = stored(database, [("ana@example.org", "王芳", "")])
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        operations = Operations(MigrationContext.configure(connection))
        with operations.batch_alter_table("volunteer", recreate="always") as batch:
            batch.alter_column("problem_text", type_=Text())
        connection.commit()
    migrating.migrate(database)
    change(database, "0ana@example.org", lambda _, person: setattr(person, "listed_name", "李娜"))
    assert found(database, event_id, "王芳") == []
    assert found(database, event_id, "李娜") == ["N0"]
    add(database, event_id, "bo@example.org,B7")
    assert found(database, event_id, "bo@") == ["B7"]
    change(database, "bo@example.org", remove)
    assert found(database, event_id, "bo@") == []
    database.close()
