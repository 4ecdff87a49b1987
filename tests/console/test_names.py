"""Who decides the names is chosen in plain words, and the sending follows it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from streamlit.testing.v1 import AppTest

from shared.storage.models import Event, Naming
from tests.support.colleagues import join
from tests.support.console_screens import (
    fill,
    let_a_worker_live,
    people,
    press,
    read,
    told,
    undisturbed,
)
from tests.support.known_names import end_check, listed_event, mails_of
from tests.support.list_columns import print_column

WHO = "Who decides the names?"
FIRST_FIVE = "Send the first 5"
SOON = date.today() + timedelta(days=5)


def texts_of(screen: AppTest) -> str:
    shown = [*screen.markdown, *screen.caption, *screen.info, *screen.warning]
    return "\n".join(one.value for one in shown)


def choose(screen: AppTest, naming: Naming) -> AppTest:
    fill(screen, WHO, naming)
    return undisturbed(screen.run())


def send(screen: AppTest, promise: str, button: str) -> AppTest:
    return press(press(screen, button), promise)


def test_the_choice_is_stored_and_the_overview_says_it(open_screen, database, listed):
    press(choose(press(open_screen("volunteers", listed), "Names"), Naming.ISSUE), "Save")
    assert read(database, listed).naming is Naming.ISSUE
    said = texts_of(open_screen("overview", listed))
    assert "The list has the names. People without one are asked." in said


def test_a_check_has_a_last_day(open_screen, database, listed):
    screen = choose(press(open_screen("volunteers", listed), "Names"), Naming.CHECK)
    screen.date_input[0].set_value(SOON)
    press(undisturbed(screen.run()), "Save")
    event = read(database, listed)
    assert (event.naming, event.names_until) == (Naming.CHECK, SOON)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_a_week_is_offered_by_the_events_own_calendar(open_screen, database, listed, zone: str):
    with database.writing() as session:
        session.get_one(Event, listed).time_zone = zone
    screen = choose(press(open_screen("volunteers", listed), "Names"), Naming.CHECK)
    assert screen.date_input[0].value == datetime.now(ZoneInfo(zone)).date() + timedelta(days=7)


def test_a_day_that_is_over_is_refused_in_words(open_screen, database, listed):
    screen = choose(press(open_screen("volunteers", listed), "Names"), Naming.CHECK)
    screen.date_input[0].set_value(date.today() - timedelta(days=3))
    screen = press(undisturbed(screen.run()), "Save")
    assert "is in the past" in screen.error[0].value
    assert read(database, listed).naming is Naming.ASK


def test_a_helper_reads_who_says_the_names_and_does_not_choose(open_screen, database, event_id):
    listed_event(database, event_id, "issue")
    screen = press(
        open_screen("volunteers", event_id, token=join(database, event_id, "Bo", "helper")), "Names"
    )
    assert "Who decides the names?" not in [one.label for one in screen.radio]
    assert "The list has the names" in texts_of(screen)


def test_known_names_are_mailed_and_the_others_asked_by_one_press(open_screen, database, event_id):
    listed_event(database, event_id, "issue")
    let_a_worker_live(database)
    screen = open_screen("send", event_id)
    promise = "Yes, make and mail certificates: 1, and ask for a name: 1"
    screen = send(screen, promise, "Send certificates: 1, invitations: 1")
    assert [(who, kind) for who, kind, _ in mails_of(database, event_id)] == [
        ("ana", "certificate"),
        ("bo", "invitation"),
    ]


def test_no_more_certificates_are_promised_than_the_flight_check_counts(
    open_screen, database, event_id
):
    listed_event(database, event_id, "issue", "email,name\nana@example.org,Ana\ncy@example.org,𒀀")
    let_a_worker_live(database)
    screen = open_screen("send", event_id)
    told = texts_of(screen).replace("\\", "")
    assert "sent now: 1" in told
    assert "cannot be drawn: 1" in told
    screen = send(screen, "Yes, make and mail the certificate of 1 person", "Send 1 certificate")
    assert [(who, kind) for who, kind, _ in mails_of(database, event_id)] == [
        ("ana", "certificate")
    ]


def send_to_the_first_five(open_screen, database, event_id, people):
    """The screen after five certificates were ordered, on which everybody's team is printed."""
    listed_event(database, event_id, "issue", f"email,name,team\n{people}")
    print_column(database, event_id, "team")
    let_a_worker_live(database)
    screen = open_screen("send", event_id)
    return send(screen, "Yes, make and mail the certificates of 5 people", FIRST_FIVE)


