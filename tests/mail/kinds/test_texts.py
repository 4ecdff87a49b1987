"""The messages: what is in them, and what never gets into them."""

import re
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest

from shared.errors import SettingRefused
from shared.language import LANGUAGES
from shared.mail.kinds import registry, texts
from shared.mail.kinds.invitation import INVITATION, LINK_REQUEST
from shared.mail.kinds.invitation.message import PersonalLink
from shared.mail.kinds.registry import Kind
from shared.mail.kinds.reminder import REMINDER
from shared.storage.models import Naming, Status
from tests.support.composed import (
    ADDRESSING,
    FILES,
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
    content = compose_certificate(event_of(), certificate_of(), LINKS, FILES, ADDRESSING)
    message = read(content)
    (attached,) = message.iter_attachments()
    assert attached.get_content() == PICTURE
    assert attached.get_filename() == "Ana Ñuñez.jpg"
    assert attached.get_content_disposition() == "attachment"
    for link in (LINKS["link"], LINKS["verification"]):
        assert link in text_of(message)
        assert link in read_html(text_of(message, "html")).addresses
    assert "token=" not in text_of(message) + text_of(message, "html")


def test_words_that_name_the_persons_page_lead_to_where_the_link_is_asked_for() -> None:
    wording = {"certificate": {"subject": "Thanks", "body": "{link}\n\nYour page: {page}"}}
    event = event_of(wording=wording)
    message = read(compose_certificate(event, certificate_of(), LINKS, FILES, ADDRESSING))
    assert f"Your page: {LINKS['verification']}" in text_of(message)


def test_nobody_is_told_to_correct_a_name_where_corrections_are_not_allowed() -> None:
    event = event_of(corrections_allowed=False)
    message = read(compose_certificate(event, certificate_of(), LINKS, FILES, ADDRESSING))
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
    # The style sheet is for the dark only: without it a mail is the same in the light.
    assert reader.tags.count("style") == 1
    assert not {"img", "script", "link", "iframe", "form"} & set(reader.tags)
    assert all(address.startswith("https://") for address in reader.addresses)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", registry.kinds())
def test_links_have_short_words_and_whole_addresses_are_in_the_plain_part(
    kind: Kind, language: str
) -> None:
    text = texts.preview(event_of(language=language), kind)
    reader = read_html(text.html)
    assert "://" not in "".join(reader.words)
    plain = set(re.findall(r"https://\S+", text.text))
    assert plain == set(reader.addresses)


def test_words_for_a_link_stand_where_an_organizer_wrote_it() -> None:
    wording = {"invitation": {"body": "Open {link} today, or look at {website}"}}
    text = texts.preview(event_of(wording=wording), INVITATION)
    assert "Open Enter my name today, or look at harbour.example.org" in shown_words(text.html)
    assert "Open https://example.org/certificate?token=sample today" in text.text


def shown_words(html: str) -> str:
    return "".join(read_html(html).words)


@pytest.mark.parametrize("kind", registry.kinds())
def test_what_stands_beside_the_subject_is_the_first_sentence_after_the_greeting(
    kind: Kind,
) -> None:
    text = texts.preview(event_of(), kind)
    body = text.html.partition("<body")[2].partition(">")[2]
    first = " ".join(shown_words(body)[:60].split())
    said = text.text.split("\n\n")[1]
    assert said.startswith(first[:40])
    assert "Dear" not in first


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_checking", [True, False])
def test_what_asks_for_a_name_ends_with_a_link_that_unsubscribes(
    language: str, is_checking: bool
) -> None:
    checking = {"naming": Naming.CHECK, "names_until": date.today() + timedelta(days=5)}
    changes = checking | {"time_zone": "Asia/Shanghai"} if is_checking else {}
    event = event_of(language=language, **changes)
    link = PersonalLink(event, volunteer_of("Ana"), LINK, reminders="https://c.org/reminders/7-x")
    for kind in (REMINDER, INVITATION):
        message = read(link.compose(kind, ADDRESSING))
        assert text_of(message).rstrip().endswith("https://c.org/reminders/7-x")
        assert "https://c.org/reminders/7-x" in read_html(text_of(message, "html")).addresses
    asked_for = read(link.compose(LINK_REQUEST, ADDRESSING))
    assert "/reminders/" not in text_of(asked_for) + text_of(asked_for, "html")


@pytest.mark.parametrize("kind", [LINK_REQUEST, INVITATION], ids=lambda kind: kind.name)
def test_who_has_entered_a_name_is_not_asked_for_it_when_they_get_their_link(kind: Kind) -> None:
    person, own = volunteer_of("Ana Lima"), {"invitation": {"subject": "Hi", "body": "Your name?"}}
    for status in (Status.SUBMITTED, Status.PICTURE_MADE, Status.MAILED):
        person.status = status
        for wording in ({}, own):
            event = event_of(wording=wording)
            message = read(compose_asking(event, person, LINK, ADDRESSING, kind=kind))
            assert message["Subject"] == "Your personal link for Harbour Run 2026"
            assert "name" not in text_of(message).replace("Dear Ana Lima", "")
            assert LINK in text_of(message).splitlines()
            assert "Open my page" in shown_words(text_of(message, "html"))
    person.status = Status.INVITED
    asked = read(compose_asking(event_of(), person, LINK, ADDRESSING, kind=kind))
    assert "Tell us the name" in text_of(asked)


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


def test_a_name_with_quotation_marks_has_inner_ones_where_it_is_quoted() -> None:
    event = event_of(name="“学雷锋”志愿服务", language="zh")
    message = read(compose_asking(event, volunteer_of(), LINK, ADDRESSING))
    for said in (text_of(message), "".join(read_html(text_of(message, "html")).words)):
        assert "感谢您参与“‘学雷锋’志愿服务”。" in said
        assert "““" not in said


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
        event_of(organization=name), certificate_of(name), LINKS, FILES, ADDRESSING
    )
    reader = read_html(text_of(read(content), "html"))
    assert "script" not in reader.tags
    assert reader.tags.count("img") == 1
    assert name in " ".join(reader.words)


def test_a_strangers_address_in_a_name_becomes_no_link() -> None:
    content = compose_certificate(
        event_of(), certificate_of("https://evil.example/"), LINKS, FILES, ADDRESSING
    )
    reader = read_html(text_of(read(content), "html"))
    assert not [address for address in reader.addresses if "evil" in address]
