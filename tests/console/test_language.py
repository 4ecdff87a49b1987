"""Every sentence of the console is there in Chinese, with the same placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from shared.language import catalogue

CONSOLE = Path(__file__).parents[2] / "console"
KEYWORDS = {"t": None, "N_": None, "tn": (1, 2)}


def sentences() -> list[tuple[str, ...]]:
    found = extract_from_dir(CONSOLE, keywords=KEYWORDS)
    texts = [one[2] if isinstance(one[2], tuple) else (one[2],) for one in found]
    page = (CONSOLE / "signin" / "signin.html").read_text(encoding="utf-8")
    return sorted({*texts, *((text,) for text in re.findall(r't\("([^"]+)"\)', page))})


@pytest.mark.parametrize("messages", sentences(), ids=lambda messages: messages[0][:40])
def test_the_sentence_is_there_in_chinese(messages: tuple[str, ...]):
    chinese = catalogue("zh").ngettext(messages[0], messages[-1], 2)
    if len(messages) == 1:
        chinese = catalogue("zh").gettext(messages[0])
    assert chinese not in messages
    assert placeholders(chinese) == placeholders(messages[-1])


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\w+\}", text))
