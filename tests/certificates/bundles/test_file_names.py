"""Names of files that every system unpacks, and none of which is given twice."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.certificates.bundles import FileNames
from shared.errors import PlaceholderUnknown, SettingRefused

KNOWN = ["number", "name", "role: on the day"]


def named(pattern: str, *people: dict[str, str]) -> list[str]:
    names = FileNames(pattern, "jpg", KNOWN)
    return [names.of(person) for person in people]


def test_a_pattern_takes_the_persons_values_and_the_lists_own_columns():
    person = {"number": "2026-000012", "name": "王小明", "role: on the day": "Speaker"}
    assert named("{role: on the day} – {name} ({number})", person) == [
        "Speaker – 王小明 (2026-000012).jpg"
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j.jpg"),
        ("con", "_con.jpg"),
        ("COM1.txt", "_COM1.txt.jpg"),
        ("LPT¹", "_LPT¹.jpg"),
        ("Console", "Console.jpg"),
        ("Dr. med. ", "Dr. med.jpg"),
        ("..", "certificate.jpg"),
        (".hidden", "hidden.jpg"),
        ("Ana\u202egpj", "Ana gpj.jpg"),
        ("a\x00b\nc", "a b c.jpg"),
        ("मौसम\u200dी", "मौसम\u200dी.jpg"),
        ("", "certificate.jpg"),
    ],
)
def test_what_some_system_refuses_is_not_in_a_name(name: str, file: str):
    assert named("{name}", {"name": name}) == [file]


def test_names_that_some_system_takes_for_one_are_numbered():
    people = [{"name": name} for name in ("Bo", "BO", "bo (2)", "Bo", "Ｂｏ", "Ed")]
    assert named("{name}", *people) == [
        "Bo.jpg",
        "BO (2).jpg",
        "bo (2) (2).jpg",
        "Bo (3).jpg",
        "Ｂｏ (4).jpg",
        "Ed.jpg",
    ]


@given(st.lists(st.text(max_size=300), max_size=12))
def test_whatever_people_are_called_names_are_short_safe_and_different(names: list[str]):
    files = named("{name}", *({"name": name} for name in names))
    folded = [unicodedata.normalize("NFKC", file).casefold() for file in files]
    assert len(set(folded)) == len(files)
    for file in files:
        assert len(file.encode()) < 150
        assert not set('/\\:*?"<>|') & set(file)
        assert not file.startswith((".", " "))


@pytest.mark.parametrize("pattern", ["", "  ", "x" * 201])
def test_a_pattern_that_names_nothing_is_refused(pattern: str):
    with pytest.raises(SettingRefused):
        named(pattern)


def test_a_placeholder_that_is_unknown_is_said_with_those_that_there_are():
    with pytest.raises(PlaceholderUnknown, match=r"\{nmae\} is unknown.*\{number\}, \{name\}"):
        named("{nmae}")
