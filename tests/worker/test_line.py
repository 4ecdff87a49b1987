"""Who is served next: nobody waits for another account's slow server with more than half."""

import queue
from types import SimpleNamespace
from typing import Any

import pytest

from shared.worker.slot import SlotQueue


def mail(account: int | None) -> Any:
    return SimpleNamespace(account_id=account)


def line_of(*accounts: int | None, slots: int = 4) -> SlotQueue:
    line = SlotQueue(slots)
    for account in accounts:
        line.put(mail(account))
    return line


def taken(line: SlotQueue) -> list[int | None]:
    """The accounts of those that are served now, until a slot would have to wait."""
    found = []
    try:
        while item := line.take():
            found.append(item.account_id)
    except queue.Empty:
        return found
    return found


def test_an_account_has_half_of_the_slots_until_it_is_known_to_be_alone() -> None:
    line = line_of(1, 1, 1, 1, 1)
    assert taken(line) == [1, 1]
    assert line.crowding() == 1
    line.leave_to(1)
    assert taken(line) == [1, 1, 1]


def test_another_accounts_mail_overtakes_those_of_a_crowding_one() -> None:
    line = line_of(1, 1, 1, 1, 2, 3)
    assert taken(line) == [1, 1, 2, 3]
    assert line.crowding() == 1


def test_who_was_alone_shares_as_soon_as_somebody_else_waits() -> None:
    line = line_of(1, 1, 1)
    line.leave_to(1)
    assert taken(line) == [1, 1, 1]
    for account in (1, 2):
        line.put(mail(account))
    assert taken(line) == [2]


def test_a_slot_that_is_done_serves_the_next() -> None:
    line = line_of(1, 1, 1)
    first = line.take()
    assert first is not None
    with line.served(first):
        assert taken(line) == [1]
    assert taken(line) == [1]


def test_the_rehearsal_and_a_single_slot_know_no_share() -> None:
    assert taken(line_of(None, None, None, None)) == [None] * 4
    line = line_of(1, 1, 2, slots=1)
    assert line.take() is not None
    assert line.crowding() is None


def test_what_waits_is_given_back_when_the_line_is_over() -> None:
    line = line_of(1, 1, 1)
    assert line.take() is not None
    assert len(line.close()) == 2
    assert line.take(10) is None


def test_nothing_comes_of_an_empty_line() -> None:
    with pytest.raises(queue.Empty):
        line_of().take(0.01)
