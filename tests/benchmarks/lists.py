"""Large lists: looking one person up, adding, queueing, watching — beside one JSON file."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from shared import events
from shared.certificates.issuing import submission
from shared.certificates.issuing.current import current_certificate
from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.settings import Settings
from shared.storage.models import Event, Volunteer
from shared.storage.sealing.tokens import new_token
from shared.volunteers.people import progress, roster
from shared.volunteers.people.listing import Listing
from tests.benchmarks import reading
from tests.benchmarks.table import Line, median_ms
from tests.support.acting import queue_invitations
from tests.support.lists import read_call

MANY, NAIVE, FEW = 100_000, 10_000, 100


def measure() -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        small, _, _ = _filled(Path(folder) / "small", FEW)
        large, adding, queueing = _filled(Path(folder) / "large", MANY)
        naive = _naive_file(Path(folder) / "data.json", NAIVE)
        lookup_large, lookup_small = _lookup(large), _lookup(small)
        # Each against the other, in turns, so that a busy machine disturbs both alike.
        ours = median_ms(lookup_large, 300)
        few = median_ms(lookup_small, 300)
        file = median_ms(naive, 20)
        page, counts = median_ms(_page(large), 20), median_ms(_counts(large), 20)
        return [
            Line(
                f"getUserInfo at {MANY} (naive: file of {NAIVE})", ours, file, "≥ 20×",
                file / ours >= 20,
            ),
            Line(f"getUserInfo at {MANY} against {FEW}", ours, few, "≥ 0.7×", few / ours >= 0.7),
            Line(f"adding {MANY} addresses", adding, None, "< 10 s", adding < 10_000),
            Line(f"queueing {MANY} invitations", queueing, None, "< 3 s", queueing < 3_000),
            Line(f"table page with search at {MANY}", page, None, "< 300 ms", page < 300),
            Line(f"counts of the live page at {MANY}", counts, None, "< 50 ms", counts < 50),
            *reading.measure(small, MANY),
            _start_up(Path(folder) / "start"),
        ]  # fmt: skip


def _filled(folder: Path, count: int) -> tuple[Installation, float, float]:
    """An installation with `count` invited people, and how long adding and queueing took."""
    installation = open_installation(
        Settings(
            _env_file=None, data_dir=folder, database_url="", admin_token="token-of-the-benchmark"
        )
    )
    text = "\n".join(f"volunteer{number}@example.org" for number in range(count))
    start = time.perf_counter()
    with installation.database.writing() as session:
        event, _ = create_event(session, name="Benchmark")
        roster.add_volunteers(session, event, read_call(text))
    added = time.perf_counter()
    with installation.database.writing() as session:
        event = events.event_for_change(session, event.id)
        assert queue_invitations(session, installation.seal, event) == count
    queued = time.perf_counter()
    return installation, (added - start) * 1000, (queued - added) * 1000


def _lookup(installation: Installation):
    """What getUserInfo does, without HTTP, for one person in the middle of the list."""
    with installation.database.reading() as session:
        ids = session.query(Volunteer.token).order_by(Volunteer.id).all()
    token = installation.seal.open_token(ids[len(ids) // 2][0])

    def look_up() -> object:
        with installation.database.reading() as session:
            volunteer = submission.find_volunteer(session, installation.seal, token)
            return volunteer.email, current_certificate(session, volunteer)

    return look_up


def _naive_file(path: Path, count: int):
    """The way of a program that keeps everything in one JSON file."""
    people = [
        {"id": n, "token": new_token(), "name": "", "email": f"v{n}@example.org",
         "number": f"{n:06d}", "status": 1}
        for n in range(count)
    ]  # fmt: skip
    path.write_text(json.dumps(people))
    token = people[count // 2]["token"]

    def look_up() -> object:
        everybody = json.loads(path.read_text())
        person = next(person for person in everybody if person["token"] == token)
        path.write_text(json.dumps(everybody))
        return person

    return look_up


def _page(installation: Installation):
    def show() -> None:
        with installation.database.reading() as session:
            event = session.get_one(Event, 2)
            progress.event_progress(session, event)
            Listing(session, event, search="volunteer999").page(2)

    return show


def _counts(installation: Installation):
    def show() -> None:
        with installation.database.reading() as session:
            progress.event_progress(session, session.get_one(Event, 2))

    return show


def _start_up(folder: Path) -> Line:
    """`certs up` (what `make up` calls) until API and console answer."""
    ports = [_free_port(), _free_port()]
    environment = os.environ | {
        "DATA_DIR": str(folder), "API_PORT": str(ports[0]), "CONSOLE_PORT": str(ports[1]),
        "ADMIN_TOKEN": "token-of-the-benchmark", "DATABASE_URL": "",
    }  # fmt: skip
    start = time.perf_counter()
    command = [str(Path(sys.executable).with_name("certs")), "up"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        pages = [(ports[0], "/health"), (ports[1], "/_stcore/health")]
        while not all(_answers(*page) for page in pages) and time.perf_counter() - start < 60:
            time.sleep(0.05)
        duration = (time.perf_counter() - start) * 1000
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(10)
    return Line("certs up until healthy, warm", duration, None, "< 5 s", duration < 5_000)


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
