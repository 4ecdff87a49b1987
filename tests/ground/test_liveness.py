"""What is stuck under Python's lock ends, and says to the next process where it was."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from shared import liveness
from shared.cli.doctor import examine
from shared.events.installation import Installation
from tests.support.begun import begin, wait
from tests.support.console_server import free_port
from tests.support.mailing import wait_until
from tests.support.one_database import database_url
from tests.support.processes import fresh_process
from tests.support.services import environment
from tests.support.stuck import get_stuck, wait_long

__all__ = ["database_url"]


def test_a_process_that_is_stuck_ends_and_the_next_one_says_where(
    installation: Installation, caplog: pytest.LogCaptureFixture
):
    data_dir = installation.settings.data_dir
    stuck = fresh_process(get_stuck, data_dir)
    stuck.start()
    stuck.join(60)
    assert stuck.exitcode == 1
    liveness.begin("worker", data_dir)
    (line,) = [record for record in caplog.records if record.name == "shared.liveness"]
    assert "certs worker was stuck" in line.getMessage()
    assert "working on mail 7:" in line.getMessage()
    assert "in get_stuck" in line.getMessage()
    (found,) = [one for one in examine(installation.settings) if "was stuck" in one.text]
    assert found.subject == "worker"
    assert "in get_stuck" in Path(found.text.rpartition("where: ")[2]).read_text()


def test_what_two_that_were_stuck_in_a_row_worked_on_is_known_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    known = []
    for _ in range(2):
        stuck = fresh_process(get_stuck, tmp_path)
        stuck.start()
        stuck.join(60)
        monkeypatch.setattr(liveness, "stuck_on_twice", set())
        liveness.begin("worker", tmp_path)
        known.append(liveness.stuck_on_twice)
    assert known == [set(), {"mail 7"}]


def test_a_process_that_only_waits_goes_on(tmp_path: Path):
    waiting = fresh_process(wait_long, tmp_path)
    waiting.start()
    waiting.join(60)
    assert waiting.exitcode == 0
    assert liveness.ends(tmp_path) == []


def test_a_process_that_was_stopped_goes_on(tmp_path: Path):
    """By Ctrl-Z, for longer than it may show no sign of life."""
    waiting = fresh_process(wait_long, tmp_path)
    waiting.start()
    assert waiting.pid is not None
    wait_until(lambda: any((tmp_path / "stuck").glob("*.now")))
    time.sleep(1)
    os.kill(waiting.pid, signal.SIGTSTP)
    wait_until(lambda: psutil.Process(waiting.pid).status() == psutil.STATUS_STOPPED)
    time.sleep(3)
    os.kill(waiting.pid, signal.SIGCONT)
    waiting.join(60)
    assert waiting.exitcode == 0


def test_every_service_is_watched(installation: Installation, tmp_path: Path):
    """Each ends as soon as a sign of life is later than it may be."""
    ports = {"API_PORT": str(free_port()), "CONSOLE_PORT": str(free_port())}
    env = environment(installation, CERTS_SILENCE_SECONDS="0.5", **ports)
    with (tmp_path / "log").open("wb") as log:
        services = [begin([name], env, errors=log) for name in ("api", "console", "worker")]
        for service in services:
            wait(service, 60)
    assert [service.exitcode for service in services] == [1, 1, 1]
    names = {name for name, *_ in liveness.ends(installation.settings.data_dir)}
    assert names == {"api", "console", "worker"}


def test_a_full_disk_keeps_no_service_from_starting(tmp_path: Path):
    begin = (
        "import resource, sys; from pathlib import Path; from shared import liveness\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))\n"
        "liveness.begin('worker', Path(sys.argv[1])); liveness.alive()\n"
        "with liveness.working_on('mail 1'): print('goes on')\n"
    )
    command = [sys.executable, "-c", begin, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "goes on\n"
    assert "cannot be written down" in done.stderr
    assert list(tmp_path.rglob("*.now")) == []
