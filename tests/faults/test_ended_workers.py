"""Workers that are killed or stuck in the middle lose nothing, and name what may be double."""

from pathlib import Path

import pytest

from shared.mail.transport.own_answers import STUCK
from tests.faults import experiments, graph, restores, stuck
from tests.faults.scene import assert_nothing_is_lost_or_invented


@pytest.mark.parametrize("slots", [1, 4])
def test_a_killed_worker_loses_nothing_and_names_every_possible_duplicate(
    database_url: str, tmp_path: Path, slots: int
) -> None:
    audit = experiments.kill_often(tmp_path, database_url, mails=60, kills=2, slots=slots)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 60
    assert max(audit.duplicates, audit.flagged) <= 2 * slots


def test_a_worker_killed_while_its_connections_write_together_loses_nothing(
    database_url: str, tmp_path: Path
) -> None:
    # So quick a server that they come to write within less than they wait for each other.
    audit = experiments.kill_often(tmp_path, database_url, mails=160, kills=4, step=0.001)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 160
    assert max(audit.duplicates, audit.flagged) <= 4 * 4


def test_a_killed_worker_doubles_nothing_when_a_person_is_asked(
    database_url: str, tmp_path: Path
) -> None:
    audit = experiments.kill_often(tmp_path, database_url, mails=60, kills=2, ask=True)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.duplicates == 0
    assert audit.sent + audit.unsure == 60


@pytest.mark.parametrize("seed", [1, 2])
def test_a_copy_from_before_a_mail_left_is_held_and_a_kill_alone_holds_nothing(
    tmp_path: Path, seed: int
) -> None:
    def new_database() -> str:
        return f"sqlite:///{tmp_path / 'put back.sqlite3'}"

    found = restores.put_back_copies(tmp_path, new_database, 1, seed)
    assert (found.unheld, found.twice, found.wrongly) == (0, 0, 0)


def test_killed_after_graph_has_taken_a_mail_it_is_known_as_a_possible_duplicate(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/graph.sqlite3"
    audit = graph.killed_after_202(tmp_path, url, mails=20, kills=2)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 20


def test_killed_after_graph_has_taken_a_mail_it_is_not_sent_twice_where_a_person_is_asked(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/graph.sqlite3"
    audit = graph.killed_after_202(tmp_path, url, mails=20, kills=2, ask=True)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.duplicates == 0
    assert audit.unsure >= 1
    assert audit.sent + audit.unsure == 20


def test_a_mail_that_ends_two_workers_is_put_aside_and_all_others_leave(
    database_url: str, tmp_path: Path
) -> None:
    audit, ended, said = stuck.stuck_on_one_mail(tmp_path, database_url, mails=20)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.failed, ended) == (19, 1, 2)
    assert said == f"True: {STUCK}"
