"""Search engines find a certificate's page as long as its holder wishes it, and never another."""

import httpx
import pytest
from playwright.sync_api import expect

from api.calls.volunteer import store_name
from shared.acts.run import apply
from shared.acts.withdraw import UndoWithdrawal, Withdraw
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.privacy import erasure
from shared.privacy.own_data import held_about
from shared.storage.models import Certificate, Event, Volunteer, now
from shared.volunteers.people.progress import history
from tests.support.acting import of
from tests.support.api_server import Invited, ana, api, default_event, invite, server_url
from tests.support.browser import PHONE, PageAt

__all__ = ["ana", "api", "default_event", "server_url"]


@pytest.fixture
def issued(installation: Installation, ana: Invited) -> Certificate:
    return store_name(installation, ana.token, "Ana Lima")


def wish(api: httpx.Client, token: str, find: str = "yes") -> int:
    return api.post("/findable", data={"token": token, "find": find}).status_code


def is_found(api: httpx.Client, certificate: Certificate) -> bool:
    return "noindex" not in api.get(f"/verify/{certificate.public_id}").text


def test_it_is_found_from_the_moment_of_the_wish_to_that_of_its_end(
    api: httpx.Client, ana: Invited, issued: Certificate
) -> None:
    assert not is_found(api, issued)
    assert wish(api, ana.token) == wish(api, ana.token) == 303
    assert is_found(api, issued)
    assert wish(api, ana.token, "no") == 303
    assert not is_found(api, issued)
    assert wish(api, "unknown") == 404


def test_the_wish_is_for_one_person_who_has_a_certificate(
    api: httpx.Client, installation: Installation, default_event: Event, ana: Invited
) -> None:
    assert wish(api, ana.token) == 303
    of_ana = store_name(installation, ana.token, "Ana Lima")
    assert not is_found(api, of_ana)
    bo = invite(installation, default_event.id, "bo@example.org")
    of_bo = store_name(installation, bo.token, "Bo Lee")
    wish(api, bo.token)
    assert (is_found(api, of_ana), is_found(api, of_bo)) == (False, True)


def test_what_counts_no_more_is_never_found_and_the_corrected_one_is(
    api: httpx.Client,
    installation: Installation,
    default_event: Event,
    ana: Invited,
    issued: Certificate,
) -> None:
    wish(api, ana.token)
    corrected = store_name(installation, ana.token, "Ana Maria Lima")
    assert (is_found(api, issued), is_found(api, corrected)) == (False, True)
    with installation.database.writing() as session:
        apply(session, Withdraw(of(ana.id), "A mistake"), default_event.id)
    assert not is_found(api, corrected)
    with installation.database.writing() as session:
        apply(session, UndoWithdrawal(of(ana.id)), default_event.id)
    assert is_found(api, corrected)
    with installation.database.writing() as session:
        event_for_change(session, default_event.id).deleted_at = now()
    assert not is_found(api, corrected)


def test_own_data_and_history_say_since_when_until_it_is_erased(
    api: httpx.Client,
    installation: Installation,
    default_event: Event,
    ana: Invited,
    issued: Certificate,
) -> None:
    wish(api, ana.token)
    with installation.database.reading() as session:
        person = session.get_one(Volunteer, ana.id)
        assert "Lets search engines find their certificate" in [
            entry.what for entry in history(session, person)
        ]
        assert held_about(session, person, "en")["person"]["search_engines_may_find_it_since"]
    with installation.database.writing() as session:
        erasure.erase(session, installation.seal, default_event.id, ana.id)
    assert not is_found(api, issued)
    with installation.database.reading() as session:
        assert session.get_one(Volunteer, ana.id).findable_at is None


def test_a_holder_switches_it_on_and_off_on_a_phone(
    page_at: PageAt, server_url: str, api: httpx.Client, ana: Invited, issued: Certificate
) -> None:
    page = page_at(PHONE)
    page.goto(f"{server_url}/certificate?token={ana.token}&lang=en")
    beginning = page.get_by_role("button", name="Let search engines find my certificate")
    beginning.click()
    ending = page.get_by_role("button", name="Hide it from search engines")
    expect(ending).to_be_in_viewport()
    assert is_found(api, issued)
    ending.click()
    expect(beginning).to_be_in_viewport()
    assert not is_found(api, issued)
