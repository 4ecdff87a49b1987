"""What is hardly a name is asked back once, on the page alone."""

import re

import httpx
import pytest
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.rendering.names import is_doubtful
from shared.storage.models import Certificate, Event
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

QUESTION = "Is this your full name?"


@pytest.mark.parametrize(
    "name",
    [
        *("ana@example.org", "Ana <ana@example.org>", "https://example.org/ana", "www.example.org"),
        *("example.org", "A", "王", "😀", "123", "harbour  FRIENDS"),
    ],
)
def test_what_is_hardly_a_name(name: str) -> None:
    assert is_doubtful(name, "Harbour Friends")


@pytest.mark.parametrize(
    "name",
    [
        *("Ana", "Ng", "王小明", "J. R. Smith", "J.R.Smith", "Anna-Lena d’Arc", "O. 😀", "Friends"),
    ],
)
def test_what_is_a_name(name: str) -> None:
    assert not is_doubtful(name, "Harbour Friends")
    assert not is_doubtful(name, "")


@pytest.fixture
def organization(installation: Installation, default_event: Event) -> str:
    with installation.database.writing() as session:
        session.get_one(Event, default_event.id).organization = "Harbour Friends"
    return "Harbour Friends"


def press(api: httpx.Client, ana: Invited, name: str, page: str = "") -> httpx.Response:
    """Press the button below a name, on the page as it is."""
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    form = hidden | {"token": ana.token, "name": name}
    return api.post("/certificate", params={"lang": "en"}, data=form)


def issued(installation: Installation) -> int:
    with installation.database.reading() as session:
        return session.scalars(select(func.count()).select_from(Certificate)).one()


def test_it_is_asked_once_and_taken_when_it_comes_again(
    api: httpx.Client, installation: Installation, ana: Invited, organization: str
) -> None:
    answer = press(api, ana, organization)
    assert answer.status_code == 422
    assert QUESTION in answer.text
    assert issued(installation) == 0
    other = press(api, ana, "😀", answer.text)
    assert QUESTION in other.text
    assert issued(installation) == 0
    assert press(api, ana, "😀", other.text).status_code == 303
    assert issued(installation) == 1


def test_without_scripts_a_name_is_offered_as_people_write_it_once_it_is_shown(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    form = {"token": ana.token, "name": "MEIER, ANNA", "action": "preview"}
    page = api.post("/certificate", params={"lang": "en"}, data=form).text
    assert 'name="instead" value="Anna Meier"' in page
    page = api.post(
        "/certificate", params={"lang": "en"}, data=form | {"instead": "Anna Meier"}
    ).text
    assert 'value="Anna Meier" data-made' in page
    assert 'name="instead"' not in page
    assert issued(installation) == 0


def test_a_name_is_not_asked_back(
    api: httpx.Client, installation: Installation, ana: Invited, organization: str
) -> None:
    assert press(api, ana, "Ana Lima").status_code == 303
    assert issued(installation) == 1


def test_the_call_that_old_pages_make_asks_nothing(
    api: httpx.Client, installation: Installation, ana: Invited
) -> None:
    answer = api.post("/api/submitUserInfo", json={"token": ana.token, "name": "A"})
    assert answer.json()["code"] == 0
    assert issued(installation) == 1
