"""Short forms of the experiments: the promises hold when things break."""

from datetime import timedelta
from pathlib import Path

import pytest

from shared.mail.transport.own_answers import STUCK
from tests.faults import (
    experiments,
    graph,
    ill_servers,
    sign_ins,
    stuck,
    under_attack,
    visitors,
)
from tests.faults.__main__ import EXPERIMENTS
from tests.faults.postgresql import postgresql_of_its_own
from tests.faults.scene import Audit


def assert_nothing_is_lost_or_invented(audit: Audit) -> None:
    assert (audit.lost, audit.falsely_sent, audit.unexplained) == (0, 0, 0), audit


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


@pytest.mark.parametrize("seed", range(2))
def test_a_server_with_every_fault_gets_each_mail_in_the_end(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    audit = experiments.faulty_server(tmp_path, database_url, 80, seed)
    assert_nothing_is_lost_or_invented(audit)


def test_a_daily_quota_is_met_with_one_refusal(database_url: str, tmp_path: Path) -> None:
    audit, refused = experiments.daily_quota(tmp_path, database_url, mails=70, quota=30)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.failed, audit.duplicates) == (70, 0, 0)
    assert refused == 1


def test_two_workers_send_each_mail_once(database_url: str, tmp_path: Path) -> None:
    audit = experiments.two_workers(tmp_path, database_url, mails=150)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.duplicates, audit.flagged) == (150, 0, 0)


def test_a_worker_that_slept_does_not_send_what_its_successor_sent(tmp_path: Path) -> None:
    # Workers on several machines share a PostgreSQL; with SQLite the whole machine sleeps.
    with postgresql_of_its_own() as server:
        audit = experiments.suspended_worker(tmp_path, server.new_database(), mails=100)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 100


def test_a_locked_database_is_waited_for(tmp_path: Path) -> None:
    audit = experiments.locked_database(tmp_path, mails=80, seconds=2)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.duplicates) == (80, 0)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    audit = experiments.full_disk(tmp_path, mails=80)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 80


def test_a_restarted_postgresql_is_waited_for(tmp_path: Path) -> None:
    # A server of this test's own: the others must not notice.
    with postgresql_of_its_own() as server:
        audit = experiments.restarted_postgresql(tmp_path, server, mails=120)
    assert_nothing_is_lost_or_invented(audit)
    assert audit.sent == 120


def test_a_token_that_ends_among_two_workers_mails_is_renewed_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/signed_in.sqlite3"
    audit, renewals = sign_ins.token_that_ends(tmp_path, url, mails=40)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.duplicates, renewals) == (40, 0, 1)


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


def test_a_server_of_few_mails_a_connection_tells_each_connection_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/connections.sqlite3"
    audit, told, paused = ill_servers.few_mails_a_connection(tmp_path, url, mails=60)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.flagged, paused) == (60, 0, 0)
    assert told <= 4


def test_a_server_that_refuses_everything_for_now_is_left_alone_and_harms_nobody(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/ill.sqlite3"
    audit, visits = ill_servers.refused_for_now(tmp_path, url, 60, passing=timedelta(hours=1))
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.failed, audit.duplicates, audit.flagged) == (60, 0, 0, 0)
    assert visits <= 12


def test_a_server_that_never_answers_sends_nobody_more_than_two_copies(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/silent.sqlite3"
    audit, most, asked = ill_servers.never_answering(tmp_path, url, mails=6)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.flagged, audit.unsure, most) == (6, 6, 2)
    assert asked


def test_a_list_of_which_half_comes_back_is_stopped_before_much_of_it_has_left(
    tmp_path: Path,
) -> None:
    url = f"sqlite:///{tmp_path}/half_dead.sqlite3"
    left, said = ill_servers.half_dead_list(tmp_path, url, mails=400)
    assert left <= 260
    assert said == "550 5.1.1 User unknown"


def test_a_mail_that_ends_two_workers_is_put_aside_and_all_others_leave(
    database_url: str, tmp_path: Path
) -> None:
    audit, ended, said = stuck.stuck_on_one_mail(tmp_path, database_url, mails=20)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.failed, ended) == (19, 1, 2)
    assert said == f"True: {STUCK}"


def test_a_database_that_hangs_ends_no_process(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/hanging.sqlite3"
    audit, alive, ended = stuck.hanging_database(tmp_path, url, None, seconds=8)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, alive, ended) == (100, 3, 0)


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
    attackers = ("headers", "slow bodies", "half connections", "deep JSON", "previews")
    seen = under_attack.under_attack(tmp_path, database_url, 8, 40, attackers)
    assert (seen.lost, seen.ends) == (0, 0)
    assert seen.mails > 40
    assert max(seen.memory.values()) < 1500


def test_the_long_run_knows_the_texts_of_the_short_one(tmp_path: Path) -> None:
    result, held = EXPERIMENTS["10"].run(tmp_path, str, 0.0)
    assert result.startswith("100 strings")
    assert held
