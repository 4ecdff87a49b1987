"""Sentences on screens and in documents are short, active, and use the words of their readers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
CATALOGUES = [
    *sorted(ROOT.glob("shared/locales/zh/*.po")),
    *sorted(ROOT.glob("shared/features/*/zh.po")),
]
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(ROOT.glob("console/signin/guide.*.md")),
    ROOT / "fonts/README.md",
]
# Code, marks of the format, and pictures.
NOT_PROSE = re.compile(r"^```.*?^```|`[^`\n]*`|<!--.*?-->|!(?=\[)", re.DOTALL | re.MULTILINE)
BUTTON, CAPTION = 4, 20

# Turns of another language in English words, and words of ours that organizers do not use.
BANNED = re.compile(
    r"\b(stands on|stands? (?:in|here|there)|leaves? (?:at|by|from)|ha(?:s|ve) left"
    r"|wants? (?:an|their|the|no)|is told|anew|whoever|meanwhile|so many|sums?|goes on|by itself"
    r"|by themselves|for good|for ever|any more|all the same|what bec(?:omes?|ame)|came back"
    r"|comes? back|looked (?:at|through)|successfully|please)\b|!",
    re.IGNORECASE,
)
# A button that is the heading of what it opens.
ALLOWED = {"Try it with ten sample people"}


def sentences() -> Iterator[str]:
    for path in CATALOGUES:
        with path.open("rb") as file:
            for message in read_po(file):
                if message.id:
                    yield from [message.id] if isinstance(message.id, str) else message.id


def labels(of: str) -> Iterator[str]:
    """The sentences that calls of this ending in the console show: `button`, `caption`."""
    for path in sorted((ROOT / "console").rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text())):
            if not isinstance(call, ast.Call):
                continue
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if not name.removesuffix("_count").endswith(of):
                continue
            for argument in call.args[:2]:
                yield from _translated(argument, is_spoken=name.startswith("show_caption"))


def _translated(node: ast.expr, *, is_spoken: bool = False) -> Iterator[str]:
    if is_spoken and isinstance(node, ast.Constant):
        yield str(node.value)
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("t", "tn"):
            for argument in call.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield argument.value


def words(sentence: str) -> int:
    return sum(bool(re.search(r"[\w{]", word)) for word in sentence.split())


@pytest.mark.parametrize(("of", "most"), [("button", BUTTON), ("caption", CAPTION)])
def test_buttons_and_captions_are_short(of: str, most: int) -> None:
    found = set(labels(of))
    assert len(found) > 50, "the test no longer finds them"
    assert {one for one in found if words(one) > most} - ALLOWED == set()


def test_sentences_use_the_words_of_who_reads_them() -> None:
    assert {one for one in sentences() if BANNED.search(one)} - ALLOWED == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_use_the_words_of_who_reads_them(document: Path) -> None:
    prose = NOT_PROSE.sub("", document.read_text("utf-8"))
    assert [found.group() for found in BANNED.finditer(prose)] == []
