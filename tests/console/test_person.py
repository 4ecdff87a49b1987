"""One person's window: their certificate with another name, withdrawn, downloaded."""

import io

import pytest
from PIL import Image
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from api.calls.volunteer import store_name
from console import previews
from console.screens.volunteers.person import _file, _record_on_paper
from console.session import reader
from shared import events
from shared.acts.send import send
from shared.certificates.issuing.current import current_certificate
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry, Certificate, Volunteer
from shared.volunteers.people import roster
from tests.support import factories
from tests.support.colleagues import join
from tests.support.console_screens import (
    Open,
    fill,
    mails,
    people,
    press,
    table_of_people,
    undisturbed,
)
from tests.support.lists import read_rows
from tests.support.pdf_texts import text_of
from tests.support.thanked import thank


@pytest.fixture
def ana(installation: Installation, listed: int) -> Volunteer:
    """Somebody who has submitted her name."""
    token = factories.invite(installation, listed)["ana@example.org"]
    store_name(installation, token, "Ana Lima")
    return people(installation.database, listed)[0]


def window(open_screen: Open, person: Volunteer, **options: str) -> AppTest:
    screen = open_screen("volunteers", person.event_id, **options)
    screen.session_state["volunteers.person"] = person.id
    return undisturbed(screen.run())


def current(installation: Installation, person: Volunteer) -> Certificate:
    with installation.database.reading() as session:
        found = current_certificate(session, session.get_one(Volunteer, person.id))
        assert found
        return found


def actions(installation: Installation) -> list[Action]:
    with installation.database.reading() as session:
        entries = select(AuditEntry.action).where(AuditEntry.volunteer_id.is_not(None))
        return list(session.scalars(entries.order_by(AuditEntry.id)))


def shown_pictures(screen: AppTest) -> list[bytes]:
    html = [one.value for one in screen.get("html") if "/preview/" in one.value]
    keys = [one.split("/preview/")[1].split(".jpg")[0] for one in html]
    return [previews.cached(key) or b"" for key in keys]


