"""A certificate's page is its owner's to be proud of, before it is an inspector's."""

import io
import re
from datetime import UTC, datetime

import httpx
import numpy
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from api.calls.volunteer import store_name
from shared.certificates.designs import designs
from shared.events import event_for_change, event_page
from shared.events.installation import Installation
from shared.features.credentials import issuers
from shared.rendering.derivatives import Shape, shared_picture
from shared.rendering.layout import Field
from shared.rendering.uploads.accepted import accept_inset
from shared.storage.models import Certificate, ColumnKind, Event
from tests.support.api_server import api, default_event, png, server_url
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.drawn_designs import box
from tests.support.factories import add, invite, sample_picture, seal, set_picture
from tests.support.issued_for_real import made_public
from tests.support.list_columns import say
from tests.support.one_database import database_url

__all__ = ["api", "database_url", "default_event", "server_url"]

PEOPLE = "email,Hours,Break,Badge\nana@example.org,12,0.5,B-12\nnur@example.org,1,,B-13"


@pytest.fixture
def installation(installation: Installation) -> Installation:
    return made_public(installation)


@pytest.fixture
def issued(installation: Installation, default_event: Event) -> dict[str, Certificate]:
    """Certificates of an event that says publicly how many hours people helped."""
    with installation.database.writing() as session:
        event = event_for_change(session, default_event.id)
        event.name, event.organization, event.language = "Spring Run 2026", "Harbour Friends", "en"
        set_picture(session, event, sample_picture())
    add(installation.database, default_event.id, PEOPLE)
    for title in ("Hours", "Break"):
        said = {"kind": ColumnKind.NUMBER, "unit": "hours", "is_public": True}
        say(installation, default_event.id, title, **said)
    tokens = invite(installation, default_event.id)
    names = {"ana@example.org": "Ana Lima", "nur@example.org": "نور الدين"}
    return {one: store_name(installation, tokens[one], name) for one, name in names.items()}


@pytest.fixture
def of_ana(issued: dict[str, Certificate]) -> Certificate:
    return issued["ana@example.org"]


def text_of(api: httpx.Client, certificate: Certificate, language: str = "en") -> str:
    return api.get(f"/verify/{certificate.public_id}", params={"lang": language}).text


def change(installation: Installation, certificate: Certificate, **values: object) -> None:
    with installation.database.writing() as session:
        for name, value in values.items():
            setattr(session.get_one(Certificate, certificate.id), name, value)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Ana Lima helped for 12.5\N{NO-BREAK SPACE}hours at Spring Run 2026"),
        ("zh", "Ana Lima在“Spring Run 2026”志愿服务 12.5\N{NO-BREAK SPACE}小时"),
    ],
)
def test_it_says_first_what_they_did(
    api: httpx.Client, of_ana: Certificate, language: str, said: str
) -> None:
    assert f"<h1>{said}</h1>" in text_of(api, of_ana, language)


def test_a_single_hour_is_one_and_a_name_from_right_to_left_turns_no_sentence(
    api: httpx.Client, issued: dict[str, Certificate]
) -> None:
    said = "\u2068نور الدين\u2069 helped for 1\N{NO-BREAK SPACE}hour at Spring Run 2026"
    assert f"<h1>{said}</h1>" in text_of(api, issued["nur@example.org"])


def test_hours_that_are_public_no_more_are_told_to_nobody(
    installation: Installation, api: httpx.Client, of_ana: Certificate
) -> None:
    for title in ("Hours", "Break"):
        say(installation, of_ana.event_id, title, is_public=False)
    page = text_of(api, of_ana)
    assert "<h1>Ana Lima helped at Spring Run 2026</h1>" in page
    assert "12.5" not in page


def test_the_thanks_of_the_events_page_are_told_as_long_as_it_is_published(
    installation: Installation, api: httpx.Client, of_ana: Certificate
) -> None:
    with installation.database.writing() as session:
        event = event_for_change(session, of_ana.event_id)
        event_page.publish(session, event, thanks="You were <great>.", is_listed=False)
    assert '<p dir="auto">You were &lt;great&gt;.</p>' in text_of(api, of_ana)
    with installation.database.writing() as session:
        event_page.close(session, event_for_change(session, of_ana.event_id))
    assert "You were" not in text_of(api, of_ana)


