"""Nothing of the console is seen without a token, and a token opens no more than its events."""

import asyncio
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
import websockets
from sqlalchemy import select
from starlette.responses import PlainTextResponse
from starlette.types import Message
from websockets.sync.client import connect

from console.signin.middleware import RequireSignIn
from shared.events.installation import Installation
from shared.events.settings import create_event, renew_organizer_token
from shared.settings import Settings
from shared.storage.database import Database
from shared.storage.models import Event
from shared.storage.sealing.tokens import Seal, new_token
from tests.conftest import OWNER_TOKEN
from tests.support.console_server import ServedConsole, console
from tests.support.front_door import visitor_at

__all__ = ["console"]

COOKIE = "certs_session"


@pytest.fixture
def visitor(console: ServedConsole) -> Iterator[httpx.Client]:
    """A browser that has not signed in."""
    with httpx.Client(base_url=console.url, timeout=20) as client:
        yield client


def sign_in(client: httpx.Client, token: str) -> httpx.Response:
    return client.post("/signin", data={"token": token})


@pytest.mark.parametrize(
    "path",
    [
        "/status",
        "/_stcore/host-config",
        "/_stcore/stream",
        "/_stcore/metrics",
        "/media/anything.jpg",
        "/static/js/index.js",
        "/preview/anything.jpg",
        "/component/anything",
        "/language/zh",
        "/favicon.png",
    ],
)
def test_every_address_is_closed_without_a_sign_in(visitor: httpx.Client, path: str):
    assert visitor.get(path).status_code == 401


@pytest.mark.parametrize("path", ["/signin", "/typed", "/signout", "/join/x", "/", "/nowhere"])
def test_no_address_takes_a_body_without_end(visitor: httpx.Client, path: str):
    assert visitor.post(path, content=b"x" * 600_000).status_code == 413


def test_a_form_of_unknown_length_is_refused_when_it_grows_too_large(visitor: httpx.Client):
    def endless() -> Iterator[bytes]:
        yield b"token="
        for _ in range(2500):
            yield b"x" * 100_000

    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert visitor.post("/signin", content=endless(), headers=form).status_code == 413


def test_an_upload_is_as_large_as_one_may_be_and_no_larger(visitor: httpx.Client):
    address = "/_stcore/upload_file/x/y"
    assert visitor.put(address, content=b"x" * (25 << 20)).status_code == 401
    assert visitor.put(address, content=b"x" * (26 << 20)).status_code == 413


def test_whoever_asks_for_the_front_page_is_led_to_the_door(visitor: httpx.Client):
    answer = visitor.get("/")
    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")


def test_a_browser_is_led_to_the_sign_in(visitor: httpx.Client):
    answer = visitor.get("/status?event=2", headers={"Accept": "text/html"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=%2Fstatus%3Fevent%3D2"


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("/status?event=2", "/status?event=2"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("/\\elsewhere.example/", "/"),
        ("/\t/elsewhere.example/", "/"),
        ("elsewhere", "/"),
    ],
)
def test_the_sign_in_leads_on_to_our_own_pages_only(visitor: httpx.Client, wanted: str, place: str):
    answer = visitor.post("/signin", data={"token": OWNER_TOKEN, "next": wanted})
    assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_a_bookmark_of_the_events_leads_to_them(visitor: httpx.Client):
    sign_in(visitor, OWNER_TOKEN)
    answer = visitor.get("/events?event=3")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?event=3")


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
def test_nobody_uploads_without_a_sign_in(visitor: httpx.Client, method: str):
    path = "/_stcore/upload_file/session/file"
    answer = visitor.request(method, path, content=b"x" * 1_000_000)
    assert answer.status_code == 401


def test_no_websocket_opens_without_a_sign_in(console: ServedConsole):
    assert websocket_answer(console, console.url) == 403


def websocket_answer(console: ServedConsole, origin: str, cookie: str = "") -> int:
    """The HTTP status with which the console answers a websocket: 101 opens it."""
    address = console.url.replace("http", "ws") + "/_stcore/stream"
    headers = {"Cookie": cookie} if cookie else {}

    try:
        with connect(address, origin=origin, additional_headers=headers):
            return 101
    except websockets.InvalidStatus as refusal:
        return refusal.response.status_code


def test_the_owner_signs_in_and_out(visitor: httpx.Client):
    answer = sign_in(visitor, OWNER_TOKEN)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(COOKIE))
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(re.split(r"; ", cookie))
    assert "Max-Age=43200" in cookie
    assert visitor.get("/").status_code == 200
    visitor.post("/signout")
    assert visitor.get("/").status_code == 303


