"""A refusal names the field as its screen does, never as the program does."""

import re
from pathlib import Path

import pytest

import shared
from console.text import FIELD_NAMES
from tests.support.console_screens import Open, leave, refusals_at_fields

NAMED = re.compile(r"""(?:field=|one_line\(|_address\(|refuse_written\()"([a-z_]+)\"""")
SOURCES = [path.read_text(encoding="utf-8") for path in Path(shared.__path__[0]).rglob("*.py")]
REFUSED = {field for text in SOURCES for field in NAMED.findall(text)}


@pytest.mark.parametrize("field", sorted(REFUSED))
def test_each_field_that_can_be_refused_has_a_name(field: str):
    assert field in FIELD_NAMES


@pytest.mark.parametrize(
    ("language", "label", "said"),
    [
        ("en", "Contact address", "Contact address: There is no “@”"),
        ("zh", "联系邮箱", "联系邮箱"),
    ],
)
def test_so_does_that_of_the_address_to_write_to(
    open_screen: Open, listed: int, language: str, label: str, said: str
):
    screen = open_screen("organization", listed, language=language)
    (refusal,) = refusals_at_fields(leave(screen, label, "harbour"))
    assert said in refusal
