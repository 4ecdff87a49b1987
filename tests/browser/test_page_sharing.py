"""Once it is mailed, the certificate is shown, shared and kept."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.calls.volunteer import store_name
from shared.events.installation import Installation
from shared.mail.kinds.certificate import CERTIFICATE
from shared.storage.models import Certificate, Event, Mail, MailState, Status, Volunteer
from tests.support.api_server import Invited, ana, default_event, server_url
from tests.support.browser import DESKTOP, PHONE, SMALL_PHONE, PageAt
from tests.support.one_database import database_url

__all__ = ["ana", "database_url", "default_event", "server_url"]

# What a phone has: a list of programs to share with. It keeps what it was given.
PHONES_SHARE = """
navigator.canShare = (data) => data.files.every((file) => file.type === "image/jpeg");
navigator.share = async (data) => { window.shared = data; if (window.refuse) throw window.refuse; };
"""


@pytest.fixture
def mailed(installation: Installation, default_event: Event, ana: Invited) -> Certificate:
    with installation.database.writing() as session:
        event = session.get_one(Event, default_event.id)
        event.name, event.organization = "Harbour Run", "Harbour Friends"
    certificate = store_name(installation, ana.token, "Ana Lima")
    with installation.database.writing() as session:
        session.get_one(Volunteer, ana.id).status = Status.MAILED
        for mail in session.query(Mail).where(Mail.kind == CERTIFICATE.name):
            mail.state = MailState.SENT
    return certificate


def open_link(page: Page, server_url: str, who: Invited) -> None:
    page.goto(f"{server_url}/certificate?token={who.token}")
    page.locator("[data-state=mailed]").wait_for()


def verification(installation: Installation, certificate: Certificate) -> str:
    return f"{installation.settings.public_url}/verify/{certificate.public_id}"


@pytest.mark.parametrize("size", [SMALL_PHONE, PHONE, DESKTOP])
def test_the_certificate_leads_the_page_and_all_files_are_at_hand(
    page_at: PageAt, server_url: str, ana: Invited, mailed: Certificate, size: tuple[int, int]
) -> None:
    page = page_at(size)
    open_link(page, server_url, ana)
    expect(page.locator("#certificate img")).to_be_in_viewport(ratio=1)
    tops = [page.locator(part).bounding_box()["y"]  # type: ignore[index]
            for part in (".sharing", ".downloads", ".steps")]  # fmt: skip
    assert tops == sorted(tops)
    for kind, start in (("Download picture", b"\x89PNG"), ("Download PDF", b"%PDF")):
        with page.expect_download() as download:
            page.get_by_role("link", name=kind).click()
        assert download.value.path().read_bytes().startswith(start)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


def test_a_phone_shares_the_picture_itself_with_the_link_to_verify_it(
    page_at: PageAt,
    server_url: str,
    installation: Installation,
    ana: Invited,
    mailed: Certificate,
) -> None:
    page = page_at(PHONE, apart=True)
    page.add_init_script(PHONES_SHARE)
    with page.expect_response("**/certificates/*.jpg?width=1200"):
        open_link(page, server_url, ana)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Share").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("shared.files.map((file) => [file.name, file.type])") == [
        ["certificate.jpg", "image/jpeg"]
    ]
    assert page.evaluate("shared.files[0].size") > 5_000
    assert page.evaluate("shared.text").endswith(verification(installation, mailed))
    expect(page.locator(".shared")).to_be_empty()


def test_whoever_closes_the_phones_list_is_not_told_of_a_copy(
    page_at: PageAt, server_url: str, ana: Invited, mailed: Certificate
) -> None:
    page = page_at(PHONE, apart=True)
    page.add_init_script(PHONES_SHARE + "window.refuse = new DOMException('closed', 'AbortError');")
    open_link(page, server_url, ana)
    page.wait_for_load_state("networkidle")
    page.get_by_role("link", name="Share").click()
    page.wait_for_function("window.shared")
    expect(page.locator(".shared")).to_be_empty()


@pytest.mark.parametrize("without", ["", "delete Navigator.prototype.clipboard"])
def test_elsewhere_the_link_to_verify_it_is_copied(
    page_at: PageAt,
    server_url: str,
    installation: Installation,
    ana: Invited,
    mailed: Certificate,
    without: str,
) -> None:
    page = page_at(DESKTOP, apart=True, permissions=["clipboard-read", "clipboard-write"])
    page.add_init_script(f"delete Navigator.prototype.canShare; {without}")
    open_link(page, server_url, ana)
    page.get_by_role("link", name="Share").click()
    expect(page.locator(".shared")).to_contain_text("The link was copied.")
    other = page.context.new_page()
    other.goto(server_url)
    other.bring_to_front()
    copied = other.evaluate("navigator.clipboard.readText()")
    assert copied == verification(installation, mailed)


def test_where_nothing_can_be_copied_the_link_is_shown(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited, mailed: Certificate
) -> None:
    page = page_at(PHONE, apart=True)
    page.add_init_script(
        "delete Navigator.prototype.canShare; delete Navigator.prototype.clipboard;"
        "Document.prototype.execCommand = () => false"
    )
    open_link(page, server_url, ana)
    page.get_by_role("link", name="Share").click()
    expect(page.locator(".shared")).to_contain_text(verification(installation, mailed))


def test_it_is_added_to_linkedin_and_the_fields_are_there_to_copy(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited, mailed: Certificate
) -> None:
    page = page_at(PHONE)
    open_link(page, server_url, ana)
    link = page.get_by_role("link", name="Add to LinkedIn")
    address = urlsplit(link.get_attribute("href") or "")
    assert (address.netloc, address.path) == ("www.linkedin.com", "/profile/add")
    assert {name: value for name, (value,) in parse_qs(address.query).items()} == {
        "startTask": "CERTIFICATION_NAME",
        "name": "Volunteer, Harbour Run",
        "organizationName": "Harbour Friends",
        "issueYear": str(mailed.date.year),
        "issueMonth": str(mailed.date.month),
        "certId": mailed.number,
        "certUrl": verification(installation, mailed),
    }
    # The address of this page, which carries the token, is told to nobody.
    assert link.get_attribute("rel") == "noopener noreferrer"
    page.get_by_text("LinkedIn left fields empty?").click()
    fields = page.locator(".fields dd bdi").all_inner_texts()
    month = f"{mailed.date:%Y-%m}"
    assert fields == ["Volunteer, Harbour Run", "Harbour Friends", month, mailed.number,
                      verification(installation, mailed)]  # fmt: skip


def test_without_javascript_share_leads_to_the_page_that_may_be_passed_on(
    page_at: PageAt, server_url: str, installation: Installation, ana: Invited, mailed: Certificate
) -> None:
    page = page_at(PHONE, java_script_enabled=False)
    open_link(page, server_url, ana)
    share = page.get_by_role("link", name="Share")
    expect(share).to_have_attribute("href", verification(installation, mailed))
