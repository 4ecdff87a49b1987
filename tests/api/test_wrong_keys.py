"""Who has no key that opens anything makes nobody wait who writes."""

from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import event as listeners

from shared.events.installation import Installation
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.front_door import visitor_at

__all__ = ["ana", "api", "default_event", "server_url"]

WRONG = ["wrong", "x" * 43, "certs_" + "x" * 50, ""]


@pytest.fixture
def turns(installation: Installation, ana: Invited, api: httpx.Client) -> Iterator[list[str]]:
    """Grows by one with each turn of somebody who writes, from now on."""
    begun: list[str] = []

    def note(*_: object) -> None:
        begun.append("a turn")

    listeners.listen(installation.database._writing, "begin", note)
    yield begun
    listeners.remove(installation.database._writing, "begin", note)


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_key_never_takes_the_writers_lock(
    installation: Installation, api: httpx.Client, ana: Invited, turns: list[str], key: str
):
    body = {"token": key, "name": "Ana", "email": ["bo@example.org"], "action": "send"}
    for call in ("submitUserInfo", "addUserData", "updateOrgConfig", "email", "preview"):
        assert api.post(f"/api/{call}", json=body).status_code in (200, 429)
    picture = {"template": ("template.png", b"x")}
    assert api.post("/api/uploadImage", headers={"Token": key}, files=picture).json()["code"] != 0
    api.get("/api/getUserInfo", params={"token": key})
    api.get("/metrics", headers={"Authorization": f"Bearer {key or 'x'}"})
    for page in ("certificate", "my-data", "my-data.json", "my-certificate.pdf", "erase"):
        api.get(f"/{page}", params={"token": key, "key": key})
    for form in ("certificate", "my-data/erase", "erase", f"reminders/{key}"):
        api.post(f"/{form}", data={"token": key, "key": key, "name": "Ana"})
    console = visitor_at(installation)
    assert console.post("/signin", data={"token": key}).status_code in (200, 401, 403, 429)
    console.post(f"/join/{key}")
    assert turns == []


def test_a_right_one_does(api: httpx.Client, ana: Invited, turns: list[str]):
    body = {"token": ana.token, "name": "Ana Lima"}
    assert api.post("/api/submitUserInfo", json=body).json()["code"] == 0
    assert turns
