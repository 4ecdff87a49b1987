"""Browsers that sign in by their organization, at a provider of the tests' own."""

import re
from dataclasses import replace

import httpx2
import pytest
from pydantic import SecretStr
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from starlette.testclient import TestClient

from shared import events
from shared.access import colleagues, keys, sessions
from shared.access.keys import Identity
from shared.access.roles import Role
from shared.access.sessions import SignedIn
from shared.events.installation import Installation
from shared.log.actor import Actor
from shared.storage.models import AccessKey, ConsoleSession, Event
from tests.support.front_door import visitor_at
from tests.support.identity_provider import CLIENT_ID, CLIENT_SECRET, ISSUER, IdentityProvider

COOKIE = "certs_session"
# Where an invitation is taken by the organization's sign-in.
JOINING = "/signin/organization/join"


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


def join(visitor: TestClient, provider: IdentityProvider, **query: str) -> httpx2.Response:
    """By an invitation, up to the press that takes it, if it comes that far."""
    answer = sign_in(visitor, provider, **query)
    if answer.headers.get("location") != JOINING:
        return answer
    return visitor.post(JOINING)


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


def bind(installation: Installation, event_id: int, identity: Identity, role: str) -> int:
    """Let the identity work on the event in this role, from now on in no other; its key's id."""
    with installation.database.writing() as session:
        event = events.event_for_change(session, event_id)
        unbind(session, event, identity)
        person, _ = colleagues.add_person(session, event, name="Ana", role=role)
        keys.bind_identity(session, person, identity)
        return person.id


def unbind(session: Session, event: Event, identity: Identity) -> None:
    """Remove whoever this identity is on the event, which is locked."""
    for person in colleagues.people_of(session, event.id):
        if (person.key.issuer, person.key.subject) == identity:
            session.info["actor"] = Actor(None, Role.OWNER)
            colleagues.remove_person(session, event, person.key.id)


def sign_in_by(installation: Installation, identity: Identity) -> None:
    """From now on, every session is one that this identity began."""
    with installation.database.writing() as session:
        by_organization = {"issuer": identity.issuer, "subject": identity.subject}
        session.execute(update(ConsoleSession).values(secret_hash=None, **by_organization))
