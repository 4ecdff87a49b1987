"""The messages: what is in them, and what never gets into them."""

import re
from email.utils import parseaddr
from html.parser import HTMLParser

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shared.errors import SettingRefused
from shared.language import LANGUAGES
from shared.mail.kinds import registry, texts
from shared.mail.kinds.assembling import EVENT_HEADER
from shared.mail.kinds.certificate import Images
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.registry import Kind
from tests.support.composed import (
    ADDRESSING,
    IMAGES,
    LINK,
    LINKS,
    PICTURE,
    certificate_of,
    compose_asking,
    compose_certificate,
    event_of,
    read,
    text_of,
    volunteer_of,
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [v or "" for k, v in attributes if k in ("href", "src", "background")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read_html(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def test_an_invitation_has_the_link_in_both_parts_and_no_attachment() -> None:
    message = read(compose_asking(event_of(), volunteer_of(), LINK, ADDRESSING))
    assert LINK in text_of(message).splitlines()
    assert LINK in read_html(text_of(message, "html")).addresses
    assert list(message.iter_attachments()) == []


def test_the_headers_are_those_of_an_honest_automatic_mail() -> None:
    message = read(compose_asking(event_of(), volunteer_of(), LINK, ADDRESSING))
    assert parseaddr(message["From"]) == ("Harbour Friends", "thanks@example.org")
    assert parseaddr(message["To"])[1] == "ana@example.net"
    assert message["Message-ID"] == "<7-abc@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["X-Auto-Response-Suppress"] == "OOF, AutoReply"
    assert message["Content-Language"] == "en"
    assert message[EVENT_HEADER] == "7"
    assert message["Date"].datetime.tzinfo is not None


def test_a_certificate_mail_carries_the_picture_and_two_links_that_anybody_may_have() -> None:
    content = compose_certificate(event_of(), certificate_of(), LINKS, IMAGES, ADDRESSING)
    message = read(content)
    (attached,) = message.iter_attachments()
    assert attached.get_content() == PICTURE
    assert attached.get_filename() == "Ana Ñuñez.jpg"
    assert attached.get_content_disposition() == "attachment"
    for link in (LINKS.download, LINKS.pdf, LINKS.verification):
        assert link in text_of(message)
        assert link in read_html(text_of(message, "html")).addresses
    assert "token=" not in text_of(message) + text_of(message, "html")


def test_words_that_name_the_persons_page_lead_to_where_the_link_is_asked_for() -> None:
    wording = {"certificate": {"subject": "Thanks", "body": "{link}\n\nYour page: {page}"}}
    event = event_of(wording=wording)
    message = read(compose_certificate(event, certificate_of(), LINKS, IMAGES, ADDRESSING))
    assert f"Your page: {LINKS.verification}" in text_of(message)


def test_nobody_is_told_to_correct_a_name_where_corrections_are_not_allowed() -> None:
    event = event_of(corrections_allowed=False)
    message = read(compose_certificate(event, certificate_of(), LINKS, IMAGES, ADDRESSING))
    assert "correct it yourself" not in text_of(message)


def test_the_wire_carries_short_lines_of_ascii() -> None:
    event = event_of(language="zh", organization="海港之友" * 20, name="长" * 200)
    content = compose_certificate(
        event, certificate_of("张" * 80), LINKS, Images(PICTURE * 5000, PICTURE), ADDRESSING
    )
    content.decode("ascii")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", registry.kinds())
def test_every_message_has_a_text_in_both_languages(kind: Kind, language: str) -> None:
    text = texts.preview(event_of(language=language), kind)
    is_chinese = re.search(r"[\u4e00-\u9fff]", text.text.split("-- \n")[0]) is not None
    assert is_chinese == (language == "zh")
    english_words = re.findall(r"[A-Za-z]{4,}", re.sub(r"https?://\S+", "", text.text))
    if language == "zh":
        assert set(english_words) <= {"Harbour", "Friends"}
    assert "{" not in text.subject + text.text


@pytest.mark.parametrize("kind", registry.kinds())
def test_the_html_needs_no_pictures_scripts_or_strangers(kind: Kind) -> None:
    reader = read_html(texts.preview(event_of(), kind).html)
    assert not {"img", "script", "link", "iframe", "style", "form"} & set(reader.tags)
    assert all(address.startswith("https://") for address in reader.addresses)


def test_an_organizers_own_words_replace_ours() -> None:
    wording = {"invitation": {"subject": "Hi {name}", "body": "Come\nin:\n\n{link}\n\n{event}"}}
    content = compose_asking(event_of(wording=wording), volunteer_of("Bo"), LINK, ADDRESSING)
    message = read(content)
    assert message["Subject"] == "Hi Bo"
    assert text_of(message).startswith(f"Come\nin:\n\n{LINK}\n\nHarbour Run 2026")
    assert "Come<br>in:" in text_of(message, "html")


def test_an_invitation_never_leaves_without_its_link() -> None:
    wording = {"invitation": {"subject": "Hi", "body": "Please come."}}
    text = texts.write(event_of(wording=wording), INVITATION, {"link": LINK})
    assert LINK in text.text
    assert LINK in read_html(text.html).addresses


def test_a_person_without_a_known_name_is_a_volunteer() -> None:
    wording = {"invitation": {"subject": "Dear {name}", "body": "{link}"}}
    text = texts.write(event_of(wording=wording), INVITATION, {"link": LINK})
    assert text.subject == "Dear volunteer"


def test_an_unknown_placeholder_is_refused_by_name() -> None:
    with pytest.raises(SettingRefused, match=r"\{nmae\}"):
        texts.check_wording(INVITATION, {"subject": "", "body": "Dear {nmae}"})


def test_a_placeholder_in_a_name_stays_text() -> None:
    text = texts.write(
        event_of(wording={"invitation": {"body": "Dear {name}: {link}"}}),
        INVITATION,
        {"name": "{organization} {0.__class__}", "link": LINK},
    )
    assert text.text.startswith("Dear {organization} {0.__class__}: https://")


def test_markup_in_a_name_is_shown_not_obeyed() -> None:
    name = "<script>alert(1)</script><img src=x>&amp;"
    content = compose_certificate(
        event_of(organization=name), certificate_of(name), LINKS, IMAGES, ADDRESSING
    )
    reader = read_html(text_of(read(content), "html"))
    assert "script" not in reader.tags
    assert reader.tags.count("img") == 1
    assert name in " ".join(reader.words)


def test_a_strangers_address_in_a_name_becomes_no_link() -> None:
    content = compose_certificate(
        event_of(), certificate_of("https://evil.example/"), LINKS, IMAGES, ADDRESSING
    )
    reader = read_html(text_of(read(content), "html"))
    assert not [address for address in reader.addresses if "evil" in address]


HOSTILE = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="\r\n\t\0 :<>\"'=?_{}%,;@\u2028\u202eAé陈\ud800", max_size=120),
    st.sampled_from(
        [
            "/proc/self/environ",
            "a\r\nBcc: e@evil.example",
            "a\nContent-Type: text/html\n\n<b>",
            "=?utf-8?q?a=0D=0ABcc:_e@evil.example?=",
            '"quoted", <e@evil.example>',
            "../../etc/passwd",
            "{{ 7*7 }}{% raw %}",
            "{organization.__class__}",
            ".\r\n.\r\nMAIL FROM:<e@evil.example>",
        ]
    ),
)


@settings(deadline=None)
@given(name=HOSTILE, organization=HOSTILE, words=HOSTILE)
def test_no_text_becomes_a_header_a_recipient_or_a_file(
    name: str, organization: str, words: str
) -> None:
    assert_it_stays_text(name, organization, words)


def assert_it_stays_text(name: str, organization: str, words: str) -> None:
    event = event_of(organization=organization, name=words or "x", website="")
    content = compose_certificate(event, certificate_of(name), LINKS, IMAGES, ADDRESSING)
    message = read(content)
    assert sorted(message.keys()) == sorted(
        [
            "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "Auto-Submitted",
            "X-Auto-Response-Suppress", "Content-Language", "X-Certificates-Event",
            "MIME-Version", "Content-Type",
        ]
    )  # fmt: skip
    assert [a.addr_spec for a in message["From"].addresses] == ["thanks@example.org"]
    assert [a.addr_spec for a in message["To"].addresses] == ["ana@example.net"]
    (attached,) = message.iter_attachments()
    assert attached.get_content() == PICTURE
    assert not set(attached.get_filename() or "/") & set("/\\\r\n\0:")
    assert b"49" not in text_of(message).encode() or "49" in name + organization + words


@settings(deadline=None)
@given(name=st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=40))
def test_a_name_arrives_as_it_was_written(name: str) -> None:
    # What looks like an encoded word (RFC 2047) is pulled apart on purpose.
    assume("=?" not in f"x{name}")
    wording = {"certificate": {"subject": "{name}", "body": "{name}\n\n{link}"}}
    content = compose_certificate(
        event_of(wording=wording), certificate_of("x" + name), LINKS, IMAGES, ADDRESSING
    )
    message = read(content)
    assert message["Subject"] == "x" + name
    assert text_of(message).startswith("x" + name + "\n")


@pytest.mark.parametrize(
    ("contact", "answered"), [("", "thanks@example.org"), ("team@example.net", "team@example.net")]
)
def test_answers_go_to_the_contact_address_else_to_the_account(contact: str, answered: str):
    event = event_of(contact_address=contact)
    mail = read(compose_asking(event, volunteer_of(), LINK, ADDRESSING))
    assert mail["Reply-To"] == answered
    assert mail["From"].addresses[0].addr_spec == "thanks@example.org"
