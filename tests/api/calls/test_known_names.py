"""Programs choose who decides the names, and send names with addresses."""

from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import select

from shared.events.installation import Installation
from shared.storage.models import Event, Volunteer
from tests.support.api_server import api, default_event, png, server_url
from tests.support.calls import owners
from tests.support.factories import design
from tests.support.known_names import end_check, mails_of

__all__ = ["api", "default_event", "server_url"]

SOON = (date.today() + timedelta(days=5)).isoformat()
ANA = {"email": "ana@example.org", "number": 7, "name": "Ana Silva", "columns": {"Hours": 39}}
BO = {"email": "bo@example.org"}
CY = {"email": "cy@example.org", "name": "𒀀𒀁"}


def people(installation: Installation) -> list[Volunteer]:
    with installation.database.reading() as session:
        return list(session.scalars(select(Volunteer).order_by(Volunteer.id)))


def test_people_come_as_objects_and_as_lines_in_one_call(
    api: httpx.Client, installation: Installation
) -> None:
    entries = ["d@example.org,A-1", ANA, "", BO, {"email": "nobody"}, {**ANA, "number": None}]
    data = owners(api, "addUserData", email=entries)["data"]
    assert (data["accepted"], data["duplicates"]) == (3, 1)
    assert [line["line"] for line in data["refused"]] == [5]
    found = [(one.email, one.number, one.listed_name, one.columns) for one in people(installation)]
    assert found[0][:3] == ("d@example.org", "A-1", "")
    assert found[1] == ("ana@example.org", "7", "Ana Silva", {"Hours": "39"})
    assert found[2][0] == "bo@example.org"


@pytest.mark.parametrize("person", [{"email": 5}, {**BO, "name": ["Bo"]}, [BO]])
def test_an_object_that_is_none_of_a_person_is_refused_whole(
    api: httpx.Client, installation: Installation, person: object
) -> None:
    answer = api.post("/api/addUserData", json={"token": "x", "email": [person]})
    assert (answer.status_code, answer.json()["code"]) == (422, 422)
    assert people(installation) == []


def test_send_mails_certificates_to_known_names_asks_the_others_and_holds_one_alone(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    design(installation.database, default_event.id, png())
    owners(api, "addUserData", email=[ANA, BO, CY])
    assert owners(api, "updateOrgConfig", names="issue")["code"] == 0
    assert owners(api, "email", action="query")["data"]["to_issue"] == 2
    data = owners(api, "email", action="send")["data"]
    assert (data["queued"], data["issued"], data["held"]) == (1, 1, 1)
    assert (data["invitations_to_go"], data["certificates_to_go"]) == (1, 1)
    assert data["status"] == {"0": 2, "1": 0, "2": 1, "3": 0, "4": 0}
    again = owners(api, "email", action="send")["data"]
    assert (again["queued"], again["issued"], again["to_issue"]) == (0, 0, 0)


def test_with_check_everybody_is_invited_and_after_the_day_names_are_issued(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    design(installation.database, default_event.id, png())
    owners(api, "addUserData", email=[ANA, BO])
    assert owners(api, "updateOrgConfig", names="check", names_until=SOON)["code"] == 0
    assert owners(api, "email", action="send")["data"]["queued"] == 2
    end_check(installation.database, default_event.id)
    assert owners(api, "email", action="send")["data"]["issued"] == 1
    assert [kind for _, kind, _ in mails_of(installation.database, default_event.id)] == [
        "invitation",
        "certificate",
        "invitation",
    ]


def test_a_program_that_says_nothing_of_names_finds_all_as_it_was(api: httpx.Client) -> None:
    owners(api, "addUserData", email=[ANA])
    assert owners(api, "updateOrgConfig", names="", names_until=None)["code"] == 0
    assert owners(api, "email", action="send")["data"]["queued"] == 1


@pytest.mark.parametrize(
    ("config", "field"),
    [
        ({"names": "maybe"}, "names"),
        ({"names": "check"}, "names_until"),
        ({"names": "check", "names_until": "tomorrow"}, "names_until"),
        ({"names": "check", "names_until": "2020-01-01"}, "names_until"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_field_and_nothing_is_stored(
    api: httpx.Client, installation: Installation, default_event: Event, config, field: str
) -> None:
    answer = owners(api, "updateOrgConfig", name="Harbour Friends", **config)
    assert answer["code"] == 4
    assert answer["message"].startswith(f"{field}:")
    with installation.database.reading() as session:
        assert session.get_one(Event, default_event.id).organization == ""


def test_without_a_certificate_known_names_wait_and_it_is_said(
    api: httpx.Client, default_event: Event
) -> None:
    owners(api, "addUserData", email=[ANA])
    owners(api, "updateOrgConfig", names="issue")
    assert owners(api, "email", action="send")["code"] == 4
