"""`make faults`: every experiment at full length, printed as a table.

`python -m tests.faults --scale 0.1 --only 1,3` runs a tenth of experiments 1 and 3.
"""

import argparse
import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import hypothesis

from tests.faults import (
    experiments,
    graph,
    ill_servers,
    restores,
    sign_ins,
    stuck,
    under_attack,
    visitors,
)
from tests.faults.postgresql import postgresql_of_its_own
from tests.faults.scene import Audit
from tests.mail.kinds import test_assembling

# Each call gives the address of an empty database.
NewDatabase = Callable[[], str]
# What came out, and whether the promises held; given an empty folder, and the length to run at
# as a part of the whole.
Run = Callable[[Path, NewDatabase, float], tuple[str, bool]]


@dataclass(frozen=True)
class Experiment:
    """Runs once with each of its kinds of database."""

    title: str
    run: Run
    kinds: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0, help="length, as a part of the whole")
    parser.add_argument("--only", default="", help="numbers of experiments, with commas")
    wanted = parser.parse_args()
    only = {number for number in wanted.only.split(",") if number}
    print(f"{'#':3} {'experiment':49} {'database':10} {'result':75} {'seconds':>7}")
    all_held = True
    for number, experiment in EXPERIMENTS.items():
        for kind in experiment.kinds:
            if not only or number in only:
                held = _print_outcome(number, experiment, kind, wanted.scale)
                all_held = all_held and held
    sys.exit(0 if all_held else 1)


def _print_outcome(number: str, experiment: Experiment, kind: str, scale: float) -> bool:
    began = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="certs-fault-") as folder,
        KINDS[kind](Path(folder)) as new_database,
    ):
        result, held = experiment.run(Path(folder), new_database, scale)
    took = time.monotonic() - began
    mark = "ok " if held else "BAD"
    print(f"{number:3} {experiment.title:49} {kind:10} {mark} {result:71} {took:7.0f}", flush=True)
    return held


@contextmanager
def _sqlite(folder: Path) -> Iterator[NewDatabase]:
    numbers = itertools.count(1)
    yield lambda: f"sqlite:///{folder / f'experiment{next(numbers)}.sqlite3'}"


@contextmanager
def _postgresql(_: Path) -> Iterator[NewDatabase]:
    with postgresql_of_its_own() as server:
        yield server.new_database


KINDS = {"SQLite": _sqlite, "PostgreSQL": _postgresql}
_BOTH = ("SQLite", "PostgreSQL")


