"""Many who submit their names at once: a few are stored at a time."""

import threading
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.pool import QueuePool

from api.calls import volunteer
from shared import budgets
from shared.events.installation import Installation
from shared.storage.models import Event
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.envelopes import assert_envelope
from tests.support.factories import add, invite

__all__ = ["ana", "api", "default_event", "server_url"]

CROWD = 30


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_crowd_that_submits_at_once_opens_no_connections_of_its_own(
    installation: Installation, server_url: str, ana: Invited, default_event: Event
):
    crowd = "\n".join(f"p{number}@example.org" for number in range(CROWD))
    add(installation.database, default_event.id, crowd)
    tokens = invite(installation, default_event.id).values()
    pool = installation.database.engine.pool
    assert isinstance(pool, QueuePool)
    opened: list[object] = []
    event.listen(pool, "connect", lambda connection, _: opened.append(connection))

    def submit(token: str) -> httpx.Response:
        named = {"token": token, "name": "Ana Lima"}
        return httpx.post(f"{server_url}/api/submitUserInfo", json=named, timeout=60)

    with ThreadPoolExecutor(CROWD) as people:
        assert {answer.json()["code"] for answer in people.map(submit, tokens)} == {0}
    assert len(opened) <= pool.size()


def test_who_finds_no_turn_is_told_so_and_is_stored_when_asking_again(
    api: httpx.Client, ana: Invited, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(volunteer, "PATIENCE", 0.05)
    ended = threading.Event()
    busy = [
        threading.Thread(target=_keep_a_turn, args=(ended,)) for _ in range(budgets.SUBMITS.most)
    ]
    for one in busy:
        one.start()
    named = {"token": ana.token, "name": "Ana Lima"}
    refused = api.post("/api/submitUserInfo", json=named)
    ended.set()
    for one in busy:
        one.join()
    assert "does not answer" in assert_envelope(refused, 503)["message"]
    assert refused.headers["retry-after"] == "5"
    assert api.post("/api/submitUserInfo", json=named).json()["code"] == 0


def _keep_a_turn(ended: threading.Event) -> None:
    with volunteer.submits:
        ended.wait()