def test_a_sign_out_ends_the_session_wherever_its_cookie_was_copied(visitor: httpx.Client):
    sign_in(visitor, OWNER_TOKEN)
    copied = visitor.cookies[COOKIE]
    visitor.get("/signout", headers={"Sec-Fetch-Site": "cross-site"})
    assert visitor.get("/").status_code == 200, "another site has signed nobody out"
    visitor.get("/signout")
    visitor.cookies.set(COOKIE, copied)
    answer = visitor.get("/status")
    assert answer.status_code == 401
    answer = visitor.get("/status", headers={"Accept": "text/html"})
    assert answer.headers["location"] == "/signin?ended=1&next=%2Fstatus"
    page = visitor.get(f"{answer.headers['location']}&lang=en").text
    assert "Your session has ended" in page


def test_a_new_sign_in_ends_the_one_that_the_browser_had(visitor: httpx.Client):
    sign_in(visitor, OWNER_TOKEN)
    before = visitor.cookies[COOKIE]
    answer = visitor.post("/signin", data={"token": OWNER_TOKEN, "stay": "on"})
    assert "Max-Age=2592000" in answer.headers["set-cookie"]
    assert visitor.get("/").status_code == 200
    visitor.cookies.clear()
    visitor.cookies.set(COOKIE, before)
    assert visitor.get("/").status_code == 303


def test_no_other_site_puts_the_console_into_a_frame(visitor: httpx.Client):
    assert "frame-ancestors 'none'" in visitor.get("/signin").headers["content-security-policy"]
    sign_in(visitor, OWNER_TOKEN)
    assert "frame-ancestors 'self'" in visitor.get("/").headers["content-security-policy"]
    assert visitor.get("/").headers["referrer-policy"] == "same-origin"


def test_a_forged_cookie_opens_nothing(visitor: httpx.Client):
    for value in ("", "owner", "gAAAAABo", OWNER_TOKEN, "a" * 5000):
        visitor.cookies.set(COOKIE, value)
        assert visitor.get("/").status_code == 303


def test_a_wrong_token_is_told_in_the_readers_language(visitor: httpx.Client):
    headers = {"Accept-Language": "zh-CN"}
    answer = visitor.post("/signin", data={"token": "wrong"}, headers=headers)
    assert answer.status_code == 401
    assert '<html lang="zh">' in answer.text
    assert 'role="alert"' in answer.text
    assert COOKIE not in answer.cookies


def test_the_sign_in_page_speaks_both_languages(visitor: httpx.Client):
    assert "登录" in visitor.get("/signin", headers={"Accept-Language": "zh-CN"}).text
    assert "Sign in" in visitor.get("/signin?lang=en").text


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {}, 303),
        ("/status", {"Accept": "text/plain"}, 401),
        ("/signin", {"Origin": "https://evil.example"}, 403),
        ("/signin", {}, 200),
    ],
)
def test_the_sign_ins_own_answers_carry_the_headers_of_the_rest(
    visitor: httpx.Client, path: str, headers: dict[str, str], status: int
):
    answer = visitor.get(path, headers=headers)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert "default-src" in answer.headers["content-security-policy"]


