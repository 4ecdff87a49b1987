"""The event of the first start says what it is for, and speaks the installation's language."""

from pathlib import Path

import pytest

from shared.dates import UNCHOSEN_UTC
from shared.events.installation import chosen_event
from shared.events.opening import open_installation
from shared.events.settings import update_organization
from shared.findings import Level
from shared.preflight.flight_check import check_zone
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Event
from tests.support.console_screens import Open

FIRST = 1


@pytest.mark.parametrize(
    ("language", "purpose"),
    [
        ("en", "Try things out with this event,"),
        ("zh", "可以用来试用，也可以改名后正式使用"),
    ],
)
@pytest.mark.parametrize("screen", ["events", "overview"])
def test_the_first_event_says_what_it_is_for_and_others_do_not(
    open_screen: Open,
    database: Database,
    event_id: int,
    screen: str,
    language: str,
    purpose: str,
):
    # In use: before, it is out of sight.
    with database.writing() as session:
        update_organization(session.get_one(Event, FIRST), name="Harbour Friends")
    of_first = [one.value for one in open_screen(screen, FIRST, language=language).caption]
    assert sum(purpose in words for words in of_first) == 1
    of_other = [one.value for one in open_screen("overview", event_id, language=language).caption]
    assert not any(purpose in words for words in of_other)
    with database.writing() as session:
        session.get_one(Event, FIRST).name = "Harbour Run"
    renamed = [one.value for one in open_screen(screen, FIRST, language=language).caption]
    assert not any(purpose in words for words in renamed)


@pytest.mark.parametrize(("said", "language"), [("", "en"), ("en", "en"), ("zh", "zh")])
def test_the_first_event_has_the_language_of_the_installation_whatever_the_machine_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, language: str
):
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if language == "en" else "en_GB.UTF-8")
    monkeypatch.setenv("LANGUAGE", "zh_CN" if language == "en" else "en")
    monkeypatch.setenv("DEFAULT_LANGUAGE", said)
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url="")
    installation = open_installation(settings)
    with installation.database.reading() as session:
        assert chosen_event(session, None).language == language
    installation.database.close()


@pytest.mark.parametrize(
    ("machine", "said", "zone"),
    [
        ("Europe/Berlin", "", "Europe/Berlin"),
        ("Europe/Berlin", "America/Lima", "America/Lima"),
        ("", "UTC", "UTC"),
        # A container's: nobody chose it.
        ("UTC", "", UNCHOSEN_UTC),
        ("Nowhere/Land", "", UNCHOSEN_UTC),
    ],
)
def test_the_first_event_has_the_zone_of_the_owner_or_else_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: str, said: str, zone: str
):
    monkeypatch.setenv("TZ", machine)
    monkeypatch.setenv("DEFAULT_TIME_ZONE", said)
    settings = Settings(_env_file=None, data_dir=tmp_path, database_url="")
    installation = open_installation(settings)
    with installation.database.reading() as session:
        event = chosen_event(session, None)
        assert event.time_zone == zone
        doubts = [one.level for one in check_zone(event)]
        assert doubts == ([Level.AMBER] if zone == UNCHOSEN_UTC else [])
    installation.database.close()
