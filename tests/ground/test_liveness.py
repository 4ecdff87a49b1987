"""What is stuck under Python's lock ends, and says to the next process where it was."""

import signal
import time
from pathlib import Path

import pytest

from shared import liveness
from shared.cli.doctor import examine
from shared.events.installation import Installation
from tests.support.begun import begin, send, wait
from tests.support.console_server import free_port
from tests.support.one_database import database_url
from tests.support.processes import fresh_process
from tests.support.services import answers, environment
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
    assert "in get_stuck" in line.getMessage()
    (found,) = [one for one in examine(installation.settings) if "was stuck" in one.text]
    assert found.subject == "worker"
    assert "in get_stuck" in Path(found.text.rpartition("where: ")[2]).read_text()


def test_a_process_that_only_waits_goes_on(tmp_path: Path):
    waiting = fresh_process(wait_long, tmp_path)
    waiting.start()
    waiting.join(60)
    assert waiting.exitcode == 0
    assert liveness.ends(tmp_path) == []


def test_every_service_is_watched(installation: Installation, tmp_path: Path):
    """A signal that no program can refuse lets nothing of it run, as a library of C does."""
    ports = {"API_PORT": str(free_port()), "CONSOLE_PORT": str(free_port())}
    env = environment(installation, CERTS_SILENCE_SECONDS="8", **ports)
    with (tmp_path / "log").open("wb") as log:
        services = [begin([name], env, errors=log) for name in ("api", "console", "worker")]
        folder = installation.settings.data_dir / "stuck"
        while len(list(folder.glob("*.txt"))) < 3 or not all(
            answers(f"http://127.0.0.1:{port}{path}")
            for port, path in zip(ports.values(), ("/health", "/_stcore/health"), strict=True)
        ):
            time.sleep(0.2)
        for number, pause in ((signal.SIGSTOP, 9.0), (signal.SIGCONT, 0.0)):
            for service in services:
                send(service, number)
            time.sleep(pause)
        for service in services:
            wait(service)
    assert [service.exitcode for service in services] == [1, 1, 1]
    names = {name for name, *_ in liveness.ends(installation.settings.data_dir)}
    assert names == {"api", "console", "worker"}
