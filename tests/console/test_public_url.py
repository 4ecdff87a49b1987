"""Links that only this computer opens: the owner is told where to fix it, others whom to ask."""

import re

import pytest

from shared import events
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.database import Database
from tests.support import factories
from tests.support.console_screens import Open, press
from tests.support.mailing import send_through
from tests.support.smtp_sink import friendly_sink


@pytest.mark.parametrize(
    ("language", "owner_reads", "organizer_reads"),
    [
        (
            "en",
            "Set PUBLIC_URL to the address that volunteers reach",
            "Ask the administrator who gave you your token",
        ),
        ("zh", "把 PUBLIC_URL 设为志愿者能访问的网址", "请联系管理本系统、给您口令的人"),
    ],
)
def test_the_owner_is_told_where_to_set_the_address_and_others_whom_to_ask(
    open_screen: Open, database: Database, language: str, owner_reads: str, organizer_reads: str
):
    with database.writing() as session:
        event, token = create_event(session, name="Beach Day", language="en")
    factories.design(database, event.id)
    factories.add(database, event.id, "ana@example.org")
    with friendly_sink() as sink:
        with database.writing() as session:
            send_through(session, events.event_for_change(session, event.id), sink)
        as_owner = open_screen("send", event.id, language=language)
        as_organizer = open_screen("send", event.id, language=language, token=token)
    assert owner_reads in unescaped(as_owner.error[0].value)
    assert ".env" in unescaped(as_owner.error[0].value)
    assert organizer_reads in as_organizer.error[0].value
    assert not re.search("[，。] ", as_owner.error[0].value + as_organizer.error[0].value)
    assert "PUBLIC" not in as_organizer.error[0].value


def test_what_volunteers_see_says_if_the_address_does_not_answer(
    open_screen: Open, installation: Installation, listed: int
):
    # A reserved name (RFC 2606), which nobody answers at.
    installation.settings.public_url = "http://certificates.invalid"
    screen = press(open_screen("certificate", listed), "What volunteers see")
    assert any("does not answer from here" in warning.value for warning in screen.warning)


def unescaped(text: str) -> str:
    return text.replace("\\", "")
