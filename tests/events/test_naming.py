"""Who decides the names: what may be chosen, and until when people can check."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from shared import events
from shared.errors import SettingRefused
from shared.events.naming import asks_to_check, end_of_check, issues_at_once, said_by, set_naming
from shared.events.settings import EventChange, update_event
from shared.language import translate
from shared.storage.models import AuditEntry, Event, Naming

SOON = date.today() + timedelta(days=5)


@pytest.fixture
def choose(database, event_id):
    """Say who says the names; the event afterwards."""

    def chosen(naming: str, until: date | None = None) -> Event:
        with database.writing() as session:
            set_naming(session, events.event_for_change(session, event_id), naming, until)
        with database.reading() as session:
            return session.get_one(Event, event_id)

    return chosen


def test_everybody_is_asked_until_somebody_says_else(event):
    assert (event.naming, event.names_until, event.issue_at) == (Naming.ASK, None, None)
    assert not issues_at_once(event, datetime.now(UTC))


def test_a_check_lasts_until_the_end_of_its_day_where_the_event_is(choose):
    event = choose("check", SOON)
    assert event.time_zone == "Asia/Shanghai"
    end = datetime(SOON.year, SOON.month, SOON.day, 16, tzinfo=UTC)
    assert end_of_check(event) == event.issue_at == end
    assert asks_to_check(event, end - timedelta(seconds=1))
    assert not issues_at_once(event, end - timedelta(seconds=1))
    assert issues_at_once(event, end)


def test_another_time_zone_moves_the_end_of_the_day(choose, database, event_id):
    choose("check", SOON)
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(time_zone="UTC"))
    with database.reading() as session:
        event = session.get_one(Event, event_id)
    assert event.issue_at == datetime(SOON.year, SOON.month, SOON.day, tzinfo=UTC) + timedelta(1)


@pytest.mark.parametrize(
    ("naming", "until", "field"),
    [
        ("guess", None, "names"),
        ("check", None, "names_until"),
        ("check", date.today() - timedelta(days=2), "names_until"),
        ("check", date.max, "names_until"),
        ("check", date.min, "names_until"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_changes(choose, event, naming, until, field):
    with pytest.raises(SettingRefused) as refusal:
        choose(naming, until)
    assert refusal.value.details["field"] == field
    assert choose("ask").naming is Naming.ASK


def test_the_same_choice_again_is_harmless_though_its_day_is_over(choose, database, event_id):
    over = date.today() - timedelta(days=3)
    choose("check", SOON)
    with database.writing() as session:
        session.get_one(Event, event_id).names_until = over
    assert choose("check", over).names_until == over


def test_who_goes_back_to_asking_gives_up_the_day(choose):
    choose("check", SOON)
    event = choose("ask")
    assert (event.names_until, event.issue_at) == (None, None)


def test_the_choice_is_in_the_log(choose, database):
    choose("issue")
    with database.reading() as session:
        fields = session.scalars(select(AuditEntry.fields)).all()
    assert ["naming"] in fields


@pytest.mark.parametrize("naming", list(Naming))
@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_choice_is_said_in_one_line(choose, naming, language):
    words, details = said_by(choose(naming, SOON))
    said = translate(words, language, **details)
    assert (SOON.isoformat() in said) == (naming is Naming.CHECK)