def _kills(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    kills = max(2, int(200 * scale))
    audit = experiments.kill_often(folder, new_database(), kills * 10, kills)
    return _told(audit), _holds(audit) and audit.flagged <= 4 * kills


def _kills_of_one(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    kills = max(2, int(200 * scale))
    audit = experiments.kill_often(folder, new_database(), kills * 10, kills, slots=1)
    return _told(audit), _holds(audit) and audit.flagged <= kills


def _kills_asking(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    kills = max(2, int(200 * scale))
    audit = experiments.kill_often(folder, new_database(), kills * 10, kills, ask=True)
    return _told(audit), _holds(audit) and audit.duplicates == 0


def _faulty_servers(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    audits = [
        experiments.faulty_server(folder / str(seed), new_database(), 200, seed)
        for seed in range(max(2, int(100 * scale)))
    ]
    values = [list(vars(audit).values()) for audit in audits]
    total = Audit(*(sum(column) for column in zip(*values, strict=True)))
    return _told(total), _holds(total)


def _quota(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    quota = max(30, int(500 * scale))
    audit, refused = experiments.daily_quota(folder, new_database(), quota * 2 + 50, quota)
    return f"{_told(audit)}, {refused} refused", _holds(audit) and refused <= 2


def _two_workers(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    audit = experiments.two_workers(folder, new_database(), max(100, int(2000 * scale)))
    return _told(audit), _holds(audit) and audit.duplicates == 0


def _suspended(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    audit = experiments.suspended_worker(folder, new_database(), max(100, int(500 * scale)))
    return _told(audit), _holds(audit)


def _locked(folder: Path, _: NewDatabase, scale: float) -> tuple[str, bool]:
    # Longer than anybody waits for a lock.
    audit = experiments.locked_database(folder, 200, seconds=max(2.0, 40 * scale))
    return _told(audit), _holds(audit)


def _full_disk(folder: Path, _: NewDatabase, scale: float) -> tuple[str, bool]:
    audit = experiments.full_disk(folder, max(80, int(500 * scale)))
    return _told(audit), _holds(audit)


def _restarted(folder: Path, _: NewDatabase, scale: float) -> tuple[str, bool]:
    with postgresql_of_its_own() as server:
        mails = max(100, int(500 * scale))
        audit = experiments.restarted_postgresql(folder, server, mails)
    return _told(audit), _holds(audit)


def _hostile_texts(_: Path, __: NewDatabase, scale: float) -> tuple[str, bool]:
    examples = max(100, int(10_000 * scale))
    texts = hypothesis.given(*[test_assembling.HOSTILE] * 3)
    at_length = hypothesis.settings(max_examples=examples, deadline=None)
    at_length(texts(test_assembling.assert_it_stays_text))()
    return f"{examples} strings, 0 headers, recipients or files of theirs", True


def _scanners(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    requests = max(20, int(1000 * scale))
    changed = visitors.scanners(folder, new_database(), requests)
    return f"{requests} GET and HEAD: {changed} tables changed, the link works", changed == 0


def _equal_submits(folder: Path, new_database: NewDatabase, _: float) -> tuple[str, bool]:
    found = visitors.equal_submits(folder, new_database(), 100)
    told = "100 at once: {} certificate, {} mail, {} answer to all".format(*found)
    return told, found == (1, 1, 1)


def _large_bodies(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    megabytes = max(30, int(200 * scale))
    refused, growth = visitors.large_bodies(folder, new_database(), megabytes)
    return (
        f"{refused} of {megabytes} MB, bombs: all refused, {growth:.0f} MB of memory",
        growth < 50,
    )


def _listed(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    addresses = max(50, int(200 * scale))
    area = visitors.told_by_the_next_request(folder, new_database(), addresses)
    told = f"{addresses} known and {addresses} unknown addresses: AUC {area:.2f}"
    return told, 0.4 <= area <= 0.6


def _holds(audit: Audit) -> bool:
    return not (audit.lost or audit.falsely_sent or audit.unexplained)


def _told(audit: Audit) -> str:
    return (
        f"{audit.mails} mails: {audit.lost} lost, {audit.falsely_sent} falsely sent, "
        f"{audit.duplicates} extra, {audit.flagged} flagged, {audit.unsure} unsure"
    )


def _ending_token(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    audit, renewals = sign_ins.token_that_ends(folder, new_database(), int(500 * scale))
    held = _holds(audit) and audit.duplicates == 0 and renewals == 1
    return f"{_told(audit)}, {renewals} renewal", held


def _refused_renewal(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    audit, waited = sign_ins.renewal_that_is_refused(folder, new_database(), int(200 * scale))
    return _told(audit), _holds(audit) and audit.duplicates == 0 and waited


def _graph_kills(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    kills = max(2, int(50 * scale))
    audit = graph.killed_after_202(folder, new_database(), kills * 10, kills)
    return _told(audit), _holds(audit) and audit.flagged <= 4 * kills


def _graph_kills_asking(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    kills = max(2, int(50 * scale))
    audit = graph.killed_after_202(folder, new_database(), kills * 10, kills, ask=True)
    return _told(audit), _holds(audit) and audit.duplicates == 0


def _graph_token(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    audit, renewals = graph.token_that_ends(folder, new_database(), max(40, int(500 * scale)))
    held = _holds(audit) and audit.duplicates == 0 and renewals == 1
    return f"{_told(audit)}, {renewals} renewal", held


def _graph_throttled(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(40, int(200 * scale))
    audit, refused = graph.throttled_for_an_hour(folder, new_database(), mails)
    held = _holds(audit) and audit.duplicates == 0 and refused <= 4
    return f"{_told(audit)}, {refused} refused", held


def _few_a_connection(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(60, int(500 * scale))
    audit, told, paused = ill_servers.few_mails_a_connection(folder, new_database(), mails)
    held = _holds(audit) and audit.sent == mails and audit.flagged == 0 and told <= 4
    return f"{_told(audit)}, told {told} times", held and paused == 0


def _refused_for_now(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(60, int(1500 * scale))
    day = timedelta(days=1)
    audit, visits = ill_servers.refused_for_now(folder, new_database(), mails, day)
    held = _holds(audit) and audit.sent == mails and audit.flagged == 0 and visits <= 60
    return f"{_told(audit)}, {visits} connections", held


def _slow_after_dot(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(8, int(40 * scale))
    audit = ill_servers.slow_after_the_dot(folder, new_database(), mails)
    return _told(audit), _holds(audit) and (audit.sent, audit.flagged) == (mails, 0)


def _never_answering(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(6, int(30 * scale))
    audit, most, asked = ill_servers.never_answering(folder, new_database(), mails)
    held = _holds(audit) and most <= 2 and audit.flagged == mails and asked > 0
    return f"{_told(audit)}, {most} copies at most, asked {asked} times", held


def _beside_slow(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(40, int(500 * scale))
    audit, waited = ill_servers.beside_a_slow_server(folder, new_database(), mails)
    held = audit.sent == mails + 12 and audit.flagged == 0 and waited <= 2
    return f"{audit.sent} mails sent, {waited} of 4 slots waited for the slow server", held


def _half_dead_list(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(600, int(3000 * scale))
    left, said = ill_servers.half_dead_list(folder, new_database(), mails)
    return f"{left} of {mails} mails left, then: {said}", left <= 260 and "5.1.1" in said


def _stuck(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(40, int(300 * scale))
    audit, ended, said = stuck.stuck_on_one_mail(folder, new_database(), mails)
    held = _holds(audit) and audit.sent == mails - 1 and ended == 2 and said.startswith("True: ")
    return f"{audit.sent} of {mails} mails sent, {ended} restarts, {audit.failed} put aside", held


def _put_back(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    found = restores.put_back_copies(folder, new_database, max(2, int(50 * scale)))
    told = (
        f"{found.rounds} copies put back, {found.older} older than what left: {found.unheld} not "
        f"held, {found.twice} mails twice; {found.wrongly} held after a kill or an end alone"
    )
    return told, not (found.unheld or found.twice or found.wrongly)


def _hanging_sqlite(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    return _hung(*stuck.hanging_database(folder, new_database(), None, max(15, 600 * scale)))


def _hanging_postgresql(folder: Path, _: NewDatabase, scale: float) -> tuple[str, bool]:
    with postgresql_of_its_own() as server:
        url = server.new_database()
        return _hung(*stuck.hanging_database(folder, url, server, max(15, 600 * scale)))


def _hung(audit: Audit, alive: int, ended: int) -> tuple[str, bool]:
    told = f"{audit.sent} of {audit.mails} mails sent, {alive} of 3 services lived"
    return told, _holds(audit) and (audit.sent, alive, ended) == (audit.mails, 3, 0)


def _under_attack(folder: Path, new_database: NewDatabase, scale: float) -> tuple[str, bool]:
    mails = max(40, int(2000 * scale))
    seen = under_attack.under_attack(folder, new_database(), max(15, 600 * scale), mails)
    memory = ", ".join(f"{name} {megabytes:.0f}" for name, megabytes in seen.memory.items())
    longest = ", ".join(f"{path} {seconds:.1f}" for path, seconds in seen.longest.items())
    told = (
        f"{len(seen.seconds)} answers: 99 % in {seen.nearly_all_within:.1f} s, the longest: "
        f"{longest} s; of 500 or more: {dict(seen.faults)}; {seen.mails} mails, "
        f"{seen.lost} lost; {memory} MB, {seen.ends} ends"
    )
    held = seen.nearly_all_within <= 2 and seen.seconds[-1] <= 5 and not seen.faults
    is_small = seen.memory["api"] <= 1200 and seen.memory["console"] <= 600
    return told, held and seen.lost == 0 and is_small


EXPERIMENTS = {
    "1": Experiment("kill -9 every 10 mails, 1 connection", _kills_of_one, _BOTH),
    "1b": Experiment("the same, 4 connections", _kills, _BOTH),
    "2": Experiment("the same, and a person is asked", _kills_asking, _BOTH),
    "3": Experiment("a server with every fault, 200 mails a seed", _faulty_servers, _BOTH),
    "6": Experiment("a daily quota, three days", _quota, _BOTH),
    "8": Experiment("two workers, send pressed twice", _two_workers, _BOTH),
    "9a": Experiment("the database is locked by another program", _locked, ("SQLite",)),
    "9b": Experiment("the disk is full", _full_disk, ("SQLite",)),
    "9c": Experiment("PostgreSQL is restarted in the middle", _restarted, ("PostgreSQL",)),
    # With SQLite all workers are on one machine, and sleep together.
    "9d": Experiment("a worker sleeps through its lease", _suspended, ("PostgreSQL",)),
    "9e": Experiment("a token ends in the middle, two workers", _ending_token, _BOTH),
    "9f": Experiment("a renewal is refused, then signed in anew", _refused_renewal, _BOTH),
    "9g": Experiment("Graph: killed after a 202", _graph_kills, _BOTH),
    "9h": Experiment("the same, and a person is asked", _graph_kills_asking, _BOTH),
    "9i": Experiment("Graph: a token ends in the middle", _graph_token, _BOTH),
    "9j": Experiment("Graph: throttled for an hour", _graph_throttled, _BOTH),
    "9k": Experiment("ten mails a connection, then 421", _few_a_connection, _BOTH),
    "9l": Experiment("451 to everything for a day", _refused_for_now, _BOTH),
    "9m": Experiment("the server takes its time after the dot", _slow_after_dot, _BOTH),
    "9n": Experiment("the server takes mails and never says so", _never_answering, _BOTH),
    "9o": Experiment("two accounts, one server takes its time", _beside_slow, _BOTH),
    "9p": Experiment("every second mail comes back a second later", _half_dead_list, _BOTH),
    "9q": Experiment("stuck under Python's lock on one mail", _stuck, _BOTH),
    "9r": Experiment("the database hangs for ten minutes", _hanging_sqlite, ("SQLite",)),
    "9s": Experiment("the same", _hanging_postgresql, ("PostgreSQL",)),
    "9t": Experiment("killed, ended, and an older copy put back", _put_back, _BOTH),
    "10": Experiment("hostile texts as names, organization, event", _hostile_texts, ("SQLite",)),
    "11": Experiment("scanners open a link", _scanners, _BOTH),
    "12": Experiment("the same submit, at once", _equal_submits, _BOTH),
    "13": Experiment("large bodies, picture bombs", _large_bodies, ("SQLite",)),
    "13b": Experiment("who is on a list, told by the next request", _listed, _BOTH),
    "16": Experiment("attackers at once, and people of another event", _under_attack, _BOTH),
}

if __name__ == "__main__":
    main()
