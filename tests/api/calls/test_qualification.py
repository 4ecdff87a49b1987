"""Who does not qualify is told so by every way in, kindly, and nothing of theirs is stored."""

import httpx
import pytest

from shared.events import event_for_change
from shared.events.installation import Installation
from shared.storage.models import Status, Volunteer
from shared.volunteers.lists.qualifying import Condition, Operator, QualifyingRule
from shared.volunteers.people import grouping
from shared.volunteers.people.qualification import set_rule
from tests.support.api_server import Invited, api, default_event, invite, server_url
from tests.support.calls import call, owners

__all__ = ["api", "default_event", "server_url"]

THERE_IS_NONE = (
    "There is no certificate for you yet: Harbour Friends gives it to people who meet its "
    "conditions. If you think that this is a mistake, write to help@example.org."
)


@pytest.fixture
def short(api: httpx.Client, installation: Installation, default_event) -> Invited:
    """Somebody who was invited and has helped for fewer hours than are asked for."""
    with installation.database.writing() as session:
        event = event_for_change(session, default_event.id)
        event.organization, event.contact_address = "Harbour Friends", "help@example.org"
    person = {"email": "bo@example.org", "columns": {"Hours": 4}}
    owners(api, "addUserData", email=[person, "ana@example.org"])
    found = invite(installation, default_event.id, "bo@example.org")
    with installation.database.writing() as session:
        six_hours = Condition("Hours", Operator.AT_LEAST, ("6",))
        set_rule(session, event_for_change(session, default_event.id), QualifyingRule((six_hours,)))
    assert grouping.go_through(installation.database, default_event.id)
    return found


def test_a_link_says_that_there_is_none_and_whom_to_ask(api: httpx.Client, short: Invited):
    answer = api.get("/api/getUserInfo", params={"token": short.token}).json()
    assert answer["code"] == 0
    told = answer["data"]
    assert (told["email"], told["qualified"], told["reason"]) == (
        "bo@example.org", False, THERE_IS_NONE,
    )  # fmt: skip
    # What was asked for is between the organizers and their list.
    assert "4" not in told["reason"]


def test_a_name_is_refused_and_not_stored(
    api: httpx.Client, installation: Installation, short: Invited
):
    answer = call(api, "submitUserInfo", token=short.token, name="Bo Lund")
    assert answer == {"code": 4, "data": "", "message": THERE_IS_NONE}
    assert call(api, "preview", token=short.token, name="Bo Lund")["message"] == THERE_IS_NONE
    with installation.database.reading() as session:
        bo = session.get_one(Volunteer, short.id)
        assert (bo.status, bo.given_name) == (Status.INVITED, "")


def test_the_page_has_no_form_and_names_whom_to_ask(api: httpx.Client, short: Invited):
    shown = api.get("/certificate", params={"token": short.token, "lang": "en"}).text
    assert 'data-state="unqualified"' in shown
    assert "There is no certificate for you yet" in shown
    assert "mailto:help@example.org" in shown
    assert 'name="name"' not in shown
    sent = api.post("/certificate?lang=en", data={"token": short.token, "name": "Bo Lund"})
    assert 'data-state="unqualified"' in sent.text
    chinese = api.get("/certificate", params={"token": short.token, "lang": "zh"}).text
    assert "您目前还没有证书" in chinese


def test_a_query_counts_them(api: httpx.Client, short: Invited):
    assert owners(api, "email", action="query")["data"]["unqualified"] == 2
