"""Which pages elsewhere may read the answers."""

import httpx
import pytest

from shared.events.installation import Installation
from shared.events.settings import update_organization
from shared.storage.models import Event
from tests.support.api_server import ana, api, default_event, server_url
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]


def preflight(api: httpx.Client, path: str, origin: str) -> httpx.Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, token",
    }
    return api.options(path, headers=headers)


@pytest.fixture
def own_frontend(installation: Installation, default_event: Event) -> str:
    with installation.database.writing() as session:
        update_organization(
            session.get_one(Event, default_event.id),
            frontend_url="https://Pages.example.org:443/zh-cn/certification/index.html",
        )
    return "https://pages.example.org"


@pytest.mark.parametrize("path", ["/api/submitUserInfo", "/api/uploadImage", "/nowhere"])
def test_preflights_are_answered_on_every_path(
    own_frontend: str, api: httpx.Client, path: str
) -> None:
    answer = preflight(api, path, own_frontend)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == own_frontend
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "content-type, token"
    assert "Origin" in answer.headers["vary"]


def test_an_events_own_page_and_ours_may_read_every_answer(
    own_frontend: str, api: httpx.Client
) -> None:
    for origin in (own_frontend, "http://127.0.0.1:8000"):
        for path in ("/api/getUserInfo?token=x", "/api/email", "/nowhere"):
            answer = api.get(path, headers={"Origin": origin})
            assert answer.headers["access-control-allow-origin"] == origin
    too_large = api.post("/api/email", content=b"x" * 70_000, headers={"Origin": own_frontend})
    assert too_large.headers["access-control-allow-origin"] == own_frontend


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example.org",
        "http://pages.example.org",
        "https://pages.example.org.evil.example",
        "https://pages.example.org:8443",
        "null",
    ],
)
def test_other_origins_get_no_permission(own_frontend: str, api: httpx.Client, origin: str) -> None:
    answers = [preflight(api, "/api/email", origin), api.get("/health", headers={"Origin": origin})]
    for answer in answers:
        assert "access-control-allow-origin" not in answer.headers
