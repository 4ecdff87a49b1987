"""Pages of a list hold everybody once, in the order in which they were added."""

import pytest
from sqlalchemy import delete, select, update

from shared import events
from shared.acts.remove import remove
from shared.events.groups import add_group
from shared.events.settings import create_event
from shared.storage.models import AuditEntry, Event, Status, Volunteer
from shared.volunteers.people import grouping
from shared.volunteers.people.listing import IN_NO_GROUP, Listing
from shared.volunteers.people.progress import event_progress
from tests.support.factories import add

PEOPLE = 23


def add_some(database, event_id: int, first: int, count: int) -> None:
    add(database, event_id, "\n".join(f"v{first + n:02}@example.org" for n in range(count)))


@pytest.fixture(
    params=["Then continue", "beside another list", "with removed people", "with lost people"]
)
def listed(request, database, event_id) -> list[str]:
    """The addresses of a list: their ids are consecutive, or not since others are between, or not
    since some were removed, of which the log may know nothing any more."""
    other = event_id
    with database.writing() as session:
        # Also before and behind it in all indexes.
        earlier, later = (create_event(session, name="Another")[0].id for _ in range(2))
    add_some(database, earlier, 0, 3)
    if request.param == "beside another list":
        other = later
    for first in (0, 10, 20):
        add_some(database, event_id, first, 10 if first < 20 else PEOPLE - 20)
        if other == later:
            add_some(database, later, first, 2)
    gone = [f"v{n:02}@example.org" for n in (0, 7, 8, 22)]
    if not request.param.endswith("people"):
        gone = []
    with database.writing() as session:
        which = [Volunteer.event_id == event_id, Volunteer.email.in_(gone)]
        for person in session.scalars(select(Volunteer).where(*which)):
            remove(session, person)
        if request.param == "with lost people":
            session.execute(delete(AuditEntry))
    add_some(database, later, 30, 5)
    return [address for n in range(PEOPLE) if (address := f"v{n:02}@example.org") not in gone]


def turn_over(listing: Listing, size: int) -> list[str]:
    """Everybody, by the pages there are and one more, from the last to the first."""
    pages = range(-(-listing.count // size) + 1, 0, -1)
    return [one.email for page in reversed([listing.page(n, size) for n in pages]) for one in page]


@pytest.mark.parametrize("size", [1, 3, 50])
def test_every_page_follows_on_the_one_before(database, event_id, listed, size):
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        for counted in (None, event_progress(session, event)):
            assert turn_over(Listing(session, event, counted=counted), size) == listed


def test_a_page_whose_count_is_out_of_date_shows_nobody_of_another_event(
    database, event_id, listed
):
    with database.reading() as session:
        counted = event_progress(session, session.get_one(Event, event_id))
    with database.writing() as session:
        gone = [Volunteer.event_id == event_id, Volunteer.email.in_(listed[3:5])]
        session.execute(delete(Volunteer).where(*gone))
    with database.reading() as session:
        listing = Listing(session, session.get_one(Event, event_id), counted=counted)
        assert listing.count == len(listed)
        shown = turn_over(listing, 4)
    assert set(shown) == {*listed[:3], *listed[5:]}


def test_a_group_is_as_long_by_its_counts_as_when_it_is_counted(database, event_id):
    add_some(database, event_id, 0, PEOPLE)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        event.list_columns = ["role"]
        groups = [add_group(session, event, "role", role).id for role in "ab"]
        for place, group_id in enumerate(groups):
            members = update(Volunteer).where(Volunteer.id % 3 == place)
            session.execute(members.values(group_id=group_id))
        done = update(Volunteer).where(Volunteer.id % 2 == 0)
        session.execute(done.values(status=Status.MAILED))
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        counts = {
            "counted": event_progress(session, event),
            "in_groups": grouping.count_people(session, event),
        }
        for group_id in (*groups, IN_NO_GROUP, max(groups) + 1):
            for statuses in ([], [Status.MAILED], [Status.NEW, Status.MAILED]):
                chosen = {"group_id": group_id, "statuses": statuses}
                counted = Listing(session, event, **chosen, **counts)
                alone = Listing(session, event, **chosen)
                assert counted.count == alone.count == len(session.scalars(alone.people).all())
                assert turn_over(counted, 2) == turn_over(alone, 2)
