"""What strangers send harms nobody."""

from pathlib import Path

import pytest

from tests.faults import under_attack, visitors
from tests.faults.__main__ import EXPERIMENTS


def test_scanners_change_nothing_and_the_link_still_works(
    database_url: str, tmp_path: Path
) -> None:
    assert visitors.scanners(tmp_path, database_url, requests=100) == 0


def test_a_hundred_equal_submits_get_equal_answers(database_url: str, tmp_path: Path) -> None:
    assert visitors.equal_submits(tmp_path, database_url, times=100) == (1, 1, 1)


def test_bodies_without_end_and_bombs_take_no_memory(tmp_path: Path) -> None:
    refused, growth = visitors.large_bodies(tmp_path, f"sqlite:///{tmp_path}/x.sqlite3", 60)
    assert refused == 16
    assert growth < 50


@pytest.mark.timeout(300)
def test_nothing_is_lost_and_no_service_ends_while_others_are_attacked(
    database_url: str, tmp_path: Path
) -> None:
    """By those who need neither a browser nor the whole processor. How soon people are answered,
    and whether anybody is asked to come again, is measured by the long run."""
    attackers = (
        *("headers", "slow bodies", "half connections", "deep JSON", "previews"),
        *("tabs", "tabs that go", "names"),
    )
    seen = under_attack.under_attack(tmp_path, database_url, 8, 40, attackers)
    assert (seen.lost, seen.ends) == (0, 0)
    assert seen.mails > 40
    assert seen.memory["api"] <= 1200
    assert seen.memory["console"] <= 600


def test_the_long_run_knows_the_texts_of_the_short_one(tmp_path: Path) -> None:
    result, held = EXPERIMENTS["10"].run(tmp_path, str, 0.0)
    assert result.startswith("100 strings")
    assert held
