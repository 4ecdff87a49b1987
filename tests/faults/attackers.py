"""Attackers: strangers, and organizers of an event of their own. Each runs in a process of its own,
on the least of the processor's time, since it would be on another machine."""

import io
import itertools
import os
import select
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from PIL import Image
from playwright.sync_api import Error, sync_playwright
from websockets.exceptions import WebSocketException

from tests.support import organizers_fonts
from tests.support.browser import CHROMIUM, QUIET
from tests.support.carriers import jpeg_of_scans, packed_pdf, small_photo
from tests.support.hostile import UNITS, repeated
from tests.support.organizers_lists import with_lines
from tests.support.raw_tabs import cookie_of, look, press, runs_of, tab


@dataclass(frozen=True)
class Target:
    """What an attacker knows: the addresses, its own event with its token, the key of one who may
    only look at it, and a link in it."""

    api: str
    console: str
    event_id: int
    token: str
    viewer: str
    link: str


def attack(name: str, target: Target) -> None:
    """Goes on until its process is ended."""
    os.nice(19)
    # Linux first weighs sessions against each other, then the processes of each; see sched(7).
    os.setsid()
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text("19", "ascii")
    # The first of all processes may have had a mailbox's certificate that is gone by now, and an
    # attacker who can ask nothing attacks nobody.
    os.environ.pop("SSL_CERT_FILE", None)
    ATTACKERS[name](target)


def _again(*ways: Callable[[], object], threads: int = 1) -> None:
    """Do all of that without an end, whatever the answer."""

    def run() -> None:
        for way in itertools.cycle(ways):
            with suppress(OSError, httpx.HTTPError, Error):
                way()
            time.sleep(0.01)

    for _ in range(threads - 1):
        threading.Thread(target=run, daemon=True).start()
    run()


def _connected(url: str) -> socket.socket:
    address = httpx.URL(url)
    return socket.create_connection((address.host, address.port or 80), 30)


# Strangers


def _endless_headers(target: Target) -> None:
    def send(url: str) -> None:
        with _connected(url) as connection:
            connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
            while True:
                connection.sendall(b"X-Header: " + b"x" * 8000 + b"\r\n")

    _again(lambda: send(target.api), lambda: send(target.console), threads=4)


def _slow_bodies(target: Target) -> None:
    head = b"POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: 100000\r\n\r\n{"

    def send(url: str, path: bytes, kind: bytes) -> None:
        with _connected(url) as connection:
            connection.sendall(head % (path, kind))
            while not select.select([connection], [], [], 1)[0]:
                connection.sendall(b" ")

    _again(
        lambda: send(target.api, b"/api/submitUserInfo", b"application/json"),
        lambda: send(target.console, b"/signin", b"application/x-www-form-urlencoded"),
        threads=60,
    )


def _half_connections(target: Target) -> None:
    """As many as this process may have open, none of them with a request."""
    held: list[socket.socket] = []
    for url in itertools.cycle((target.api, target.console)):
        with suppress(OSError):
            connection = _connected(url)
            connection.sendall(b"GET /he")
            held.append(connection)
        if len(held) >= 900:
            held.pop(0).close()
            time.sleep(0.05)


def _deep_json(target: Target) -> None:
    calls = ("submitUserInfo", "preview", "addUserData", "updateOrgConfig", "email")
    bodies = [b"[" * 900_000, b'{"a":' * 180_000, b'{"token":' + b"1" * 900_000, b'"\\u0000' * 9]

    def send() -> None:
        for call, body in itertools.product(calls, bodies):
            headers = {"Content-Type": "application/json"}
            httpx.post(f"{target.api}/api/{call}", content=body, headers=headers, timeout=30)

    _again(send, threads=2)


def _sign_in_bodies(target: Target) -> None:
    """250 MB each, to the console's sign-in."""
    piece = b"x" * 100_000

    def send() -> None:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        body = itertools.repeat(piece, 2500)
        httpx.post(f"{target.console}/signin", content=body, headers=headers, timeout=60)

    _again(send, threads=4)


