"""Everything on one port: the console under a path of the API's site, as `certs serve` runs it."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.support.api_server import invite
from tests.support.browser import DESKTOP, PHONE, PageAt
from tests.support.console_server import ServedConsole
from tests.support.organizers_steps import FIRST_PAGE, enter_the_token, give_template, go
from tests.support.stories import served_site
from tests.support.volunteer_page import open_link, submit


@pytest.fixture(scope="module", params=["", "/certs"], ids=["at the root", "under a path"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path
) -> Iterator[ServedConsole]:
    """Under a path as behind a proxy that does not take it off."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copyfile(migrated_sqlite, folder / "certs.sqlite3")
    with served_site(folder, request.param) as served:
        yield served


def faults_of(page: Page) -> list[str]:
    """Fills with what the browser could not fetch, or was kept from doing."""
    faults: list[str] = []
    page.on("console", lambda message: message.type == "error" and faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def test_the_console_does_all_of_its_work_under_its_path(page_at: PageAt, site: ServedConsole):
    give_template(site)
    page = page_at(DESKTOP)
    faults = faults_of(page)
    page.goto(site.url.removesuffix("/console") + "/console?event=1")
    # It asks who is there, and leads on to the screen that was wanted.
    enter_the_token(page)
    expect(page.get_by_role("link", name="Sign out")).to_be_visible(timeout=FIRST_PAGE)
    assert page.url.startswith(f"{site.url}/")
    go(page, site, "certificate", "Certificate")
    picture = page.locator('img[src*="/console/preview/"], [src*="/console/preview/"]').first
    expect(picture).to_be_visible()
    page.get_by_role("link", name="中文").click()
    expect(page.get_by_role("link", name="退出")).to_be_visible(timeout=FIRST_PAGE)
    assert page.url.startswith(f"{site.url}/certificate")
    assert faults == []
    # From here on what the page still asks for may be refused.
    page.get_by_role("link", name="退出").click()
    expect(page.get_by_label("口令")).to_be_visible()
    assert page.url.startswith(f"{site.url}/signin")
    ours = {
        cookie["path"] for cookie in page.context.cookies() if cookie["name"].startswith("certs_")
    }
    assert ours == {site.installation.settings.console_path}


def test_who_is_signed_out_is_led_to_the_sign_in_and_back(page_at: PageAt, site: ServedConsole):
    page = page_at(DESKTOP)
    page.goto(f"{site.url}/log?event=1")
    enter_the_token(page)
    page.wait_for_url(f"{site.url}/log?event=1", timeout=FIRST_PAGE)


def test_volunteers_pages_keep_their_own_policy_and_limits(site: ServedConsole):
    root = site.url.removesuffix("/console")
    page = httpx.get(f"{root}/")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    style = re.search(r'<link rel="stylesheet" href="([^"]+)"', page.text)
    assert style
    assert httpx.get(urljoin(f"{root}/", style[1])).status_code == 200
    too_large = httpx.post(f"{root}/api/submitUserInfo", content=b" " * 100_000)
    assert too_large.status_code == 413
    assert too_large.json()["code"] != 0
    # What is no address of the console is the API's, with its envelope.
    assert httpx.get(f"{root}/consoles").status_code == 404
    assert httpx.get(f"{root}/console/_stcore/upload_file/x/y").status_code == 401
    assert httpx.get(f"{root}/health").json()["data"]["database"] == "ok"


def test_nobody_gets_anything_of_the_console_without_signing_in(site: ServedConsole):
    for path in ("", "/", "/certificate", "/_stcore/stream", "/page.js", "/static/js/main.js"):
        answer = httpx.get(f"{site.url}{path}", follow_redirects=False)
        assert answer.status_code in (303, 307, 401), path
    assert httpx.get(f"{site.url}/_stcore/health").text == "ok"


def test_a_proxy_may_take_the_path_off_before(site: ServedConsole):
    parts = urlsplit(site.url)
    stripped = f"{parts.scheme}://{parts.netloc}"
    assert httpx.get(f"{stripped}/health").json()["data"]["database"] == "ok"
    assert httpx.get(f"{stripped}/console/_stcore/health").text == "ok"
    wanted = httpx.get(f"{stripped}/console/log?event=1", headers={"accept": "text/html"})
    # Where it leads is what browsers know.
    assert wanted.headers["location"] == f"{parts.path}/signin?next=%2Flog%3Fevent%3D1"


def test_volunteers_do_everything_under_the_path(page_at: PageAt, site: ServedConsole):
    installation = site.installation
    give_template(site)
    ana = invite(installation, 1, "ana@example.org")
    page = page_at(PHONE)
    faults = faults_of(page)
    open_link(page, installation.settings.public_url, ana)
    submit(page, "Ana Lima")
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Thank you for your help")
    assert page.url.startswith(f"{installation.settings.public_url}/certificate?token=")
    assert faults == []
