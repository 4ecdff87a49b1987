"""A sentence that was kept for somebody is told to them alone, and once."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from console import announcements


def told(reader: str, *, is_another_screen: bool = False) -> list[str]:
    announcements.turn_to(reader, is_another_screen=is_another_screen)
    found = announcements.shown(reader)
    for one in found:
        one.was_shown()
    return [one.sentence for one in found]


def test_it_is_told_to_nobody_else_until_the_next_act_or_screen(monkeypatch: pytest.MonkeyPatch):
    announcements.announce("ana's sign-in", "The list was added.")
    assert told("bo's sign-in") == []
    assert told("ana's sign-in") == told("ana's sign-in") == ["The list was added."]
    announcements.announce("ana's sign-in", "Saved.")
    announcements.announce("ana's sign-in", "Saved.")
    assert told("ana's sign-in") == ["Saved."]
    monkeypatch.setattr(announcements, "TO_READ", -1.0)
    assert told("ana's sign-in", is_another_screen=True) == []


def test_who_went_on_at_once_reads_a_refusal_on_the_next_screen():
    refusal = announcements.announce("cy's sign-in", "No.", is_refusal=True)
    refusal.was_shown()
    assert told("cy's sign-in") == []
    assert told("cy's sign-in", is_another_screen=True) == ["No."]


def test_nothing_is_kept_for_who_is_not_signed_in():
    announcements.announce("", "The list was added.")
    assert told("") == []


def test_what_nobody_came_back_for_is_forgotten(monkeypatch: pytest.MonkeyPatch):
    announcements.announce("di's sign-in", "The list was added.")
    monkeypatch.setattr(announcements, "_KEPT", 0.0)
    announcements.announce("ed's sign-in", "Saved.")
    assert told("di's sign-in") == []


def test_what_was_read_is_not_kept(monkeypatch: pytest.MonkeyPatch):
    made = announcements.announce("gil's sign-in", "Saved.")
    assert not made.is_over()
    made.was_shown()
    monkeypatch.setattr(announcements, "TO_READ", -1.0)
    assert made.is_over()


def test_many_at_once_are_all_told():
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda n: announcements.announce("fay's sign-in", str(n)), range(200)))
    assert sorted(map(int, told("fay's sign-in"))) == list(range(200))
