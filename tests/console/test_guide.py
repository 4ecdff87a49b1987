"""The organizer's guide says what the screens say, and is read without a sign-in."""

import re
from collections import Counter
from pathlib import Path

import pytest

from console import signin
from shared.events.installation import Installation
from shared.language import translate
from tests.conftest import OWNER_TOKEN
from tests.support.front_door import visitor_at
from tests.support.one_database import database_url

__all__ = ["database_url"]

ENGLISH, CHINESE = (
    Path(signin.__file__).with_name(f"guide.{language}.md").read_text("utf-8")
    for language in ("en", "zh")
)
# Every text of a screen stands in the code.
CODE = "\n".join(
    file.read_text("utf-8")
    for folder in ("console", "shared")
    for file in (Path(signin.__file__).parents[2] / folder).rglob("*.*")
    if file.suffix in (".py", ".html")
)


def in_bold(text: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", text)


def test_what_is_in_bold_stands_on_the_screens_in_both_languages():
    words = in_bold(ENGLISH)
    assert len(words) > 50
    assert [one for one in words if f'"{one}"' not in CODE] == []
    assert Counter(translate(one, "zh") for one in words) == Counter(in_bold(CHINESE))


def test_both_have_the_same_chapters_tables_and_lists():
    shapes = [re.findall(r"^(#+ |\| |- |  - |\d\. )", text, re.M) for text in (ENGLISH, CHINESE)]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("text", [ENGLISH, CHINESE], ids=["en", "zh"])
def test_an_organizer_needs_no_command(text: str):
    assert "`" not in text
    assert "certs" not in text


@pytest.mark.parametrize(("language", "title"), [("en", "a guide for"), ("zh", "主办方指南")])
def test_it_is_read_without_a_sign_in_and_without_the_internet(
    installation: Installation, language: str, title: str
):
    visitor = visitor_at(installation)
    answer = visitor.get("/guide", params={"lang": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.text
    assert re.search(f"<h1>[^<]*{title}", answer.text)
    assert "<table>" in answer.text
    assert not re.search(r"""(?:href|src)=["']?(?:https?:)?//""", answer.text)


def test_the_sign_in_page_leads_to_it(installation: Installation):
    visitor = visitor_at(installation)
    assert 'href="/guide"' in visitor.get("/signin").text
    visitor.post("/signin", data={"token": OWNER_TOKEN})
    assert visitor.get("/guide").status_code == 200
