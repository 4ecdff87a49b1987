"""What anybody who is shown a certificate learns about it: what is known, and no more."""

import io
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import httpx
import numpy
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from sqlalchemy import select

from api.calls.volunteer import store_name
from shared.acts.held_back import take_back_certificates
from shared.events import event_for_change
from shared.events.installation import Installation
from shared.events.naming import set_naming
from shared.events.settings import EventChange, update_event
from shared.rendering.derivatives import MOST_BYTES, Shape, shared_picture
from shared.storage.models import Certificate, Event
from tests.support.acting import issue_in_turns
from tests.support.api_server import Invited, ana, api, default_event, png, server_url
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.factories import add
from tests.support.one_database import database_url

__all__ = ["ana", "api", "database_url", "default_event", "server_url"]

# Who looks before that sees the page without its style, as no browser paints it.
STYLED = "[...document.querySelectorAll('link[rel=stylesheet]')].every(link => link.sheet)"


@pytest.fixture
def issued(installation: Installation, default_event: Event, ana: Invited) -> Certificate:
    """A certificate of an event in Shanghai, which Harbour Friends invited to."""
    with installation.database.writing() as session:
        event = session.get_one(Event, default_event.id)
        update_event(
            event, EventChange(name="Harbour Run", language="en", time_zone="Asia/Shanghai")
        )
        event.organization = "Harbour Friends"
    return store_name(installation, ana.token, "Ana Lima")


@pytest.fixture
def replaced(installation: Installation, issued: Certificate, ana: Invited) -> Certificate:
    """A certificate that was replaced by a corrected one: on the 26th, in Shanghai."""
    store_name(installation, ana.token, "Ana da Lima")
    with installation.database.writing() as session:
        old = session.get_one(Certificate, issued.id)
        old.replaced_at = datetime(2026, 11, 25, 18, 30, tzinfo=UTC)
    return issued


