"""People of an organization: bound by an invitation, and asked again who they are."""

import time
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from shared import events
from shared.access import colleagues
from shared.access.keys import Identity
from shared.access.roles import Role
from shared.events.installation import Installation
from shared.events.settings import create_event
from shared.storage.models import ConsoleSession, now
from tests.conftest import OWNER_TOKEN
from tests.support.colleagues import invite_colleague, who_works_on
from tests.support.identity_provider import (
    ISSUER,
    IdentityProvider,
)
from tests.support.one_database import database_url
from tests.support.organization import (
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


# Invitations


def test_an_invitations_link_binds_who_takes_it_and_shows_no_key(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    visitor = at(organized, provider)
    token = invite_colleague(organized, event_id, "Ana of the harbour", Role.HELPER)
    go(visitor, join=token)
    assert who_works_on(organized.database, event_id) == [], "to look binds nobody"
    answer = join(visitor, provider, join=token, next=f"/overview?event={event_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/overview?event={event_id}")
    assert bound(organized) == [Identity(ISSUER, "4711")]
    access = look(organized, visitor).to(event_id)
    assert (access.role, access.name) == (Role.HELPER, "Ana of the harbour")
    again = at(organized, provider)
    assert sign_in(again, provider).status_code == 303
    used = join(at(organized, provider), provider, join=token)
    assert "already used" in said(used)


def test_one_person_comes_to_each_event_in_the_role_that_they_have_there(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    with organized.database.writing() as session:
        other, _ = create_event(session, name="Beach Day")
    visitor = at(organized, provider)
    for event, role in ((event_id, Role.ORGANIZER), (other.id, Role.VIEWER)):
        token = invite_colleague(organized, event, "Ana", role)
        join(visitor, provider, join=token)
    mine = look(organized, visitor)
    assert mine.to(event_id).role is Role.ORGANIZER
    assert mine.to(other.id).role is Role.VIEWER
    assert mine.to(1).event_id != 1
    with organized.database.writing() as session:
        event = events.event_for_change(session, other.id)
        colleagues.remove_person(session, event, mine.to(other.id).key_id)
    assert [access.event_id for access in look(organized, visitor).accesses] == [event_id]


def test_who_works_on_the_event_already_uses_up_no_invitation(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    for name in ("Ana", "Bo"):
        token = invite_colleague(organized, event_id, name, Role.HELPER)
        answer = join(at(organized, provider), provider, join=token)
    assert "You already work on this event" in said(answer)
    assert who_works_on(organized.database, event_id) == ["Ana"]
    with organized.database.reading() as session:
        assert colleagues.welcome(session, token).invitation.name == "Bo"


def test_a_removed_person_is_signed_out_and_comes_back_by_an_invitation_only(
    organized: Installation, provider: IdentityProvider, event_id: int
):
    visitor = at(organized, provider)
    token = invite_colleague(organized, event_id, "Ana", Role.HELPER)
    join(visitor, provider, join=token)
    with organized.database.writing() as session:
        event = events.event_for_change(session, event_id)
        colleagues.remove_person(session, event, colleagues.person_named(session, event, "Ana").id)
    assert visitor.get("/").status_code == 303
    assert "but you have no event here yet" in said(sign_in(visitor, provider))
    token = invite_colleague(organized, event_id, "Ana", Role.VIEWER)
    assert join(visitor, provider, join=token).status_code == 303


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
    assert "Nothing was changed" in said(sign_in(visitor, provider, confirm="1"))
    assert not look(owned_by(organized, "4711"), visitor).is_confirmed


def test_the_owners_token_is_not_confirmed_by_somebodys_organization(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    let_time_pass(organized)
    assert sign_in(visitor, provider, confirm="1").status_code == 401
    assert not look(organized, visitor).is_confirmed