def test_thanks_that_go_on_from_the_name_on_the_sheet_are_told_so_and_in_their_language(
    installation: Installation, api: httpx.Client, of_ana: Certificate
) -> None:
    said = "for giving {event} your time, your patience and a smile."
    with installation.database.writing() as session:
        design = session.get_one(Certificate, of_ana.id).design
        layout = designs.layout_of(design)
        text = Field(id="said", kind="text", content=said, box=box(0, 0, 1, 0.1))
        design.layout = layout.model_copy(update={"fields": (*layout.fields, text)}).to_json()
    page = text_of(api, of_ana, "zh")
    assert '<blockquote lang="en">' in page
    assert '<p dir="auto">… for giving Spring Run 2026 your time, your patience' in page


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_all_stands_in_one_order_and_what_an_inspector_asks_is_folded_below(
    page_at: PageAt,
    server_url: str,
    installation: Installation,
    of_ana: Certificate,
    size: tuple[int, int],
) -> None:
    with installation.database.writing() as session:
        event = event_for_change(session, of_ana.event_id)
        event_page.publish(session, event, thanks="Thank you.", is_listed=False)
    page = page_at(size, java_script_enabled=False)
    page.goto(f"{server_url}/verify/{of_ana.public_id}")
    order = page.locator("main > *").evaluate_all("all => all.map(one => one.localName)")
    assert order == ["h1", "figure", "blockquote", "section", "details", "div"]
    if size == PHONE:
        tops = page.locator("main > *").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect().top)"
        )
        assert tops == sorted(tops)
    band = page.locator(".band")
    expect(band.locator("summary")).to_contain_text("Valid, checked just now.")
    expect(band.locator("dl")).to_be_hidden()
    band.locator("summary").click()
    expect(band.locator("dl")).to_contain_text("12 hours")
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]


def test_the_page_without_its_picture_is_small(
    page_at: PageAt, server_url: str, of_ana: Certificate
) -> None:
    page, loaded = page_at(PHONE, apart=True), list[int]()
    page.on(
        "response",
        lambda answer: "/certificates/" in answer.url or loaded.append(len(answer.body())),
    )
    page.goto(f"{server_url}/verify/{of_ana.public_id}", wait_until="networkidle")
    assert len(loaded) >= 4
    assert sum(loaded) <= 80_000


@pytest.mark.parametrize("state", ["withdrawn", "replaced"])
def test_what_counts_no_more_says_so_first_and_offers_nothing(
    installation: Installation, api: httpx.Client, of_ana: Certificate, state: str
) -> None:
    at = {f"{state}_at": datetime(2026, 12, 1, tzinfo=UTC)}
    change(installation, of_ana, **at, withdrawal_reason="" if state == "replaced" else "Mistake")
    page = text_of(api, of_ana)
    main = page[page.index("<main") :]
    assert main.index(f"This certificate was {state}") < main.index("<figure")
    assert '<details class="band" open>' in page
    for offered in ("Add to LinkedIn", "Download picture", "helped for", "blockquote"):
        assert offered not in page


def test_only_an_issuer_that_the_owner_entered_has_a_link_and_a_face(
    installation: Installation, api: httpx.Client, of_ana: Certificate
) -> None:
    with installation.database.writing() as session:
        event_for_change(session, of_ana.event_id).website = "https://evil.example"
        event_for_change(session, of_ana.event_id).live_at = datetime(2026, 1, 1, tzinfo=UTC)
    page = text_of(api, of_ana)
    assert "Signed by thanks.example.org:8443." in page
    assert 'class="issuer"' not in page
    with installation.database.writing() as session:
        logo = accept_inset(seal())
        issuers.create(session, "city", "City of Porto", "https://porto.example", logo)
        issuers.assign(session, event_for_change(session, of_ana.event_id), "city")
    page = text_of(api, of_ana)
    assert '<a class="issuer" href="https://porto.example" rel="noopener noreferrer">' in page
    assert "evil.example" not in page
    [face] = re.findall(r'class="issuer".*?<img src="\.\.([^"]+)"', page, re.DOTALL)
    assert api.get(face).headers["content-type"] == "image/png"


