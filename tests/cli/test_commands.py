"""The program as it is started by hand: real processes, real signals."""

import contextlib
import itertools
import signal
import socket
import stat
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.support.certs_command import CERTS, certs, environment
from tests.support.console_server import free_port

__all__ = ["environment"]


@pytest.fixture
def running(environment: dict[str, str]) -> Iterator[psutil.Process]:
    """`certs up`, healthy."""
    process = psutil.Popen([CERTS, "up"], env=environment, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: all(answers(page) for page in pages(environment)))
        yield process
    finally:
        if process.is_running():
            process.terminate()
            process.wait(10)


def pages(environment: dict[str, str]) -> list[str]:
    return [
        f"http://127.0.0.1:{environment['API_PORT']}/health",
        f"http://127.0.0.1:{environment['CONSOLE_PORT']}/_stcore/health",
    ]


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def wait_until(is_so: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def service(supervisor: psutil.Process, name: str) -> psutil.Process | None:
    """The child that shows in its command line that it is `certs <name>`."""
    for child in supervisor.children():
        with contextlib.suppress(psutil.ZombieProcess, psutil.NoSuchProcess):
            if " ".join(child.cmdline()).endswith(f"certs {name}"):
                return child
    return None


def test_a_service_that_is_killed_comes_back_and_ctrl_c_ends_all(running: psutil.Process):
    wait_until(lambda: service(running, "worker") is not None)
    killed = service(running, "worker")
    assert killed is not None
    killed.kill()

    def is_back() -> bool:
        revived = service(running, "worker")
        return revived is not None and revived.pid != killed.pid

    wait_until(is_back)
    keeps_nothing_but_the_standard_library(running)
    a_signal_ends_every_process(running, signal.SIGINT)


def keeps_nothing_but_the_standard_library(supervisor: psutil.Process) -> None:
    assert not [part.path for part in supervisor.memory_maps() if "site-packages" in part.path]
    assert " ".join(supervisor.cmdline()).endswith("certs up")


def a_signal_ends_every_process(supervisor: psutil.Process, number: signal.Signals) -> None:
    everything = supervisor.children(recursive=True)
    assert everything
    supervisor.send_signal(number)
    assert supervisor.wait(5) == 0
    _, alive = psutil.wait_procs(everything, timeout=1)
    assert alive == []


@pytest.fixture
def on_one_port(environment: dict[str, str]) -> Iterator[psutil.Process]:
    """`certs serve` on PORT, as hosts do that give one."""
    variables = {name: value for name, value in environment.items() if name != "API_PORT"}
    variables["PORT"] = environment["API_PORT"]
    process = psutil.Popen([CERTS, "serve"], env=variables, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: all(map(answers, pages_on_one_port(environment))))
        yield process
    finally:
        if process.is_running():
            process.terminate()
            process.wait(10)


def pages_on_one_port(environment: dict[str, str]) -> list[str]:
    site = f"http://127.0.0.1:{environment['API_PORT']}"
    return [f"{site}/health", f"{site}/console/_stcore/health"]


def test_on_one_port_two_processes_do_everything_and_come_back(
    on_one_port: psutil.Process, environment: dict[str, str]
):
    wait_until(lambda: service(on_one_port, "worker") is not None)
    killed = service(on_one_port, "web")
    assert killed is not None
    assert len(on_one_port.children()) == 2
    killed.kill()
    killed.wait(5)
    wait_until(lambda: all(map(answers, pages_on_one_port(environment))))
    a_signal_ends_every_process(on_one_port, signal.SIGTERM)


def test_killing_the_supervisor_leaves_nothing_running(running: psutil.Process):
    everything = running.children(recursive=True)
    running.kill()
    running.wait(5)
    _, alive = psutil.wait_procs(everything, timeout=10)
    assert alive == []


def test_a_port_in_use_is_named_with_its_setting(environment: dict[str, str]):
    with socket.create_server(("127.0.0.1", int(environment["CONSOLE_PORT"]))):
        ended = certs(environment, "up")
    assert ended.returncode != 0
    assert f"CONSOLE_PORT: port {environment['CONSOLE_PORT']} is in use" in ended.stderr


@pytest.mark.parametrize("host", ["nonsense.invalid", "a..b", "192.0.2.1", "2001:db8::1"])
def test_an_address_that_the_machine_lacks_is_no_port_in_use(
    environment: dict[str, str], host: str
):
    ended = certs(environment | {"HOST": host}, "up")
    assert ended.returncode != 0
    assert ended.stderr == "certs: HOST: this machine has no such address\n"


def has_ipv6() -> bool:
    with contextlib.suppress(OSError), socket.create_server(("::1", 0), family=socket.AF_INET6):
        return True
    return False


def test_the_services_listen_on_all_of_ipv6_where_they_say_or_say_that_there_is_none(
    environment: dict[str, str],
):
    # The network's proxy, if there is one, has no part in it.
    proxy = {"HTTP_PROXY": "http://127.0.0.1:9"}
    variables = environment | proxy | {"HOST": "::", "PYTHONUNBUFFERED": "1"}
    if not has_ipv6():
        assert certs(variables, "up").stderr == "certs: HOST: this machine has no such address\n"
        return
    process = subprocess.Popen(
        [CERTS, "up"], env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        said = itertools.takewhile(lambda line: "Ctrl-C" not in line, process.stdout)
        printed = [line.split()[-1] for line in said if "http" in line]
        assert len(printed) == 2
        assert all(map(answers, printed))
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.mark.parametrize(
    ("name", "value"),
    [("API_PORT", "eighty"), ("DATABASE_URL", "mysql://x"), ("PUBLIC_URL", "example.org")],
)
def test_a_wrong_setting_is_named_without_a_traceback(
    environment: dict[str, str], name: str, value: str
):
    ended = certs(environment | {name: value}, "migrate")
    assert ended.returncode != 0
    assert name in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_database_that_is_away_is_said_without_a_traceback(environment: dict[str, str]):
    address = f"postgresql+psycopg://nobody@127.0.0.1:{free_port()}/nothing"
    ended = certs(environment | {"DATABASE_URL": address}, "migrate")
    assert ended.returncode != 0
    assert "the database does not answer" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_owners_token_is_shown_once_and_stands_in_no_log(environment: dict[str, str]):
    environment["ADMIN_TOKEN"] = ""
    started = certs(environment, "migrate")
    file = Path(environment["DATA_DIR"]) / "owner-token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    token = file.read_text()
    assert token not in started.stdout + started.stderr
    assert "certs owner-token" in started.stdout
    assert certs(environment, "owner-token").stdout.strip() == token
    assert not file.exists()
    again = certs(environment, "owner-token")
    assert (again.returncode, again.stdout) == (1, "")
    assert "shown before" in again.stderr
    assert certs(environment, "migrate").stdout == ""


def test_everything_in_the_foreground_shows_the_owners_token_and_can_be_ended(
    environment: dict[str, str],
):
    variables = environment | {"ADMIN_TOKEN": "", "PYTHONUNBUFFERED": "1"}
    process = psutil.Popen(
        [CERTS, "up"], env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert any("The owner's token, shown only now:" in line for line in process.stdout)
        assert not (Path(environment["DATA_DIR"]) / "owner-token").exists()
        wait_until(lambda: len(process.children()) == 3)
        a_signal_ends_every_process(process, signal.SIGTERM)
    finally:
        if process.is_running():
            process.kill()
        process.communicate(timeout=10)


def test_the_doctor_says_that_no_worker_is_running(environment: dict[str, str]):
    ended = certs(environment, "doctor")
    assert ended.returncode == 1
    assert "none is running" in ended.stdout
