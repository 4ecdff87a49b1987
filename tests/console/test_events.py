"""Every screen opens and speaks; events are made, found and set."""

from base64 import b64decode

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from console.app import ENTRIES, MOVED, SCREENS
from console.navigation import OF_NO_EVENT
from console.screens import overview
from console.widgets.display import isolated_page
from shared.events.installation import Installation
from shared.events.settings import (
    EventChange,
    create_event,
    renew_organizer_token,
    update_event,
    update_organization,
)
from shared.mail.queue import hold
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Attempt,
    Event,
    Mail,
    MailState,
    Naming,
    Problem,
    Sending,
    Status,
    Volunteer,
    Worker,
)
from tests.support.console_screens import (
    Open,
    cards,
    fill,
    give_account,
    go_to_event,
    leave,
    open_switcher,
    press,
    read,
    refusals_at_fields,
    undisturbed,
)
from tests.support.known_names import listed_event

# Everywhere


def test_each_screen_of_an_event_is_in_one_entry_of_the_menu_in_the_order_of_the_list():
    under = [name for screens in ENTRIES.values() for name in screens]
    assert under == [name for name in SCREENS if name not in OF_NO_EVENT]
    assert not MOVED.keys() & SCREENS.keys()
    assert {where.partition("?")[0] for where in MOVED.values()} <= SCREENS.keys()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_opens_for_a_new_event(
    open_screen: Open, event_id: int, name: str, language: str
):
    assert open_screen(name, event_id, language=language).title


def test_a_screen_speaks_the_readers_language(open_screen: Open, event_id: int):
    assert open_screen("volunteers", event_id, language="zh").title[0].value == "志愿者"
    assert open_screen("volunteers", event_id, language="en").title[0].value == "Volunteers"


def test_rehearsal_and_a_missing_worker_are_said_on_every_screen(open_screen: Open, event_id: int):
    screen = open_screen("overview", event_id)
    assert any("No worker is running" in warning.value for warning in screen.warning)
    assert any("Rehearsal" in text.value for text in screen.markdown)