def _files_to_verify(target: Target) -> None:
    """From five networks, faster than they may: what decodes long, what unpacks to much, and photos
    in which a code is looked for in vain."""
    zeros = zlib.compress(zlib.compress(bytes(400_000_000), 9), 9)
    plain = Image.linear_gradient("L").resize((8000, 5000)).convert("RGB")
    files = (
        jpeg_of_scans(5000, (1000, 800)),
        jpeg_of_scans(100, (3000, 2000)),
        packed_pdf(zeros, "FlateDecode", "FlateDecode"),
        _saved(plain, "PNG"),
        _saved(plain, "WEBP", method=0),
        small_photo("https://elsewhere.example/", 90, 0),
    )

    networks = itertools.cycle(f"203.0.113.{number}" for number in range(1, 6))

    def send(content: bytes) -> None:
        came = {"X-Forwarded-For": next(networks)}
        url, sent = f"{target.api}/verify/file", {"file": ("x", content)}
        httpx.post(url, files=sent, headers=came, timeout=60)

    _again(*(lambda one=one: send(one) for one in files), threads=10)  # type: ignore[misc]


# Organizers, by the API


def _upload(target: Target, content: bytes, name: str = "template.png") -> None:
    url, headers = f"{target.api}/api/uploadImage", {"Token": target.token}
    httpx.post(url, headers=headers, files={"template": (name, content)}, timeout=120)


def _saved(picture: Image.Image, kind: str, **options: Any) -> bytes:
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def _hostile_jpegs(target: Target) -> None:
    few, many = jpeg_of_scans(100, (3000, 2000)), jpeg_of_scans(1000, (1000, 800))
    _again(lambda: _upload(target, few), lambda: _upload(target, many), threads=2)


def _large_pngs(target: Target) -> None:
    content = _saved(Image.linear_gradient("L").resize((8000, 5000)).convert("RGB"), "PNG")
    _again(lambda: _upload(target, content), threads=2)


def _hostile_pages(target: Target) -> None:
    """Drawings of drawings of drawings, and a PDF of forms of forms."""
    uses = "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 9 + "</g>" for n in range(1, 9))
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="600"><defs>'
        f'<g id="g0"><rect width="9" height="9"/></g>{uses}</defs><use href="#g8"/></svg>'
    )
    forms = b"".join(
        b"%d 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>"
        b"/Length 60>>stream\n%s\nendstream endobj\n" % (n, n + 1, b"/X Do " * 10)
        for n in range(5, 15)
    )
    pdf = (
        b"%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R"
        b"/MediaBox[0 0 800 600]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>endobj\n"
        b"4 0 obj<</Length 5>>stream\n/X Do\nendstream endobj\n" + forms + b"trailer<</Root 1 0 R>>"
    )
    _again(lambda: _upload(target, svg.encode(), "a.svg"), lambda: _upload(target, pdf, "a.pdf"))


def _previews(target: Target) -> None:
    body = {"token": target.link, "name": "Ana Lima", "width": 1600}
    _again(lambda: httpx.post(f"{target.api}/api/preview", json=body, timeout=30), threads=24)


def _names(target: Target) -> None:
    """A volunteer's link whose mail cannot leave, with another name each time."""
    names = itertools.count()

    def submit() -> None:
        body = {"token": target.link, "name": f"Ana {next(names)}"}
        httpx.post(f"{target.api}/api/submitUserInfo", json=body, timeout=30)

    _again(submit, threads=8)


def _long_lists(target: Target) -> None:
    """Lines that take readers long, in as many bodies as are taken."""
    texts = [repeated(unit, 900_000).decode("utf-8", "ignore") for unit in UNITS]

    def send(text: str) -> None:
        body = {"token": target.token, "email": [text]}
        httpx.post(f"{target.api}/api/addUserData", json=body, timeout=60)

    _again(*(lambda text=text: send(text) for text in texts), threads=2)  # type: ignore[misc]


