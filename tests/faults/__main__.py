"""`make faults`: every experiment at full length, printed as a table.

`python -m tests.faults --scale 0.1 --only 1,3` runs a tenth of experiments 1 and 3.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import hypothesis

from tests import test_messages
from tests.faults import experiments
from tests.faults.postgresql import postgresql_of_its_own
from tests.faults.scene import Audit

Experiment = Callable[[Path, float], tuple[str, bool]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="length, as a part of the whole")
    parser.add_argument("--only", default="", help="numbers of experiments, with commas")
    wanted = parser.parse_args()
    only = {number for number in wanted.only.split(",") if number}
    print(f"{'#':3} {'experiment':60} {'result':72} {'seconds':>7}")
    all_held = True
    for number, (title, experiment) in EXPERIMENTS.items():
        if only and number not in only:
            continue
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="certs-fault-") as folder:
            result, held = experiment(Path(folder), wanted.scale)
        took = time.monotonic() - began
        mark = "ok " if held else "BAD"
        print(f"{number:3} {title:60} {mark} {result:68} {took:7.0f}", flush=True)
        all_held = all_held and held
    sys.exit(0 if all_held else 1)


def _kills(folder: Path, scale: float) -> tuple[str, bool]:
    kills = max(2, int(200 * scale))
    audit = experiments.kill_often(folder, _sqlite(folder), kills * 10, kills)
    return _told(audit), _holds(audit) and audit.flagged <= 4 * kills


def _kills_of_one(folder: Path, scale: float) -> tuple[str, bool]:
    kills = max(2, int(200 * scale))
    audit = experiments.kill_often(folder, _sqlite(folder), kills * 10, kills, slots=1)
    return _told(audit), _holds(audit) and audit.flagged <= kills


def _kills_asking(folder: Path, scale: float) -> tuple[str, bool]:
    kills = max(2, int(200 * scale))
    with postgresql_of_its_own() as (url, _):
        audit = experiments.kill_often(folder, url, kills * 10, kills, ask=True)
    return _told(audit), _holds(audit) and audit.duplicates == 0


def _faulty_servers(folder: Path, scale: float) -> tuple[str, bool]:
    audits = []
    for seed in range(max(2, int(100 * scale))):
        seed_folder = folder / str(seed)
        audits.append(experiments.faulty_server(seed_folder, _sqlite(seed_folder), 200, seed))
    values = [list(vars(audit).values()) for audit in audits]
    total = Audit(*(sum(column) for column in zip(*values, strict=True)))
    return _told(total), _holds(total)


def _quota(folder: Path, scale: float) -> tuple[str, bool]:
    quota = max(30, int(500 * scale))
    audit, refused = experiments.daily_quota(folder, _sqlite(folder), quota * 2 + 50, quota)
    return f"{_told(audit)}, {refused} refused", _holds(audit) and refused <= 1


def _two_workers(folder: Path, scale: float) -> tuple[str, bool]:
    with postgresql_of_its_own() as (url, _):
        audit = experiments.two_workers(folder, url, max(100, int(2000 * scale)))
    return _told(audit), _holds(audit) and audit.duplicates == 0


def _suspended(folder: Path, scale: float) -> tuple[str, bool]:
    with postgresql_of_its_own() as (url, _):
        audit = experiments.suspended_worker(folder, url, max(100, int(500 * scale)))
    return _told(audit), _holds(audit)


def _locked(folder: Path, scale: float) -> tuple[str, bool]:
    # Longer than anybody waits for a lock.
    audit = experiments.locked_database(folder, 200, seconds=max(2.0, 40 * scale))
    return _told(audit), _holds(audit)


def _full_disk(folder: Path, scale: float) -> tuple[str, bool]:
    audit = experiments.full_disk(folder, max(80, int(500 * scale)))
    return _told(audit), _holds(audit)


def _restarted(folder: Path, scale: float) -> tuple[str, bool]:
    with postgresql_of_its_own() as (url, restart):
        audit = experiments.restarted_postgresql(folder, url, restart, max(100, int(500 * scale)))
    return _told(audit), _holds(audit)


def _hostile_texts(_: Path, scale: float) -> tuple[str, bool]:
    examples = max(100, int(10_000 * scale))
    texts = hypothesis.given(*[test_messages.HOSTILE] * 3)
    at_length = hypothesis.settings(max_examples=examples, deadline=None)
    at_length(texts(test_messages.assert_it_stays_text))()
    return f"{examples} strings, 0 headers, recipients or files of theirs", True


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / 'certs.sqlite3'}"


def _holds(audit: Audit) -> bool:
    return not (audit.lost or audit.falsely_sent or audit.unexplained)


def _told(audit: Audit) -> str:
    return (
        f"{audit.mails} mails: {audit.lost} lost, {audit.falsely_sent} falsely sent, "
        f"{audit.duplicates} twice, {audit.flagged} flagged, {audit.unsure} unsure"
    )


EXPERIMENTS: dict[str, tuple[str, Experiment]] = {
    "1": ("kill -9 of the worker every 10 mails, 1 connection (SQLite)", _kills_of_one),
    "1b": ("the same, 4 connections", _kills),
    "2": ("the same, a person is asked (PostgreSQL)", _kills_asking),
    "3": ("a server with every fault, 200 mails a seed", _faulty_servers),
    "6": ("a daily quota, three days", _quota),
    "8": ("two workers, send pressed twice (PostgreSQL)", _two_workers),
    "9a": ("the database is locked by another program", _locked),
    "9b": ("the disk is full", _full_disk),
    "9c": ("PostgreSQL is restarted in the middle", _restarted),
    "9d": ("a worker sleeps through its lease (PostgreSQL)", _suspended),
    "10": ("hostile texts as names, organization, event", _hostile_texts),
}

if __name__ == "__main__":
    main()
