"""Which language a page is in: a person's if we have it, else the event's, else the
installation's."""

import datetime
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from shared.certificates.issuing.drawing import facts_of
from shared.dates import written_date
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import EventChange, update_event
from shared.settings import Settings
from shared.storage.models import Certificate, Event, Volunteer
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

WITHOUT_EVENT = ["/", "/certificate?token=wrong", "/verify/wrong", "/nowhere", "/link-asked"]


@pytest.fixture
def installation(settings: Settings, request: pytest.FixtureRequest) -> Iterator[Installation]:
    """One whose owner said which language it speaks."""
    spoken = getattr(request, "param", "en")
    opened = open_installation(settings.model_copy(update={"default_language": spoken}))
    yield opened
    opened.database.close()


def language_of(answer: httpx.Response) -> str:
    return "zh" if '<html lang="zh-CN"' in answer.text else "en"


def look(api: httpx.Client, path: str, accepted: str = "es-ES,es;q=0.9") -> str:
    headers = {"Accept": "text/html", "Accept-Language": accepted}
    return language_of(api.get(path, headers=headers))


@pytest.mark.parametrize("installation", ["en", "zh"], indirect=True)
@pytest.mark.parametrize("path", WITHOUT_EVENT)
def test_where_there_is_no_event_a_reader_of_spanish_gets_the_installations_language(
    api: httpx.Client, installation: Installation, path: str
) -> None:
    spoken = installation.settings.default_language
    assert look(api, path) == look(api, path, "*") == spoken
    assert [look(api, path, own) for own in ("zh-CN,zh;q=0.9", "en-GB")] == ["zh", "en"]


def say(installation: Installation, who: Invited, language: str, of_event: str) -> None:
    """Put a language into the person's row of the list."""
    with installation.database.writing() as session:
        person = session.get_one(Volunteer, who.id)
        person.columns = {"Language": language}
        update_event(person.event, EventChange(language=of_event))


@pytest.mark.parametrize(
    ("said", "of_event", "shown"),
    [("Chinese", "en", "zh"), ("英语", "zh", "en"), ("Spanish", "zh", "zh"), ("", "zh", "zh")],
)
def test_the_column_language_decides_a_persons_own_pages_and_a_language_we_lack_is_the_events(
    api: httpx.Client,
    installation: Installation,
    ana: Invited,
    said: str,
    of_event: str,
    shown: str,
) -> None:
    say(installation, ana, said, of_event)
    for path in ("certificate", "my-data"):
        assert look(api, f"/{path}?token={ana.token}") == shown
        assert look(api, f"/{path}?token={ana.token}&lang=en") == "en"
    told = api.get("/api/getUserInfo", params={"token": ana.token}).json()
    assert told["data"]["language"] == shown


def test_the_readers_browser_counts_where_the_list_says_nothing(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    page = f"/certificate?token={ana.token}"
    say(installation, ana, "", "en")
    assert look(api, page, "zh-TW") == "zh"
    say(installation, ana, "English", "zh")
    assert look(api, page, "zh-TW") == "en"


@pytest.mark.parametrize(
    ("said", "date"), [("zh", "2026年3月8日"), ("日本語", "March 8, 2026"), ("", "March 8, 2026")]
)
def test_the_column_language_decides_how_the_date_is_written_on_the_certificate(
    api: httpx.Client, installation: Installation, ana: Invited, said: str, date: str
) -> None:
    say(installation, ana, said, "en")
    api.post("/api/submitUserInfo", json={"token": ana.token, "name": "Ana Lima"})
    with installation.database.reading() as session:
        certificate = session.scalars(select(Certificate)).one()
        facts = facts_of(installation.settings, certificate)
    assert written_date(datetime.date(2026, 3, 8), facts.language) == date


def test_letters_from_right_to_left_leave_the_order_of_the_page_alone(
    api: httpx.Client, installation: Installation, default_event: Event, ana: Invited
) -> None:
    with installation.database.writing() as session:
        update_event(session.get_one(Event, default_event.id), EventChange(name="سباق المرفأ"))
    api.post("/api/submitUserInfo", json={"token": ana.token, "name": "عائشة"})
    page = api.get("/certificate", params={"token": ana.token, "lang": "en"}).text
    assert "· \u2068سباق المرفأ\u2069</title>" in page
    assert "with the name \u2068عائشة\u2069" in page
    assert "<bdi>سباق المرفأ</bdi>" in page
