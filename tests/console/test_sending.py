"""From the pasted list to sent mails: what a person presses happens once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from shared import events
from shared.acts.pass_on import PassOn
from shared.acts.run import apply
from shared.acts.send import send
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.events.settings import set_wording, update_organization
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.reminder import REMINDER
from shared.mail.queue.enqueue import queue_test_mail, resend_invitation
from shared.rendering.layout import Layout
from shared.storage.clock import database_time
from shared.storage.database import Database
from shared.storage.models import (
    Event,
    Mail,
    MailState,
    Sending,
    Status,
    Verdict,
    Volunteer,
)
from tests.support import designing, factories
from tests.support.api_server import server_url
from tests.support.console_screens import (
    Open,
    fail_every_mail,
    fill,
    give_account,
    let_a_worker_live,
    mails,
    people,
    press,
    read,
    told,
    undisturbed,
)
from tests.support.issued import issue
from tests.support.known_names import listed_event
from tests.support.mailing import send_through
from tests.support.sending_steps import SENT, claim, settle
from tests.support.smtp_sink import SmtpSink
from tests.support.torn import tear

__all__ = ["server_url"]

# Recipients


def test_a_list_is_stored_only_after_it_was_checked(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    text = "ana@example.org\nbo@example.org,7\nnonsense\nANA@example.org"
    fill(screen, screen.text_area[0].label, text)
    screen = press(undisturbed(screen.run()), "Check the list")
    assert [metric.value for metric in screen.metric] == ["2", "0", "1", "1"]
    assert screen.table[0].value["Line"].tolist() == ["3", "4"]
    assert people(database, event_id) == []
    press(screen, "Add 2 volunteers")
    assert [one.email for one in people(database, event_id)] == [
        "ana@example.org",
        "bo@example.org",
    ]


def test_a_changed_list_has_to_be_checked_again(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    fill(screen, screen.text_area[0].label, "ana@example.org")
    screen = press(undisturbed(screen.run()), "Check the list")
    assert [button.label for button in screen.button if "volunteer" in button.label]
    fill(screen, screen.text_area[0].label, "ana@example.org\nbo@example.org")
    screen = undisturbed(screen.run())
    assert not [button.label for button in screen.button if "volunteer" in button.label]


def test_a_list_from_chinese_excel_is_read_and_shown(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.session_state["volunteers.way"] = "upload"
    screen = undisturbed(screen.run())
    content = "邮箱,姓名\nana@example.org,王小明\n".encode("gb18030")
    screen.file_uploader[0].set_value(("list.csv", content, "text/csv"))
    screen = undisturbed(screen.run())
    assert any("王小明" in sample.value for sample in screen.markdown)
    assert screen.selectbox(key="volunteers.encoding.gb18030").value == "gb18030"
    screen = press(press(screen, "Check the list"), "Add 1 volunteer")
    assert [one.name for one in people(database, event_id)] == ["王小明"]


def test_a_file_that_is_no_list_is_refused(open_screen: Open, event_id: int):
    screen = press(open_screen("volunteers", event_id), "Add or update a list")
    screen.session_state["volunteers.way"] = "upload"
    screen = undisturbed(screen.run())
    screen.file_uploader[0].set_value(("list.xlsx", b"not a workbook", "application/x"))
    assert undisturbed(screen.run()).error


# Sending


def reword(database: Database, event_id: int, body: str) -> None:
    """The invitation in other words."""
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        set_wording(event, INVITATION.name, subject="", body=body)


def send_button(screen: AppTest) -> Button:
    return next(b for b in screen.button if b.label.startswith("Send 2 invitation"))


TO_TWO = "Yes, send their personal links to 2 people"
TO_FIVE = "Yes, make and mail the certificates of 5 people"
FIRST_FIVE = "Send the first 5"


def labels(screen: AppTest) -> list[str]:
    return [button.label for button in screen.button]


def table(screen: AppTest) -> str:
    """Who gets what, line by line."""
    return next(one.value for one in screen.get("html") if 'class="whom"' in one.value)


def test_nothing_is_sent_before_the_count_is_confirmed(
    open_screen: Open, database: Database, listed: int
):
    screen = press(open_screen("send", listed), "Send 2 invitations")
    assert mails(database, listed) == []
    screen = press(screen, TO_TWO)
    assert [mail.state for mail in mails(database, listed)] == [MailState.QUEUED] * 2
    assert any("0 of 2" in one.value for one in screen.markdown)


def test_a_rehearsal_without_a_doubt_is_sent_by_one_press(
    open_screen: Open,
    installation: Installation,
    database: Database,
    listed: int,
    server_url: str,
):
    let_a_worker_live(database)
    # Where links lead is asked, too.
    installation.settings.public_url = server_url
    with database.writing() as session:
        session.get_one(Event, listed).organization = "Harbour Club"
    screen = press(open_screen("send", listed), "Send 2 invitations")
    assert len(mails(database, listed)) == 2
    press(screen, "Yes, take back 2 invitations")


def test_what_is_live_is_confirmed_whatever_the_checks_say(
    open_screen: Open, installation: Installation, database: Database, listed: int
):
    let_a_worker_live(database)
    installation.settings.public_url = "https://certificates.invalid"
    give_account(installation, listed)
    screen = press(open_screen("send", listed), "Send 2 invitations")
    assert mails(database, listed) == []
    assert any("Sent from thanks" in one.value for one in screen.caption)


def test_what_is_amber_is_named_where_it_is_confirmed_and_in_the_line_of_checks(
    open_screen: Open, listed: int
):
    screen = open_screen("send", listed)
    line = next(one.label for one in screen.expander if "checks" in one.label)
    assert line.index(":orange[") < line.index(":green[")
    assert ":material/warning:]\N{NO-BREAK SPACE}Worker" in line
    screen = press(screen, "Send 2 invitations")
    doubts = " ".join(warning.value for warning in screen.warning)
    assert "The organization has no name yet" in doubts
    assert "No worker is running" in doubts
    assert any("Rehearsal" in one.value for one in screen.caption)


def test_torn_texts_of_the_certificate_are_named_and_set_anew_in_one_press(
    open_screen: Open, installation: Installation, database: Database, listed: int
):
    box = {"left": 0.2, "top": 0.1, "width": 0.6, "height": 0.1}
    day = {"kind": "text", "content": "St John’s Day", "box": box, "face": "song"}
    with database.writing() as session:
        event = events.event_for_change(session, listed)
        designing.set_layout(session, event, Layout.from_json({"fields": [day]}))
    tear(installation)
    screen = open_screen("send", listed)
    assert any("St John’s Day" in one.value for one in screen.markdown)
    screen = press(screen, "Reset the certificate's texts")
    assert not any("St John’s Day" in one.value for one in screen.markdown)


def test_a_new_doubt_is_shown_before_anything_is_sent(
    open_screen: Open, database: Database, listed: int
):
    screen = press(open_screen("send", listed), "Send 2 invitations")
    reword(database, listed, "See {website}")
    screen = press(screen, TO_TWO)
    assert any("This has changed." in one.value for one in screen.error)
    assert mails(database, listed) == []
    press(press(screen, "Send 2 invitations"), TO_TWO)
    assert len(mails(database, listed)) == 2


def test_what_is_red_is_said_and_nothing_can_be_sent(
    open_screen: Open, database: Database, listed: int
):
    reword(database, listed, "Dear {nmae}")
    screen = open_screen("send", listed)
    assert any("nmae" in error.value for error in screen.error)
    assert send_button(screen).disabled
    reword(database, listed, "Dear {name}")
    screen = undisturbed(screen.run())
    assert not screen.error
    press(press(screen, "Send 2 invitations"), TO_TWO)
    assert len(mails(database, listed)) == 2


def test_a_refused_sign_in_stops_a_sending_until_it_is_mended(
    open_screen: Open, installation: Installation, listed: int
):
    # A reserved name (RFC 2606): links to this computer would stop the sending, too.
    installation.settings.public_url = "http://certificates.invalid"
    answers = {"ehlo": "554 5.7.1 No service for you"}
    with SmtpSink(lambda step: answers.get(step.phase)) as sink:
        with installation.database.writing() as session:
            send_through(session, session.get_one(Event, listed), sink)
        screen = open_screen("send", listed)
        assert any("No service for you" in error.value for error in screen.error)
        assert send_button(screen).disabled
        assert sink.visits == 1, "it is not asked at every click"
        answers.clear()
        screen = press(screen, "Check again")
        assert not screen.error
        assert not send_button(screen).disabled


def test_invitations_leave_at_the_chosen_time_of_the_events_place(
    open_screen: Open, database: Database, listed: int
):
    screen = open_screen("send", listed)
    fill(screen, "Send later", True)
    year = datetime.now().year + 1
    undisturbed(screen.run()).datetime_input[0].set_value(datetime(year, 1, 31, 14, 40))
    screen = press(press(screen, "Send 2 invitations"), TO_TWO)
    chosen = datetime(year, 1, 31, 14, 40, tzinfo=ZoneInfo(read(database, listed).time_zone))
    assert [mail.due_at for mail in mails(database, listed)] == [chosen] * 2
    assert f"2 invitations are sent at {year}-01-31 14:40." in [info.value for info in screen.info]
    screen = press(screen, "Yes, take back 2 invitations")
    assert not [info for info in screen.info if "leave at" in info.value]


def test_a_moment_that_is_over_is_said_before_anything_is_sent(open_screen: Open, listed: int):
    screen = open_screen("send", listed)
    fill(screen, "Send later", True)
    screen = undisturbed(screen.run())
    assert not [warning for warning in screen.warning if "is past" in warning.value]
    screen.datetime_input[0].set_value(datetime.now() - timedelta(days=2))
    screen = undisturbed(screen.run())
    assert [warning for warning in screen.warning if "is past" in warning.value]


def test_nobody_is_invited_to_a_certificate_without_a_picture(
    open_screen: Open, database: Database, event_id: int
):
    factories.add(database, event_id, "ana@example.org")
    screen = open_screen("send", event_id)
    assert not [button for button in screen.button if button.label.startswith("Send")]
    factories.design(database, event_id)
    screen = open_screen("send", event_id)
    assert "Send 1 invitation" in [button.label for button in screen.button]


def test_the_first_five_go_ahead_and_the_others_follow(
    open_screen: Open, database: Database, listed: int
):
    factories.add(database, listed, "\n".join(f"v{n}@example.org" for n in range(5)))
    screen = open_screen("send", listed)
    screen = press(press(screen, FIRST_FIVE), "Yes, send their personal links to 5 people")
    assert [mail.state for mail in mails(database, listed)].count(MailState.HELD) == 2
    screen = press(screen, "See what they got")
    assert "Added to the list" in " ".join(one.value for one in screen.markdown)
    press(screen, "Send to the other 2")
    assert {mail.state for mail in mails(database, listed)} == {MailState.QUEUED}


def named_people(count: int) -> str:
    return "email,name\n" + "".join(f"v{n}@example.org,Ana {n}\n" for n in range(count))


def send_five_certificates(open_screen: Open, installation: Installation, event_id: int) -> AppTest:
    """The screen after the first five of eight certificates left."""
    let_a_worker_live(installation.database)
    listed_event(installation.database, event_id, "issue", named_people(8))
    screen = open_screen("send", event_id)
    return press(press(screen, FIRST_FIVE), TO_FIVE)


def test_after_the_first_five_certificates_the_others_follow_once_it_was_looked_at(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = send_five_certificates(open_screen, installation, event_id)
    assert len(mails(installation.database, event_id)) == 5
    assert not [one for one in screen.button if one.label.startswith("Send ")]
    screen = press(screen, "See what they got")
    assert {f"Ana {n}" for n in range(5)} <= {header.value for header in screen.header}
    label = "Send to the other 3"
    screen = press(press(screen, label), "Yes, make and mail the certificates of 3 people")
    assert len(mails(installation.database, event_id)) == 8
    assert not [one for one in screen.button if one.label == "See what they got"]


def test_a_reload_after_the_first_five_leads_to_them_again(
    open_screen: Open, installation: Installation, event_id: int
):
    send_five_certificates(open_screen, installation, event_id)
    again = open_screen("send", event_id)
    labels = [one.label for one in again.button]
    assert "See what they got" in labels
    assert not [one for one in labels if one.startswith("Send ")]


def test_a_second_tab_sends_nothing_that_was_not_confirmed_there(
    open_screen: Open, installation: Installation, event_id: int
):
    let_a_worker_live(installation.database)
    listed_event(installation.database, event_id, "issue", named_people(8))
    tabs = [open_screen("send", event_id) for _ in range(2)]
    for tab in tabs:
        press(tab, FIRST_FIVE)
    press(tabs[0], TO_FIVE)
    undisturbed(next(one for one in tabs[1].button if one.label == TO_FIVE).click().run())
    assert len(mails(installation.database, event_id)) == 5


def test_a_press_is_for_the_people_that_were_on_the_screen(
    open_screen: Open, installation: Installation, listed: int
):
    screen = open_screen("send", listed)
    factories.add(installation.database, listed, "cy@example.org\ndi@example.org")
    screen = press(screen, "Send 2 invitations")
    factories.add(installation.database, listed, "ed@example.org")
    screen = press(screen, "Yes, send their personal links to 4 people")
    assert any("This has changed." in one.value for one in screen.error)
    assert mails(installation.database, listed) == []
    press(screen, "Yes, send their personal links to 5 people")
    assert len(mails(installation.database, listed)) == 5


def test_sending_stops_and_goes_on(
    open_screen: Open, installation: Installation, database: Database, listed: int
):
    screen = open_screen("send", listed)
    assert "Stop sending" not in [button.label for button in screen.button]
    factories.invite(installation, listed)
    screen = press(open_screen("send", listed), "Stop sending")
    assert read(database, listed).sending is Sending.STOPPED
    assert any("Nothing is lost" in warning.value for warning in screen.warning)
    press(screen, "Continue")
    assert read(database, listed).sending is Sending.RUNNING


def test_the_screen_says_whatever_holds_all_mails(
    open_screen: Open, installation: Installation, database: Database, listed: int
):
    factories.invite(installation, listed)
    with database.writing() as session:
        session.get_one(Event, listed).suppressions_due = True
    warnings = " ".join(warning.value for warning in open_screen("send", listed).warning)
    assert "The list is being compared with suppressed addresses." in warnings


def test_invitations_that_have_not_left_are_taken_back(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    press(open_screen("send", listed), "Yes, take back 2 invitations")
    states = {mail.state for mail in mails(installation.database, listed)}
    assert states == {MailState.CANCELLED}


def test_after_all_was_taken_back_from_a_stopped_sending_one_press_sends_it_again(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    screen = press(open_screen("send", listed), "Stop sending")
    assert "Continue" in [one.label for one in screen.button]
    screen = press(screen, "Yes, take back 2 invitations")
    labels = [one.label for one in screen.button]
    assert "Send 2 invitations" in labels
    assert "Continue" not in labels
    assert not [one for one in screen.warning if "is stopped" in one.value]
    press(press(screen, "Send 2 invitations"), TO_TWO)
    assert read(installation.database, listed).sending is Sending.RUNNING


def test_a_paused_account_says_until_when_and_why(
    open_screen: Open, installation: Installation, listed: int
):
    give_account(installation, listed)
    with installation.database.writing() as session:
        account = session.get_one(Event, listed).account
        assert account is not None
        account.paused_until = database_time(session).replace(year=2099)
        account.trouble_code, account.trouble_text = 421, "4.7.0 Try again later"
    screen = open_screen("send", listed)
    assert any("2099-" in warning.value for warning in screen.warning)
    assert any("421 4.7.0 Try again later" in caption.value for caption in screen.caption)


def test_who_waits_long_because_the_server_refuses_for_now_is_counted_with_its_words(
    open_screen: Open, installation: Installation, listed: int
):
    give_account(installation, listed)
    factories.invite(installation, listed)
    with installation.database.writing() as session:
        moment = database_time(session)
        refused = {"verdict": Verdict.RETRY, "code": 450, "answer": "4.1.8 Domain not found"}
        waiting = {
            "waits_since": moment - timedelta(hours=5),
            "due_at": moment + timedelta(hours=1),
        }
        session.execute(update(Mail).values(**refused, **waiting))
    screen = open_screen("send", listed)
    assert any("more than four hours" in warning.value for warning in screen.warning)
    assert any("450 4.1.8 Domain not found" in caption.value for caption in screen.caption)
    # Their next try is in an hour.
    assert not any("done at about" in one.value for one in screen.markdown)


def test_a_server_that_refuses_for_now_is_quoted_at_once(
    open_screen: Open, installation: Installation, listed: int
):
    give_account(installation, listed)
    factories.invite(installation, listed)
    with installation.database.writing() as session:
        moment = database_time(session)
        refused = {"verdict": Verdict.RETRY, "code": 451, "answer": "4.7.1 Greylisted"}
        just_now = {"waits_since": moment - timedelta(minutes=1), "due_at": moment}
        session.execute(update(Mail).values(**refused, **just_now))
    screen = open_screen("send", listed)
    assert any(
        "mails were deferred and are retried automatically." in info.value for info in screen.info
    )
    assert any("451 4.7.1 Greylisted" in caption.value for caption in screen.caption)


def test_while_mails_leave_it_is_said_when_the_last_does_and_what_the_limits_allow(
    open_screen: Open, installation: Installation, listed: int
):
    give_account(installation, listed)
    factories.invite(installation, listed)
    with installation.database.writing() as session:
        account = session.get_one(Event, listed).account
        assert account is not None
        account.per_hour, account.per_day = None, 1500
    screen = open_screen("send", listed)
    told = " ".join(one.value for one in (*screen.caption, *screen.markdown))
    assert "**0 of 2** :gray[· Invitations left: 2 · done at about " in told
    assert "Today (24 hours): 1,500 of 1,500 mails left." in told
    assert "This hour" not in told
    with installation.database.writing() as session:
        session.execute(update(Mail).values(state=MailState.SENT))
    told = [one.value for one in open_screen("send", listed).markdown]
    assert "**2 mails sent** :gray[· nothing failed]" in told


def test_a_rehearsal_ends_with_certificates_to_look_at_and_nothing_has_left(
    open_screen: Open, installation: Installation, event_id: int
):
    issue(installation, event_id, ["Ana Lima", "Bo Ek", "王小明", "Ed"])
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.MAILED))
        session.execute(update(Mail).values(state=MailState.SENT))
    screen = open_screen("send", event_id)
    assert "4 certificates are ready" in [one.value for one in screen.header]
    said = " ".join(one.value for one in screen.markdown)
    assert "Nobody outside received anything" in said
    # Each was invited before.
    assert "8 mails are in the mailbox here" in said
    assert "have left" not in said
    [page] = [one for one in screen.main.get("page_link") if one.proto.page == "mailbox"]
    assert page.proto.label == "Read all 8 mails"


def test_before_a_mail_to_people_has_left_none_is_counted(
    open_screen: Open, database: Database, listed: int
):
    with database.writing() as session:
        queue_test_mail(session, session.get_one(Event, listed), INVITATION, "me@harbour.example")
        session.execute(update(Mail).values(state=MailState.SENT))
    told = " ".join(one.value for one in open_screen("send", listed).markdown)
    assert "have left" not in told
    assert "failed" not in told


def test_failed_mails_are_shown_and_retried(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    screen = open_screen("send", listed)
    told = [one.value for one in screen.markdown]
    assert "2 failed" in told
    assert "have left" not in " ".join(told)
    assert "No such user here" in screen.dataframe[0].value["Mail server's answer"][0]
    press(screen, "Retry 2 failed mails")
    assert {m.state for m in mails(installation.database, listed)} == {MailState.QUEUED}


def test_every_failed_person_can_be_found_and_chosen(
    open_screen: Open, installation: Installation, event_id: int
):
    database = installation.database
    everybody = [f"person{number}@example.org" for number in range(250)]
    factories.add(database, event_id, "\n".join(everybody))
    factories.invite(installation, event_id)
    fail_every_mail(database, event_id, MailState.FAILED)
    screen = open_screen("send", event_id)
    assert "250 undelivered mails" in [header.value for header in screen.header]
    assert "Retry 250 failed mails" in [button.label for button in screen.button]
    screen.session_state["send.failed_page"] = 5
    choose_lines(undisturbed(screen.run()), [49])
    press(screen, "Retry the chosen one")
    fill(screen, "Search", "person1")
    assert len(undisturbed(screen.run()).dataframe[0].value) == 11
    fill(screen, "Search", "person107@")
    choose_lines(undisturbed(screen.run()), [0])
    press(screen, "Retry the chosen one")
    queued = [mail for mail in mails(database, event_id) if mail.state is MailState.QUEUED]
    ids = [person.id for person in people(database, event_id)]
    assert [mail.volunteer_id for mail in queued] == [ids[0], ids[107]]


def test_a_shorter_table_shows_its_last_page_and_says_so(
    open_screen: Open, installation: Installation, event_id: int
):
    database = installation.database
    factories.add(database, event_id, "\n".join(f"person{n}@example.org" for n in range(101)))
    factories.invite(installation, event_id)
    fail_every_mail(database, event_id, MailState.FAILED)
    screen = open_screen("send", event_id)
    screen.session_state["send.failed_page"] = 3
    choose_lines(undisturbed(screen.run()), [0])
    press(screen, "Retry the chosen one")
    assert screen.session_state["send.failed_page"] == 2
    assert list(screen.dataframe[0].value["Address"])[-1] == "person1@example.org"


def test_the_address_of_a_failed_line_is_corrected_where_it_is_shown(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    fail_every_mail(database, listed, MailState.FAILED)
    screen = open_screen("send", listed)
    choose_lines(screen, [0, 1])
    assert "Address" not in [one.label for one in screen.text_input]
    choose_lines(screen, [0])
    email = next(one for one in screen.text_input if one.label == "Address").value
    for wrong in ("ana@", "bo@example.org" if email.startswith("ana") else "ana@example.org"):
        fill(screen, "Address", wrong)
        screen = press(screen, "Change the address")
        assert screen.error
    fill(screen, "Address", "right@example.org")
    press(screen, "Change the address")
    right = next(one for one in people(database, listed) if one.email == "right@example.org")
    states = {mail.volunteer_id: mail.state for mail in mails(database, listed)}
    assert states.pop(right.id) is MailState.QUEUED
    assert set(states.values()) == {MailState.FAILED}


def test_all_that_is_retried_is_counted_on_the_button_and_nothing_else(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    with database.writing() as session:
        event = session.get_one(Event, listed)
        queue_test_mail(session, event, INVITATION, "me@example.org")
    fail_every_mail(database, listed, MailState.FAILED)
    with database.writing() as session:
        ana = session.get_one(Volunteer, people(database, listed)[0].id)
        resend_invitation(session, installation.seal, ana)
    fail_every_mail(database, listed, MailState.FAILED)
    press(open_screen("send", listed), "Retry 2 failed mails")
    states = [mail.state for mail in mails(database, listed)]
    assert states.count(MailState.QUEUED) == 2


def choose_lines(screen: AppTest, lines: list[int]) -> None:
    """Choose these lines of the only table."""
    (table,) = screen.dataframe
    screen.session_state[table.key] = {"selection": {"rows": lines, "columns": [], "cells": []}}
    undisturbed(screen.run())


def test_those_who_are_silent_are_shown_and_the_chosen_are_reminded(
    open_screen: Open, installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    with database.writing() as session:
        week_ago = database_time(session) - timedelta(days=7)
        session.execute(update(Mail).values(state=MailState.SENT, sent_at=week_ago))
        session.execute(update(Volunteer).values(status=Status.INVITED))
    screen = open_screen("send", listed)
    assert screen.dataframe[0].value["Address"].tolist() == ["ana@example.org", "bo@example.org"]
    assert "Remind 2 people" in [button.label for button in screen.button]
    choose_lines(screen, [1])
    press(screen, "Remind 1 person")
    _, bo = people(database, listed)
    reminders = [mail for mail in mails(database, listed) if mail.kind == REMINDER.name]
    assert [mail.volunteer_id for mail in reminders] == [bo.id]
    assert "Remind 1 person" in [button.label for button in screen.button]


def test_unsure_mails_are_decided_by_a_person(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.UNSURE)
    screen = open_screen("send", listed)
    choose_lines(screen, [0])
    press(screen, "Mark as arrived")
    states = {m.volunteer_id: m.state for m in mails(installation.database, listed)}
    ana, bo = people(installation.database, listed)
    assert states == {ana.id: MailState.UNSURE, bo.id: MailState.SENT}
    assert (ana.status, bo.status) == (Status.NEW, Status.INVITED)


def test_all_unsure_mails_are_decided_at_once_only_after_a_tick(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.UNSURE)
    screen = open_screen("send", listed)
    labels = ("Mark 2 as arrived", "Send 2 again")
    assert [b.disabled for b in screen.button if b.label in labels] == [True, True]
    fill(screen, "Yes, for all 2 unknown", True)
    press(undisturbed(screen.run()), "Mark 2 as arrived")
    assert {one.status for one in people(installation.database, listed)} == {Status.INVITED}
    assert {m.state for m in mails(installation.database, listed)} == {MailState.SENT}


def test_after_a_rehearsal_the_same_list_is_invited_for_real(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    for claimed in claim(installation.database):
        settle(installation.database, claimed, SENT)
    assert not [b for b in open_screen("send", listed).button if b.label == "Begin for real"]
    give_account(installation, listed)
    screen = press(open_screen("send", listed), "Begin for real")
    assert len(mails(installation.database, listed)) == 2
    told = " ".join(markdown.value for markdown in screen.markdown)
    assert "the statuses and the links of 2 people" in told
    screen = press(screen, "Delete rehearsal and begin")
    assert mails(installation.database, listed) == []
    assert any(button.label == "Send 2 invitations" for button in screen.button)


def test_who_was_written_to_in_rehearsal_is_led_to_the_account_and_then_to_begin(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing() as session:
        update_organization(session.get_one(Event, listed), name="Harbour Friends")
    factories.invite(installation, listed)
    for claimed in claim(installation.database):
        settle(installation.database, claimed, SENT)
    assert "The rehearsal is complete" in [
        header.value for header in open_screen("overview", listed).header
    ]
    told = [caption.value for caption in open_screen("send", listed).caption]
    assert "Rehearsal: mails stay in the mailbox here." in told
    assert "All are sent." not in told
    give_account(installation, listed)
    told = [caption.value for caption in open_screen("send", listed).caption]
    assert "All are sent." not in told
    assert "Begin for real" in [header.value for header in open_screen("overview", listed).header]


def test_certificates_that_wait_are_said_and_taken_back(
    open_screen: Open, installation: Installation, event_id: int
):
    factories.design(installation.database, event_id)
    factories.add(installation.database, event_id, "email,name\na@example.org,A\nb@example.org,B")
    with installation.database.writing() as session:
        set_naming(session, event_for_change(session, event_id), "issue")
    send(installation, event_id)
    with installation.database.writing() as session:
        some = select(Volunteer.id).where(Volunteer.event_id == event_id).limit(1)
        apply(session, PassOn(), event_id, [session.scalars(some).one()])
    screen = open_screen("send", event_id)
    assert any("0 of 2" in one.value for one in screen.markdown)
    assert any("The others keep theirs" in one.value for one in screen.caption)
    screen = press(screen, "Yes, take back 1 certificate")
    said = "1 certificate was taken back. 1 more may have been seen. Only its mail is held."
    assert told(screen) == [said]
    assert any(button.label == "Send 1 certificate" for button in screen.button)
    press(screen, "Send 1 held certificate")
    assert [mail.state for mail in mails(installation.database, event_id)].count(
        MailState.QUEUED
    ) == 1


def test_the_foot_says_that_all_have_left_only_while_nobody_is_left_to_invite(
    open_screen: Open, database: Database, event_id: int
):
    factories.design(database, event_id)
    factories.add(database, event_id, "email\nana@example.org\n")
    with database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.MAILED))
        session.execute(update(Event).values(live_at=database_time(session)))
    said = "All are sent."
    assert said in [caption.value for caption in open_screen("send", event_id).caption]
    factories.add(database, event_id, "email\nbo@example.org\n")
    assert said not in [caption.value for caption in open_screen("send", event_id).caption]
