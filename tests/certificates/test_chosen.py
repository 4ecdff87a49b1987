"""Chosen certificates are counted from indexes only, however long the list is."""

import datetime
import re
from itertools import islice

import pytest
from sqlalchemy import JSON, insert, literal, select, text

from shared.certificates import bundles
from shared.certificates.bundles import BundleOrder
from shared.certificates.issuing import chosen
from shared.events.installation import Installation
from shared.rendering.text.typesetting import Typesetting
from shared.storage.database import Database
from shared.storage.models import Certificate, Event, Volunteer
from shared.storage.rows import count_rows
from shared.volunteers.people.listing import Listing
from tests.support.crowds import crowd
from tests.support.factories import design
from tests.support.query_plans import plans

MANY = 12_000


@pytest.fixture
def crowded(database: Database) -> int:
    """An event in which each person has a certificate, and one was withdrawn."""
    event_id = crowd(database, MANY, queued=False)
    design(database, event_id)
    with database.writing() as session:
        design_id = session.get_one(Event, event_id).design_id
        facts = {
            "public_id": Volunteer.email_key, "event_id": Volunteer.event_id,
            "volunteer_id": Volunteer.id, "design_id": literal(design_id),
            "revision": literal(1), "name": Volunteer.listed_name, "number": Volunteer.number,
            "date": literal(datetime.date(2026, 5, 1)), "columns": Volunteer.columns,
            "language": literal("en"), "created_at": Volunteer.created_at,
            "typesetting": literal(Typesetting().to_json(), JSON()),
        }  # fmt: skip
        table = Certificate.__table__
        # In this order: PostgreSQL may begin to read a table in its middle.
        rows = select(*facts.values()).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        session.connection().execute(insert(table).from_select(list(facts), rows))  # type: ignore[arg-type]
        first = session.scalars(select(Certificate).order_by(Certificate.id).limit(1)).one()
        first.withdrawn_at, first.withdrawal_reason = first.created_at, "Was not there"
    if not database.is_sqlite:
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as one:
            one.execute(text("VACUUM ANALYZE certificate, volunteer"))
    return event_id


def test_counts_and_pages_are_found_by_an_index(
    installation: Installation, database: Database, crowded: int
) -> None:
    def ask() -> None:
        with database.reading() as session:
            event = session.get_one(Event, crowded)
            assert count_rows(session, chosen.with_certificate(event)) == MANY - 1
            assert count_rows(session, chosen.in_another_design(event)) == 0
            assert count_rows(session, chosen.with_withdrawn(event)) == 1
            assert len(chosen.withdrawn_among(session, range(1, 60))) == 1

    found = [plan for plan in plans(database, ask) if "FROM certificate" in plan]
    assert len(found) == 4
    for plan in found:
        assert "SCAN certificate" not in plan, plan
        assert "Seq Scan on certificate" not in plan, plan
    if database.is_sqlite:
        assert "COVERING INDEX ix_certificate_standing" in found[0]
        assert "COVERING INDEX ix_certificate_standing" in found[1]
    assert "ix_certificate_withdrawn" in found[2]


def test_each_page_of_a_bundle_is_read_off_an_index(
    installation: Installation, database: Database, crowded: int
) -> None:
    def begin() -> None:
        some = islice(bundles.entries(installation, BundleOrder(crowded)), 500)
        assert [one.values["number"] for one in some][-1] == "2026-000501"

    found = [plan for plan in plans(database, begin) if "JOIN volunteer" in plan]
    assert len(found) == 3
    for plan in found:
        assert "ix_certificate_standing" in plan, plan
        assert not re.search("TEMP B-TREE|Sort|(Seq Scan on|SCAN) certificate", plan), plan


def test_those_of_a_filter_are_as_many_as_the_table_shows(
    installation: Installation, database: Database, crowded: int
) -> None:
    with database.reading() as session:
        event = session.get_one(Event, crowded)
        listing = Listing(session, event, search="000123")
        people = chosen.with_certificate(event, listing.people)
        assert count_rows(session, people) == listing.count == 1
