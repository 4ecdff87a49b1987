"""The longest names of a list are samples on the certificate's screen, however long the list is."""

from sqlalchemy import text

from shared.storage.database import Database
from shared.storage.models import Event
from shared.volunteers.people.listing import longest_names
from tests.support import factories
from tests.support.console_screens import Open
from tests.support.query_plans import plans

LIST = """email,name
ana@example.org,Ana
bo@example.org,Bartholomew Featherstonehaugh-Cholmondeley
cy@example.org,Bartholomew Featherstonehaugh-Cholmondeley
di@example.org,Anastasia Wolkenstein-Trostburg
"""
LONGEST = ["Bartholomew Featherstonehaugh-Cholmondeley", "Anastasia Wolkenstein-Trostburg"]


def test_each_of_the_longest_names_is_tried_once(database: Database, event_id: int):
    factories.add(database, event_id, LIST)
    with database.reading() as session:
        assert longest_names(session, session.get_one(Event, event_id)) == LONGEST


def test_a_list_without_names_has_none(database: Database, event_id: int):
    factories.add(database, event_id, "ana@example.org\nbo@example.org")
    with database.reading() as session:
        assert longest_names(session, session.get_one(Event, event_id)) == []


def test_they_are_found_by_an_index_that_is_in_their_order(database: Database, event_id: int):
    factories.add(database, event_id, LIST)
    if not database.is_sqlite:
        with database.writing() as session:
            # A few rows are quicker read than an index; a long list is not.
            session.execute(
                text(
                    "INSERT INTO volunteer (event_id, email, email_key, number, listed_name, "
                    "given_name, status, columns, problem_text, created_at) SELECT :event, n, n, n,"
                    " repeat('x', n % 60), '', 0, '{}', '', now() FROM generate_series(1, 9000) n"
                ),
                {"event": event_id},
            )
        with database.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").execute(
                text("ANALYZE volunteer")
            )

    def look() -> None:
        with database.reading() as session:
            longest_names(session, session.get_one(Event, event_id))

    [plan] = [plan for plan in plans(database, look) if "FROM volunteer" in plan]
    assert "ix_volunteer_name_length" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_the_screen_offers_them(open_screen: Open, database: Database, event_id: int):
    factories.design(database, event_id)
    factories.add(database, event_id, LIST)
    screen = open_screen("certificate", event_id)
    offered = next(pills for pills in screen.pills if pills.label == "Preview with the name")
    assert LONGEST[0] in offered.options
