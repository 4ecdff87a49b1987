"""Mails speak to each person in their language, and keep the order of names from right to left."""

import pytest

from shared.language import LANGUAGES
from shared.mail.kinds.erasure import ERASURE
from shared.mail.kinds.invitation import INVITATION, LINK_REQUEST
from shared.mail.kinds.invitation.message import PersonalLink
from shared.mail.kinds.registry import Kind
from shared.mail.kinds.reminder import REMINDER
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

KINDS = [INVITATION, REMINDER, LINK_REQUEST]
OTHER = {"zh": "English", "en": "中文"}


def asked(kind: Kind, language: str, said: str, **changes) -> bytes:
    event, person = event_of(language=language, **changes), volunteer_of(language=said)
    return compose_asking(event, person, LINK, ADDRESSING, kind=kind)


def spoken_in(content: bytes) -> str:
    """The language of a message of which every part is in the same."""
    message = read(content)
    html = text_of(message, "html")
    parts = (message["Subject"], text_of(message), html.partition("<body")[2])
    chinese = {any("一" <= letter <= "鿿" for letter in part) for part in parts}
    chinese |= {message["Content-Language"] == "zh", '<html lang="zh-CN" dir="ltr">' in html}
    assert len(chinese) == 1
    return "zh" if chinese.pop() else "en"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_column_language_decides_the_language_of_a_mail(kind: Kind, language: str) -> None:
    assert spoken_in(asked(kind, language, "")) == language
    assert spoken_in(asked(kind, language, "日本語")) == language
    assert spoken_in(asked(kind, language, OTHER[language])) != language


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_mails_with_the_certificate_and_about_an_erasure_follow_it_too(language: str) -> None:
    event, certificate = event_of(language=language), certificate_of(language=OTHER[language])
    content = compose_certificate(event, certificate, LINKS, FILES, ADDRESSING, voids_another=True)
    assert spoken_in(content) != language
    link = PersonalLink(event, volunteer_of(language=OTHER[language]), LINK)
    assert spoken_in(link.compose(ERASURE, ADDRESSING)) != language


def test_an_organizers_own_text_goes_before_and_what_stands_around_it_is_in_its_language() -> None:
    own = {"invitation": {"subject": "Hi {name}", "body": "Open {link}, please."}}
    content = asked(INVITATION, "en", "中文", wording=own)
    assert spoken_in(content) == "en"
    assert "Open " in text_of(read(content))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_name_from_right_to_left_leaves_the_order_of_subject_and_text_alone(
    language: str,
) -> None:
    event = event_of(language=language, organization="أصدقاء المرفأ")
    content = compose_certificate(event, certificate_of("عائشة"), LINKS, FILES, ADDRESSING)
    message = read(content)
    assert "\u2068عائشة\u2069" in message["Subject"]
    assert "\u2068أصدقاء المرفأ\u2069" in message["Subject"]
    assert "\u2068عائشة\u2069" in text_of(message).splitlines()[0]
    assert "<bdi>عائشة</bdi>" in text_of(message, "html")
    assert message["To"].addresses[0].display_name == "عائشة"


def test_a_name_that_brings_marks_of_its_own_cannot_leave_its_place() -> None:
    certificate = certificate_of("عائشة\u2069\u202e")
    message = read(compose_certificate(event_of(), certificate, LINKS, FILES, ADDRESSING))
    assert message["Subject"].startswith("\u2068عائشة\u2069, here is your certificate")
    assert "\u202e" not in text_of(message)
