"""The organizer's calls: adding people, sending, and asking how it goes."""

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest
from sqlalchemy import select, update

from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.models import ColumnKind, Event, Mail, MailState, Sending, Volunteer
from shared.volunteers.people.roster import change_address
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import ana, api, default_event, png, server_url
from tests.support.calls import call, owners
from tests.support.list_columns import say

__all__ = ["ana", "api", "default_event", "server_url"]


def test_addresses_are_added_once_and_refusals_are_explained(api: httpx.Client) -> None:
    lines = [
        " a+tag@example.museum\r",
        "B@EXAMPLE.org,N-7",
        "",
        "b@example.org",
        "o'neill@bücher.example",
        "no-address",
    ]
    answer = owners(api, "addUserData", email=lines)
    assert answer["code"] == 0
    assert (answer["data"]["accepted"], answer["data"]["duplicates"]) == (3, 1)
    assert [line["line"] for line in answer["data"]["refused"]] == [6]
    assert "@" in answer["data"]["refused"][0]["reason"]
    again = owners(api, "addUserData", email=lines)["data"]
    assert (again["accepted"], again["duplicates"]) == (0, 4)


def test_the_number_behind_the_comma_is_the_certificates_number(
    api: httpx.Client, installation: Installation
) -> None:
    owners(api, "addUserData", email=["a@example.org,2026-A,7"])
    with installation.database.reading() as session:
        assert session.scalars(select(Volunteer.number)).one() == "2026-A,7"


def test_the_owner_may_name_another_event(
    api: httpx.Client, installation: Installation, event: Event
) -> None:
    owners(api, "addUserData", email=["a@example.org"], event=event.id)
    owners(api, "addUserData", email=["b@example.org"], event=event.name)
    with installation.database.reading() as session:
        assert set(session.scalars(select(Volunteer.event_id))) == {event.id}
    assert owners(api, "addUserData", email=["c@example.org"], event="none of ours")["code"] == 4


@pytest.mark.parametrize("token", ["1234", "", None, 5, ["x"]])
def test_organizers_calls_need_an_organizers_token(api: httpx.Client, token: Any) -> None:
    for name in ("addUserData", "updateOrgConfig", "email"):
        answer = call(api, name, token=token, email=[], action="query")
        assert (answer["code"], answer["data"]) == (2, "")


def test_an_events_id_comes_before_the_name_of_another(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    with installation.database.writing() as session:
        meant, _ = create_event(session, name="Beach Day")
        session.get_one(Event, default_event.id).name = str(meant.id)
    owners(api, "addUserData", email=["a@example.org"], event=meant.id)
    with installation.database.reading() as session:
        assert session.scalars(select(Volunteer.event_id)).all() == [meant.id]


@pytest.mark.parametrize("by", ["id", "name"])
def test_an_organizers_token_changes_no_event_but_its_own(
    api: httpx.Client, installation: Installation, default_event: Event, by: str
) -> None:
    with installation.database.writing() as session:
        own, token = create_event(session, name="Beach Day")
        own_id = own.id
    other = getattr(default_event, by)
    calls: dict[str, dict[str, Any]] = {
        "addUserData": {"email": ["a@example.org"]},
        "updateOrgConfig": {"name": "Somebody else"},
        "email": {"action": "send"},
    }
    for name, body in calls.items():
        assert call(api, name, token=token, event=other, **body)["code"] == 4, name
        # It is the event that is refused.
        assert call(api, name, token=token, **body)["code"] == 0, name
    files = {"template": ("template.png", png())}
    upload = api.post(
        "/api/uploadImage", headers={"Token": token}, files=files, data={"event": str(other)}
    )
    assert upload.json()["code"] == 4
    with installation.database.reading() as session:
        untouched = session.get_one(Event, default_event.id)
        assert (untouched.organization, untouched.design) == (default_event.organization, None)
        listed = session.scalars(select(Volunteer.event_id)).all()
    assert listed == [own_id]


def give_a_certificate(api: httpx.Client) -> None:
    files = {"template": ("a.png", png(600, 400))}
    assert api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN}, files=files).is_success


def test_sending_twice_queues_nobody_twice(api: httpx.Client) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org", "b@example.org"])
    assert owners(api, "email", action="send")["data"]["queued"] == 2
    assert owners(api, "email", action="send")["data"]["queued"] == 0


def test_an_old_client_may_send_before_its_picture_is_there_and_before_its_list(
    api: httpx.Client,
) -> None:
    assert owners(api, "email", action="send")["data"]["queued"] == 0
    owners(api, "addUserData", email=["a@example.org"])
    assert owners(api, "email", action="send")["data"]["queued"] == 1
    found = owners(api, "email", action="check")["data"]["findings"]
    assert ("Certificate", "red") in {(item["subject"], item["level"]) for item in found}


