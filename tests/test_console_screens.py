"""The screens on a real database: what a person enters is stored, what is refused is said."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from streamlit.runtime.context import ContextProxy, StreamlitCookies
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from console import access, desk, previews
from console.app import HERE, SCREENS
from console.screens.certificate import SAMPLE_NAMES
from shared import certificates, designs, events, mail_accounts
from shared.database import Database, database_time
from shared.installation import Installation
from shared.models import (
    Event,
    Mail,
    MailState,
    Problem,
    RehearsalMail,
    Security,
    Sending,
    Status,
    Volunteer,
    Worker,
)
from tests import scenes
from tests.conftest import OWNER_TOKEN
from tests.fonts_of_organizers import block_font

Open = Callable[..., AppTest]


@pytest.fixture
def open_screen(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> Open:
    """Opens a screen as the browser of somebody who signed in."""
    desk.serve(installation)

    def open_it(
        name: str, event_id: int, *, language: str = "en", token: str = OWNER_TOKEN
    ) -> AppTest:
        cookies = {
            access.COOKIE: access.cookie_for(installation.seal, token),
            desk.LANGUAGE_COOKIE: language,
        }
        # A test has no browser, so the cookies that one would send are put in their place.
        monkeypatch.setattr(ContextProxy, "cookies", property(lambda _: StreamlitCookies(cookies)))
        screen = AppTest.from_file(HERE / "app.py", default_timeout=30)
        screen.query_params["event"] = str(event_id)
        screen._page_hash = calc_hash(name)
        return undisturbed(screen.run())

    return open_it


def undisturbed(screen: AppTest) -> AppTest:
    assert not screen.exception
    return screen


def press(screen: AppTest, label: str) -> AppTest:
    """Press the button that is called so."""
    return undisturbed(next(b for b in screen.button if b.label == label).click().run())


def fill(screen: AppTest, label: str, value: object) -> None:
    widgets = [
        *screen.text_input, *screen.text_area, *screen.number_input, *screen.selectbox,
        *screen.checkbox, *screen.radio, *screen.toggle,
    ]  # fmt: skip
    next(widget for widget in widgets if widget.label == label).set_value(value)


def read(database: Database, event_id: int) -> Event:
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        session.refresh(event, ["account", "design"])
        return event


def people(database: Database, event_id: int) -> list[Volunteer]:
    with database.reading() as session:
        found = select(Volunteer).where(Volunteer.event_id == event_id).order_by(Volunteer.id)
        return list(session.scalars(found))


def mails(database: Database, event_id: int) -> list[Mail]:
    with database.reading() as session:
        found = select(Mail).where(Mail.event_id == event_id).order_by(Mail.id)
        return list(session.scalars(found))


def fail_every_mail(database: Database, event_id: int, state: MailState) -> None:
    with database.writing() as session:
        for mail in session.scalars(select(Mail).where(Mail.event_id == event_id)):
            mail.state, mail.code, mail.answer = state, 550, "5.1.1 No such user here"


# Everywhere


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", SCREENS)
def test_every_screen_opens_for_a_new_event(
    open_screen: Open, event_id: int, name: str, language: str
):
    assert open_screen(name, event_id, language=language).title


def test_a_screen_speaks_the_readers_language(open_screen: Open, event_id: int):
    assert open_screen("recipients", event_id, language="zh").title[0].value == "收件人"
    assert open_screen("recipients", event_id, language="en").title[0].value == "Recipients"


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
        events.update_event(session, session.get_one(Event, event_id), name="*Run* [a](b) $x$")
    title = open_screen("overview", event_id).title[0].value
    assert title == r"\*Run\* \[a\]\(b\) \$x\$"


def test_an_organizer_cannot_reach_another_event(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        own, token = events.create_event(session, name="Beach Day", language="en")
    screen = open_screen("overview", event_id, token=token)
    assert screen.title[0].value == own.name
    assert not screen.sidebar.selectbox


def test_an_outdated_sign_in_shows_nothing(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        own, token = events.create_event(session, name="Beach Day", language="en")
    screen = open_screen("overview", own.id, token=token)
    with database.writing() as session:
        events.renew_organizer_token(session.get_one(Event, own.id))
    screen = undisturbed(screen.run())
    assert not screen.title
    assert "signed out" in screen.warning[0].value


# Events


def test_the_owner_creates_an_event_and_sees_its_token_once(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("events", event_id)
    fill(screen, "Name", "Beach Day")
    screen = press(screen, "Create event")
    token = screen.code[0].value
    with database.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "Beach Day")).one()
    assert open_screen("overview", event.id, token=token).title[0].value == "Beach Day"
    assert not press(screen, "I have kept it").code


def test_an_event_is_opened_from_its_card_and_from_the_sidebar(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("events", event_id)
    undisturbed(screen.button(key="open_1").click().run())
    assert screen.title[0].value == "Volunteers"
    assert screen.sidebar.selectbox(key="event_choice").value == 1
    undisturbed(screen.sidebar.selectbox(key="event_choice").set_value(event_id).run())
    # The test is on the first screen again, but the event bar names the event in hand.
    assert screen.caption[0].value == "Harbour Run 2026"


def test_events_of_one_name_are_told_apart(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        twins = [events.create_event(session, name="Beach Day")[0].id for _ in range(2)]
    screen = open_screen("overview", event_id)
    for twin in twins:
        choice = screen.selectbox(key="event_choice")
        label = next(name for name in choice.options if name.endswith(f"({twin})"))
        screen = undisturbed(choice.set_value(label).run())
        assert screen.query_params["event"] == str(twin)


def test_cards_stand_in_the_order_of_the_events_on_a_phone_too(
    open_screen: Open, database: Database, event_id: int
):
    with database.writing() as session:
        names = [events.create_event(session, name=f"Day {day}")[0].name for day in range(1, 6)]
    headings = [heading.value for heading in open_screen("events", event_id).header]
    assert headings[-5:] == names


def test_an_event_without_a_name_is_not_created(
    open_screen: Open, database: Database, event_id: int
):
    screen = press(open_screen("events", event_id), "Create event")
    assert screen.error[0].value == "Name: must not be empty"
    with database.reading() as session:
        assert len(session.scalars(select(Event)).all()) == 2


def test_settings_are_kept_and_wrong_ones_are_explained(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("overview", event_id)
    fill(screen, "Pattern of the numbers", "BD-###")
    press(screen, "Save")
    assert read(database, event_id).number_pattern == "BD-###"
    fill(screen, "Pattern of the numbers", "no digits")
    screen = press(screen, "Save")
    assert "needs # for the digits" in screen.error[0].value
    assert read(database, event_id).number_pattern == "BD-###"


def test_only_the_owner_renews_a_token(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        own, token = events.create_event(session, name="Beach Day", language="en")
    as_organizer = open_screen("overview", own.id, token=token)
    assert "Renew the token" not in [button.label for button in as_organizer.button]
    screen = press(open_screen("overview", own.id), "Renew the token")
    assert open_screen("overview", own.id, token=screen.code[0].value).title


# Certificate


def test_the_sample_certificate_is_one_press_away(
    open_screen: Open, database: Database, event_id: int
):
    press(open_screen("certificate", event_id), "Start with the sample certificate")
    assert read(database, event_id).design is not None


def test_an_uploaded_picture_becomes_the_template_once(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    screen.file_uploader[0].set_value(("c.png", scenes.small_picture(), "image/png"))
    undisturbed(undisturbed(screen.run()).run())
    design = read(database, event_id).design
    assert design is not None
    assert design.version == 1


def test_a_picture_that_cannot_be_used_is_refused_with_what_to_do(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("certificate", event_id)
    screen.file_uploader[0].set_value(("c.png", b"%PDF-1.7", "image/png"))
    screen = undisturbed(screen.run())
    assert "Export the page as PNG" in screen.error[0].value
    assert read(database, event_id).design is None


def test_a_slider_saves_itself(open_screen: Open, database: Database, event_id: int):
    scenes.design(database, event_id)
    screen = open_screen("certificate", event_id)
    undisturbed(screen.slider(key="name.left").set_value(5.0).run())
    design = read(database, event_id).design
    assert design is not None
    assert designs.layout_of(design).field("name").box.left == 0.05


def test_the_qr_code_is_switched_on(open_screen: Open, database: Database, event_id: int):
    scenes.design(database, event_id)
    screen = open_screen("certificate", event_id)
    screen.session_state["field"] = "qr"
    undisturbed(undisturbed(screen.run()).toggle(key="qr.shown").set_value(True).run())
    design = read(database, event_id).design
    assert design is not None
    assert designs.layout_of(design).field("qr").shown


def test_a_text_and_a_column_are_added(open_screen: Open, database: Database, event_id: int):
    scenes.design(database, event_id)
    scenes.add(database, event_id, "email,team\nana@example.org,Water station")
    screen = open_screen("certificate", event_id)
    press(screen, "Add this column")
    fill(screen, "Text that stands on every certificate", "Thank you")
    screen.run()
    press(screen, "Add this text")
    design = read(database, event_id).design
    assert design is not None
    contents = [field.content for field in designs.layout_of(design).fields]
    assert contents[-2:] == ["team", "Thank you"]


def test_what_cannot_be_drawn_is_refused_and_nothing_changes(
    open_screen: Open, database: Database, event_id: int
):
    scenes.design(database, event_id)
    before = read(database, event_id).design_id
    screen = open_screen("certificate", event_id)
    fill(screen, "Text that stands on every certificate", "a very long text " * 11)
    screen = press(undisturbed(screen.run()), "Add this text")
    assert any("does not fit" in error.value for error in screen.error)
    assert read(database, event_id).design_id == before


def test_an_own_typeface_is_uploaded_and_chosen(
    open_screen: Open, database: Database, event_id: int
):
    scenes.design(database, event_id)
    font = block_font("Harbour Blocks")
    screen = open_screen("certificate", event_id)
    screen.file_uploader(key="font").set_value(("f.ttf", font, "font/ttf"))
    screen = undisturbed(undisturbed(screen.run()).run())
    sha256 = hashlib.sha256(font).hexdigest()
    undisturbed(screen.pills(key="name.face").set_value(sha256).run())
    design = read(database, event_id).design
    assert design is not None
    assert designs.layout_of(design).field("name").face == sha256


def test_a_font_that_cannot_be_used_is_refused_with_what_to_do(
    open_screen: Open, database: Database, event_id: int
):
    scenes.design(database, event_id)
    screen = open_screen("certificate", event_id)
    screen.file_uploader(key="font").set_value(("f.woff2", b"wOF2....", "font/woff2"))
    screen = undisturbed(screen.run())
    assert "Upload the TTF or OTF file" in screen.error[0].value
    with database.reading() as session:
        assert designs.own_fonts(session, read(database, event_id)) == {}


def test_the_size_of_mailed_pictures_is_shown_and_limited(
    open_screen: Open, database: Database, event_id: int
):
    scenes.design(database, event_id)
    screen = open_screen("certificate", event_id)
    assert any("KB (quality 92)" in caption.value for caption in screen.caption)
    limit = next(c for c in screen.segmented_control if c.label == "Largest picture in a mail")
    undisturbed(limit.set_value(500_000).run())
    assert read(database, event_id).mailed_picture_limit == 500_000
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        designs.limit_mailed_picture(session, event, 1000)
    screen = open_screen("certificate", event_id)
    assert any("even at the lowest quality" in warning.value for warning in screen.warning)


def test_a_name_that_does_not_fit_is_said_in_words(
    open_screen: Open, database: Database, event_id: int
):
    scenes.design(database, event_id)
    screen = open_screen("certificate", event_id)
    undisturbed(screen.slider(key="name.width").set_value(4.0).run())
    screen.session_state["sample_name"] = SAMPLE_NAMES[2]
    assert any("does not fit" in error.value for error in undisturbed(screen.run()).error)


# Organization, account, words


def test_the_organization_is_kept(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("organization", event_id)
    fill(screen, "Name of the organization", "Harbour Club")
    fill(screen, "Website", "https://harbour.example")
    press(screen, "Save")
    event = read(database, event_id)
    assert (event.organization, event.website) == ("Harbour Club", "https://harbour.example")


def test_an_account_is_kept_and_its_password_never_shown(
    open_screen: Open, installation: Installation, event_id: int
):
    screen = open_screen("organization", event_id)
    fill(screen, "Mail address or user name", "thanks@harbour.example")
    screen = undisturbed(screen.run())
    fill(screen, "Password", "a secret of ours")
    screen = press(screen, "Save the account")
    account = read(installation.database, event_id).account
    assert account is not None
    assert account.sealed_password is not None
    assert (account.host, account.port) == ("smtp.harbour.example", 465)
    assert installation.seal.open_secret(account.sealed_password) == "a secret of ours"
    again = open_screen("organization", event_id)
    assert all(widget.value != "a secret of ours" for widget in again.text_input)
    # Saving the rest anew keeps the password.
    press(again, "Save the account")
    kept = read(installation.database, event_id).account
    assert kept is not None
    assert kept.sealed_password == account.sealed_password


def test_an_event_goes_back_to_rehearsal(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    press(open_screen("organization", event_id), "Forget the account")
    assert read(installation.database, event_id).account is None


def test_a_test_mail_is_queued_to_oneself(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("organization", event_id)
    fill(screen, "My address", "me@harbour.example")
    screen = press(screen, "Send the test mail")
    assert [mail.address for mail in mails(database, event_id)] == ["me@harbour.example"]
    assert any("On its way" in info.value for info in screen.info)


def test_the_servers_refusal_of_a_test_mail_is_explained(
    open_screen: Open, installation: Installation, event_id: int
):
    give_account(installation, event_id)
    screen = open_screen("organization", event_id)
    fill(screen, "My address", "me@harbour.example")
    screen = press(screen, "Send the test mail")
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail)).one()
        mail.verdict, mail.code = "fix", 535
        mail.answer = "Error: authentication failed"
    screen = undisturbed(screen.run())
    assert screen.error
    assert any("authentication failed" in caption.value for caption in screen.caption)


def test_the_organizers_words_are_kept_and_taken_back(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("wording", event_id)
    fill(screen, "Subject", "Thank you, {name}!")
    press(screen, "Save these words")
    assert read(database, event_id).wording["invitation"]["subject"] == "Thank you, {name}!"
    press(screen, "Back to the original words")
    assert read(database, event_id).wording == {}


def test_an_unknown_placeholder_is_refused(open_screen: Open, database: Database, event_id: int):
    screen = open_screen("wording", event_id)
    fill(screen, "Subject", "Thank you, {nmae}!")
    screen = press(screen, "Save these words")
    assert "{nmae}" in screen.error[0].value
    assert read(database, event_id).wording == {}


# Recipients


def test_a_list_is_stored_only_after_it_was_checked(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("recipients", event_id)
    text = "ana@example.org\nbo@example.org,7\nnonsense\nANA@example.org"
    fill(screen, screen.text_area[0].label, text)
    screen = press(undisturbed(screen.run()), "Check the list")
    assert [metric.value for metric in screen.metric] == ["2", "0", "1", "1"]
    assert screen.dataframe[0].value["Line"].tolist() == [3, 4]
    assert people(database, event_id) == []
    press(screen, "Add 2 volunteers")
    assert [one.email for one in people(database, event_id)] == [
        "ana@example.org",
        "bo@example.org",
    ]


def test_a_changed_list_has_to_be_checked_again(open_screen: Open, event_id: int):
    screen = open_screen("recipients", event_id)
    fill(screen, screen.text_area[0].label, "ana@example.org")
    screen = press(undisturbed(screen.run()), "Check the list")
    fill(screen, screen.text_area[0].label, "ana@example.org\nbo@example.org")
    screen = undisturbed(screen.run())
    assert not [button.label for button in screen.button if button.label.startswith("Add")]


def test_a_list_from_chinese_excel_is_read_and_shown(
    open_screen: Open, database: Database, event_id: int
):
    screen = open_screen("recipients", event_id)
    screen.session_state["way_of_entering"] = "upload"
    screen = undisturbed(screen.run())
    content = "邮箱,姓名\nana@example.org,王小明\n".encode("gb18030")
    screen.file_uploader[0].set_value(("list.csv", content, "text/csv"))
    screen = undisturbed(screen.run())
    assert "王小明" in screen.code[0].value
    assert screen.selectbox(key="encoding_gb18030").value == "gb18030"
    screen = press(press(screen, "Check the list"), "Add 1 volunteer")
    assert [one.name for one in people(database, event_id)] == ["王小明"]


def test_a_file_that_is_no_list_is_refused(open_screen: Open, event_id: int):
    screen = open_screen("recipients", event_id)
    screen.session_state["way_of_entering"] = "upload"
    screen = undisturbed(screen.run())
    screen.file_uploader[0].set_value(("list.xlsx", b"not a workbook", "application/x"))
    assert undisturbed(screen.run()).error


# Sending


@pytest.fixture
def listed(database: Database, event_id: int) -> int:
    """The event with a certificate and two people on its list."""
    scenes.design(database, event_id)
    scenes.add(database, event_id, "ana@example.org\nbo@example.org")
    return event_id


def test_nothing_is_sent_before_the_count_is_confirmed(
    open_screen: Open, database: Database, listed: int
):
    screen = open_screen("sending", listed)
    button = next(b for b in screen.button if b.label == "Send 2 invitations")
    assert button.disabled
    fill(screen, "Yes, send their personal links to 2 people", True)
    screen = press(undisturbed(screen.run()), "Send 2 invitations")
    assert [mail.state for mail in mails(database, listed)] == [MailState.QUEUED] * 2
    assert any("Some invitations have not left" in info.value for info in screen.info)


def test_invitations_leave_at_the_chosen_time_of_the_events_place(
    open_screen: Open, database: Database, listed: int
):
    screen = open_screen("sending", listed)
    fill(screen, "Send later", True)
    year = datetime.now().year + 1
    undisturbed(screen.run()).datetime_input[0].set_value(datetime(year, 1, 31, 14, 40))
    fill(screen, "Yes, send their personal links to 2 people", True)
    screen = press(undisturbed(screen.run()), "Send 2 invitations")
    chosen = datetime(year, 1, 31, 14, 40, tzinfo=ZoneInfo(read(database, listed).time_zone))
    assert [mail.due_at for mail in mails(database, listed)] == [chosen] * 2
    assert f"2 invitations leave at {year}-01-31 14:40." in [info.value for info in screen.info]
    screen = press(screen, "Take back 2 invitations")
    assert not [info for info in screen.info if "leave at" in info.value]


def test_a_moment_that_is_over_is_said_before_anything_is_sent(open_screen: Open, listed: int):
    screen = open_screen("sending", listed)
    fill(screen, "Send later", True)
    screen = undisturbed(screen.run())
    assert not [warning for warning in screen.warning if "is over" in warning.value]
    screen.datetime_input[0].set_value(datetime.now() - timedelta(days=2))
    screen = undisturbed(screen.run())
    assert [warning for warning in screen.warning if "is over" in warning.value]


def test_nobody_is_invited_to_a_certificate_without_a_picture(
    open_screen: Open, database: Database, event_id: int
):
    scenes.add(database, event_id, "ana@example.org")
    screen = open_screen("sending", event_id)
    assert not [button for button in screen.button if button.label.startswith("Send")]


def test_the_first_five_go_ahead_and_the_others_follow(
    open_screen: Open, database: Database, listed: int
):
    scenes.add(database, listed, "\n".join(f"v{n}@example.org" for n in range(5)))
    screen = open_screen("sending", listed)
    screen.checkbox(key="first_few").check()
    fill(screen, "Yes, send their personal links to 7 people", True)
    screen = press(undisturbed(screen.run()), "Send 7 invitations")
    assert [mail.state for mail in mails(database, listed)].count(MailState.HELD) == 2
    press(screen, "Send the other 2, too")
    assert {mail.state for mail in mails(database, listed)} == {MailState.QUEUED}


def test_sending_stops_and_goes_on(open_screen: Open, database: Database, listed: int):
    screen = press(open_screen("sending", listed), "Stop sending")
    assert read(database, listed).sending is Sending.PAUSED
    assert any("Nothing is lost" in warning.value for warning in screen.warning)
    press(screen, "Go on")
    assert read(database, listed).sending is Sending.RUNNING


def test_invitations_that_have_not_left_are_taken_back(
    open_screen: Open, installation: Installation, listed: int
):
    scenes.invite(installation, listed)
    press(open_screen("sending", listed), "Take back 2 invitations")
    states = {mail.state for mail in mails(installation.database, listed)}
    assert states == {MailState.CANCELLED}


def test_a_paused_account_says_until_when_and_why(
    open_screen: Open, installation: Installation, listed: int
):
    give_account(installation, listed)
    with installation.database.writing() as session:
        account = session.get_one(Event, listed).account
        assert account is not None
        account.paused_until = database_time(session).replace(year=2099)
        account.trouble_code, account.trouble_text = 421, "4.7.0 Try again later"
    screen = open_screen("sending", listed)
    assert any("2099-" in warning.value for warning in screen.warning)


def test_failed_mails_are_shown_and_retried(
    open_screen: Open, installation: Installation, listed: int
):
    scenes.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.FAILED)
    screen = open_screen("sending", listed)
    assert "No such user here" in screen.dataframe[0].value["What the mail server said"][0]
    press(screen, "Retry all 2 failed mails")
    assert {m.state for m in mails(installation.database, listed)} == {MailState.QUEUED}


def test_unsure_mails_are_decided_by_a_person(
    open_screen: Open, installation: Installation, listed: int
):
    scenes.invite(installation, listed)
    fail_every_mail(installation.database, listed, MailState.UNSURE)
    press(open_screen("sending", listed), "They arrived (2)")
    assert {one.status for one in people(installation.database, listed)} == {Status.INVITED}
    assert {m.state for m in mails(installation.database, listed)} == {MailState.SENT}


# Status and mailbox


def test_the_list_is_searched_and_filtered(open_screen: Open, database: Database, listed: int):
    with database.writing() as session:
        bo = session.scalars(select(Volunteer).where(Volunteer.email == "bo@example.org")).one()
        bo.problem = Problem.REFUSED_ADDRESS
    screen = open_screen("status", listed)
    assert screen.dataframe[0].value["Address"].tolist() == ["ana@example.org", "bo@example.org"]
    screen.text_input(key="search").set_value("ana")
    screen = undisturbed(screen.run())
    assert screen.dataframe[0].value["Address"].tolist() == ["ana@example.org"]
    screen.text_input(key="search").set_value("")
    screen.toggle(key="problems").set_value(True)
    screen = undisturbed(screen.run())
    assert screen.dataframe[0].value["Address"].tolist() == ["bo@example.org"]


def test_one_persons_link_is_sent_again_and_their_address_changed(
    open_screen: Open, installation: Installation, listed: int
):
    scenes.invite(installation, listed)
    ana = people(installation.database, listed)[0]
    screen = open_screen("status", listed)
    screen.session_state["person"] = ana.id
    screen = press(undisturbed(screen.run()), "Send the link again")
    assert len(mails(installation.database, listed)) == 3
    fill(screen, "Address", "ana@elsewhere.example")
    press(screen, "Change the address")
    assert people(installation.database, listed)[0].email == "ana@elsewhere.example"


def test_a_person_submits_anew_when_the_organizer_allows_it(
    open_screen: Open, database: Database, listed: int
):
    with database.writing() as session:
        ana = session.scalars(select(Volunteer).where(Volunteer.email == "ana@example.org")).one()
        ana.status, ana.name = Status.MAILED, "Anna"
    screen = open_screen("status", listed)
    screen.session_state["person"] = ana.id
    press(undisturbed(screen.run()), "Let this person submit anew")
    assert people(database, listed)[0].status is Status.INVITED


def test_one_persons_history_and_picture_are_shown(
    open_screen: Open, installation: Installation, listed: int
):
    token = scenes.invite(installation, listed)["ana@example.org"]
    with installation.database.writing() as session:
        certificates.submit(session, installation.settings, installation.seal, token, "Anna *")
    screen = open_screen("status", listed)
    screen.session_state["person"] = people(installation.database, listed)[0].id
    screen = undisturbed(screen.run())
    assert screen.header[0].value == r"Anna \*"
    assert any("Submitted the name" in line.value for line in screen.markdown)
    pictures = [html.value for html in screen.get("html") if "/preview/" in html.value]
    key = pictures[0].split("/preview/")[1].split(".jpg")[0]
    assert (previews.kept(key) or b"").startswith(b"\xff\xd8")


def test_somebody_of_another_event_is_not_shown(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing() as session:
        other, _ = events.create_event(session, name="Beach Day", language="en")
    scenes.add(installation.database, other.id, "eve@example.org")
    screen = open_screen("status", listed)
    screen.session_state["person"] = people(installation.database, other.id)[0].id
    assert not undisturbed(screen.run()).header


def test_the_mailbox_shows_what_came(open_screen: Open, database: Database, event_id: int):
    content = (
        b"From: Club <club@example.org>\r\nTo: ana@example.org\r\nSubject: Thanks\r\n\r\n"
        b"Your link: https://example.org/certificate?token=abc\r\n"
    )
    with database.writing() as session:
        session.add(
            RehearsalMail(
                event_id=event_id, recipient="ana@example.org", subject="Thanks", content=content
            )
        )
    screen = open_screen("mailbox", event_id)
    assert screen.header[0].value == "Thanks"
    assert "token=abc" in screen.code[0].value


def give_account(installation: Installation, event_id: int) -> None:
    with installation.database.writing() as session:
        mail_accounts.set_account(
            session,
            installation.seal,
            events.event_for_change(session, event_id),
            username="thanks@harbour.example",
            password="secret",
            server_address="smtp.harbour.example",
            security=Security.TLS,
        )


def test_every_mail_to_one_person_can_be_read(open_screen: Open, database: Database, event_id: int):
    with database.writing() as session:
        for subject in ("Invitation", "Certificate"):
            content = f"Subject: {subject}\r\nFrom: a@example.org\r\n\r\nHello\r\n".encode()
            session.add(
                RehearsalMail(
                    event_id=event_id, recipient="bo@example.org", subject=subject, content=content
                )
            )
            session.flush()
    screen = open_screen("mailbox", event_id)
    for position, subject in enumerate(["Certificate", "Invitation"]):
        label = screen.radio[0].options[position]
        screen = undisturbed(screen.radio[0].set_value(label).run())
        assert screen.header[0].value == subject
