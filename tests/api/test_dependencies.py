"""Guessing tokens ends soon, and right ones are never refused."""

import httpx
import pytest

from shared.budgets import WRONG_TOKENS
from shared.settings import Settings
from tests.conftest import OWNER_TOKEN
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.envelopes import assert_envelope
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


def guess(api: httpx.Client, **headers: str) -> int:
    path = "/api/getUserInfo?token=guessed"
    return api.get(path, headers=headers).status_code


def test_guessing_tokens_ends_soon_but_right_ones_are_never_refused(
    api: httpx.Client, ana: Invited
) -> None:
    statuses = [guess(api) for _ in range(WRONG_TOKENS.most + 3)]
    assert statuses == [200] * WRONG_TOKENS.most + [429] * 3
    answer = api.post("/api/email", json={"token": "wrong", "action": "query"})
    assert assert_envelope(answer, 429)
    assert answer.headers["retry-after"] == "60"
    right = api.get("/api/getUserInfo", params={"token": ana.token})
    assert right.json()["code"] == 0
    owners = api.post("/api/email", json={"token": OWNER_TOKEN, "action": "query"})
    assert owners.json()["code"] == 0


def test_nobody_escapes_by_claiming_another_address(api: httpx.Client) -> None:
    for number in range(WRONG_TOKENS.most):
        guess(api, **{"X-Forwarded-For": f"192.0.2.{number}"})
    assert guess(api, **{"X-Forwarded-For": "192.0.2.200"}) == 429


class TestBehindTrustedProxy:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"trusted_proxies": "127.0.0.1, 10.0.0.0/8"})

    def test_each_client_is_counted_by_itself(self, api: httpx.Client) -> None:
        for _ in range(WRONG_TOKENS.most):
            guess(api, **{"X-Forwarded-For": "192.0.2.1"})
        assert guess(api, **{"X-Forwarded-For": "192.0.2.1"}) == 429
        assert guess(api, **{"X-Forwarded-For": "192.0.2.2"}) == 200
