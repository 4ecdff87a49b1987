"""What organizers say about their event."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared import events
from shared.errors import EventUnknown, SettingRefused
from shared.events.settings import (
    EventChange,
    create_event,
    numbered,
    set_wording,
    update_event,
    update_organization,
)
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import INVITATION
from shared.storage.models import Event
from tests.support.processes import at_once


def test_a_new_event_has_a_token_that_is_not_kept_and_numbers_of_this_year(database):
    with database.writing() as session:
        event, token = create_event(session, name="  Harbour \n Run ")
    assert event.name == "Harbour Run"
    assert token not in (event.organizer_token_hash, event.name)
    assert (event.language, event.time_zone) == ("en", "UTC")
    assert numbered(event.number_pattern, 7).endswith("-000007")


REFUSED_CHANGES = [
    ({"name": " \n "}, "name"),
    ({"name": "x" * 201}, "name"),
    ({"name": "a\u202eb"}, "name"),
    ({"name": "a\x00b"}, "name"),
    ({"language": "fr"}, "language"),
    ({"time_zone": "Mars/Olympus"}, "time_zone"),
    ({"time_zone": "../etc/passwd"}, "time_zone"),
    ({"time_zone": ""}, "time_zone"),
    ({"time_zone": "America"}, "time_zone"),
    ({"time_zone": "a\x00b"}, "time_zone"),
    ({"number_pattern": "2026"}, "number_pattern"),
    ({"number_pattern": "#" * 41}, "number_pattern"),
    ({"number_pattern": ""}, "number_pattern"),
]


def test_a_value_that_cannot_be_used_is_refused_by_name_and_nothing_is_changed(database, event_id):
    for change, field in REFUSED_CHANGES:
        with database.writing() as session:
            event = events.event_for_change(session, event_id)
            with pytest.raises(SettingRefused) as refusal:
                update_event(
                    event,
                    EventChange(certificate_date=date(2026, 7, 1), **{"name": "New", **change}),
                )
        assert refusal.value.details["field"] == field
        with database.reading() as session:
            event = session.get_one(Event, event_id)
            assert (event.name, event.certificate_date) == ("Harbour Run 2026", None)


def test_what_is_not_given_stays_and_the_date_can_be_taken_back(database, event_id):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_event(event, EventChange(certificate_date=date(2026, 7, 1)))
        update_event(event, EventChange(name="Regatta", corrections_allowed=False))
        assert event.certificate_date == date(2026, 7, 1)
        assert (event.name, event.corrections_allowed, event.language) == ("Regatta", False, "en")
        update_event(event, EventChange(any_date=True))
        assert event.certificate_date is None


@pytest.mark.parametrize(
    ("pattern", "number", "written"),
    [
        ("2026-######", 123, "2026-000123"),
        ("#", 7, "7"),
        ("##", 123, "123"),
        ("第###号", 7, "第007号"),
        ("#-####", 7, "#-0007"),
    ],
)
def test_numbers_are_written_by_their_pattern_and_get_more_digits_when_they_need_them(
    pattern, number, written
):
    assert numbered(pattern, number) == written


@given(st.integers(1, 10**9), st.integers(1, 10**9), st.integers(1, 12))
def test_two_numbers_of_one_pattern_are_never_written_alike(one, other, digits):
    pattern = f"A{'#' * digits}Z"
    assert (numbered(pattern, one) == numbered(pattern, other)) == (one == other)


@pytest.mark.parametrize(
    "wrong",
    [
        "example.org",
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://exa mple.org",
        'https://example.org/"onload="',
        "https://example.org/<b>",
        "https://example.org:abc/",
        "https://example.org:99999/",
        "https://[::1/x",
        "https://:443/",
        "https://example.org/" + "a" * 2000,
    ],
)
@pytest.mark.parametrize("field", ["website", "frontend_url"])
def test_only_web_addresses_are_taken_as_such(wrong, field):
    event = Event(name="Run", organization="Old")
    with pytest.raises(SettingRefused, match=field):
        update_organization(event, name="New", **{field: wrong})
    assert event.organization == "Old"


def test_the_organization_is_changed_where_it_is_given():
    event = Event(organization="Harbour Club", website="https://example.org", frontend_url="")
    update_organization(event, name="", frontend_url=" https://example.org/page?a=1#x ")
    assert event.organization == ""
    assert event.website == "https://example.org"
    assert event.frontend_url == "https://example.org/page?a=1#x"


def test_own_words_are_kept_per_kind_of_mail_and_empty_ones_go_back_to_ours():
    event = Event(wording={})
    set_wording(event, INVITATION.name, subject=" Hello  you ", body="A\r\nB\r\n")
    set_wording(event, CERTIFICATE.name, subject="Thanks", body="")
    assert event.wording["invitation"] == {"subject": "Hello you", "body": "A\nB"}
    set_wording(event, INVITATION.name, subject=" ", body="\n")
    assert list(event.wording) == ["certificate"]


def test_a_subject_of_two_lines_becomes_one():
    event = Event(wording={})
    set_wording(event, INVITATION.name, subject="Hi\r\nBcc: all@example.org", body="")
    assert event.wording["invitation"]["subject"] == "Hi Bcc: all@example.org"


def test_an_event_that_does_not_exist_cannot_be_changed(database):
    with database.writing() as session, pytest.raises(EventUnknown):
        events.event_for_change(session, 999)


def test_changes_at_once_follow_each_other_and_none_is_lost(database, event_id):
    def count_one() -> None:
        for _ in range(10):
            with database.writing() as session:
                # Read before it is locked, as a request that checks a token does.
                session.get_one(Event, event_id)
                events.event_for_change(session, event_id).next_number += 1

    at_once(count_one, 5)
    with database.reading() as session:
        assert session.get_one(Event, event_id).next_number == 51