def test_a_picture_to_keep_is_the_smaller_of_two_with_the_same_pixels_and_its_resolution(
    api: httpx.Client, of_ana: Certificate
) -> None:
    base = f"/certificates/{of_ana.public_id}"
    kept = api.get(f"{base}/picture")
    png, jpeg = (api.get(f"{base}.{format}").content for format in ("png", "jpg"))
    assert len(kept.content) <= min(len(png), len(jpeg)) + 100
    assert kept.headers["content-type"] == "image/png"
    assert kept.headers["content-disposition"].endswith(".png")
    opened, before = (Image.open(io.BytesIO(one)) for one in (kept.content, png))
    assert opened.tobytes() == before.tobytes()
    across = opened.width / opened.info["dpi"][0] * 25.4
    assert across == pytest.approx(297, abs=1)
    again = api.get(f"{base}/picture", headers={"If-None-Match": kept.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("shape", list(Shape))
def test_a_name_can_be_read_on_a_picture_of_120_pixels(shape: Shape) -> None:
    sheet = png(877, 620)
    without = Image.open(io.BytesIO(shared_picture(sheet, shape, "\N{NO-BREAK SPACE}", "")))
    named = Image.open(io.BytesIO(shared_picture(sheet, shape, "Alexandra O’Brien", "")))
    small = [
        numpy.asarray(one.convert("L").resize((120, one.height * 120 // one.width)), dtype=int)
        for one in (without, named)
    ]
    rows = numpy.flatnonzero((small[0] - small[1]).max(axis=1) > 100)
    # The height of capitals and of what hangs below the line.
    assert rows[-1] - rows[0] + 1 >= 8


def test_the_pictures_for_chats_have_their_shapes_and_nothing_is_given_of_another(
    api: httpx.Client, of_ana: Certificate
) -> None:
    base = f"/verify/{of_ana.public_id}"
    sizes = {}
    for shape in Shape:
        answer = api.get(f"{base}/{shape}.jpg")
        assert answer.headers["x-robots-tag"] == "noindex"
        sizes[shape.value] = Image.open(io.BytesIO(answer.content)).size
    assert sizes == {"square": (1080, 1080), "upright": (1080, 1920), "card": (1200, 630)}
    assert api.get(f"{base}/other.jpg").status_code in (404, 422)


def test_printing_gives_the_sheet_alone(
    page_at: PageAt, server_url: str, of_ana: Certificate
) -> None:
    page = page_at(DESKTOP, apart=True)
    page.goto(f"{server_url}/verify/{of_ana.public_id}")
    printing = page.get_by_role("button", name="Print")
    page.evaluate("window.print = () => { window.printed = true }")
    printing.click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    for part in ("h1", ".top", ".keeping", ".band"):
        expect(page.locator(part)).to_be_hidden()
    expect(page.locator(".certificate img")).to_be_visible()


def test_each_field_for_linkedin_is_copied_by_its_button(
    page_at: PageAt, server_url: str, of_ana: Certificate
) -> None:
    page = page_at(DESKTOP, apart=True, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{server_url}/verify/{of_ana.public_id}")
    page.get_by_text("LinkedIn left fields empty?").click()
    page.get_by_role("button", name="Copy: Credential ID").click()
    expect(page.locator(".copy", has_text="Copied")).to_have_count(1)
    assert clipboard(page) == of_ana.number


def clipboard(page: Page) -> str:
    said: str = page.evaluate("navigator.clipboard.readText()")
    return said


def test_nothing_on_it_opens_the_owners_page_and_search_engines_stay_away(
    api: httpx.Client, of_ana: Certificate
) -> None:
    page = text_of(api, of_ana)
    assert "token" not in page
    assert '<meta name="robots" content="noindex">' in page
