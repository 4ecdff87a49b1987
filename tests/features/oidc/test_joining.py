"""An invitation accepted by the organization's sign-in: nothing is used up before the button."""

from datetime import timedelta

import pytest
from starlette.testclient import TestClient

from console.signin import provider_sign_in
from shared.access import colleagues
from shared.access.roles import Role
from shared.events.installation import Installation
from tests.support.colleagues import invite_colleague, who_works_on
from tests.support.identity_provider import IdentityProvider
from tests.support.one_database import database_url
from tests.support.organization import (
    JOINING,
    at,
    bound,
    organized,
    provider,
    rows,
    said,
    sign_in,
)

__all__ = ["database_url", "organized", "provider"]


@pytest.fixture
def invitation(organized: Installation, event_id: int) -> str:
    return invite_colleague(organized, event_id, "Ana of the harbour", Role.HELPER)


def nothing_is_taken(installation: Installation, event_id: int, invitation: str) -> None:
    assert who_works_on(installation.database, event_id) == []
    assert (bound(installation), rows(installation)) == ([], [])
    with installation.database.reading() as session:
        assert colleagues.welcome(session, invitation)


def test_who_is_signed_in_there_without_a_word_is_asked_here(
    organized: Installation, provider: IdentityProvider, event_id: int, invitation: str
):
    visitor = at(organized, provider)
    arrived = sign_in(visitor, provider, join=invitation)
    assert arrived.headers["location"] == JOINING
    said_in = {"en": "Your organization confirmed who you are.", "zh": "单位已确认您的身份"}
    for language, sentence in said_in.items():
        page = visitor.get(JOINING, params={"lang": language}).text
        assert sentence in page
        assert "Ana of the harbour" in page
        assert "Ana Lund" in page
        assert '<form method="post">' in page
    nothing_is_taken(organized, event_id, invitation)
    pressed = visitor.post(JOINING)
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/")
    assert who_works_on(organized.database, event_id) == ["Ana of the harbour"]
    assert len(rows(organized)) == 1


def test_a_press_counts_once_and_in_the_browser_that_came_back(
    organized: Installation, provider: IdentityProvider, event_id: int, invitation: str
):
    visitor = at(organized, provider)
    sign_in(visitor, provider, join=invitation)
    assert at(organized, provider).post(JOINING).status_code == 401
    nothing_is_taken(organized, event_id, invitation)
    visitor.post(JOINING)
    assert "too long ago" in said(visitor.post(JOINING))


def test_another_sites_form_takes_nothing(
    organized: Installation, provider: IdentityProvider, event_id: int, invitation: str
):
    visitor = at(organized, provider)
    sign_in(visitor, provider, join=invitation)
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert visitor.post(JOINING, headers=elsewhere).status_code == 403
    nothing_is_taken(organized, event_id, invitation)


def test_a_press_after_ten_minutes_takes_nothing(
    organized: Installation,
    provider: IdentityProvider,
    event_id: int,
    invitation: str,
    monkeypatch: pytest.MonkeyPatch,
):
    visitor = at(organized, provider)
    monkeypatch.setattr(provider_sign_in, "PATIENCE", timedelta(0))
    sign_in(visitor, provider, join=invitation)
    assert visitor.get(JOINING).status_code == 401
    assert visitor.post(JOINING).status_code == 401
    nothing_is_taken(organized, event_id, invitation)


def test_a_link_that_was_taken_meanwhile_is_said(
    organized: Installation, provider: IdentityProvider, invitation: str
):
    visitor: TestClient = at(organized, provider)
    sign_in(visitor, provider, join=invitation)
    with organized.database.writing() as session:
        colleagues.take(session, invitation, "192.0.2.7")
    assert "already used" in said(visitor.get(JOINING))
    sign_in(visitor, provider, join=invitation)
    assert "already used" in said(visitor.post(JOINING))
    assert bound(organized) == []
