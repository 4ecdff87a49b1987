"""A list sorted by any of its columns: each page follows on the one before, both ways."""

import pytest
from sqlalchemy import select

from shared.events import event_for_change
from shared.storage.models import Event, Problem, Status, Suppression, Volunteer, now
from shared.volunteers.people.listing import (
    FILTERS,
    OUR_COLUMNS,
    Listing,
    Order,
    count_each,
)
from shared.volunteers.people.progress import event_progress
from tests.support.factories import add

HOURS = ["12.5", "3", "", "8", "3", "none", "-1", "1e400", "2,5", "0008"]


@pytest.fixture
def sorted_by(database, event_id):
    """The addresses of a filter of the list, by an order, put together from pages of three."""
    rows = [f"{name}@example.org" for name in "jihgfedcba"]
    add(database, event_id, "\n".join(rows))
    with database.writing() as session:
        event_for_change(session, event_id).list_columns = ["Hours", 'a"b']
        people = select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        for place, person in enumerate(session.scalars(people)):
            person.listed_name = f"{'aBcA'[place % 4]} Lee"
            person.given_name = "Zoe" if place == 5 else ""
            person.status = Status(place % 5)
            person.columns = {"Hours": HOURS[place], 'a"b': str(place % 3)} if place != 2 else {}
            person.problem = Problem.CAME_BACK if place in (1, 7) else None
            person.reminders_ended_at = now() if place == 3 else None
            person.suppressed_at = now() if place in (3, 4) else None
            person.suppressed = Suppression.DEAD if place in (3, 4) else None

    def pages(order: Order, filter: str = "all", search: str = "") -> str:
        wanted = FILTERS[filter]
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            listing = Listing(
                session, event, search=search, statuses=wanted.statuses, trait=wanted.trait,
                order=order, counted=event_progress(session, event),
            )  # fmt: skip
            shown = [one for number in range(1, 6) for one in listing.page(number, 3)]
        return "".join(person.email[0] for person in shown)

    return pages


def test_names_are_sorted_whatever_their_case_and_as_people_entered_them(sorted_by):
    # Four are called A or a Lee, three B, two c, and one has entered Zoe.
    assert sorted_by(Order("name")) == "jgfcbiahde"


@pytest.mark.parametrize("column", OUR_COLUMNS)
@pytest.mark.parametrize("filter", FILTERS)
def test_the_other_way_round_is_the_same_list_from_its_end(sorted_by, column, filter):
    there = sorted_by(Order(column), filter)
    assert sorted_by(Order(column, is_descending=True), filter) == there[::-1]
    assert len(set(there)) == len(there)


def test_numbers_of_the_list_come_in_their_order_whatever_their_decimal_mark(sorted_by):
    # -1, nothing (twice), a word, 2,5, 3 (twice), 8 (twice, the shorter text last), 12.5, 1e400.
    assert sorted_by(Order("", "Hours")).startswith("dh")
    without_exponent = sorted_by(Order("", "Hours")).replace("c", "")
    assert without_exponent == "dhebifagj"


def test_a_title_with_a_quotation_mark_is_a_title(sorted_by):
    # Who has no such value comes first.
    assert sorted_by(Order("", 'a"b')) == "hjgdaifceb"


def test_what_is_found_is_sorted_as_well(sorted_by):
    assert sorted_by(Order("address"), search="lee") == "abcdefghij"


def test_each_filter_counts_whom_it_shows(database, event_id, sorted_by):
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        counts = count_each(session, event, event_progress(session, event))
    assert counts == {name: len(sorted_by(Order(), name)) for name in FILTERS}
    assert (counts["all"], counts["needs"], counts["no-mail"]) == (10, 2, 2)