# Who may only look, and organizers, at the console without a browser


def _tabs(target: Target, messages: int, seconds: float) -> None:
    """Twenty at once, each of which sends much and stays so long, again and again."""
    cookie = cookie_of(target.console, target.viewer)

    def flood() -> None:
        with suppress(WebSocketException), tab(target.console, cookie) as connection:
            connection.send(look())
            for number in range(messages):
                # Of 40 octets: a press on what is not there, and a look at another screen.
                content = press(f"{number:032}") if number % 2 else look(f"event={number:030}")
                connection.send(content)
            for _ in runs_of(connection, seconds):
                pass

    _again(flood, threads=20)


def _many_presses(target: Target) -> None:
    _tabs(target, 100, 60)


def _many_presses_and_gone(target: Target) -> None:
    _tabs(target, 300, 11)


# Organizers, at the console, in one browser


def _at_the_console(target: Target) -> None:
    """Fonts of glyphs of glyphs, workbooks that fill the memory, and pasted texts."""
    fonts = [organizers_fonts.composite_font(7, 4), organizers_fonts.nested_cff(20, 6)]
    sheets = [with_lines(b"<row/>" * 3_000_000), with_lines(b"<row>" + b"<c/>" * 2_000_000)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
        )
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_default_timeout(30_000)
        form = {"token": target.token, "next": ""}
        context.request.post(f"{target.console}/signin", form=form, max_redirects=0)
        screens = {screen: context.new_page() for screen in ("certificate", "recipients")}

        def upload(screen: str, opens: str, name: str, content: bytes) -> None:
            page = screens[screen]
            page.goto(f"{target.console}/{screen}?event={target.event_id}")
            page.get_by_text(opens).first.click()
            chosen = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
            page.locator("input[type=file]").last.set_input_files(chosen)  # type: ignore[arg-type]
            page.wait_for_timeout(2000)

        def paste(unit: str) -> None:
            page = screens["recipients"]
            page.goto(f"{target.console}/recipients?event={target.event_id}")
            page.locator("textarea").first.fill(repeated(unit, 200_000).decode("utf-8", "ignore"))
            page.keyboard.press("Control+Enter")
            page.wait_for_timeout(2000)

        _again(
            *(lambda font=font: upload("certificate", "Own typeface", "a.ttf", font)  # type: ignore[misc]
              for font in fonts),
            *(lambda sheet=sheet: upload("recipients", "Upload a file", "a.xlsx", sheet)  # type: ignore[misc]
              for sheet in sheets),
            *(lambda unit=unit: paste(unit) for unit in ("(", "<a@b.c> ", "1-")),  # type: ignore[misc]
        )  # fmt: skip


ATTACKERS: dict[str, Callable[[Target], None]] = {
    "headers": _endless_headers,
    "slow bodies": _slow_bodies,
    "half connections": _half_connections,
    "deep JSON": _deep_json,
    "sign-in bodies": _sign_in_bodies,
    "files to verify": _files_to_verify,
    "JPEGs": _hostile_jpegs,
    "PNGs": _large_pngs,
    "PDFs and SVGs": _hostile_pages,
    "previews": _previews,
    "names": _names,
    "lists": _long_lists,
    "tabs": _many_presses,
    "tabs that go": _many_presses_and_gone,
    "fonts, sheets and pasted texts": _at_the_console,
}


def returned_mails() -> Iterator[bytes]:
    """5 KB each, which take readers long; the last attacker's mailbox is filled with them."""
    for number in itertools.count():
        unit = UNITS[number % len(UNITS)]
        yield (
            b"From: MAILER-DAEMON@mx.example.net\r\nSubject: Undelivered mail\r\n"
            b"Content-Type: text/html\r\n\r\nfailed " + repeated(unit, 5000)
        )
