"""Mail servers with every fault, and with limits."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults import experiments, ill_servers, sign_ins
from tests.faults.scene import assert_nothing_is_lost_or_invented


@pytest.mark.parametrize("seed", range(2))
def test_a_server_with_every_fault_gets_each_mail_in_the_end(
    database_url: str, tmp_path: Path, seed: int
) -> None:
    audit = experiments.faulty_server(tmp_path, database_url, 80, seed)
    assert_nothing_is_lost_or_invented(audit)


def test_a_daily_quota_is_met_with_one_refusal_a_day(database_url: str, tmp_path: Path) -> None:
    audit, refused = experiments.daily_quota(tmp_path, database_url, mails=70, quota=30)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.failed, audit.duplicates) == (70, 0, 0)
    # Each day more is tried, since the quota may have grown; on the third, no mail is left.
    assert refused == 2


def test_two_workers_send_each_mail_once(database_url: str, tmp_path: Path) -> None:
    audit = experiments.two_workers(tmp_path, database_url, mails=150)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.duplicates, audit.flagged) == (150, 0, 0)


def test_a_token_that_ends_among_two_workers_mails_is_renewed_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/signed_in.sqlite3"
    audit, renewals = sign_ins.token_that_ends(tmp_path, url, mails=40)
    assert_nothing_is_lost_or_invented(audit)
    assert (audit.sent, audit.duplicates, renewals) == (40, 0, 1)


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
