"""What a sending makes of the names is said before it."""

import pytest

from shared.acts.send import send
from shared.certificates.designs.fit_sheet import look_through
from shared.findings import Level
from shared.preflight.flight_check import check_names
from shared.storage.models import Event
from tests.support.factories import add
from tests.support.known_names import end_check, listed_event


def said(installation, event_id: int) -> list[tuple[Level, str]]:
    with installation.database.reading() as session:
        found = list(check_names(session, session.get_one(Event, event_id)))
    return [(finding.level, finding.said("en")) for finding in found]


def test_where_everybody_is_asked_there_is_nothing_to_say(installation, event_id):
    listed_event(installation.database, event_id, "ask")
    assert said(installation, event_id) == []


def test_it_counts_who_gets_a_certificate_and_who_is_asked(installation, event_id):
    listed_event(installation.database, event_id, "issue")
    ((level, words),) = said(installation, event_id)
    assert level is Level.GREEN
    assert "sent now: 2" in words
    assert "asked for their name: 1" in words


def test_who_will_be_held_is_not_counted_among_who_gets_a_certificate(installation, event_id):
    listed_event(installation.database, event_id, "issue")
    look_through(installation.database, event_id, 5)
    (_, issued), (_, held) = said(installation, event_id)
    assert "sent now: 1" in issued
    assert "cannot be drawn: 1" in held
    sent = send(installation, event_id)
    assert (sent.issued, sent.held) == (1, 1)


def test_who_is_held_and_who_will_be_are_counted_together(installation, event_id):
    listed_event(installation.database, event_id, "issue")
    send(installation, event_id)
    add(installation.database, event_id, "email,name\ndi@example.org,𒀀𒀁\ned@example.org,𒀂")
    look_through(installation.database, event_id, 5)
    assert "cannot be drawn: 3" in said(installation, event_id)[-1][1]


@pytest.mark.parametrize("naming", ["ask", "issue"])
def test_small_names_are_told_before_a_sending_and_after(installation, event_id, naming):
    name = "Maximiliana Konstantina Wilhelmina von Hohenberg und zu Schwarzenfels-Lichtenberg"
    listed_event(installation.database, event_id, naming, f"email,name\nv@example.org,{name}")
    look_through(installation.database, event_id, 5)
    for _ in range(2):
        level, words = said(installation, event_id)[-1]
        assert level is Level.AMBER
        assert "printed small, because they are long: 1" in words
        send(installation, event_id)


def test_names_that_nobody_has_checked_in_time_take_a_persons_word(installation, event_id):
    listed_event(installation.database, event_id, "check")
    assert [level for level, _ in said(installation, event_id)] == [Level.GREEN]
    end_check(installation.database, event_id)
    assert [level for level, _ in said(installation, event_id)] == [Level.AMBER]


def test_the_last_day_is_written_in_the_language_of_who_reads_it(installation, event_id):
    listed_event(installation.database, event_id, "check")
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        last_day, (finding,) = event.names_until, list(check_names(session, event))
    assert f"{last_day.year}年{last_day.month}月{last_day.day}日" in finding.said("zh")
    assert f"{last_day:%B} {last_day.day}, {last_day.year}" in finding.said("en")


@pytest.mark.parametrize("naming", ["issue", "check"])
def test_who_will_be_held_is_counted_before_anything_is_sent(installation, event_id, naming):
    listed_event(installation.database, event_id, naming)
    look_through(installation.database, event_id, 5)
    level, words = said(installation, event_id)[-1]
    assert level is Level.AMBER
    assert "cannot be drawn: 1" in words


def test_who_is_held_is_counted_and_stops_nobody(installation, event_id):
    listed_event(installation.database, event_id, "issue")
    send(installation, event_id)
    ((level, words),) = said(installation, event_id)
    assert level is Level.AMBER
    assert "cannot be drawn: 1" in words