class _Metas(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "meta" and (name := values.get("property") or values.get("name")):
            self.found[name] = values.get("content") or ""


def picture_of(answer: httpx.Response) -> Image.Image:
    assert answer.headers["content-type"] == "image/jpeg"
    return Image.open(io.BytesIO(answer.content)).convert("RGB")


def test_the_page_claims_who_gave_the_name_who_thanks_and_when_it_was_looked_up(
    page_at: PageAt, server_url: str, issued: Certificate
) -> None:
    page = page_at(PHONE, timezone_id="America/Lima")
    page.goto(f"{server_url}/verify/{issued.public_id}")
    page.locator(".band summary").click()
    titles, values = (page.locator(f".band {part}").all_inner_texts() for part in ("dt", "dd"))
    facts = dict(zip(titles, values, strict=True))
    assert facts["Name"] == "Ana Lima\nThe name was given by the recipient."
    assert next(iter(facts)) == "Organization, as stated by the organizer"
    assert facts["Organization, as stated by the organizer"] == "Harbour Friends"
    assert facts["Thanked for"] == "Harbour Run"
    assert re.fullmatch(r"\w+ \d+, \d{4} \d\d:\d\d \(Asia/Shanghai\)", facts["Checked on"])


def test_an_organization_with_a_full_stop_in_its_name_ends_the_sentence(
    api: httpx.Client, installation: Installation, issued: Certificate
) -> None:
    with installation.database.writing() as session:
        session.get_one(Certificate, issued.id).organization = "Harbour Friends e.V."
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    assert "as stated by the organizer: Harbour Friends e.V.\n" in page
    assert (
        _Metas(page).found["og:description"].startswith("With thanks from Harbour Friends e.V. N")
    )
    # A Chinese full stop stands after the one of an abbreviation.
    chinese = api.get(f"/verify/{issued.public_id}", params={"lang": "zh"}).text
    assert "Harbour Friends e.V.。" in chinese


def test_a_chinese_heading_is_parted_inside_no_word(
    page_at: PageAt, server_url: str, issued: Certificate
) -> None:
    page = page_at(PHONE, "zh")
    page.goto(f"{server_url}/verify/{issued.public_id}?lang=zh")
    page.wait_for_function(STYLED)
    assert page.locator("h1").evaluate(_WIDTHS_THAT_PART, "参与了") == []


# At which widths of a heading, in pixels, the word's letters stand on two lines.
_WIDTHS_THAT_PART = """(heading, word) => {
  const [text, range] = [heading.firstChild, document.createRange()];
  const start = text.data.indexOf(word);
  const top = (place) => {
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect().top;
  };
  const widths = Array.from({ length: 100 }, (_, step) => 200 + 3 * step);
  return widths.filter((width) => {
    heading.style.width = `${width}px`;
    return top(start) !== top(start + word.length - 1);
  });
}"""


def test_an_organizer_puts_no_link_below_the_owners_address(
    api: httpx.Client, installation: Installation, issued: Certificate
) -> None:
    with installation.database.writing() as session:
        session.get_one(Event, issued.event_id).website = "https://evil.example"
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    assert "Harbour Friends" in page
    assert "evil.example" not in page


def test_nothing_is_said_of_a_name_from_before_that_was_noted(
    api: httpx.Client, installation: Installation, issued: Certificate
) -> None:
    with installation.database.writing() as session:
        session.get_one(Certificate, issued.id).name_from = None
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    assert "<dt>Name</dt><dd><bdi>Ana Lima</bdi></dd>" in page


def test_a_link_to_the_page_is_shown_with_words_and_a_picture(
    api: httpx.Client, installation: Installation, issued: Certificate
) -> None:
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    metas = _Metas(page).found
    address = f"{installation.settings.public_url}/verify/{issued.public_id}"
    assert "<title>Ana Lima helped at Harbour Run</title>" in page
    assert metas["og:title"] == "Ana Lima helped at Harbour Run"
    assert metas["og:description"].startswith("With thanks from Harbour Friends. Number ")
    assert metas["og:url"] == address
    assert metas["og:image"] == f"{address}/card.jpg"
    assert metas["og:image:alt"] == "The certificate of Ana Lima"
    assert metas["twitter:card"] == "summary_large_image"
    answer = api.get(metas["og:image"].removeprefix(installation.settings.public_url))
    size = (int(metas["og:image:width"]), int(metas["og:image:height"]))
    assert picture_of(answer).size == size == (1200, 630)
    assert len(answer.content) < MOST_BYTES == 250_000


def test_the_picture_beside_a_link_is_small_whatever_is_on_it() -> None:
    noise = numpy.random.default_rng(7).integers(0, 255, (1600, 1200, 3), dtype=numpy.uint8)
    buffer = io.BytesIO()
    Image.fromarray(noise).save(buffer, "JPEG", quality=95)
    for certificate in (buffer.getvalue(), png(200, 100)):
        for shape in Shape:
            shown = shared_picture(certificate, shape, "Ana Lima", "Harbour Run")
            assert len(shown) < MOST_BYTES


def test_a_replaced_certificate_is_stamped_with_the_day_of_the_events_own_zone(
    page_at: PageAt, server_url: str, replaced: Certificate
) -> None:
    page = page_at(PHONE)
    page.goto(f"{server_url}/verify/{replaced.public_id}")
    expect(page.locator("h1")).to_have_text("This certificate was replaced")
    expect(page.locator(".notice")).to_contain_text("November 26, 2026")
    stamp, picture = page.locator(".stamp"), page.locator("#certificate img, .certificate img")
    expect(stamp).to_have_text("Replaced")
    inner, outer = stamp.bounding_box(), picture.bounding_box()
    assert inner
    assert outer
    assert outer["y"] < inner["y"]
    assert inner["y"] + inner["height"] < outer["y"] + outer["height"]
    assert picture.evaluate("async e => { await e.decode(); return e.naturalWidth }") == 877


@pytest.mark.parametrize("end", [".jpg", ".png", ".pdf", ".jpg?width=300"])
def test_the_file_of_a_replaced_certificate_is_gone(
    api: httpx.Client, installation: Installation, replaced: Certificate, end: str
) -> None:
    answer = api.get(f"/certificates/{replaced.public_id}{end}", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (410, 410)
    assert "replaced or withdrawn" in answer.json()["message"]
    with installation.database.reading() as session:
        current = session.scalars(
            select(Certificate.public_id).where(Certificate.replaced_at.is_(None))
        ).one()
    assert api.get(f"/certificates/{current}{end}").status_code == 200


def test_who_opens_the_file_of_a_replaced_certificate_is_led_on(
    api: httpx.Client, replaced: Certificate
) -> None:
    page = api.get(f"/certificates/{replaced.public_id}.pdf", headers={"Accept": "text/html"})
    assert page.status_code == 410
    assert page.headers["content-type"].startswith("text/html")
    [told] = re.findall(r'href="\.\.(/verify/[^"]+)"', page.text)
    assert "This certificate was replaced" in api.get(told).text
    [asking] = re.findall(r'<form method="post" action="\.\.(/personal-link[^"]*)"', page.text)
    [id] = re.findall(r'name="certificate" value="([^"]+)"', page.text)
    assert id == replaced.public_id
    answer = api.post(asking, data={"certificate": id}, follow_redirects=True)
    assert "Check your mailbox" in answer.text


def test_every_picture_of_a_replaced_certificate_is_crossed_out(
    api: httpx.Client, replaced: Certificate
) -> None:
    void = picture_of(api.get(f"/verify/{replaced.public_id}/void.jpg"))
    for corner in ((8, 6), (void.width - 9, 6)):
        red, green, _ = void.getpixel(corner)  # type: ignore[misc]
        assert red > green + 60
    card = picture_of(api.get(f"/verify/{replaced.public_id}/card.jpg"))
    red, green, _ = card.getpixel((card.width // 2, card.height // 2))  # type: ignore[misc]
    assert red > green + 60


def test_no_certificate_that_stands_is_crossed_out(api: httpx.Client, issued: Certificate) -> None:
    assert api.get(f"/verify/{issued.public_id}/void.jpg").status_code == 404
    card = picture_of(api.get(f"/verify/{issued.public_id}/card.jpg"))
    red, green, _ = card.getpixel((card.width // 2, 30))  # type: ignore[misc]
    assert red < green + 60


@pytest.mark.parametrize("name", ["card.jpg", "void.jpg"])
def test_an_unknown_certificate_has_no_picture(api: httpx.Client, name: str) -> None:
    assert api.get(f"/verify/unknown/{name}").status_code == 404


def _places(page: Page) -> object:
    return page.evaluate(
        "[...document.querySelectorAll('h1, dt, .event')].map((e) => e.getBoundingClientRect().y)"
    )


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
@pytest.mark.parametrize("upright", [False, True])
def test_nothing_moves_when_the_picture_arrives(
    page_at: PageAt,
    server_url: str,
    installation: Installation,
    issued: Certificate,
    size: tuple[int, int],
    upright: bool,
) -> None:
    held: list[Route] = []
    page = page_at(size)
    width, height = (620, 877) if upright else (877, 620)
    picture = png(width, height)
    page.route("**/certificates/*", lambda route: held.append(route))
    html = re.compile(r'width="877" height="620"')

    def turn(route: Route) -> None:
        body = html.sub(f'width="{width}" height="{height}"', route.fetch().text())
        route.fulfill(body=body, content_type="text/html")

    page.route("**/verify/*", turn)
    page.goto(f"{server_url}/verify/{issued.public_id}", wait_until="domcontentloaded")
    page.locator(".band").wait_for()
    page.wait_for_function(STYLED)
    before = _places(page)
    while not held:
        page.wait_for_timeout(20)
    held[0].fulfill(body=picture, content_type="image/png")
    page.locator(".certificate img").evaluate("e => e.decode()")
    assert _places(page) == before
    box = page.locator(".certificate img").bounding_box()
    assert box
    assert box["height"] > 200


def test_a_renamed_event_leaves_the_pages_of_its_certificates_as_they_were(
    installation: Installation, api: httpx.Client, issued: Certificate
):
    with installation.database.writing() as session:
        event = session.get_one(Event, issued.event_id)
        update_event(event, EventChange(name="Night Run"))
        event.organization, event.website = "Others", "https://others.example"
    page = api.get(f"/verify/{issued.public_id}", params={"lang": "en"}).text
    assert "Ana Lima helped at Harbour Run" in page
    assert "With thanks from Harbour Friends." in page
    for now in ("Night Run", "Others", "others.example"):
        assert now not in page


@pytest.fixture
def taken_back(installation: Installation, default_event: Event, issued: Certificate) -> str:
    """The public id of a certificate that was taken back before anybody could have seen it."""
    add(installation.database, default_event.id, "email,name\nbo@example.org,Bo Ek")
    with installation.database.writing() as session:
        set_naming(session, event_for_change(session, default_event.id), "issue")
    issue_in_turns(installation, default_event.id)
    take_back_certificates(installation.database, default_event.id)
    with installation.database.reading() as session:
        return session.scalars(
            select(Certificate.public_id).where(Certificate.name == "Bo Ek")
        ).one()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This certificate was never sent"), ("zh", "此证书从未发出")],
)
def test_one_that_was_taken_back_was_never_sent_and_says_nothing_more(
    server_url: str, taken_back: str, language: str, said: str
) -> None:
    wanted = {"accept": "text/html", "accept-language": language}
    for path in (f"/verify/{taken_back}", f"/certificates/{taken_back}.jpg"):
        answer = httpx.get(server_url + path, headers=wanted)
        assert answer.status_code == 410
        assert said in answer.text
        assert "Bo Ek" not in answer.text
    for path in (
        f"/verify/{taken_back}/card.jpg",
        f"/verify/{taken_back}/void.jpg",
        *(f"/certificates/{taken_back}.{format}" for format in ("jpg", "png", "pdf")),
    ):
        answer = httpx.get(server_url + path, headers={"accept-language": language})
        assert (answer.status_code, answer.json()["code"]) == (410, 410), path
        assert said in answer.json()["message"]
