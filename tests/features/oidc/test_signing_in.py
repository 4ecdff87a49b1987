"""Signing in with an organization's accounts, at a provider that lies on purpose."""

import re
import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from shared.access import colleagues
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.storage.models import Action, AuditEntry
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import invite_colleague, who_works_on
from tests.support.front_door import visitor_at
from tests.support.identity_provider import (
    CLIENT_ID,
    ISSUER,
    IdentityProvider,
)
from tests.support.one_database import database_url
from tests.support.organization import (
    COOKIE,
    at,
    bound,
    go,
    join,
    look,
    organized,
    owned_by,
    provider,
    rows,
    said,
    sign_in,
    visitor,
)

__all__ = ["database_url", "organized", "provider", "visitor"]

FOREIGN = "https://login.elsewhere.example"


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
    "somebody whom nobody invited": ({"subject": "4712"}, "but you have no event here yet"),
    "an owner's name": ({"subject": "4712", "name": "4711"}, "but you have no event here yet"),
    "an owner's address": (
        {"subject": "4712", "claims": {"email": "4711", "email_verified": True}},
        "but you have no event here yet",
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
    assert join(visitor, provider, join=token).status_code == 401
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
