"""The rehearsal mailbox: the newest mail first in view, and one mail found among many."""

import pytest
from streamlit.testing.v1 import AppTest

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.mail.rehearsal import mailbox, mailbox_size
from tests.support.console_screens import Open, fill, undisturbed
from tests.support.factories import rehearsed


def shown(screen: AppTest) -> str:
    return screen.header[0].value


def choose(screen: AppTest, position: int) -> AppTest:
    label = screen.radio[0].options[position]
    return undisturbed(screen.radio[0].set_value(label).run())


def test_the_newest_mail_is_shown_and_so_is_the_next_one_that_comes(
    open_screen: Open, installation: Installation, event_id: int
):
    rehearsed(installation, event_id, "ana@example.org", "First")
    screen = open_screen("mailbox", event_id)
    assert shown(screen) == "First"
    rehearsed(installation, event_id, "ana@example.org", "Second")
    assert shown(undisturbed(screen.run())) == "Second"


def test_after_an_older_mail_was_read_the_mailbox_opens_with_the_newest(
    open_screen: Open, installation: Installation, event_id: int
):
    rehearsed(installation, event_id, "ana@example.org", "First")
    rehearsed(installation, event_id, "ana@example.org", "Second")
    screen = open_screen("mailbox", event_id)
    assert shown(choose(screen, 1)) == "First"
    rehearsed(installation, event_id, "ana@example.org", "Third")
    assert shown(undisturbed(screen.run())) == "Third"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ana@", ["Your certificate", "Your name, please"]),
        ("BO@example", ["Your name, please"]),
        ("certificate", ["Your certificate"]),
        ("ana certificate", ["Your certificate"]),
        ("bo certificate", []),
        ("100%", []),
        ("  ", ["Your certificate", "Your name, please", "Your name, please"]),
    ],
)
def test_mails_are_found_by_recipient_and_subject(
    installation: Installation, event_id: int, words: str, found: list[str]
):
    with installation.database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
    rehearsed(installation, other.id, "ana@example.org", "Your certificate")
    for recipient in ("ana@example.org", "bo@example.org"):
        rehearsed(installation, event_id, recipient, "Your name, please")
    rehearsed(installation, event_id, "ana@example.org", "Your certificate")
    with installation.database.reading() as session:
        subjects = [mail.subject for mail in mailbox(session, event_id, search=words)]
        assert subjects == found
        assert mailbox_size(session, event_id, words) == len(found)


def test_one_mail_among_many_is_found_on_the_screen(
    open_screen: Open, installation: Installation, event_id: int
):
    for number in range(45):
        rehearsed(installation, event_id, f"v{number}@example.org", f"Mail {number}")
    screen = open_screen("mailbox", event_id)
    fill(screen, "Search", "v7@")
    screen = undisturbed(screen.run())
    assert shown(screen) == "Mail 7"
    assert len(screen.radio[0].options) == 1
    fill(screen, "Search", "nobody")
    screen = undisturbed(screen.run())
    assert screen.info[0].value == "No mail matches."
