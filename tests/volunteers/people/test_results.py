"""Results are counted from what is known anyway, by the days of the event's place."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select, update

from shared.events.installation import Installation
from shared.storage.models import Event, Mail, MailState, Volunteer
from shared.volunteers.people.results import MOST_SPANS, spans_of
from tests.support import factories

# In Shanghai the second one is on the 4th.
NOON, LATE = datetime(2026, 5, 3, 4, tzinfo=UTC), datetime(2026, 5, 3, 17, tzinfo=UTC)


def spans(installation: Installation, event_id: int) -> list[tuple[object, ...]]:
    with installation.database.reading() as session:
        found = spans_of(session, session.get_one(Event, event_id))
    return [
        (one.first, one.last, one.invited, one.entered, one.mailed, one.came_back) for one in found
    ]


def test_an_event_in_which_nothing_happened_has_none(installation: Installation, event_id: int):
    assert spans(installation, event_id) == []


def test_each_day_is_counted_by_the_calendar_of_the_event(
    installation: Installation, event_id: int
):
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, "\n".join(f"v{n}@example.org" for n in range(4)))
    factories.invite(installation, event_id)
    with database.writing() as session:
        session.get_one(Event, event_id).time_zone = "Asia/Shanghai"
        people = session.scalars(select(Volunteer).order_by(Volunteer.id)).all()
        for at, person in enumerate(people):
            person.asked_at = LATE if at == 3 else NOON
        people[0].submitted_at = LATE
        first, second, *_ = session.scalars(select(Mail).order_by(Mail.id))
        first.kind, first.state, first.sent_at = "certificate", MailState.SENT, LATE
        second.state, second.sent_at, second.returned_at = MailState.FAILED, NOON, LATE
    third, fourth = date(2026, 5, 3), date(2026, 5, 4)
    assert spans(installation, event_id) == [
        (third, third, 3, 0, 0, 0),
        (fourth, fourth, 1, 1, 1, 1),
    ]


def test_a_year_is_counted_in_few_spans_that_add_up(installation: Installation, event_id: int):
    database = installation.database
    factories.design(database, event_id)
    factories.add(database, event_id, "\n".join(f"v{n}@example.org" for n in range(50)))
    factories.invite(installation, event_id)
    with database.writing() as session:
        for at, person in enumerate(session.scalars(select(Volunteer))):
            session.execute(
                update(Volunteer)
                .where(Volunteer.id == person.id)
                .values(asked_at=NOON + timedelta(days=8 * at))
            )
    found = spans(installation, event_id)
    assert len(found) <= MOST_SPANS
    assert sum(one[2] for one in found) == 50
    assert found[-1][1] == (NOON + timedelta(days=8 * 49)).date()
