"""What is answered about somebody who was erased: that there was a certificate, and no more."""

import httpx
import pytest

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.privacy.erasure import erase_person
from shared.storage.models import Certificate, Event, Volunteer
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.calls import call
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


@pytest.fixture
def erased(installation: Installation, default_event: Event, ana: Invited) -> Certificate:
    """The certificate of Ana, who was erased after she had it."""
    issued = store_name(installation, ana.token, "Ana Lima")
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, issued.volunteer_id)
    erase_person(installation.database, installation.seal, person, None)
    return issued


def test_the_page_that_verifies_says_withdrawn_at_the_holders_request(
    api: httpx.Client, erased: Certificate
):
    path = f"/verify/{erased.public_id}"
    page = api.get(path, params={"lang": "en"})
    assert page.status_code == 200
    assert "withdrawn at the holder&#39;s request" in page.text
    assert "应持有人的要求" in api.get(path, params={"lang": "zh"}).text
    for fact in ("Ana", "Lima", erased.number, "og:", "ana@"):
        assert fact not in page.text


def test_files_and_pictures_are_gone(api: httpx.Client, erased: Certificate):
    files = [f"/certificates/{erased.public_id}.{kind}" for kind in ("jpg", "png", "pdf")]
    pictures = [f"/verify/{erased.public_id}/{name}.jpg" for name in ("card", "void")]
    assert [api.get(path).status_code for path in files + pictures] == [410] * 5


def test_the_calls_know_nobody_by_this_link(api: httpx.Client, erased: Certificate, ana: Invited):
    asked = api.get("/api/getUserInfo", params={"token": ana.token}).json()
    assert (asked["code"], asked["data"]) == (1, "")
    assert call(api, "submitUserInfo", token=ana.token, name="Ana")["code"] == 2
    assert api.get("/certificate", params={"token": ana.token}).status_code == 404
