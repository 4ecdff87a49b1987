"""The messages: what is in them, and what never gets into them."""

import re
from html.parser import HTMLParser

import pytest

from shared.errors import SettingRefused
from shared.language import LANGUAGES
from shared.mail.kinds import registry, texts
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
