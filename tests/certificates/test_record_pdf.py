"""A record on paper."""

import io
from datetime import date
from decimal import Decimal

import pikepdf
import pytest

from shared.certificates.issuing import record_pdf
from shared.certificates.issuing.records import LEFT_OUT, Record, RecordEntry
from shared.settings import Settings
from tests.support.carried import claims
from tests.support.pdf_texts import text_of


def entry(number: int, name: str = "Ana Lima", event: str = "Spring Run", withdrawn: str = ""):
    return RecordEntry(
        public_id=f"id-{number}",
        event_id=1,
        volunteer_id=number,
        name=name,
        event=event,
        organization="Running Club",
        date=date(2026, 5, 1),
        numbers={"hours": Decimal("8.5")},
        withdrawn=withdrawn,
    )


def printed(*entries: RecordEntry, language: str = "en") -> bytes:
    settings = Settings(_env_file=None, public_url="https://certs.example.org")
    found = Record(entries)
    return record_pdf.record_pdf(settings, "ana@example.org", found, language, LEFT_OUT)


def links(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = [page.obj.get("/Annots", pikepdf.Array()) for page in opened.pages]
        return [str(one.A.URI) for page in pages for one in page]


def test_it_says_names_sums_and_the_address_of_each_certificate():
    pdf = printed(entry(1), entry(2, "Bo Lima"), entry(3, withdrawn="Was not there"))
    text = text_of(pdf)
    assert "Certificates for ana@example.org" in text
    assert text.index("8.5 hours · 1 certificate") < text.index("Was not there")
    assert text.index("Ana Lima") < text.index("Bo Lima")
    addresses = [f"https://certs.example.org/verify/id-{n}" for n in (1, 3, 2)]
    assert links(pdf) == addresses
    assert [one for one in text.split() if one.startswith("https:")] == addresses
    assert "This list is no proof" in text


def test_it_is_written_in_the_language_of_its_reader():
    text = text_of(printed(entry(1), language="zh"))
    assert "ana@example.org 的证书" in text
    assert "8.5 小时" in text


@pytest.mark.parametrize(
    "written",
    [
        "张伟 한국어 日本語",
        "محمد العربية",
        "שלום",
        "தமிழ் हिन्दी",
        "ภาษาไทย ខ្មែរ",
        "Zoë Đặng Ελλάς 🎉",
    ],
)
def test_screen_readers_read_names_of_all_scripts(written: str):
    # Typst claims it for no page with a letter that has no glyph.
    assert claims(printed(entry(1, written, written))) == {"ua-1"}


def test_a_letter_that_no_face_has_is_a_box_and_refuses_nothing():
    pdf = printed(entry(1, "Bo Lima", "\u0378"))
    assert ("Bo Lima" in text_of(pdf), claims(pdf)) == (True, set())


def test_of_many_certificates_the_newest_are_printed_and_all_count(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(record_pdf, "MOST_PRINTED", 3)
    pdf = printed(*(entry(number) for number in range(5)))
    assert len(links(pdf)) == 3
    assert "42.5 hours · 5 certificates" in text_of(pdf)
    assert "not printed here: 2" in text_of(pdf)
