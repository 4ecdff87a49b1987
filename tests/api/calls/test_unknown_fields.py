"""A misspelt field is told, never swallowed; one that may mean the event stops the call."""

from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from shared.events.installation import Installation
from shared.storage.models import Event, Mail, Volunteer
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import api, default_event, png, server_url
from tests.support.calls import owners

__all__ = ["api", "default_event", "server_url"]

ANA = {"email": "ana@example.org", "name": "Ana Silva"}
CALLS: dict[str, dict[str, Any]] = {
    "addUserData": {"email": ["ana@example.org"]},
    "updateOrgConfig": {"name": "Harbour Friends"},
    "email": {"action": "send"},
}


def stored(installation: Installation) -> tuple[int | None, int | None, set[str]]:
    with installation.database.reading() as session:
        counts = (
            session.scalar(select(func.count()).select_from(kind)) for kind in (Volunteer, Mail)
        )
        return (*counts, set(session.scalars(select(Event.organization))))  # type: ignore[return-value]


@pytest.mark.parametrize("name", ["evnet", "Event", "eventId", "event_id", "events"])
@pytest.mark.parametrize("call", CALLS)
def test_a_field_that_may_mean_the_event_refuses_the_call_and_stores_nothing(
    api: httpx.Client, installation: Installation, default_event: Event, call: str, name: str
) -> None:
    before = stored(installation)
    answer = owners(api, call, **CALLS[call], **{name: 2})
    assert answer["code"] == 4
    assert name in answer["message"]
    assert "“event”" in answer["message"]
    assert stored(installation) == before


def test_so_does_one_in_the_form_of_an_image(
    api: httpx.Client, installation: Installation, default_event: Event
) -> None:
    answer = api.post(
        "/api/uploadImage",
        headers={"Token": OWNER_TOKEN},
        files={"template": ("a.png", png())},
        data={"evnet": "2"},
    ).json()
    assert answer["code"] == 4
    with installation.database.reading() as session:
        assert session.get_one(Event, default_event.id).design is None


def test_any_other_is_a_finding_with_the_nearest_name_and_the_call_goes_on(
    api: httpx.Client, installation: Installation
) -> None:
    added = owners(api, "addUserData", email=[ANA], updat=True, xyzzy=1)
    assert (added["code"], added["data"]["accepted"]) == (0, 1)
    said = [finding["words"] for finding in added["data"]["findings"]]
    assert "“update”" in said[0]
    assert said[1] == "“xyzzy” is not a field of this call and was ignored."
    told = owners(api, "email", action="query", actoin="send")["data"]["findings"]
    assert "“action”" in told[0]["words"]
    settings = owners(api, "updateOrgConfig", name="Harbour Friends", webiste="https://x.example")
    assert (settings["code"], settings["data"]) == (0, None)
    assert "“website”" in settings["message"]


def test_what_is_known_is_told_nothing(api: httpx.Client) -> None:
    assert owners(api, "addUserData", email=[ANA])["data"]["findings"] == []
    assert owners(api, "updateOrgConfig", name="Harbour Friends")["message"] == "success"


def test_a_misspelt_person_is_one_refused_line_that_names_the_field(
    api: httpx.Client, installation: Installation
) -> None:
    people = [ANA, {"email": "bo@example.org", "nmae": "Bo"}, {"emial": "cy@example.org"}]
    people += [{"email": "di@example.org", "Hours": 3}]
    data = owners(api, "addUserData", email=people)["data"]
    assert data["accepted"] == 1
    reasons = {line["line"]: line["reason"] for line in data["refused"]}
    assert list(reasons) == [2, 3, 4]
    assert "“nmae”" in reasons[2]
    assert "“name”" in reasons[2]
    assert "“email”" in reasons[3]
    assert "“columns”" in reasons[4]


def test_thousands_of_unknown_fields_cost_no_more_than_some(api: httpx.Client) -> None:
    many = {f"field{number}": number for number in range(20_000)}
    answer = owners(api, "addUserData", email=[ANA], **many)
    assert answer["code"] == 0
    assert len(answer["data"]["findings"]) == 20
