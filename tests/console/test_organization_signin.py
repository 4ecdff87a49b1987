"""Signing in with what an organization has, by a provider that lies on purpose."""

import re
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import select, update
from starlette.testclient import TestClient

from shared import events
from shared.events import colleagues, people, sessions
from shared.events.identities import Identity
from shared.events.installation import Installation
from shared.events.roles import Role
from shared.events.sessions import SignedIn
from shared.storage.models import AccessKey, Action, AuditEntry, ConsoleSession, now
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import invite_colleague, who_works_on
from tests.support.front_door import visitor_at
from tests.support.identity_provider import (
    CLIENT_ID,
    CLIENT_SECRET,
    ISSUER,
    IdentityProvider,
)
from tests.support.one_database import database_url

__all__ = ["database_url"]

FOREIGN = "https://login.elsewhere.example"
COOKIE = "certs_session"


@pytest.fixture
def provider() -> IdentityProvider:
    return IdentityProvider()


@pytest.fixture
def organized(installation: Installation) -> Installation:
    """An installation with the organization's sign-in, of whom nobody is an owner."""
    known = {
        "oidc_issuer": ISSUER,
        "oidc_client_id": CLIENT_ID,
        "oidc_client_secret": SecretStr(CLIENT_SECRET),
    }
    return replace(installation, settings=installation.settings.model_copy(update=known))


def owned_by(installation: Installation, *subjects: str) -> Installation:
    owners = {"oidc_owners": ", ".join(f"{ISSUER} {subject}" for subject in subjects)}
    return replace(installation, settings=installation.settings.model_copy(update=owners))


def at(installation: Installation, provider: IdentityProvider) -> TestClient:
    return visitor_at(installation, transport=httpx2.ASGITransport(app=provider.app()))


@pytest.fixture
def visitor(organized: Installation, provider: IdentityProvider) -> TestClient:
    """A browser at the installation of which subject 4711 is an owner."""
    return at(owned_by(organized, "4711"), provider)


def go(visitor: TestClient, **query: str) -> str:
    """Where the browser is sent."""
    answer = visitor.get("/signin/organization", params=query)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def sign_in(visitor: TestClient, provider: IdentityProvider, **query: str) -> httpx2.Response:
    return visitor.get(provider.consent(go(visitor, **query)))


def rows(installation: Installation) -> list[ConsoleSession]:
    with installation.database.reading() as session:
        return list(session.scalars(select(ConsoleSession)))


def look(installation: Installation, visitor: TestClient) -> SignedIn:
    with installation.database.reading() as session:
        return sessions.signed_in(session, installation.settings, visitor.cookies[COOKIE])


def said(answer: httpx2.Response) -> str:
    found = re.search(r'role="alert">(.*?)</p>', answer.text)
    assert found, answer.text
    return found[1]


def bound(installation: Installation) -> list[Identity]:
    with installation.database.reading() as session:
        keys = session.scalars(select(AccessKey).where(AccessKey.issuer.is_not(None)))
        return [Identity(key.issuer, key.subject) for key in keys]


# Owners