def test_of_fewer_certificates_than_were_promised_it_is_said_how_many(
    open_screen, database, event_id
):
    cells = ["𒀀", "Sea", "𒀀", "𒀀", "𒀀", "𒀀", "𒀀"]
    people = "".join(f"v{at}@example.org,Ana {at},{cell}\n" for at, cell in enumerate(cells))
    screen = send_to_the_first_five(open_screen, database, event_id, people)
    assert len(mails_of(database, event_id)) == 1
    assert told(screen) == [
        (
            "1 certificate is being sent. 6 names cannot be drawn. Correct them to make the "
            "certificates."
        )
    ]


def test_if_none_of_the_promised_certificates_can_be_made_it_is_said_that_nothing_was_sent(
    open_screen, database, event_id
):
    people = "".join(f"v{at}@example.org,Ana {at},𒀀\n" for at in range(6))
    screen = send_to_the_first_five(open_screen, database, event_id, f"{people}x@example.org,,")
    assert mails_of(database, event_id) == []
    assert told(screen) == [
        "No certificate could be made, so nothing was sent. 6 names cannot be drawn. "
        "Correct them to make the certificates."
    ]


def test_who_is_invited_beside_certificates_that_cannot_be_made_is_told_of(
    open_screen, database, event_id
):
    people = "email,name,team\nana@example.org,Ana,𒀀\nx@example.org,,"
    listed_event(database, event_id, "issue", people)
    print_column(database, event_id, "team")
    let_a_worker_live(database)
    screen = send(
        open_screen("send", event_id),
        "Yes, make and mail certificates: 1, and ask for a name: 1",
        "Send certificates: 1, invitations: 1",
    )
    assert [kind for _, kind, _ in mails_of(database, event_id)] == ["invitation"]
    assert told(screen) == [
        "No certificate could be made. The invitations are being sent. "
        "1 name cannot be drawn. Correct it to make the certificate."
    ]


def test_where_no_name_can_be_drawn_nothing_is_promised(open_screen, database, event_id):
    listed_event(database, event_id, "issue", "email,name\ncy@example.org,𒀀")
    let_a_worker_live(database)
    screen = open_screen("send", event_id)
    assert "1 name cannot be drawn" in texts_of(screen)
    assert not [one for one in screen.button if one.label.startswith("Send")]


def test_what_nobody_has_checked_in_time_is_mailed_only_by_a_press_of_its_own(
    open_screen, database, event_id
):
    listed_event(database, event_id, "check", "email,name\nana@example.org,Ana Silva")
    let_a_worker_live(database)
    screen = open_screen("send", event_id)
    assert "People on the list can check their name until" in texts_of(screen)
    end_check(database, event_id)
    screen = open_screen("send", event_id)
    assert "Certificates sent now with unchecked names" in texts_of(screen)
    send(screen, "Yes, make and mail the certificate of 1 person", "Send 1 certificate")
    assert [kind for _, kind, _ in mails_of(database, event_id)] == ["certificate"]


def test_a_tight_name_is_shown_with_its_reason_and_corrected_by_a_click(
    open_screen, database, event_id
):
    listed_event(database, event_id, "issue")
    screen = press(open_screen("volunteers", event_id), "Names")
    assert "The typefaces lack a letter" in texts_of(screen)
    screen.text_input(key=f"volunteers.names.name.{event_id}.𒀀𒀁").set_value("Cy Young")
    screen = undisturbed(screen.button(key=f"volunteers.names.save.{event_id}.𒀀𒀁").click().run())
    assert [one.listed_name for one in people(database, event_id)] == ["Ana Silva", "", "Cy Young"]
    assert "The typefaces lack a letter" not in texts_of(screen)


def test_a_name_that_cannot_be_meant_is_refused_where_it_was_entered(
    open_screen, database, event_id
):
    listed_event(database, event_id, "issue")
    screen = press(open_screen("volunteers", event_id), "Names")
    screen.text_input(key=f"volunteers.names.name.{event_id}.𒀀𒀁").set_value("  ")
    screen = undisturbed(screen.button(key=f"volunteers.names.save.{event_id}.𒀀𒀁").click().run())
    assert screen.error
    assert people(database, event_id)[2].listed_name == "𒀀𒀁"


def test_small_names_are_told_where_the_certificate_is_made_and_before_it_is_sent(
    open_screen, database, event_id
):
    name = "Maximiliana Konstantina Wilhelmina von Hohenberg und zu Schwarzenfels-Lichtenberg"
    listed_event(database, event_id, "issue", f"email,name\nv@example.org,{name}")
    assert "1 name is printed small." in texts_of(open_screen("certificate", event_id))
    assert "printed small, because they are long" in texts_of(open_screen("send", event_id))