def test_another_name_is_seen_and_then_issued_and_mailed(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    screen = window(open_screen, ana)
    assert len(shown_pictures(screen)) == 1
    fill(screen, "Name on the certificate", "Ana da Lima")
    screen = undisturbed(screen.run())
    issued, next_look = shown_pictures(screen)
    assert issued != next_look
    assert current(installation, ana).name == "Ana Lima"
    screen = press(screen, "Issue and mail it")
    assert current(installation, ana).name == "Ana da Lima"
    kinds = [mail.kind for mail in mails(installation.database, ana.event_id)]
    assert kinds.count("certificate") == 2
    assert any("Issued by an organizer" in line.value for line in screen.markdown)


def test_a_name_that_the_person_entered_meanwhile_is_replaced_only_on_purpose(
    open_screen: Open, installation: Installation, listed: int
):
    token = factories.invite(installation, listed)["ana@example.org"]
    ana = people(installation.database, listed)[0]
    screen = window(open_screen, ana)
    fill(screen, "Name on the certificate", "Ana of the list")
    screen = undisturbed(screen.run())
    store_name(installation, token, "Ana Lima")
    screen = press(screen, "Issue and mail it")
    assert current(installation, ana).name == "Ana Lima"
    assert [code.value for code in screen.code] == ["Ana Lima", "Ana of the list"]
    screen = press(press(screen, "Use mine"), "Issue and mail it")
    assert current(installation, ana).name == "Ana of the list"


def test_a_name_that_cannot_be_drawn_is_said_in_place(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    screen = window(open_screen, ana)
    fill(screen, "Name on the certificate", "Ana \U0001f9ff\ue000")
    screen = undisturbed(screen.run())
    assert screen.error
    assert "Issue and mail it" not in [button.label for button in screen.button]


def test_who_has_none_yet_is_issued_one_without_a_mail(
    open_screen: Open, installation: Installation, listed: int
):
    bo = people(installation.database, listed)[1]
    screen = window(open_screen, bo)
    fill(screen, "Name on the certificate", "Bo Ek")
    press(undisturbed(screen.run()), "Issue without mail")
    assert current(installation, bo).name == "Bo Ek"
    assert mails(installation.database, listed) == []


def test_it_is_withdrawn_with_a_reason_and_given_back(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    screen = window(open_screen, ana)
    screen = press(screen, "Yes, withdraw it")
    assert "Reason: must give a reason" in [error.value for error in screen.error]
    fill(screen, "Reason (shown to the person)", "Was *not* there")
    screen = press(screen, "Yes, withdraw it")
    assert current(installation, ana).withdrawal_reason == "Was *not* there"
    assert any(r"Was \*not\* there" in warning.value for warning in screen.warning)
    stated = [row["Status"] for row in table_of_people(screen)]
    assert stated == ["Certificate withdrawn", "New"]
    labels = [button.label for button in screen.button]
    assert labels.index("Undo the withdrawal") < labels.index("Issue and mail it")
    press(screen, "Undo the withdrawal")
    assert current(installation, ana).withdrawn_at is None
    assert actions(installation)[-2:] == [
        Action.CERTIFICATES_WITHDRAWN,
        Action.WITHDRAWALS_UNDONE,
    ]


def test_a_refusal_repeats_a_name_without_what_markdown_makes_of_it(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    screen = window(open_screen, ana)
    fill(screen, "Name on the certificate", "[Sign-in](https://other.example)" + "W" * 80)
    (error,) = undisturbed(screen.run()).error
    assert "\\[Sign-in\\]" in error.value
    assert "](" not in error.value


def test_a_columns_title_is_no_link_above_the_field_that_corrects_it(
    open_screen: Open, installation: Installation, listed: int
):
    factories.add(installation.database, listed, "email,[x](https://o.example)\ncy@example.org,1\n")
    screen = window(open_screen, people(installation.database, listed)[-1])
    labels = [one.label for one in screen.text_input]
    assert not [label for label in labels if "](" in label]
    assert [label for label in labels if "x" in label and "\\(" in label]


def test_a_columns_lines_stay_where_it_is_corrected(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing() as session:
        event = events.event_for_change(session, listed)
        found = read_rows([["email", "task"], ["cy@example.org", "Beach\n=== lead"]])
        roster.add_volunteers(session, event, found)
    cy = people(installation.database, listed)[-1]
    screen = window(open_screen, cy)
    assert "**task** Beach === lead" in [one.value for one in screen.markdown]
    [entry] = [one for one in screen.text_area if one.label == "task"]
    assert entry.value == "Beach\n=== lead"
    entry.set_value("Pier\nlead ")
    press(screen, "Save")
    assert people(installation.database, listed)[-1].columns["task"] == "Pier\nlead"


@pytest.mark.parametrize(("format", "kind"), [("jpg", "JPEG"), ("png", "PNG"), ("pdf", "PDF")])
def test_each_file_is_made_when_it_is_asked_for_and_logged(
    open_screen: Open, installation: Installation, ana: Volunteer, format: str, kind: str
):
    window(open_screen, ana)
    issued = current(installation, ana)
    content = _file(issued.id, format, reader())  # type: ignore[arg-type]
    if format == "pdf":
        assert content.startswith(b"%PDF")
    else:
        assert Image.open(io.BytesIO(content)).format == kind
    assert actions(installation)[-1] is Action.EXPORTED


def test_the_link_is_shown_to_be_copied_and_that_is_logged(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    screen = window(open_screen, ana)
    assert not screen.code
    screen = press(screen, "Show the link")
    assert ana.token
    token = installation.seal.open_token(ana.token)
    assert screen.code[0].value == f"{installation.settings.public_url}/certificate?token={token}"
    assert actions(installation)[-1] is Action.LINK_COPIED


def test_whose_link_was_copied_before_the_invitations_is_still_invited(
    open_screen: Open, installation: Installation, listed: int
):
    bo = people(installation.database, listed)[1]
    screen = press(window(open_screen, bo), "Show the link")
    bo = people(installation.database, listed)[1]
    token = installation.seal.open_token(bo.token)
    assert screen.code[0].value == f"{installation.settings.public_url}/certificate?token={token}"
    sent = send(installation, listed)
    assert sent.invited == len(people(installation.database, listed))
    invited = [mail.volunteer_id for mail in mails(installation.database, listed)]
    assert invited.count(bo.id) == 1
    assert people(installation.database, listed)[1].token == bo.token


def test_a_helper_issues_anew_but_does_not_withdraw(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    key = join(installation.database, ana.event_id, "Bo", "helper")
    screen = window(open_screen, ana, token=key)
    labels = [button.label for button in screen.button]
    assert "Show the link" in labels
    assert "Yes, withdraw it" not in labels
    fill(screen, "Name on the certificate", "Ana da Lima")
    press(undisturbed(screen.run()), "Issue and mail it")
    assert current(installation, ana).name == "Ana da Lima"


def test_what_else_an_address_did_is_shown_from_events_that_the_reader_may_see(
    open_screen: Open, installation: Installation, ana: Volunteer
):
    thank(installation, "Clean Beach", "8")
    thank(installation, "Long Walk", "3")
    screen = window(open_screen, ana)
    (record,) = [one for one in screen.expander if one.label == "In 2 other events"]
    told = " ".join(one.value for one in record.markdown)
    assert "Clean Beach" in told
    assert "11 hours" in told
    assert "11 hours" in text_of(_record_on_paper(ana.id, ana.event_id, "en", reader()))
    with installation.database.reading() as session:
        logged = select(AuditEntry.event_id).where(AuditEntry.action == Action.EXPORTED)
        assert len(set(session.scalars(logged))) >= 2
    key = join(installation.database, ana.event_id, "Helper", "helper")
    screen = window(open_screen, ana, token=key)
    assert [one.label for one in screen.expander if "other" in one.label] == []
