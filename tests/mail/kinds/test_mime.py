"""Headers and parts as a mail server gets them, read as other programs read them."""

import re
from email.header import decode_header, make_header
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mail.kinds import Addressing, mime
from shared.mail.kinds.certificate.message import MailedFiles, file_name
from shared.mail.kinds.invitation import INVITATION
from shared.mail.kinds.reminder import REMINDER
from shared.mail.kinds.texts import one_line
from tests.support.composed import (
    ADDRESSING,
    FILES,
    LINK,
    LINKS,
    certificate_of,
    compose_asking,
    compose_certificate,
    event_of,
    read,
    text_of,
    volunteer_of,
)

LINES = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=200)


def certificates_mail(name: str, pictures: MailedFiles = FILES) -> bytes:
    return compose_certificate(event_of(), certificate_of(name), LINKS, pictures, ADDRESSING)


def raw_header(content: bytes, name: str) -> str:
    """The header as it is on the wire, with its folds."""
    head = content.partition(b"\r\n\r\n")[0].decode("ascii")
    found = re.search(rf"^{name}: ([^\r]*(?:\r\n[ \t][^\r]*)*)", head, re.MULTILINE)
    assert found, head
    return found[1]


@pytest.mark.parametrize("name", ["", "Bo", "Ana Ñuñez", "王小明", 'Bo "the man", <bo@x.org>'])
def test_the_recipient_is_named_and_the_address_stands_in_brackets(name: str) -> None:
    content = compose_asking(event_of(), volunteer_of(name), LINK, ADDRESSING)
    assert raw_header(content, "To").endswith("<ana@example.net>")
    [to] = read(content)["To"].addresses
    assert (to.display_name, to.addr_spec) == (name, "ana@example.net")


@given(name=LINES, words=LINES)
def test_a_header_begins_on_its_own_line_and_arrives_as_it_was_written(
    name: str, words: str
) -> None:
    subject = one_line(f"x{'y' * 70}{words}")
    wording = {"invitation": {"subject": subject.replace("{", "("), "body": "{link}"}}
    event = event_of(wording=wording, organization=f"x{name}")
    content = compose_asking(event, volunteer_of(name), LINK, ADDRESSING)
    for header in ("Subject", "To", "From"):
        lines = raw_header(content, header).split("\r\n")
        assert all(line.strip() for line in lines)
        assert not lines[0].startswith(" ")
        assert all(len(line) <= 78 for line in lines)
    message = read(content)
    assert message["Subject"] == subject.replace("{", "(")
    assert [address.addr_spec for address in message["To"].addresses] == [ADDRESSING.to]
    # The library's newer parser leaves a blank between two encoded words of a phrase.
    phrase = raw_header(content, "To").rpartition("<")[0].strip()
    assert str(make_header(decode_header(phrase))) == one_line(name)[:80].strip()


PARAGRAPHS = st.text(
    st.sampled_from(" \t\r\n.=-_?") | st.characters(exclude_categories=["Cs", "Cc"]), max_size=300
)


@given(text=PARAGRAPHS, content=st.binary(max_size=200))
def test_parts_are_read_by_the_standard_library_as_they_were_written(
    text: str, content: bytes
) -> None:
    parts = [mime.text_part("plain", text), mime.inline_jpeg(content, "a@example.org")]
    written = mime.message(mime.multipart("mixed", parts), {})
    assert all(len(line) <= 78 for line in written.split(b"\r\n"))
    [told, shown] = read(written).iter_parts()
    assert told.get_content().splitlines() == lines_of(text)
    assert shown.get_content() == content


def lines_of(text: str) -> list[str]:
    """The lines of a text, whichever way they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").splitlines()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Ana Lima", "Ana Lima.jpg"),
        ("Ana Ñuñez", "Ana Nunez.jpg"),
        ("王小明", "certificate-2026-000001.jpg"),
        ('A"b\\c%', "A b c.jpg"),
    ],
)
def test_programs_that_know_plain_file_names_only_find_one(name: str, plain: str) -> None:
    [attached] = read(certificates_mail(name)).iter_attachments()
    assert attached.get_filename() == f"{file_name(name)}.jpg"
    disposition = b"".join(certificates_mail(name).partition(b"attachment;")[2].splitlines()[:3])
    assert re.findall(rb' filename="([^"]*)"', disposition) == [plain.encode()]


def test_the_mail_shows_the_certificate_small_and_carries_it_whole() -> None:
    message = read(certificates_mail("Ana"))
    [attached] = message.iter_attachments()
    assert attached.get_content() == FILES.picture
    html = text_of(message, "html")
    [shown] = re.findall(r'<img src="cid:([^"]+)" alt="Certificate of Ana"', html)
    [picture] = [part for part in message.walk() if part["Content-ID"] == f"<{shown}>"]
    assert isinstance(picture, EmailMessage)
    assert picture.get_content() == FILES.small
    assert picture.get_content_disposition() == "inline"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/mixed",
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/jpeg",
        "image/jpeg",
    ]


def test_each_mail_names_its_picture_by_an_id_of_its_own() -> None:
    other = Addressing(ADDRESSING.sender, ADDRESSING.to, "<8-abc@example.org>")
    contents = [
        compose_certificate(event_of(), certificate_of(), LINKS, FILES, one)
        for one in (ADDRESSING, other)
    ]
    ids = {re.findall(rb"^Content-ID: (.*)\r$", content, re.MULTILINE)[0] for content in contents}
    assert len(ids) == 2


@pytest.mark.parametrize("language", ["en", "zh"])
def test_after_a_correction_the_mail_says_that_the_one_before_is_void(language: str) -> None:
    void = {"en": "is void from now on", "zh": "作废"}[language]
    wording = {"certificate": {"subject": "Hi", "body": "Hi {name}!\n\nLook: {link}"}}
    for event in (event_of(language=language), event_of(language=language, wording=wording)):
        texts = [
            read(
                compose_certificate(
                    event, certificate_of(), LINKS, FILES, ADDRESSING, voids_another=voids
                )
            )
            for voids in (True, False)
        ]
        assert [void in text_of(text) for text in texts] == [True, False]
        assert [void in text_of(text, "html") for text in texts] == [True, False]


def test_who_is_known_by_name_is_greeted_by_it() -> None:
    for kind in (INVITATION, REMINDER):
        known = read(
            compose_asking(event_of(), volunteer_of("Ana Lima"), LINK, ADDRESSING, kind=kind)
        )
        assert text_of(known).startswith("Dear Ana Lima,")
        unknown = read(compose_asking(event_of(), volunteer_of(), LINK, ADDRESSING, kind=kind))
        assert text_of(unknown).startswith("Dear volunteer,")


def test_what_is_left_in_ascii_is_fit_for_a_quoted_string() -> None:
    assert mime.in_ascii('Zoë "Z" \\ 100% 李') == "Zoe Z 100"
    assert mime.in_ascii("李") == ""
