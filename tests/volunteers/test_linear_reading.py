"""Whatever is pasted or uploaded, eight times as much takes about eight times as long to read."""

import math
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from shared.errors import ListUnreadable
from shared.volunteers.lists.list_files import read_file
from shared.volunteers.lists.list_parser import MOST_PASTED
from tests.support.lists import read_call, read_list, read_rows

KILOBYTE = 1024
# Anything below is noise, whatever its order.
TELLING_SECONDS = 0.03
# A quadratic reader needs 64 times as long for eight times as much.
MOST_TIMES = 22

UNITS = (
    "(", ")", "()", "(a", "（", "[", "【", "<", ">", "<a@b.c>", "a@", "a@b.", "a@b.c ", "a@b.c\n",
    "@", "＠", "a", "ａ", "mailto:a?", ",", "，", "1,", "email,", "name\t",
    ";", '"', '""', '",', "\t",
    "\n", "\r\n", "\0", " ", "\u3000", ".", "-", "+1", "1-", "8²", "q1、", "姓名", "总计", "您的",
    "a\u0301", "\u0301", "\ufdfa", "\u200d", "\ufeff", "\u1112\u1161", "𝕒", "身份证",
)  # fmt: skip


def in_cells(text: str) -> None:
    """As it may stand in a workbook: among the titles, and below them."""
    read_rows([["邮箱", "姓名", text], [text, "Ana", ""], ["ana@example.org", text, text]])


def uploaded(text: str) -> None:
    read_rows(read_file(text.encode(), "list.csv").rows)


def under_titles(text: str) -> None:
    read_list(f"姓名\t邮箱\t{text}\nAna\tana@example.org {text}")


READERS = (read_call, read_list, under_titles, in_cells, uploaded)


def seconds(read: Callable[[str], object], text: str) -> float:
    begun = time.process_time()
    with suppress(ListUnreadable):
        read(text)
    return time.process_time() - begun


def is_linear(read: Callable[[str], object], unit: str) -> bool:
    little, much = ((unit * size)[:size] for size in (4 * KILOBYTE, 32 * KILOBYTE))
    of_little = of_much = math.inf
    # The least of several attempts, since others use this machine, too.
    for _ in range(4):
        of_much = min(of_much, seconds(read, much))
        if of_much < TELLING_SECONDS:
            return True
        of_little = min(of_little, seconds(read, little))
        if of_much < MOST_TIMES * of_little:
            return True
    return False


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_eight_times_as_much_text_takes_about_eight_times_as_long(read: Callable[[str], object]):
    assert [unit for unit in UNITS if not is_linear(read, unit)] == []


def test_whoever_pastes_too_much_is_asked_for_a_file():
    read_list("a" * MOST_PASTED)
    with pytest.raises(ListUnreadable, match="Upload it as a file"):
        read_list("a" * (MOST_PASTED + 1))


def test_a_pasted_table_has_as_many_columns_as_a_file_may_have():
    titles = "\t".join(["email", *(f"q{n}" for n in range(199))])
    assert len(read_list(f"{titles}\nana@example.org").accepted) == 1
    with pytest.raises(ListUnreadable, match="200 columns"):
        read_list(f"{titles}\tq\nana@example.org")


def test_cells_that_are_only_copied_along_count_as_no_columns():
    """Whoever copies whole rows of a spreadsheet gets 16 384 cells in each."""
    rows = ["email\tname" + "\t" * 16_382, "ana@example.org\tAna" + "\t" * 16_382]
    [ana] = read_list("\n".join(rows)).accepted
    assert (ana.email, ana.name, ana.columns) == ("ana@example.org", "Ana", {})
