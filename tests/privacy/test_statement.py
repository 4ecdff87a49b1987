"""What people are told about their data: our text, until the organizer enters another."""

import pytest
from sqlalchemy import select

from shared import events
from shared.errors import SettingRefused
from shared.events.settings import update_organization
from shared.privacy.own_data import StatementChange, statement_of, update_statement
from shared.storage.database import Database
from shared.storage.models import Action, AuditEntry, Event


def say(database: Database, event_id: int, **change) -> None:
    said = StatementChange(**{"responsible": "", "contact": "", "texts": {}} | change)
    with database.writing() as session:
        update_statement(session, events.event_for_change(session, event_id), said)


def told(database: Database, event_id: int, language: str):
    with database.reading() as session:
        return statement_of(session.get_one(Event, event_id), language)


def test_who_says_nothing_has_a_text_in_both_languages(database: Database, event_id: int):
    with database.writing() as session:
        event = events.event_for_change(session, event_id)
        update_organization(event, name="Harbour Friends", contact_address="a@harbour.org")
    english, chinese = (told(database, event_id, language) for language in ("en", "zh"))
    assert (english.organization, english.contact) == ("Harbour Friends", "a@harbour.org")
    assert "Harbour Friends invited you" in english.paragraphs[0]
    assert "Harbour Friends邀请您" in chinese.paragraphs[0]
    assert len(english.paragraphs) == len(chinese.paragraphs) == 4


def test_an_organizer_names_who_is_responsible_and_writes_their_own(
    database: Database, event_id: int
):
    say(
        database, event_id, responsible="Harbour e. V.", contact="Ms Li, +86 10 1234",
        texts={"en": "We keep little.\r\n\r\nWe keep it briefly.", "zh": ""},
    )  # fmt: skip
    english, chinese = (told(database, event_id, language) for language in ("en", "zh"))
    assert (english.organization, english.contact) == ("Harbour e. V.", "Ms Li, +86 10 1234")
    assert english.paragraphs == ("We keep little.", "We keep it briefly.")
    assert chinese.paragraphs == english.paragraphs
    say(database, event_id, texts={"en": "We keep little.", "zh": "我们保存得很少。"})
    assert told(database, event_id, "zh").paragraphs == ("我们保存得很少。",)
    with database.reading() as session:
        changed = select(AuditEntry.fields).where(AuditEntry.action == Action.PRIVACY_CHANGED)
        assert "privacy_texts" in session.scalars(changed).first()


@pytest.mark.parametrize(
    "wrong", [{"responsible": "x" * 201}, {"texts": {"en": "x" * 5001}}, {"texts": {"zh": "a\0b"}}]
)
def test_what_cannot_be_shown_is_refused_and_changes_nothing(
    database: Database, event_id: int, wrong
):
    with pytest.raises(SettingRefused):
        say(database, event_id, contact="new@example.org", **wrong)
    assert told(database, event_id, "en").contact == ""