def test_a_running_worker_is_not_complained_about(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        moment = database_time(session)
        session.add(Worker(id="w", host="h", process_id=1, started_at=moment, seen_at=moment))
    assert not open_screen("overview", event_id).warning


def test_names_are_shown_as_they_are_written(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        update_event(session.get_one(Event, event_id), EventChange(name="*Run* [a](b) $x$"))
    title = open_screen("overview", event_id).title[0].value
    assert title == r"\*Run\* \[a\]\(b\) \$x\$"


def test_an_organizer_cannot_reach_another_event(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        own, token = create_event(session, name="Beach Day", language="en")
    screen = open_screen("overview", event_id, token=token)
    assert screen.title[0].value == "Which event?"
    offered = [button.label for button in screen.main.button]
    assert offered == ["Beach Day"]
    assert press(screen, "Beach Day").title[0].value == own.name


def test_an_outdated_sign_in_shows_nothing(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        own, token = create_event(session, name="Beach Day", language="en")
    screen = open_screen("overview", own.id, token=token)
    with database.writing() as session:
        renew_organizer_token(session.get_one(Event, own.id))
    screen = undisturbed(screen.run())
    assert not screen.title
    assert "signed out" in screen.warning[0].value


def test_a_mails_links_open_beside_the_console_and_its_scripts_do_not_run():
    page = b64decode(isolated_page("<a href='https://example.org'>").partition(",")[2]).decode()
    assert page.index('<base target="_blank">') < page.index("<a href")
    assert "default-src 'none'" in page


def test_sending_is_done_when_nobody_waits_for_an_invitation(
    open_screen: Open, database: Database, listed: int
):
    assert sending_in(open_screen("overview", listed)).startswith("Send the invitations")
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.status = Status.INVITED
    assert sending_in(open_screen("overview", listed)) == "1 of 2 invited"
    assert sending_in(open_screen("overview", listed, language="zh")) == "已邀请 1 人，共 2 人"
    with database.writing() as session:
        session.get_one(Volunteer, bo.id).status = Status.MAILED
    assert "Done" in sending_in(open_screen("overview", listed))


@pytest.mark.parametrize(
    "gets_no_mail", ["reminders_ended_at", "suppressed_at", "erased_at", "address_forgotten_at"]
)
def test_who_can_get_no_invitation_keeps_no_step_open(
    open_screen: Open, database: Database, listed: int, gets_no_mail: str
):
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.status, ana.asked_at = Status.INVITED, database_time(session)
        setattr(bo, gets_no_mail, database_time(session))
    screen = open_screen("overview", listed)
    assert sending_in(screen) == "Done"
    assert sending_in(screen, "Certificates mailed") != "Done"
    screen = open_screen("send", listed)
    assert [one.value for one in screen.info] == ["Everybody on the list is invited."]
    assert any(one.value.startswith("Rehearsal: mails stay") for one in screen.caption)
    with database.writing() as session:
        session.get_one(Volunteer, ana.id).status = Status.MAILED
    assert sending_in(open_screen("overview", listed), "Certificates mailed") == "Done"


@pytest.mark.parametrize("state", [MailState.FAILED, MailState.UNSURE, MailState.QUEUED])
def test_an_invitation_that_did_not_arrive_keeps_the_step_open(
    open_screen: Open, database: Database, listed: int, state: MailState
):
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.status, at = Status.INVITED, database_time(session)
        ana.asked_at = bo.asked_at = at
        mail = Mail(event_id=listed, volunteer_id=bo.id, kind="invitation", state=state, due_at=at)
        session.add(mail)
    assert sending_in(open_screen("overview", listed)) == "1 of 2 invited"
    if state is not MailState.QUEUED:
        said = [one.value for one in open_screen("send", listed).info]
        assert said == ["1 person did not get the invitation, see below."]


def test_the_overview_offers_to_remind_as_many_as_a_reminder_reaches(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    give_account(installation, listed)
    with database.writing() as session:
        update_organization(session.get_one(Event, listed), name="Harbour Friends")
        for one in session.scalars(select(Volunteer)):
            one.status, one.asked_at = Status.INVITED, database_time(session)
    screen = open_screen("overview", listed)
    assert headings(screen)[0] == "2 volunteers have not entered their names yet"
    assert first_way(screen) == ("Remind 2 people", "send")
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.reminders_ended_at = database_time(session)
    screen = open_screen("overview", listed)
    assert headings(screen)[0] == "2 volunteers have not entered their names yet"
    assert first_way(screen) == ("Remind 1 person", "send")
    # Written to lately, and so reminded by nobody yet.
    with database.writing() as session:
        at = database_time(session)
        mail = Mail(event_id=listed, volunteer_id=bo.id, kind="invitation", state=MailState.SENT)
        mail.due_at = mail.sent_at = at
        session.add(mail)
        session.flush()
        session.add(Attempt(mail_id=mail.id, account="me@harbour.example", try_number=1, at=at))
    screen = open_screen("overview", listed)
    assert headings(screen)[0] == "2 volunteers have not entered their names yet"
    assert first_way(screen) == ("Open Send", "send")
    with database.writing() as session:
        for one in session.scalars(select(Volunteer)):
            one.erased_at = database_time(session)
    assert headings(open_screen("overview", listed))[0] == "0 certificates mailed"


@pytest.mark.parametrize("few", [0, 10_000])
def test_who_is_silent_is_counted_alike_however_long_the_list_is(
    open_screen: Open,
    installation: Installation,
    listed: int,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
):
    give_account(installation, listed)
    with installation.database.writing() as session:
        update_organization(session.get_one(Event, listed), name="Harbour Friends")
        for one in session.scalars(select(Volunteer)):
            one.status, one.asked_at = Status.INVITED, database_time(session)
        one.erased_at = database_time(session)
    monkeypatch.setattr(overview, "_FEW", few)
    screen = open_screen("overview", listed)
    assert headings(screen)[0] == "1 volunteer has not entered their name yet"


def test_where_people_check_the_names_that_is_what_the_checklist_says(
    open_screen: Open, database: Database, event_id: int
):
    listed_event(database, event_id, "check")
    assert "People check their name or enter it" in sending_in(open_screen("overview", event_id))


def sending_in(screen: AppTest, step: str = "") -> str:
    """What the folded list of steps says of sending, or of another step."""
    said = [link.value for link in screen.main if link.type in ("caption", "page_link")]
    names = [f"**{step}**"] if step else ["**Send**", "**发送**"]
    place = next(at for at, words in enumerate(said) if words in names)
    return said[place + 1]


def first_way(screen: AppTest) -> tuple[str, str]:
    """The label and the screen of what the next step leads to."""
    link = screen.main.get("page_link")[0]
    return link.value, link.proto.page


def headings(screen: AppTest) -> list[str]:
    return [heading.value for heading in screen.main.header]


def test_the_overview_names_the_next_step_and_leads_there(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("overview", event_id)
    assert headings(screen)[0] == "Choose the certificate"
    assert screen.main.get("page_link")[0].proto.page == "certificate"


def test_who_needs_somebody_comes_before_the_sending_to_the_others(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing() as session:
        update_organization(session.get_one(Event, listed), name="Harbour Friends")
    screen = open_screen("overview", listed)
    assert headings(screen)[0] == "Send to 2 volunteers"
    with installation.database.writing() as session:
        ana, _ = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.problem = Problem.NAME_DOES_NOT_FIT
    screen = open_screen("overview", listed)
    assert headings(screen)[0] == "Check 1 volunteer"
    ways = [(link.value, link.proto.page) for link in screen.main.get("page_link")[:2]]
    assert ways == [("Check 1 volunteer", "volunteers"), ("Send to the other 2", "send")]
    counts = {one.label: one.value for one in screen.metric}
    assert counts == {
        "Volunteers": "2", "Certificates mailed": "0", "Names entered": "0", "Needs attention": "1",
    }  # fmt: skip


def test_the_overview_offers_to_send_to_as_many_as_a_sending_reaches(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    with database.writing() as session:
        update_organization(session.get_one(Event, listed), name="Harbour Friends")
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.reminders_ended_at = database_time(session)
    assert headings(open_screen("overview", listed))[0] == "Send to 1 volunteer"
    # Who is held behind a first few waits for the organizer, too.
    with database.writing() as session:
        mail = Mail(event_id=listed, volunteer_id=bo.id, kind="invitation", state=MailState.HELD)
        mail.due_at = session.get_one(Volunteer, bo.id).asked_at = database_time(session)
        session.add(mail)
    assert headings(open_screen("overview", listed))[0] == "Send to 1 volunteer"
    with database.writing() as session:
        session.delete(session.get_one(Mail, mail.id))
    assert headings(open_screen("overview", listed))[0] == "The rehearsal is complete"


def test_what_happened_is_undone_where_it_stands(
    open_screen: Open, installation: Installation, event_id: int
):
    database = installation.database
    screen = open_screen("volunteers", event_id)
    screen = press(screen, "Add or update a list")
    screen.text_area[0].set_value("ana@example.org\nbo@example.org")
    screen = press(screen, "Check the list")
    press(screen, next(b.label for b in screen.button if b.label.startswith("Add 2")))
    screen = open_screen("overview", event_id)
    undo = next(b for b in screen.button if b.label.startswith("Undo"))
    screen = press(undisturbed(undo.click().run()), "Yes, undo it for 2 people")
    with database.reading() as session:
        assert not session.scalars(select(Volunteer)).all()
    assert not [b for b in screen.button if b.label.startswith("Undo")]


def test_a_stopped_sending_goes_on_from_what_happened(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing() as session:
        hold.pause(session.get_one(Event, listed))
    screen = open_screen("overview", listed)
    undo = next(b for b in screen.button if b.label.startswith("Undo"))
    undisturbed(undo.click().run())
    assert read(installation.database, listed).sending is Sending.RUNNING


# Events


def new_event(open_screen: Open, event_id: int, name: str, **more: object) -> AppTest:
    """The owner presses *New event*, fills the window in, and creates it."""
    screen = press(open_screen("events", event_id), "New event")
    fill(screen, "Event name (printed on the certificate)", name)
    for label, value in more.items():
        fill(screen, label.replace("_", " "), value)
    return press(screen, "Create the event")


def newest(database: Database) -> Event:
    with database.reading() as session:
        return session.scalars(select(Event).order_by(Event.id.desc())).first()


def test_the_owner_creates_an_event_goes_on_to_its_certificate_and_is_shown_no_token(
    open_screen: Open, database: Database, event_id: int
):
    screen = new_event(open_screen, event_id, "Beach Day", Your_organization="Harbour Friends")
    event = newest(database)
    assert (event.name, event.organization) == ("Beach Day", "Harbour Friends")
    assert event.naming is Naming.ASK
    assert screen.title[0].value == "Certificate"
    assert screen.query_params["event"] == str(event.id)
    assert not screen.code
    # Whoever needs a token makes one, where the keys are.
    screen = press(open_screen("team", event.id), "Renew the token")
    token = screen.code[0].value
    assert open_screen("overview", event.id, token=token).title[0].value == "Beach Day"


def test_who_knows_the_names_says_so_when_the_event_is_made(
    open_screen: Open, database: Database, event_id: int
):
    new_event(open_screen, event_id, "Beach Day", **{"What is on your list?": Naming.ISSUE})
    assert newest(database).naming is Naming.ISSUE


def test_who_lets_names_be_checked_says_until_when(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("events", event_id), "New event")
    fill(screen, "Event name (printed on the certificate)", "Beach Day")
    fill(screen, "What is on your list?", Naming.CHECK)
    screen = undisturbed(screen.run())
    day = screen.date_input(key="events.new.until").value
    press(screen, "Create the event")
    event = newest(database)
    assert (event.naming, event.names_until) == (Naming.CHECK, day)


def test_an_event_is_opened_from_its_card_and_from_the_top_of_the_menu(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
    screen = open_screen("events", event_id)
    card = next(one for one in screen.main.get("page_link") if "Beach Day" in one.value)
    assert (card.proto.page, card.proto.query_string) == ("overview", f"event={other.id}")
    assert open_switcher(screen, event_id) == ["Beach Day"]
    # The test is on the first screen again, but the event bar names the event in hand.
    assert "**Beach Day**" in go_to_event(screen, other.id).main.markdown[0].value


def test_the_event_of_the_first_start_is_out_of_sight_until_it_is_used(
    open_screen: Open, database: Database, event_id: int
):
    assert cards(open_screen("events", event_id)) == ["Harbour Run 2026"]
    assert open_switcher(open_screen("overview", event_id), event_id) == []
    with database.writing() as session:
        # As a program does that names no event.
        update_organization(session.get_one(Event, 1), name="Harbour Friends")
    assert cards(open_screen("events", event_id)) == ["Harbour Run 2026", "Volunteers"]


def test_an_empty_installation_shows_how_to_begin(open_screen: Open, database: Database):
    screen = open_screen("events", 0)
    assert screen.title[0].value == "Welcome"
    press(screen, "Make your first certificate")
    assert "Create the event" in [button.label for button in screen.button]


def test_one_press_plays_a_rehearsal_with_ten_people(
    open_screen: Open, database: Database, installation: Installation
):
    press(open_screen("events", 0), "Try it with ten sample people")
    with database.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
        people = session.scalars(select(Volunteer).where(Volunteer.event_id == event.id)).all()
        waiting = session.scalars(select(Mail).where(Mail.event_id == event.id)).all()
    assert (event.name, event.live_at) == ("Harbour Run (sample)", None)
    assert {person.status for person in people} == {Status.SUBMITTED}
    assert len(people) == len(waiting) == 10


def test_events_of_one_name_are_told_apart(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        twins = [create_event(session, name="Beach Day")[0].id for _ in range(2)]
    offered = open_switcher(open_screen("overview", event_id), event_id)
    assert [name for name in offered if "Beach" in name] == [
        rf"Beach Day \({twin}\)" for twin in twins
    ]


def test_cards_stand_with_the_newest_first(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        names = [create_event(session, name=f"Day {day}")[0].name for day in range(1, 6)]
    assert cards(open_screen("events", event_id))[:5] == names[::-1]


def test_a_card_says_how_far_its_event_is_and_what_waits(
    open_screen: Open, database: Database, listed: int
):
    assert "2 volunteers · nothing sent yet" in words_on(open_screen("events", listed))
    with database.writing() as session:
        ana, bo = session.scalars(select(Volunteer).order_by(Volunteer.id))
        ana.status, bo.status, bo.problem = Status.MAILED, Status.INVITED, Problem.CAME_BACK
    said = words_on(open_screen("events", listed))
    assert "2 volunteers · 1 certificate mailed] :orange-badge[Rehearsal]" in said
    assert "1 needs attention" in said
    with database.writing() as session:
        session.get_one(Event, listed).live_at = database_time(session)
    assert "1 certificate mailed] :green-badge[Live]" in words_on(open_screen("events", listed))


def words_on(screen: AppTest) -> str:
    return " ".join(text.value for text in screen.main.markdown)


def test_an_event_without_a_name_is_not_created(
    open_screen: Open, database: Database, event_id: int
):
    screen = new_event(open_screen, event_id, "")
    assert screen.error[0].value == "Name: must not be empty"
    with database.reading() as session:
        assert len(session.scalars(select(Event)).all()) == 2


def test_settings_are_kept_and_wrong_ones_are_explained(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("settings", event_id)
    leave(screen, "Number pattern", "BD-###")
    assert read(database, event_id).number_pattern == "BD-###"
    screen = leave(screen, "Number pattern", "no digits")
    (refusal,) = refusals_at_fields(screen)
    assert "needs # for the digits" in refusal
    assert read(database, event_id).number_pattern == "BD-###"


def test_only_the_owner_renews_a_token(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        own, token = create_event(session, name="Beach Day", language="en")
    as_organizer = open_screen("team", own.id, token=token)
    assert "Renew the token" not in [button.label for button in as_organizer.button]
    screen = press(open_screen("team", own.id), "Renew the token")
    assert open_screen("overview", own.id, token=screen.code[0].value).title
