"""Visitors of a real API: scanners, equal submits, huge bodies, those who ask for others' links."""

import itertools
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection, func, select, update

from shared.events.installation import Installation
from shared.events.opening import open_installation
from shared.events.settings import create_event
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.kinds.invitation import LINK_REQUEST
from shared.storage.models import Base, Certificate, Mail, Status, Volunteer
from tests.support import factories
from tests.support.begun import begin, end
from tests.support.console_server import free_port
from tests.support.mailing import wait_until
from tests.support.processes import at_once, plain_settings
from tests.support.uploads import bomb

_OWNER = "owner-token-of-the-faults"
_CALLS = ("submitUserInfo", "addUserData", "updateOrgConfig", "email", "preview", "uploadImage")
_PIECE = b"x" * 100_000


@dataclass
class Site:
    """An API process with one person, who was invited to a certificate with a picture."""

    installation: Installation
    token: str
    client: httpx.Client
    process: BaseProcess

    def submit(self, name: str) -> dict[str, Any]:
        body = {"token": self.token, "name": name}
        return dict(self.client.post("/api/submitUserInfo", json=body).json())

    def upload(self, picture: bytes, token: str) -> int:
        """The code of the answer."""
        files = {"template": ("template.png", picture)}
        answer = self.client.post("/api/uploadImage", headers={"Token": token}, files=files)
        return int(answer.json()["code"])

    def contents(self) -> dict[str, list[Any]]:
        """Every row of every table."""
        with self.installation.database.reading() as session:
            return _contents(session.connection())

    def begin_peak(self) -> float:
        """From now on the highest use of memory counts; what is in use now, in MB."""
        # Linux: proc(5), clear_refs.
        Path(f"/proc/{self.process.pid}/clear_refs").write_text("5")
        return self.peak_memory()

    def peak_memory(self) -> float:
        """The most that the API's process had in memory, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024


def _contents(connection: Connection) -> dict[str, list[Any]]:
    return {
        table.name: sorted(map(repr, connection.execute(select(table))))
        for table in Base.metadata.sorted_tables
    }


@contextmanager
def site(folder: Path, database_url: str) -> Iterator[Site]:
    settings = plain_settings(database_url, folder / "data", admin_token=_OWNER)
    installation = open_installation(settings)
    # The default event, on which the owner's token acts.
    factories.design(installation.database, 1)
    factories.add(installation.database, 1, "ana@example.org")
    (token,) = factories.invite(installation, 1).values()
    port = free_port()
    environment = {
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": database_url,
        "ADMIN_TOKEN": _OWNER,
        "API_PORT": str(port),
        "TRUSTED_PROXIES": "127.0.0.1",
        "LOG_LEVEL": "ERROR",
    }
    process = begin(["api"], environment)
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            wait_until(lambda: _answers(client))
            yield Site(installation, token, client, process)
    finally:
        end(process)
        installation.database.close()


def _answers(client: httpx.Client) -> bool:
    try:
        return client.get("/health").is_success
    except httpx.TransportError:
        return False


def scanners(folder: Path, database_url: str, requests: int) -> int:
    """Mail scanners open a link by GET and HEAD: how many rows that changed; then it must work."""
    with site(folder, database_url) as visited:
        before = visited.contents()
        for number in range(requests):
            method = ("GET", "HEAD")[number % 2]
            answer = visited.client.request(method, "/certificate", params={"token": visited.token})
            assert answer.status_code == 200, answer.text
        after = visited.contents()
        changed = sum(rows != after[table] for table, rows in before.items())
        assert visited.submit("Ana Lima")["code"] == 0
        return changed


def equal_submits(folder: Path, database_url: str, times: int) -> tuple[int, int, int]:
    """Of one submit, sent so often at once: how many certificates, mails and different answers."""
    with site(folder, database_url) as visited:
        answers = at_once(lambda: visited.submit("Ana Lima"), times)
        assert answers[0]["code"] == 0
        with visited.installation.database.reading() as session:
            certificates = session.scalars(select(Certificate)).all()
            mails = session.scalars(select(Mail).where(Mail.kind == CERTIFICATE.name)).all()
        return len(certificates), len(mails), len({str(answer) for answer in answers})


def large_bodies(folder: Path, database_url: str, megabytes: int) -> tuple[int, float]:
    """Bodies of so many MB, bombs, strangers' uploads: how many were refused, the memory's growth.

    Raises AssertionError for what was not refused.
    """
    with site(folder, database_url) as visited:
        # What is loaded once, and what a picture of usual size takes.
        assert visited.upload(factories.small_picture(size=(3508, 2480)), _OWNER) == 0
        before = visited.begin_peak()
        refused = 0
        for call in _CALLS:
            for says_its_length in (False, True):
                assert _send_body(visited, call, megabytes, says_its_length) in (413, None), call
                refused += 1
        for width, height in ((10_000, 10_000), (65_000, 65_000)):
            assert visited.upload(bomb(width, height), _OWNER) == 4
            assert visited.upload(bomb(width, height), "a stranger") == 2
            refused += 2
        assert visited.client.get("/health").is_success
        return refused, visited.peak_memory() - before


def told_by_the_next_request(folder: Path, database_url: str, addresses: int) -> float:
    """Somebody asks for the links of so many addresses on lists and as many others, each from
    another network, and looks how long their own next submit takes.

    The chance that it takes longer for one on a list than for one that is not (AUC): 0.5 tells
    nothing.
    """
    with site(folder, database_url) as visited:
        known = _invited_elsewhere(visited.installation, addresses)
        asked = [*known, *(f"nobody{number}@example.net" for number in range(addresses))]
        random.Random(1).shuffle(asked)
        took: dict[bool, list[float]] = {True: [], False: []}
        visited.submit("Ana Lima")
        for number, address in enumerate(asked):
            network = {"X-Forwarded-For": f"11.{number // 250}.{number % 250}.1"}
            answer = visited.client.post(
                "/personal-link", data={"address": address}, headers=network
            )
            assert answer.status_code == 303
            began = time.perf_counter()
            assert visited.submit("Ana Lima")["code"] == 0
            took[address in known].append(time.perf_counter() - began)
        # All of them were looked up meanwhile or will be; nobody was spared.
        wait_until(lambda: _count_requested(visited.installation) == addresses, 60)
    pairs = itertools.product(took[True], took[False])
    return sum((on > off) + (on == off) / 2 for on, off in pairs) / addresses**2


def _invited_elsewhere(installation: Installation, count: int) -> set[str]:
    """Addresses in events of 50 people: an event mails 60 links an hour."""
    known = set()
    for first in range(0, count, 50):
        with installation.database.writing() as session:
            event, _ = create_event(session, name=f"Event {first}", language="en")
            event_id = event.id
        factories.design(installation.database, event_id)
        people = [f"known{number}@example.org" for number in range(first, min(first + 50, count))]
        factories.add(installation.database, event_id, "\n".join(people))
        factories.invite(installation, event_id)
        known.update(people)
    with installation.database.writing() as session:
        session.execute(update(Volunteer).values(status=Status.INVITED))
    return known


def _count_requested(installation: Installation) -> int:
    with installation.database.reading() as session:
        requested = select(func.count()).where(Mail.kind == LINK_REQUEST.name)
        return session.scalars(requested).one()


def _send_body(visited: Site, call: str, megabytes: int, says_its_length: bool) -> int | None:
    """The status of the answer; None when the connection was closed on the sender."""
    headers = {"Token": _OWNER, "Content-Type": "multipart/form-data; boundary=x"}
    head = b'--x\r\nContent-Disposition: form-data; name="template"; filename="x.png"\r\n\r\n'
    pieces = megabytes * 1_000_000 // len(_PIECE)
    if says_its_length:
        headers["Content-Length"] = str(len(head) + pieces * len(_PIECE))
    body = itertools.chain([head], itertools.repeat(_PIECE, pieces))
    try:
        return visited.client.post(f"/api/{call}", content=body, headers=headers).status_code
    except httpx.TransportError:
        return None