def test_an_owner_comes_in_by_issuer_and_subject(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    answer = sign_in(visitor, provider, next="/status?event=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/status?event=1")
    assert visitor.get("/").text == "behind the door"
    access = look(owned_by(organized, "4711"), visitor).to(None)
    assert (access.role, access.event_id, access.name) == (Role.OWNER, None, "Ana Lund")
    assert not [name for name in visitor.cookies if "oidc" in name], "the way is gone"


def test_who_is_no_owner_any_more_is_signed_out(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    sign_in(visitor, provider)
    token = visitor.cookies[COOKIE]
    for settled in (owned_by(organized, "4712"), replace(organized)):
        later = at(settled, provider)
        later.cookies.set(COOKIE, token)
        assert later.get("/").status_code == 303


def test_two_tabs_at_once_both_arrive(visitor: TestClient, provider: IdentityProvider):
    first, second = go(visitor), go(visitor, next="/status")
    assert visitor.get(provider.consent(first)).headers["location"] == "/"
    assert visitor.get(provider.consent(second)).headers["location"] == "/status"


def test_it_leads_on_to_our_own_pages_only(visitor: TestClient, provider: IdentityProvider):
    answer = sign_in(visitor, provider, next="//elsewhere.example/")
    assert answer.headers["location"] == "/"


# What is refused

UNTRUSTED = "cannot be trusted"
LIES: dict[str, tuple[dict[str, Any], str]] = {
    "an unsigned token": ({"signs_with": "nothing"}, UNTRUSTED),
    "a foreign signature": ({"signs_with": "foreign"}, UNTRUSTED),
    "the client's own signature": ({"signs_with": "secret"}, UNTRUSTED),
    "no token": ({"has_id_token": False}, UNTRUSTED),
    "a foreign issuer in the token": ({"claims": {"iss": FOREIGN}}, UNTRUSTED),
    "no issuer in the token": ({"claims": {"iss": None}}, UNTRUSTED),
    "a foreign issuer in the answer": ({"answer": {"iss": FOREIGN}}, UNTRUSTED),
    "another nonce": ({"claims": {"nonce": "another"}}, UNTRUSTED),
    "no nonce": ({"claims": {"nonce": None}}, UNTRUSTED),
    "for somebody else by us": ({"claims": {"aud": ["another"], "azp": CLIENT_ID}}, UNTRUSTED),
    "for us by somebody else": ({"claims": {"azp": "another"}}, UNTRUSTED),
    "for somebody else": ({"claims": {"aud": "another-client"}}, UNTRUSTED),
    "over": ({"claims": {"exp": int(time.time()) - 600}}, UNTRUSTED),
    "without an end": ({"claims": {"exp": None}}, UNTRUSTED),
    "about nobody": ({"claims": {"sub": None}}, UNTRUSTED),
    "about a number": ({"claims": {"sub": 4711}}, UNTRUSTED),
    "at no time": ({"claims": {"auth_time": "now"}}, UNTRUSTED),
    "another state": ({"answer": {"state": "another"}}, "another browser or too long ago"),
    "a code of nobody": ({"answer": {"code": "guessed"}}, UNTRUSTED),
    "no consent": ({"answer": {"error": "access_denied"}}, "did not sign you in"),
    "somebody whom nobody invited": ({"subject": "4712"}, "you work on no event here yet"),
    "an owner's name": ({"subject": "4712", "name": "4711"}, "you work on no event here yet"),
    "an owner's address": (
        {"subject": "4712", "claims": {"email": "4711", "email_verified": True}},
        "you work on no event here yet",
    ),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_refused_in_a_sentence_and_leaves_no_session_and_no_binding(
    organized: Installation, provider: IdentityProvider, lie: str
):
    visitor = at(owned_by(organized, "4711"), provider)
    changes, sentence = LIES[lie]
    for name, value in changes.items():
        setattr(provider, name, value)
    answer = sign_in(visitor, provider)
    assert answer.status_code == 401
    assert sentence in said(answer)
    assert rows(organized) == []
    assert COOKIE not in visitor.cookies
    assert visitor.get("/").status_code == 303
    with organized.database.reading() as session:
        entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.network) == (Action.SIGN_IN_REFUSED, "testclient")


UNBINDING = {"somebody whom nobody invited", "an owner's name", "an owner's address"}


@pytest.mark.parametrize("lie", sorted(LIES.keys() - UNBINDING))
def test_a_lie_binds_nobody_and_the_invitation_stays_open(
    organized: Installation, provider: IdentityProvider, event_id: int, lie: str
):
    visitor = at(organized, provider)
    token = invite_colleague(organized, event_id, "Ana Lund", Role.HELPER)
    for name, value in LIES[lie][0].items():
        setattr(provider, name, value)
    assert sign_in(visitor, provider, join=token).status_code == 401
    assert (bound(organized), rows(organized)) == ([], [])
    assert who_works_on(organized.database, event_id) == []
    with organized.database.reading() as session:
        assert colleagues.welcome(session, token).invitation.taken_at is None


def test_a_second_arrival_of_the_same_answer_is_refused(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    back = provider.consent(go(visitor))
    assert visitor.get(back).status_code == 303
    again = visitor.get(back)
    assert again.status_code == 401
    assert "another browser or too long ago" in said(again)
    assert len(rows(organized)) == 1


def test_an_answer_that_somebody_else_asked_for_is_refused(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    back = provider.consent(go(visitor))
    other = at(owned_by(organized, "4711"), provider)
    assert other.get(back).status_code == 401
    other.cookies.update(dict(visitor.cookies))
    for name, value in dict(other.cookies).items():
        other.cookies.set(name, value[:-2])
    assert other.get(back).status_code == 401
    assert rows(organized) == []


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": FOREIGN},
        {"issuer": None},
        {"authorization_endpoint": None},
        {"issuer": ISSUER.replace("login", "{tenant}")},
    ],
)
def test_a_provider_that_calls_itself_another_is_not_gone_to(
    visitor: TestClient, provider: IdentityProvider, metadata: dict[str, Any]
):
    provider.metadata = metadata
    answer = visitor.get("/signin/organization")
    assert answer.status_code == 401
    assert UNTRUSTED in said(answer)


def test_a_provider_that_promises_its_name_in_each_answer_keeps_the_promise(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    back = provider.consent(go(visitor))
    answer = visitor.get(re.sub(r"&iss=[^&]*", "", back))
    assert UNTRUSTED in said(answer)
    assert rows(organized) == []


def test_a_provider_that_is_away_is_said_and_the_key_still_opens(
    visitor: TestClient, provider: IdentityProvider
):
    provider.is_away = True
    assert "does not answer" in said(visitor.get("/signin/organization"))
    assert visitor.post("/signin", data={"token": OWNER_TOKEN}).status_code == 303


def test_without_the_settings_nothing_of_it_is_seen(installation: Installation, event_id: int):
    visitor = visitor_at(installation)
    token = invite_colleague(installation, event_id, "Ana Lund", Role.HELPER)
    for page in ("/signin", f"/join/{token}"):
        assert "organization</a>" not in visitor.get(page, params={"lang": "en"}).text
    for path in ("/signin/organization", "/signin/oidc"):
        assert visitor.get(path).status_code == 404


def test_the_doors_of_those_who_have_one_say_so(organized: Installation, event_id: int):
    visitor = visitor_at(organized)
    token = invite_colleague(organized, event_id, "Ana Lund", Role.HELPER)
    page = visitor.get("/signin", params={"lang": "en", "next": "/status"}).text
    assert 'href="/signin/organization?next=%2Fstatus"' in page
    page = visitor.get(f"/join/{token}", params={"lang": "en"}).text
    assert f'href="/signin/organization?join={token}&amp;next=%2Foverview' in page


# Invitations


def test_an_invitations_link_binds_who_takes_it_and_shows_no_key(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    visitor = at(organized, provider)
    token = invite_colleague(organized, event_id, "Ana of the harbour", Role.HELPER)
    go(visitor, join=token)
    assert who_works_on(organized.database, event_id) == [], "to look binds nobody"
    answer = sign_in(visitor, provider, join=token, next=f"/overview?event={event_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/overview?event={event_id}")
    assert bound(organized) == [Identity(ISSUER, "4711")]
    access = look(organized, visitor).to(event_id)
    assert (access.role, access.name) == (Role.HELPER, "Ana of the harbour")
    again = at(organized, provider)
    assert sign_in(again, provider).status_code == 303
    used = sign_in(at(organized, provider), provider, join=token)
    assert "used already" in said(used)


def test_one_person_comes_to_each_event_in_the_role_that_they_have_there(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    with organized.database.writing() as session:
        other, _ = events.create_event(session, name="Beach Day")
    visitor = at(organized, provider)
    for event, role in ((event_id, Role.ORGANIZER), (other.id, Role.VIEWER)):
        token = invite_colleague(organized, event, "Ana", role)
        sign_in(visitor, provider, join=token)
    mine = look(organized, visitor)
    assert mine.to(event_id).role is Role.ORGANIZER
    assert mine.to(other.id).role is Role.VIEWER
    assert mine.to(1).event_id != 1
    with organized.database.writing() as session:
        event = events.event_for_change(session, event_id)
        people.remove_person(session, events.event_for_change(session, other.id),
                             mine.to(other.id).key_id)  # fmt: skip
        assert event.id == event_id
    assert [access.event_id for access in look(organized, visitor).accesses] == [event_id]


def test_who_works_on_the_event_already_uses_up_no_invitation(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    for name in ("Ana", "Bo"):
        token = invite_colleague(organized, event_id, name, Role.HELPER)
        answer = sign_in(at(organized, provider), provider, join=token)
    assert "work on this event already" in said(answer)
    assert who_works_on(organized.database, event_id) == ["Ana"]
    with organized.database.reading() as session:
        assert colleagues.welcome(session, token).invitation.name == "Bo"


def test_a_removed_person_is_signed_out_and_comes_back_by_an_invitation_only(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    visitor = at(organized, provider)
    token = invite_colleague(organized, event_id, "Ana", Role.HELPER)
    sign_in(visitor, provider, join=token)
    with organized.database.writing() as session:
        event = events.event_for_change(session, event_id)
        people.remove_person(session, event, people.person_named(session, event, "Ana").id)
    assert visitor.get("/").status_code == 303
    assert "you work on no event here yet" in said(sign_in(visitor, provider))
    token = invite_colleague(organized, event_id, "Ana", Role.VIEWER)
    assert sign_in(visitor, provider, join=token).status_code == 303


# Who it is, once more


def let_time_pass(installation: Installation) -> None:
    with installation.database.writing() as session:
        long_ago = now() - timedelta(minutes=11)
        session.execute(update(ConsoleSession).values(confirmed_at=long_ago))


def test_the_organization_asks_anew_and_then_it_is_confirmed(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    mine = owned_by(organized, "4711")
    provider.signed_in_at = time.time() - 3600
    sign_in(visitor, provider)
    assert not look(mine, visitor).is_confirmed, "it was an hour ago that they showed it there"
    answer = sign_in(visitor, provider, confirm="1", next="/people?event=1")
    assert answer.headers["location"] == "/people?event=1"
    assert look(mine, visitor).is_confirmed
    assert len(rows(organized)) == 1


@pytest.mark.parametrize(
    "lie",
    [
        {"obeys_max_age": False},
        {"claims": {"auth_time": None}},
        {"claims": {"auth_time": int(time.time()) - 3600}},
        {"subject": "4712"},
    ],
)
def test_who_was_not_asked_anew_or_is_somebody_else_confirms_nothing(
    organized: Installation, visitor: TestClient, provider: IdentityProvider, lie: dict[str, Any]
):
    provider.signed_in_at = time.time() - 3600
    sign_in(visitor, provider)
    let_time_pass(organized)
    for name, value in lie.items():
        setattr(provider, name, value)
    assert "did not ask you anew" in said(sign_in(visitor, provider, confirm="1"))
    assert not look(owned_by(organized, "4711"), visitor).is_confirmed


def test_the_owners_token_is_not_confirmed_by_somebodys_organization(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    let_time_pass(organized)
    assert sign_in(visitor, provider, confirm="1").status_code == 401
    assert not look(organized, visitor).is_confirmed
