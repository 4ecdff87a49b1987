"""What an organizer tries is the page that volunteers get, and leaves nothing behind."""

import io
import json
import time

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from shared.certificates.issuing import samples
from shared.certificates.issuing.samples import SamplePage, page_token
from shared.events.installation import Installation
from shared.storage.models import Certificate, Event, Mail, Volunteer
from shared.storage.sealing.tokens import Seal
from tests.support.api_server import Invited, ana, api, default_event, server_url
from tests.support.envelopes import assert_envelope

__all__ = ["ana", "api", "default_event", "server_url"]


@pytest.fixture
def token(installation: Installation, default_event: Event, ana: Invited) -> str:
    """A sample of an event that has a certificate."""
    return page_token(installation.seal, SamplePage(default_event.id, "王小明"))


def rows(installation: Installation) -> list[int]:
    with installation.database.reading() as session:
        counts = [select(func.count()).select_from(one) for one in (Certificate, Mail, Volunteer)]
        return [session.scalars(count).one() for count in counts]


def test_it_asks_for_the_name_as_the_real_page_does_and_says_that_it_is_a_sample(
    api: httpx.Client, ana: Invited, token: str
) -> None:
    page = api.get("/sample/certificate", params={"token": token, "lang": "en"}).text
    real = api.get("/certificate", params={"token": ana.token, "lang": "en"}).text
    assert 'value="王小明"' in page
    assert 'data-state="form"' in page
    assert 'data-state="form"' in real
    assert "A sample: try everything" in page
    assert "A sample: try everything" not in real


def test_typing_draws_and_a_name_that_does_not_stand_is_refused(
    api: httpx.Client, token: str
) -> None:
    body = {"token": token, "name": "Ana Lima", "width": 400}
    drawn = api.post("/sample/api/preview", json=body)
    assert Image.open(io.BytesIO(drawn.content)).width == 400
    assert drawn.content != api.post("/sample/api/preview", json=body | {"name": "Bo"}).content
    refused = api.post("/sample/certificate?lang=en", data={"token": token, "name": " "})
    assert refused.status_code == 422
    assert "Enter the name" in refused.text


def test_what_is_sent_as_plain_text_is_no_defect(api: httpx.Client, token: str) -> None:
    body = json.dumps({"token": token, "name": "Ana"})
    for kind in ("text/plain", "application/octet-stream"):
        answer = api.post("/sample/api/preview", content=body, headers={"Content-Type": kind})
        assert_envelope(answer, 422)


def test_submitting_leads_to_a_page_with_files_and_stores_nothing(
    api: httpx.Client, installation: Installation, token: str
) -> None:
    before = rows(installation)
    form = {"token": token, "name": "Ana Lima"}
    page = api.post("/sample/certificate?lang=en", data=form, follow_redirects=True)
    assert 'data-state="mailed"' in page.text
    assert "Ana Lima" in page.text
    made = page.url.params["token"]
    for format, start in (("jpg", b"\xff\xd8"), ("png", b"\x89PNG"), ("pdf", b"%PDF")):
        assert f"certificates/{made}.{format}" in page.text
        assert api.get(f"/sample/certificates/{made}.{format}").content.startswith(start)
    small = api.get(f"/sample/certificates/{made}.jpg", params={"width": 300}).content
    assert Image.open(io.BytesIO(small)).width == 300
    assert rows(installation) == before


def test_only_the_console_shows_it_in_a_frame(
    api: httpx.Client, installation: Installation, ana: Invited, token: str
) -> None:
    page = api.get("/sample/certificate", params={"token": token})
    ancestors = f"frame-ancestors {installation.settings.console_url}"
    assert ancestors in page.headers["content-security-policy"]
    real = api.get("/certificate", params={"token": ana.token})
    assert "frame-ancestors 'none'" in real.headers["content-security-policy"]


def test_it_opens_for_an_hour_and_with_the_token_of_this_installation_alone(
    api: httpx.Client, installation: Installation, ana: Invited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(samples, "LASTS", -1)
    page = SamplePage(1, "Ana")
    old = page_token(installation.seal, page)
    monkeypatch.undo()
    foreign = page_token(Seal(["another key"]), page)
    # Sealed by the same key for something else.
    other = installation.seal.seal_secret(f"console {int(time.time())} token")
    for wrong in ("", "x", "é", old, foreign, other, ana.token, "x" * 5000):
        answer = api.get("/sample/certificate", params={"token": wrong})
        assert answer.status_code == 404
        # Its style lies outside the samples.
        assert 'href="../static/' in answer.text
        answer = api.post("/sample/api/preview", json={"token": wrong, "name": "Ana"})
        assert answer.json()["code"] == 2
    assert api.get(f"/sample/certificates/{old}.jpg").status_code == 404


def test_a_samples_token_is_nobodys_link(api: httpx.Client, token: str) -> None:
    assert api.get("/certificate", params={"token": token}).status_code == 404
    assert api.post("/api/submitUserInfo", json={"token": token, "name": "Ana"}).json()["code"] == 2
