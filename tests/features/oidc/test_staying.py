"""How long the organization's sign-in lasts here, and how one leaves it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from shared.events.installation import Installation
from shared.storage.models import now
from tests.conftest import OWNER_TOKEN
from tests.support.identity_provider import CLIENT_ID, ISSUER, IdentityProvider
from tests.support.one_database import database_url
from tests.support.organization import at, organized, owned_by, provider, rows, sign_in, visitor

__all__ = ["database_url", "organized", "provider", "visitor"]

LEAVING = {"end_session_endpoint": f"{ISSUER}/logout?tenant=1"}


def lasts(installation: Installation) -> timedelta:
    (row,) = rows(installation)
    return row.expires_at - now()


def test_it_lasts_for_twelve_hours_or_thirty_days(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    sign_in(visitor, provider)
    assert timedelta(hours=11) < lasts(organized) <= timedelta(hours=12)
    sign_in(visitor, provider, stay="1")
    assert timedelta(days=29) < lasts(organized) <= timedelta(days=30)
    assert "stay=1" in visitor.get("/signin", params={"lang": "en"}).text


def test_an_owner_who_wants_everybody_to_come_by_daily_says_so(
    organized: Installation, provider: IdentityProvider
):
    owned = owned_by(organized, "4711")
    strict = replace(owned, settings=owned.settings.model_copy(update={"oidc_stay": False}))
    visitor = at(strict, provider)
    assert "stay=1" not in visitor.get("/signin", params={"lang": "en"}).text
    sign_in(visitor, provider, stay="1")
    assert lasts(organized) <= timedelta(hours=12)


def test_who_signs_out_is_signed_out_at_the_organization_too(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    provider.metadata = LEAVING
    sign_in(visitor, provider)
    left = urlsplit(visitor.get("/signout").headers["location"])
    assert f"{left.scheme}://{left.netloc}{left.path}" == f"{ISSUER}/logout"
    assert parse_qs(left.query) == {
        "tenant": ["1"],
        "client_id": [CLIENT_ID],
        "post_logout_redirect_uri": [f"{organized.settings.console_url}/signin"],
    }
    assert rows(organized) == []


@pytest.mark.parametrize(
    "metadata",
    [{}, {"end_session_endpoint": 7}, {"end_session_endpoint": "javascript:alert(1)"}],
)
def test_without_such_an_address_one_is_signed_out_here(
    organized: Installation,
    visitor: TestClient,
    provider: IdentityProvider,
    metadata: dict[str, Any],
):
    provider.metadata = metadata
    sign_in(visitor, provider)
    assert visitor.get("/signout").headers["location"] == "/signin"
    assert rows(organized) == []


def test_a_provider_that_is_away_keeps_nobody_signed_in(
    organized: Installation, visitor: TestClient, provider: IdentityProvider
):
    sign_in(visitor, provider)
    provider.is_away = True
    later = at(owned_by(organized, "4711"), provider)
    later.cookies.update(dict(visitor.cookies))
    assert later.get("/signout").headers["location"] == "/signin"
    assert rows(organized) == []


def test_who_came_by_a_key_is_led_to_no_organization(
    visitor: TestClient, provider: IdentityProvider
):
    provider.metadata = LEAVING
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    assert visitor.get("/signout").headers["location"] == "/signin"
