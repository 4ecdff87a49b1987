"""What the sign-in gives a browser, and what becomes of an open page when its session ends."""

from dataclasses import replace

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from console.signin.session import browser_name
from shared.events.installation import Installation
from shared.storage import outgrowth
from shared.storage.models import ConsoleSession
from tests.conftest import OWNER_TOKEN
from tests.support.at_url import change
from tests.support.front_door import visitor_at
from tests.support.one_database import database_url

__all__ = ["database_url"]

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64"
STREAM = "ws://127.0.0.1:8501/_stcore/stream"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"


def at_https(installation: Installation) -> Installation:
    address = {"console_url": "https://console.example.org"}
    return replace(installation, settings=installation.settings.model_copy(update=address))


def talk_without_end(page: WebSocketTestSession) -> None:
    while True:
        page.send_text("and on")
        page.receive_text()


def test_under_https_the_cookie_is_one_that_no_neighbour_can_set(installation: Installation):
    visitor = visitor_at(at_https(installation))
    answer = visitor.post("/signin", data={"token": OWNER_TOKEN})
    cookies = {c.partition("=")[0]: c for c in answer.headers.get_list("set-cookie")}
    parts = cookies["__Host-certs_session"].split("; ")[1:]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Secure"} <= set(parts)
    assert not any(part.startswith("Domain") for part in parts)
    assert visitor.get("/").text == "behind the door"


def test_under_https_the_cookie_of_plain_http_opens_nothing(installation: Installation):
    plain = visitor_at(installation)
    plain.post("/signin", data={"token": OWNER_TOKEN})
    visitor = visitor_at(at_https(installation))
    visitor.cookies.set("certs_session", plain.cookies["certs_session"])
    assert visitor.get("/").status_code == 303


def test_an_open_page_hears_that_its_session_has_ended(installation: Installation):
    visitor = visitor_at(installation)
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    with visitor.websocket_connect(STREAM) as page:
        page.send_text("still here")
        assert page.receive_text() == "still here"
        visitor.post("/signout")
        with pytest.raises(WebSocketDisconnect) as farewell:
            page.receive_text()
    assert farewell.value.code == 1008


def test_a_page_that_never_falls_silent_hears_it_too(installation: Installation):
    visitor = visitor_at(installation)
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    with visitor.websocket_connect(STREAM) as page:
        visitor.post("/signout")
        with pytest.raises(WebSocketDisconnect):
            talk_without_end(page)


def test_once_the_database_has_outgrown_it_everybody_reads_so_and_open_pages_end(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(outgrowth, "FRESH", 0.0)
    visitor = visitor_at(installation)
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    with visitor.websocket_connect(STREAM) as page:
        change(
            installation.settings.database_url,
            "UPDATE alembic_version SET version_num = '9999'",
            "UPDATE schema_floor SET revision = '9998'",
        )
        with pytest.raises(WebSocketDisconnect):
            page.receive_text()
    for path in ("/", "/signin", "/_stcore/host-config"):
        refused = visitor.get(path)
        assert refused.status_code == 503
        assert "X-Outgrown" in refused.headers
        assert "A newer version changed the database," in refused.text
    assert "新版本已更改数据库" in visitor.get("/?lang=zh").text
    assert visitor.get("/signin.css").status_code != 503


def test_a_session_is_known_by_its_browser_and_network(installation: Installation):
    visitor = visitor_at(installation)
    agent = f"{WINDOWS}; rv:143.0) Gecko/20100101 Firefox/143.0"
    visitor.post("/signin", data={"token": OWNER_TOKEN}, headers={"User-Agent": agent})
    with installation.database.reading() as session:
        row = session.query(ConsoleSession).one()
    assert (row.browser, row.network) == ("Firefox · Windows", "testclient")


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{WINDOWS}) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36", "Chrome · Windows"),
        (f"{WINDOWS}) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0", "Edge · Windows"),
        (f"{IPHONE} Gecko) Version/18.5 Mobile/15E148 Safari/604.1", "Safari · iPhone"),
        (f"{IPHONE} Gecko) Mobile/15E148 MicroMessenger/8.0.61", "WeChat · iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile Safari/537.36", "Chrome · Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) Version/18.5 Safari/605.1", "Safari · Mac"),
        ("curl/8.14.1", ""),
        ("", ""),
    ],
)
def test_browsers_have_the_names_that_people_know(agent: str, name: str):
    assert browser_name(agent) == name
