"""What tests do on a volunteer's page."""

from playwright.sync_api import Page

from tests.support.api_server import Invited


def open_link(page: Page, server_url: str, who: Invited) -> None:
    page.goto(f"{server_url}/certificate?token={who.token}")


def submit(page: Page, name: str) -> None:
    page.fill("#name", name)
    page.get_by_role("button", name="Make my certificate").click()


def picture(page: Page) -> str:
    """Where the picture on the screen comes from."""
    return page.locator("#certificate img").get_attribute("src") or ""
