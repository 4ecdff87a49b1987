"""How a benchmark reports: one measured line beside its naive counterpart and its target."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Line:
    """`ours` and `naive` in milliseconds; `target` in words; `is_reached` as judged by it, None if
    it could not be measured."""

    what: str
    ours: float
    naive: float | None
    target: str
    is_reached: bool | None


def median_ms(work: Callable[[], object], repeats: int) -> float:
    """The median duration of one call, in milliseconds of wall time."""
    work()
    durations = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        durations.append((time.perf_counter() - start) * 1000)
    return statistics.median(durations)


def print_lines(title: str, lines: list[Line]) -> None:
    table = Table("What", "Ours", "Naive", "Ratio", "Target", "Reached", title=title)
    for line in lines:
        naive = f"{line.naive:.1f} ms" if line.naive is not None else "–"
        ratio = _ratio(line.naive / line.ours) if line.naive is not None else "–"
        reached = {True: "yes", False: "NO", None: "–"}[line.is_reached]
        table.add_row(line.what, f"{line.ours:.2f} ms", naive, ratio, line.target, reached)
    Console(width=150).print(table)


def _ratio(times: float) -> str:
    return f"{times:.1f}×" if times >= 1 else f"{times:.2f}×"
