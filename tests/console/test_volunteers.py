"""Who is how far: the list, one person, the mailbox."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from console import previews
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.database import Database
from shared.storage.models import (
    Problem,
    Status,
    Suppression,
    Volunteer,
    now,
)
from shared.volunteers.people.search import MOST_FOUND
from tests.support import factories
from tests.support.console_screens import (
    Open,
    fill,
    mails,
    people,
    press,
    table_of_people,
    told,
    undisturbed,
)
from tests.support.crowds import crowd
from tests.support.submitting import submit_name


def shown(screen: AppTest) -> list[str]:
    return [row["Address"] for row in table_of_people(screen)]


def test_the_list_is_searched_and_filtered(open_screen: Open, database: Database, listed: int):
    with database.writing() as session:
        bo = session.scalars(select(Volunteer).where(Volunteer.email == "bo@example.org")).one()
        bo.problem = Problem.REFUSED_ADDRESS
    screen = open_screen("volunteers", listed)
    assert shown(screen) == ["ana@example.org", "bo@example.org"]
    screen.text_input(key="search").set_value("ana")
    screen = undisturbed(screen.run())
    assert shown(screen) == ["ana@example.org"]
    screen.text_input(key="search").set_value("")
    screen.button_group(key="filter").set_value("needs")
    screen = undisturbed(screen.run())
    assert shown(screen) == ["bo@example.org"]


def test_each_filter_says_how_many_it_shows(open_screen: Open, database: Database, listed: int):
    with database.writing() as session:
        ana = session.scalars(select(Volunteer).where(Volunteer.email == "ana@example.org")).one()
        ana.status, ana.suppressed_at, ana.suppressed = Status.MAILED, now(), Suppression.DEAD
    (filters,) = [
        one for one in open_screen("volunteers", listed).button_group if one.key == "filter"
    ]
    assert filters.options == [
        *("All 2", "New 1", "Mailed 1", "No mail 1"),
    ]


@pytest.mark.parametrize(
    ("asked", "filter"),
    [
        ({"problems": "true"}, "needs"),
        ({"statuses": ["2"]}, "waits"),
        ({"statuses": ["0", "4"]}, "all"),
    ],
)
def test_links_of_before_lead_to_the_filter_that_shows_the_same(
    open_screen: Open, listed: int, asked: dict[str, str], filter: str
):
    screen = open_screen("volunteers", listed)
    for name, value in asked.items():
        screen.query_params[name] = value
    screen = undisturbed(screen.run())
    assert screen.session_state["filter"] == filter
    assert not {"problems", "statuses"} & set(screen.query_params)


def test_one_persons_link_is_sent_again_and_their_address_changed(
    open_screen: Open, installation: Installation, listed: int
):
    factories.invite(installation, listed)
    ana = people(installation.database, listed)[0]
    screen = open_screen("volunteers", listed)
    screen.session_state["volunteers.person"] = ana.id
    screen = press(undisturbed(screen.run()), "Send the link again")
    # The first has not left: it hurries, and no second one follows.
    assert [mail.urgent for mail in mails(installation.database, listed)] == [True, False]
    fill(screen, "Address", "ana@elsewhere.example")
    screen = press(screen, "Change the address")
    assert "Failed mails are sent again" in told(screen)[0]
    assert people(installation.database, listed)[0].email == "ana@elsewhere.example"


def test_who_was_never_written_to_gets_the_link_for_the_first_time(
    open_screen: Open, installation: Installation, listed: int
):
    screen = open_screen("volunteers", listed)
    screen.session_state["volunteers.person"] = people(installation.database, listed)[0].id
    screen = press(undisturbed(screen.run()), "Send the link")
    assert len(mails(installation.database, listed)) == 1
    labels = [button.label for button in screen.button]
    assert "Send the link again" in labels
    assert "Send the link" not in labels


def test_a_person_submits_anew_when_the_organizer_allows_it(
    open_screen: Open, database: Database, listed: int
):
    with database.writing() as session:
        ana = session.scalars(select(Volunteer).where(Volunteer.email == "ana@example.org")).one()
        ana.status, ana.given_name = Status.MAILED, "Anna"
    screen = open_screen("volunteers", listed)
    screen.session_state["volunteers.person"] = ana.id
    press(undisturbed(screen.run()), "Reopen the name")
    assert people(database, listed)[0].status is Status.INVITED


def test_one_persons_history_and_picture_are_shown(
    open_screen: Open, installation: Installation, listed: int
):
    token = factories.invite(installation, listed)["ana@example.org"]
    with installation.database.writing() as session:
        submit_name(session, installation.settings, installation.seal, token, "Anna *")
    screen = open_screen("volunteers", listed)
    screen.session_state["volunteers.person"] = people(installation.database, listed)[0].id
    screen = undisturbed(screen.run())
    assert titles_of_windows(screen) == [r"Anna \*"]
    assert any("Submitted the name" in line.value for line in screen.markdown)
    pictures = [html.value for html in screen.get("html") if "/preview/" in html.value]
    key = pictures[0].split("/preview/")[1].split(".jpg")[0]
    assert (previews.cached(key) or b"").startswith(b"\xff\xd8")


def test_somebody_of_another_event_is_not_shown(
    open_screen: Open, installation: Installation, listed: int
):
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Beach Day", language="en")
    factories.add(installation.database, other.id, "eve@example.org")
    screen = open_screen("volunteers", listed)
    screen.session_state["volunteers.person"] = people(installation.database, other.id)[0].id
    assert titles_of_windows(undisturbed(screen.run())) == []


def titles_of_windows(screen: AppTest) -> list[str]:
    return [window.proto.dialog.title for window in screen.get("dialog")]


def test_the_mailbox_shows_what_came(open_screen: Open, installation: Installation, event_id: int):
    said = "Your link: https://example.org/certificate?token=abc"
    factories.rehearsed(installation, event_id, "ana@example.org", "Thanks", said)
    screen = open_screen("mailbox", event_id)
    assert screen.header[0].value == "Thanks"
    assert "token=abc" in screen.code[0].value


def test_every_mail_to_one_person_can_be_read(
    open_screen: Open, installation: Installation, event_id: int
):
    for subject in ("Invitation", "Certificate"):
        factories.rehearsed(installation, event_id, "bo@example.org", subject)
    screen = open_screen("mailbox", event_id)
    for position, subject in enumerate(["Certificate", "Invitation"]):
        label = screen.radio[0].options[position]
        screen = undisturbed(screen.radio[0].set_value(label).run())
        assert screen.header[0].value == subject


def test_somebody_to_whom_nothing_was_sent_is_removed(
    open_screen: Open, database: Database, listed: int
):
    screen = open_screen("volunteers", listed)
    screen.session_state["volunteers.person"] = people(database, listed)[0].id
    press(undisturbed(screen.run()), "Yes, remove this person")
    assert [person.email for person in people(database, listed)] == ["bo@example.org"]


def test_a_word_that_most_have_says_that_a_further_one_finds_fewer(
    open_screen: Open, database: Database
):
    event_id = crowd(database, MOST_FOUND + 1, queued=False)
    screen = open_screen("volunteers", event_id)
    screen.text_input(key="search").set_value("2026")
    screen = undisturbed(screen.run())
    told = "More than 10000 people match. Add a word to narrow the search."
    assert told in [caption.value for caption in screen.caption]
    screen.text_input(key="search").set_value("2026 -010001")
    screen = undisturbed(screen.run())
    assert "1 person" in [caption.value for caption in screen.caption]
