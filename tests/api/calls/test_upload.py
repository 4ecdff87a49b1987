"""The call that uploads a certificate's template."""

import httpx
import pytest

from shared import reading_places
from shared.rendering.uploads.accepted import OWN_SIZE
from shared.rendering.uploads.template import FONTS_MISSING
from shared.storage.models import Event
from tests.conftest import OWNER_TOKEN
from tests.support import pdf_pages
from tests.support.api_server import ana, api, default_event, png, server_url
from tests.support.confined_work import file_is_read
from tests.support.envelopes import assert_envelope

__all__ = ["ana", "api", "default_event", "server_url"]


@pytest.mark.parametrize("header", ["Token", "token", "TOKEN"])
def test_an_uploaded_picture_becomes_the_template(api: httpx.Client, header: str) -> None:
    files = {"template": ("a.png", png(1000, 700))}
    answer = api.post("/api/uploadImage", headers={header: OWNER_TOKEN}, files=files).json()
    assert answer["code"] == 0
    assert (answer["data"]["width"], answer["data"]["height"]) == (1000, 700)
    assert answer["data"]["print"]["verdict"] == "soft"
    assert answer["data"]["warnings"]


def test_a_pdf_becomes_the_template_and_what_was_found_in_it_is_told(api: httpx.Client) -> None:
    files = {"template": ("a.pdf", pdf_pages.changed(pdf_pages.with_foreign_font))}
    headers = {"Token": OWNER_TOKEN, "Accept-Language": "en"}
    answer = api.post("/api/uploadImage", headers=headers, files=files).json()
    assert (answer["code"], answer["data"]["print"]["paper"]) == (0, "A4")
    assert answer["data"]["warnings"] == [FONTS_MISSING]


def test_of_a_page_that_is_not_a4_its_size_is_told(api: httpx.Client) -> None:
    files = {"template": ("a.pdf", pdf_pages.made((1190.55, 841.89)))}
    headers = {"Token": OWNER_TOKEN, "Accept-Language": "en"}
    answer = api.post("/api/uploadImage", headers=headers, files=files).json()
    assert answer["code"] == 0
    assert answer["data"]["print"] == {
        "paper": "A3",
        "landscape": True,
        "width_mm": 420.0,
        "height_mm": 297.0,
        "dpi": 300.0,
        "verdict": "sharp",
    }
    assert answer["data"]["warnings"] == [OWN_SIZE]


def test_an_event_has_one_upload_read_at_a_time_and_holds_up_no_other(
    api: httpx.Client, default_event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_places, "_PATIENCE_SECONDS", 0.1)
    files, headers = {"template": ("a.png", png())}, {"Token": OWNER_TOKEN}
    with file_is_read(default_event.id):
        answer = api.post("/api/uploadImage", headers=headers, files=files)
        assert "Several files" in assert_envelope(answer, 503)["message"]
    with file_is_read(default_event.id + 1):
        assert api.post("/api/uploadImage", headers=headers, files=files).json()["code"] == 0


def test_uploading_needs_the_token(api: httpx.Client) -> None:
    files = {"template": ("a.png", png())}
    for headers in ({}, {"Token": "1234"}):
        assert api.post("/api/uploadImage", headers=headers, files=files).json()["code"] == 2


@pytest.mark.parametrize("content", [b"", b"no picture", png()[:300], b"GIF89a" + bytes(50)])
def test_what_is_no_usable_picture_is_code_4(api: httpx.Client, content: bytes) -> None:
    headers = {"Token": OWNER_TOKEN}
    files = {"template": ("a.png", content)}
    answer = api.post("/api/uploadImage", headers=headers, files=files)
    assert (answer.status_code, answer.json()["code"]) == (200, 4)
    assert answer.json()["message"]


def test_an_upload_without_a_picture_is_code_4(api: httpx.Client) -> None:
    answer = api.post("/api/uploadImage", headers={"Token": OWNER_TOKEN})
    assert (answer.status_code, answer.json()["code"]) == (200, 4)
