"""What each role may do through the six calls: cell by cell, and a refusal changes nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from shared.access import colleagues
from shared.access.keys import access_of
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.storage.database import Database
from shared.storage.models import AccessKey, Event, Mail, MailState, Volunteer, now
from tests.support import factories
from tests.support.api_server import api, default_event, png, server_url
from tests.support.colleagues import join
from tests.support.console_screens import fail_every_mail
from tests.support.sending_steps import add_account

__all__ = ["api", "default_event", "server_url"]

Call = Callable[[httpx.Client, str], dict[str, Any]]


def post(path: str, /, **body: Any) -> Call:
    def call(api: httpx.Client, token: str) -> dict[str, Any]:
        answer = api.post(f"/api/{path}", json={"token": token, **body})
        assert answer.status_code == 200
        return answer.json()

    return call


def upload(api: httpx.Client, token: str) -> dict[str, Any]:
    file = {"template": ("t.png", png(), "image/png")}
    return api.post("/api/uploadImage", headers={"Token": token}, files=file).json()


CALLS: dict[str, Call] = {
    "list": post("addUserData", email=["cy@example.org"]),
    "picture": upload,
    "configuration": post("updateOrgConfig", name="Harbour Club"),
    "send": post("email", action="send"),
    "check": post("email", action="check"),
    "query": post("email", action="query"),
}
MAY = {
    Role.ORGANIZER: {"list", "picture", "configuration", "send", "check", "query"},
    Role.HELPER: {"list", "send", "check", "query"},
    Role.VIEWER: {"query"},
}


def stored(database: Database, event_id: int) -> tuple[object, ...]:
    with database.reading() as session:
        event = session.get_one(Event, event_id)
        lines = select(Volunteer.email).where(Volunteer.event_id == event_id)
        mails = select(Mail.id).where(Mail.event_id == event_id)
        return (
            event.design_id,
            event.organization,
            session.scalars(lines).all(),
            session.scalars(mails).all(),
        )


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("role", MAY)
def test_a_call_does_what_the_role_may_and_else_says_so_and_changes_nothing(
    api: httpx.Client, database: Database, listed: int, role: Role, call: str
):
    key = join(database, listed, "Ana", role)
    before = stored(database, listed)
    answer = CALLS[call](api, key)
    if call in MAY[role]:
        assert answer["code"] == 0, answer
    else:
        assert (answer["code"], answer["data"]) == (2, "")
        assert answer["message"] == "Your role does not allow this. Ask an organizer of the event."
        assert stored(database, listed) == before


def test_a_viewer_learns_no_address_from_what_failed(
    api: httpx.Client, installation: Installation, listed: int
):
    database = installation.database
    factories.invite(installation, listed)
    fail_every_mail(database, listed, MailState.FAILED)
    with database.writing() as session:
        for mail in session.scalars(select(Mail)):
            mail.answer = f"5.1.1 <{mail.address}>: no such user"
    keys = {role: join(database, listed, role.value, role) for role in (Role.HELPER, Role.VIEWER)}
    answers = {
        role: api.post("/api/email", json={"token": key, "action": "query"})
        for role, key in keys.items()
    }
    assert "ana@example.org" in answers[Role.HELPER].text
    assert "example.org" not in answers[Role.VIEWER].text
    seen = answers[Role.VIEWER].json()["data"]
    assert seen["failures_total"] == 2
    assert [(one["email"], one["reason"], one["code"]) for one in seen["failures"]] == [
        ("", "", 550)
    ] * 2


def test_who_may_see_no_addresses_learns_the_codes_of_a_pause_and_of_delays(
    api: httpx.Client, installation: Installation, listed: int
):
    database = installation.database
    said = "4.3.0 <ana@example.org> cannot be looked up"
    account_that_waits(database, listed, said)
    factories.invite(installation, listed)
    with database.writing() as session:
        for mail in session.scalars(select(Mail)):
            mail.waits_since, mail.code, mail.answer = now() - timedelta(hours=5), 451, said
    keys = {role: join(database, listed, role.value, role) for role in (Role.HELPER, Role.VIEWER)}
    told = {
        role: api.post("/api/email", json={"token": key, "action": "query"}).json()["data"]
        for role, key in keys.items()
    }
    assert told[Role.HELPER]["paused_reason"].endswith(f"(451 {said})")
    assert told[Role.VIEWER]["paused_reason"].endswith("(451 4.3.0)")
    assert {role: one["delayed"] for role, one in told.items()} == dict.fromkeys(keys, 2)
    assert told[Role.HELPER]["delayed_reason"] == f"451 {said}"
    assert told[Role.VIEWER]["delayed_reason"] == "451 4.3.0"


def account_that_waits(database: Database, event_id: int, said: str) -> None:
    add_account(
        database, event_id, trouble_code=451, trouble_text=said, pauses_in_a_row=1,
        paused_until=now() + timedelta(minutes=5),
    )  # fmt: skip


def test_a_key_acts_on_its_own_event_alone(api: httpx.Client, database: Database, listed: int):
    key = join(database, listed, "Ana", Role.ORGANIZER)
    answer = post("addUserData", email=["cy@example.org"], event=1)(api, key)
    assert (answer["code"], answer["message"]) == (4, "There is no such event.")
    assert stored(database, 1)[2] == []


def test_a_revoked_key_is_told_so_and_changes_nothing(
    api: httpx.Client, database: Database, listed: int
):
    key = join(database, listed, "Ana", Role.HELPER)
    with database.writing(by=Actor(None, Role.OWNER)) as session:
        event = session.get_one(Event, listed)
        colleagues.remove_person(session, event, access_of(session, key).key_id)
    before = stored(database, listed)
    answer = CALLS["list"](api, key)
    assert answer["code"] == 2
    assert answer["message"] == "This key was revoked. Ask an organizer of the event for a new one."
    assert stored(database, listed) == before


def test_a_right_key_of_a_role_too_low_is_never_counted_as_guessing(
    api: httpx.Client, database: Database, listed: int
):
    key = join(database, listed, "Ana", Role.VIEWER)
    assert {CALLS["list"](api, key)["code"] for _ in range(70)} == {2}
    assert CALLS["query"](api, key)["code"] == 0


def test_a_call_is_a_use_of_the_key(api: httpx.Client, database: Database, listed: int):
    key = join(database, listed, "Ana", Role.VIEWER)
    CALLS["query"](api, key)
    with database.reading() as session:
        assert session.scalars(select(AccessKey.last_used_at)).one() is not None
