"""Changes through the six calls are logged with their actor; queries are not."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from shared.access.keys import new_key
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry, Event
from tests.support.api_server import api, default_event, png, server_url
from tests.support.audited import acts
from tests.support.colleagues import join

__all__ = ["api", "default_event", "server_url"]

Call = Callable[[httpx.Client, str], Any]


def post(path: str, /, **body: Any) -> Call:
    return lambda api, token: api.post(f"/api/{path}", json={"token": token, **body}).json()


def upload(api: httpx.Client, token: str) -> Any:
    file = {"template": ("t.png", png(), "image/png")}
    return api.post("/api/uploadImage", headers={"Token": token}, files=file).json()


CALLS: dict[str, tuple[Call, list[Action]]] = {
    "list": (post("addUserData", email=["cy@example.org", "di@example.org"]), [Action.LIST_ADDED]),
    "picture": (upload, [Action.DESIGN_CHANGED]),
    "organization": (post("updateOrgConfig", name="Harbour Club"), [Action.ORGANIZATION_CHANGED]),
    "pace": (post("updateOrgConfig", min_second=2, max_second=3), [Action.ACCOUNT_CHANGED]),
    "account": (
        post("updateOrgConfig", username="a@example.org", password="secret"),
        [Action.ACCOUNT_CHANGED, Action.GONE_LIVE],
    ),
    "send": (post("email", action="send"), [Action.QUEUED]),
    "query": (post("email", action="query"), []),
}


@pytest.mark.parametrize("name", CALLS)
def test_each_call_that_changes_something_is_in_the_log(
    api: httpx.Client, installation: Installation, default_event: Event, name: str
):
    call, expected = CALLS[name]
    key = join(installation.database, default_event.id, "Ana", Role.ORGANIZER)
    post("addUserData", email=["bo@example.org"])(api, key)
    before = len(acts(installation.database))
    assert call(api, key)["code"] == 0
    entries = acts(installation.database)[before:]
    assert [entry.action for entry in entries] == expected
    assert {(entry.by_name, entry.network) for entry in entries} <= {("Ana", "127.0.0.1")}
    assert "secret" not in str([entry.fields for entry in entries])


def test_what_a_role_does_not_allow_and_keys_of_others_are_in_the_log_once(
    api: httpx.Client, installation: Installation, default_event: Event
):
    key = join(installation.database, default_event.id, "Vi", Role.VIEWER)
    for _ in range(2):
        assert post("addUserData", email=["cy@example.org"])(api, key)["code"] == 2
        assert post("email", action="query")(api, "no key at all")["code"] == 2
    (refused,) = acts(installation.database)
    assert (refused.action, refused.by_name) == (Action.ROLE_REFUSED, "Vi")
    assert refused.fields == ["change_list"]
    assert post("email", action="query")(api, new_key())["code"] == 2
    with installation.database.reading() as session:
        foreign = select(AuditEntry).where(AuditEntry.action == Action.KEY_REFUSED)
        entry = session.scalars(foreign).one()
    assert (entry.event_id, entry.by_role, entry.network) == (None, None, "127.0.0.1")
