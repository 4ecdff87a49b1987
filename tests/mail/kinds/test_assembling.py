"""A text becomes a message: its parts and its headers."""

from email.utils import parseaddr

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.language import isolated
from shared.mail.kinds.certificate.message import MailedFiles
from shared.mail.kinds.mime import EVENT_HEADER
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


def test_the_wire_carries_short_lines_of_ascii() -> None:
    event = event_of(language="zh", organization="海港之友" * 20, name="长" * 200)
    content = compose_certificate(
        event, certificate_of("张" * 80), LINKS, MailedFiles(PICTURE * 5000, PICTURE), ADDRESSING
    )
    content.decode("ascii")
    lines = content.split(b"\r\n")
    assert max(len(line) for line in lines) <= 998
    assert not any(b"\n" in line or b"\r" in line for line in lines)


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


@given(name=HOSTILE, organization=HOSTILE, words=HOSTILE)
def test_no_text_becomes_a_header_a_recipient_or_a_file(
    name: str, organization: str, words: str
) -> None:
    assert_it_stays_text(name, organization, words)


def assert_it_stays_text(name: str, organization: str, words: str) -> None:
    event = event_of(organization=organization, name=words or "x", website="")
    content = compose_certificate(event, certificate_of(name), LINKS, FILES, ADDRESSING)
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


@given(name=st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), max_size=40))
def test_a_name_arrives_as_it_was_written(name: str) -> None:
    # What looks like an encoded word (RFC 2047) is pulled apart on purpose.
    assume("=?" not in f"x{name}")
    wording = {"certificate": {"subject": "{name}", "body": "{name}\n\n{link}"}}
    content = compose_certificate(
        event_of(wording=wording), certificate_of("x" + name), LINKS, FILES, ADDRESSING
    )
    message = read(content)
    assert message["Subject"] == isolated("x" + name)
    assert text_of(message).startswith(isolated("x" + name) + "\n")


@pytest.mark.parametrize(
    ("contact", "answered"), [("", "thanks@example.org"), ("team@example.net", "team@example.net")]
)
def test_answers_go_to_the_contact_address_else_to_the_account(contact: str, answered: str):
    event = event_of(contact_address=contact)
    mail = read(compose_asking(event, volunteer_of(), LINK, ADDRESSING))
    assert mail["Reply-To"] == answered
    assert mail["From"].addresses[0].addr_spec == "thanks@example.org"
