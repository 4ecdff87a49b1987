"""The poster: a page of A4 whose code a phone reads, in both languages."""

import io

import pymupdf
import pytest
import zxingcpp
from PIL import Image

from shared.events.event_page import poster
from shared.language import LANGUAGES
from shared.settings import Settings
from shared.storage.models import now
from tests.support.composed import event_of


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phone_reads_where_to_ask_for_the_own_link(language: str):
    settings = Settings(_env_file=None, public_url="https://certs.example.org")
    content = poster(settings, event_of(name="海港跑 Harbour Run 2026"), language)
    with pymupdf.open(stream=content) as pdf:
        assert [round(side) for side in pdf[0].rect[2:]] == [595, 842]
        assert len(pdf) == 1
        text = pdf[0].get_text()
        picture = Image.open(io.BytesIO(pdf[0].get_pixmap(dpi=100).tobytes("png")))
    [code] = zxingcpp.read_barcodes(picture)
    assert code.text == "https://certs.example.org/"
    assert "海港跑 Harbour Run 2026" in text
    assert "\ufffd" not in text
    assert ("邮箱" if language == "zh" else "e-mail address") in text


def test_that_of_a_published_page_leads_there_and_of_a_closed_one_to_the_own_link():
    settings = Settings(_env_file=None, public_url="https://certs.example.org")
    event = event_of(name="Harbour Run", page_id="page-1")
    for published, link in ((None, "/"), (now(), "/event/page-1")):
        event.page_published_at = published
        with pymupdf.open(stream=poster(settings, event, "en", of_page=True)) as pdf:
            picture = Image.open(io.BytesIO(pdf[0].get_pixmap(dpi=100).tobytes("png")))
        assert [one.text for one in zxingcpp.read_barcodes(picture)] == [settings.public_url + link]


def test_a_long_name_stays_on_the_page():
    settings = Settings(_env_file=None, public_url="https://certs.example.org")
    content = poster(settings, event_of(name="海港跑" * 66, organization="O" * 200), "en")
    with pymupdf.open(stream=content) as pdf:
        assert len(pdf) == 1