def test_an_unknown_placeholder_stops_a_sending_and_is_named(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org"])
    with installation.database.writing() as session:
        wording = {"reminder": {"subject": "Dear {nmae}", "body": ""}}
        session.get_one(Event, default_event.id).wording = wording
    answer = owners(api, "email", action="send")
    assert (answer["code"], answer["data"]) == (4, "")
    assert "{nmae}" in answer["message"]


def test_what_is_amber_stops_no_program(api: httpx.Client) -> None:
    """No organization, no worker, rehearsal: the mails are queued, as they always were."""
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org"])
    found = owners(api, "email", action="check")["data"]["findings"]
    assert "amber" in {item["level"] for item in found}
    assert owners(api, "email", action="send")["code"] == 0


def test_a_query_counts_and_explains(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=["a@example.org", "b@example.org"])
    owners(api, "email", action="send")
    with installation.database.writing() as session:
        mail = session.scalars(select(Mail).order_by(Mail.id)).first()
        mail.state, mail.code, mail.answer = MailState.FAILED, 550, "5.1.1 no such user"
        session.get_one(Event, default_event.id).sending = Sending.STOPPED
    answer = owners(api, "email", action="query")
    assert answer["code"] == 0
    data = answer["data"]
    assert data["status"] == {"0": 2, "1": 0, "2": 0, "3": 0, "4": 0}
    assert (data["invitations_to_go"], data["certificates_to_go"]) == (1, 0)
    assert data["failures"][0]["email"] == "a@example.org"
    assert (data["failures"][0]["code"], data["failures"][0]["reason"]) == (
        550,
        "5.1.1 no such user",
    )
    assert (data["paused"], data["sending"], data["paused_until"]) == (True, "stopped", None)


def test_a_query_counts_the_failures_that_it_does_not_list(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    give_a_certificate(api)
    owners(api, "addUserData", email=[f"v{number}@example.org" for number in range(250)])
    owners(api, "email", action="send")
    with installation.database.writing() as session:
        session.execute(update(Mail).values(state=MailState.FAILED))
    data = owners(api, "email", action="query")["data"]
    assert (len(data["failures"]), data["failures_total"]) == (200, 250)


def test_a_query_says_until_when_the_mail_server_made_us_wait(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    owners(api, "updateOrgConfig", username="thanks@example.org", password="x")
    assert owners(api, "email", action="query")["data"]["paused"] is False
    until = datetime.now(UTC) + timedelta(minutes=15)
    with installation.database.writing() as session:
        account = session.get_one(Event, default_event.id).account
        assert account
        account.paused_until, account.trouble_code = until, 421
        account.trouble_text = "4.7.0 too many mails"
    data = owners(api, "email", action="query")["data"]
    assert (data["paused"], data["sending"]) == (True, "paused")
    assert datetime.fromisoformat(data["paused_until"]) == until
    assert data["paused_reason"].endswith("after the pause. (421 4.7.0 too many mails)")


@pytest.mark.parametrize("action", [{}, {"action": ""}, {"action": "dance"}])
def test_another_action_is_code_4(api: httpx.Client, action: dict[str, str]) -> None:
    assert owners(api, "email", **action)["code"] == 4


def test_an_update_changes_who_is_there_and_tells_what_became_of_each(
    api: httpx.Client, installation: Installation
) -> None:
    owners(api, "addUserData", email=["a@example.org,7", "b@example.org"])
    again: list[Any] = [
        {"email": "A@example.org", "number": "8", "name": "Ana", "columns": {"Hours": 3}},
        "b@example.org",
        "",
        {"email": "a@example.org", "name": "Ana Lima"},
        "c@example.org",
        "nobody",
    ]
    told = owners(api, "addUserData", email=again, update=True)["data"]
    refused = [line["line"] for line in told.pop("refused")]
    reason = "Line 4 counts."
    assert told.pop("repeated") == [{"line": 1, "text": "A@example.org,8,Ana", "reason": reason}]
    assert (told, refused) == (
        {"accepted": 1, "updated": 1, "unchanged": 1, "duplicates": 1, "findings": []},
        [6],
    )
    with installation.database.reading() as session:
        ana = session.scalars(select(Volunteer).where(Volunteer.email_key == "a@example.org")).one()
    assert (ana.listed_name, ana.number, ana.columns) == ("Ana Lima", "7", {})
    assert "updated" not in owners(api, "addUserData", email=again)["data"]


def test_lines_that_repeat_others_are_told_with_masks_up_to_two_hundred(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    add = partial(owners, api, "addUserData")
    add(email=[{"email": "a@example.org", "columns": {"Locker": "1234567890"}}])
    say(installation, default_event.id, "Locker", kind=ColumnKind.SECRET)
    line = {"email": "A@example.org", "columns": {"Locker": "9876543210"}}
    data = add(email=["b@example.org", line, *[line] * 250])["data"]
    told = data["repeated"]
    assert (data["accepted"], data["duplicates"], len(told)) == (1, 251, 200)
    assert (told[0]["line"], told[0]["reason"]) == (3, "Already in line 2.")
    assert told[0]["text"].startswith("A@example.org")
    assert "9876543210" not in str(data)
    # A line each for the address that somebody has and for the one that they had is twice, too.
    with installation.database.writing() as session:
        one = session.scalars(select(Volunteer).where(Volunteer.email == "a@example.org")).one()
        change_address(session, installation.seal, one, "anna@example.org")
    data = add(email=["a@example.org", "anna@example.org"], update=True)["data"]
    assert data["repeated"] == [
        {
            "line": 1,
            "text": "a@example.org",
            "reason": "The same person as in line 2: anna@example.org.",
        }
    ]
    assert (data["accepted"], data["unchanged"], data["duplicates"]) == (0, 1, 1)
