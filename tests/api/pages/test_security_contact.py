"""security.txt (RFC 9116)."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest

from shared.settings import Settings
from tests.support.api_server import api, server_url

__all__ = ["api", "server_url"]

PATH = "/.well-known/security.txt"


def test_without_a_contact_there_is_none(api: httpx.Client):
    assert api.get(PATH).status_code == 404


class TestWithContact:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"security_contact": "mailto:security@example.org"})

    def test_it_names_the_contact_and_is_valid_for_less_than_a_year(self, api: httpx.Client):
        answer = api.get(PATH)
        assert answer.headers["content-type"] == "text/plain; charset=utf-8"
        fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
        assert fields["Contact"] == "mailto:security@example.org"
        assert fields["Canonical"] == f"http://127.0.0.1:8000{PATH}"
        left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
        assert timedelta(days=100) < left < timedelta(days=365)