def test_the_health_check_sets_no_cookie(visitor: httpx.Client):
    answer = visitor.get("/_stcore/health")
    assert (answer.text, answer.headers.get("set-cookie")) == ("ok", None)


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "http://127.0.0.1:1", "null", "http://[", ""]
)
def test_another_site_can_send_no_form_and_no_upload(visitor: httpx.Client, origin: str):
    sign_in(visitor, OWNER_TOKEN)
    headers = {"Origin": origin}
    data = {"token": OWNER_TOKEN}
    assert visitor.post("/signin", data=data, headers=headers).status_code == 403
    path = "/_stcore/upload_file/session/file"
    assert visitor.put(path, content=b"x", headers=headers).status_code == 403


def test_another_site_opens_no_websocket_with_the_cookie_of_somebody(
    console: ServedConsole, visitor: httpx.Client
):
    sign_in(visitor, OWNER_TOKEN)
    cookie = f"{COOKIE}={visitor.cookies[COOKIE]}"
    assert websocket_answer(console, console.url, cookie) == 101
    assert websocket_answer(console, "http://127.0.0.1:1", cookie) == 403


def test_a_database_that_is_away_is_said(settings: Settings):
    nowhere = Database("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    installation = Installation(settings, nowhere, Seal(["a key of the tests"]))
    gate = RequireSignIn(PlainTextResponse("behind the gate"), installation)
    cookies = {COOKIE: new_token()}

    async def look() -> httpx.Response:
        door = httpx.ASGITransport(gate)
        async with httpx.AsyncClient(transport=door, cookies=cookies) as client:
            return await client.get("http://127.0.0.1/")

    # In a thread of its own: a browser's test in the same process has a loop in this one.
    with ThreadPoolExecutor(1) as thread:
        answer = thread.submit(asyncio.run, look()).result()
    assert answer.status_code == 503
    assert "database" in answer.text


def test_who_goes_with_half_a_form_sent_is_no_error_of_ours(installation: Installation):
    said = iter([{"type": "http.request", "body": b"token=", "more_body": True}])
    answers: list[Message] = []

    async def receive() -> Message:
        return next(said, {"type": "http.disconnect"})

    async def send(message: Message) -> None:
        answers.append(message)

    kind = (b"content-type", b"application/x-www-form-urlencoded")
    scope = {"type": "http", "method": "POST", "path": "/signin", "query_string": b""}
    sent = visitor_at(installation).app(scope | {"headers": [kind]}, receive, send)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, sent).result()  # type: ignore[arg-type]
    assert answers == []


def test_the_language_switch_leads_to_our_own_pages_only(visitor: httpx.Client):
    sign_in(visitor, OWNER_TOKEN)
    answer = visitor.get("/language/zh", headers={"Referer": "https://elsewhere.example/status"})
    assert answer.headers["location"] == "/"
    misleading = str(visitor.base_url).rstrip("/") + "//elsewhere.example/status"
    answer = visitor.get("/language/zh", headers={"Referer": misleading})
    assert answer.headers["location"] == "/"
    own = str(visitor.base_url.join("/status?event=1"))
    answer = visitor.get("/language/zh", headers={"Referer": own})
    assert answer.headers["location"] == "/status?event=1"
    assert answer.cookies["certs_language"] == "zh"


def test_a_renewed_token_signs_out_at_once(console: ServedConsole, visitor: httpx.Client):
    with console.installation.database.writing() as session:
        event, token = create_event(session, name="Beach Day")
    sign_in(visitor, token)
    assert visitor.get("/").status_code == 200
    with console.installation.database.writing() as session:
        renewed = session.scalars(select(Event).where(Event.id == event.id)).one()
        renew_organizer_token(renewed)
    assert visitor.get("/").status_code == 303


def test_a_cookie_of_the_version_before_is_no_sign_in(visitor: httpx.Client):
    visitor.cookies.set("certs_console", "gAAAAABo")
    assert visitor.get("/").headers["location"] == "/signin"
