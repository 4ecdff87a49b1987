"""Attackers at once, while others look, type and submit, and mails leave."""

import itertools
import math
import os
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from sqlalchemy import select
from websockets.exceptions import WebSocketException

from shared.access.roles import Role
from shared.destinations import ANYWHERE
from shared.events.settings import create_event
from shared.features.returned_mail.mailbox import MailboxChange, set_mailbox
from shared.mail.kinds.certificate import CERTIFICATE
from shared.mail.queue import hold
from shared.storage.models import Event, Mail, MailState, Security, Volunteer
from tests.faults.attackers import ATTACKERS, Target, attack, returned_mails
from tests.faults.scene import LOOPBACK, Scene
from tests.support import factories
from tests.support.begun import begin, end
from tests.support.carriers import small_photo
from tests.support.colleagues import join
from tests.support.console_server import free_port
from tests.support.imap_server import ImapServer, trust
from tests.support.mailing import invite, send_through, wait_until
from tests.support.processes import fresh_process, in_processes
from tests.support.raw_tabs import cookie_of, look, runs_of, tab
from tests.support.services import answers
from tests.support.smtp_sink import Fault, SmtpSink, Step

# Who looks, types and submits at the same time.
PEOPLE = 20
_ON_ITS_WAY = (MailState.QUEUED, MailState.SENDING)


@dataclass
class Experience:
    """What people of the other event have seen; `seconds` of each answer, shortest first."""

    seconds: list[float]
    # The longest of each path.
    longest: dict[str, float]
    # Answers of 500 and more, by what was asked and the status; 0: there was none.
    faults: Counter[str]
    # How many mails arrived, and how many of those that had to did not.
    mails: int
    lost: int
    # Of each service with the processes in which it reads files, in MB.
    memory: dict[str, float]
    # How often a service was started again.
    ends: int

    @property
    def nearly_all_within(self) -> float:
        """The seconds within which 99 % of the answers came."""
        return self.seconds[math.ceil(len(self.seconds) * 0.99) - 1]


def under_attack(
    folder: Path,
    database_url: str,
    seconds: float,
    mails: int,
    attackers: Sequence[str] = tuple(ATTACKERS),
) -> Experience:
    """Those attackers, a mail server that lies, and a mailbox full of what takes long to read."""

    def think(step: Step) -> None:
        # So that the mails leave by four connections during the whole time.
        if step.phase == "content":
            time.sleep(3 * seconds / mails)

    def lie(step: Step) -> Fault | None:
        return random.choice((Fault.ENDLESS, Fault.DRIP)) if step.phase == "ehlo" else None

    with ExitStack() as stack:
        sink, liar = stack.enter_context(SmtpSink(think)), stack.enter_context(SmtpSink(lie))
        mailbox = stack.enter_context(ImapServer())
        trust(mailbox, folder, stack.enter_context(pytest.MonkeyPatch.context()))
        scene = Scene(folder, database_url, sink, 0, timeout=5)
        factories.design(scene.database, scene.event_id, factories.sample_picture())
        invite(scene.installation, scene.event_id, mails)
        api, console = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        enemies = [_enemy(scene, name, api, console) for name in (*attackers, "liar")]
        _lend(scene, enemies[-1].event_id, liar, mailbox)
        running = Running(stack.enter_context(served(scene, api, console)))
        stop = threading.Event()
        stack.callback(stop.set)
        threading.Thread(target=running.watch, args=(stop,), daemon=True).start()
        pressing = (scene, enemies[-1].event_id, mailbox, stop)
        threading.Thread(target=_press, args=pressing, daemon=True).start()
        for name, enemy in zip(attackers, enemies, strict=False):
            process = fresh_process(attack, name, enemy)
            process.start()
            stack.callback(process.kill)
        with scene.database.reading() as session:
            sealed = session.scalars(
                select(Volunteer.token).where(Volunteer.event_id == scene.event_id)
            ).all()
        links = [scene.installation.seal.open_token(token) for token in sealed if token]
        organizer = join(scene.database, scene.event_id, "Organizer", Role.ORGANIZER)
        taking_part = (api, links, seconds, console, organizer)
        ((seen, submitted),) = in_processes(_take_part, [taking_part])
        with suppress(AssertionError):  # What has not left by then is lost.
            wait_until(lambda: _have_left(scene), 300 + seconds)
        stop.set()
        lost = _lost(scene, submitted)
        scene.database.close()
    return Experience(
        seconds=sorted(took for took, *_ in seen),
        longest={path: took for took, path, _ in sorted(seen)},
        faults=Counter(f"{path} {status}" for _, path, status in seen if not 0 < status < 500),
        mails=len(sink.received),
        lost=lost,
        memory=running.memory,
        ends=running.ends,
    )


# The attackers' side


def _enemy(scene: Scene, name: str, api: str, console: str) -> Target:
    with scene.database.writing() as session:
        event, token = create_event(session, name=name, language="en")
    factories.design(scene.database, event.id)
    factories.add(scene.database, event.id, "enemy@example.org")
    (link,) = factories.invite(scene.installation, event.id).values()
    viewer = join(scene.database, event.id, "Viewer", Role.VIEWER)
    return Target(api, console, event.id, token, viewer, link)


def _lend(scene: Scene, event_id: int, liar: SmtpSink, mailbox: ImapServer) -> None:
    """The event sends by a server that lies, and has what comes back read from a mailbox."""
    change = MailboxChange("127.0.0.1", mailbox.port, Security.TLS, mailbox.user, mailbox.password)
    with scene.database.writing() as session:
        event = session.get_one(Event, event_id)
        send_through(session, event, liar, username="liar@example.org")
        set_mailbox(session, scene.installation.seal, event, change, ANYWHERE)


def _press(scene: Scene, liars: int, mailbox: ImapServer, stop: threading.Event) -> None:
    """An organizer who has the lying server asked again, and mails that come back."""
    coming = returned_mails()
    while not stop.wait(2):
        mailbox.put(*itertools.islice(coming, 20))
        with scene.database.writing() as session:
            hold.resume(session.get_one(Event, liars))


# The services


@contextmanager
def served(scene: Scene, api: str, console: str) -> Iterator[psutil.Process]:
    """`certs up` as an owner starts it."""
    environment = {
        **os.environ,
        "DATA_DIR": str(scene.settings.data_dir),
        "DATABASE_URL": scene.settings.database_url,
        "ADMIN_TOKEN": "owner-token-of-the-faults",
        "API_PORT": api.rpartition(":")[2],
        "CONSOLE_PORT": console.rpartition(":")[2],
        "PUBLIC_URL": api,
        "MAIL_TIMEOUT": "5",
        "MAILBOX_INTERVAL": "5",
        "TRUSTED_NETWORKS": LOOPBACK,
        # So that some come from other networks than others.
        "TRUSTED_PROXIES": "127.0.0.1",
        "LOG_LEVEL": "ERROR",
    }
    process = begin(["up"], environment)
    try:
        wait_until(lambda: answers(f"{api}/health") and answers(f"{console}/_stcore/health"), 60)
        yield psutil.Process(process.pid)
    finally:
        end(process)


class Running:
    """The memory that each service takes, and took at most, and how often one was started again."""

    def __init__(self, supervisor: psutil.Process) -> None:
        self.memory: dict[str, float] = {}
        self.now: dict[str, float] = {}
        # Of all together, at one look.
        self.most = 0.0
        self._supervisor = supervisor
        self._seen: set[int] = set()
        self.ends = -3

    def watch(self, stop: threading.Event) -> None:
        while not stop.is_set():
            self.look()
            stop.wait(1)

    def look(self) -> None:
        for service in self._supervisor.children():
            with suppress(psutil.Error):
                self._weigh(service)
        self.most = max(self.most, sum(self.now.values()))

    def service(self, name: str) -> psutil.Process:
        return next(one for one in self._supervisor.children() if one.cmdline()[-1] == name)

    def _weigh(self, service: psutil.Process) -> None:
        name = service.cmdline()[-1]
        family = [service, *service.children(recursive=True)]
        if service.pid not in self._seen:
            self._seen.add(service.pid)
            self.ends += 1
        taken = sum(map(_own_memory, family)) / 1e6
        self.now[name] = taken
        self.memory[name] = max(taken, self.memory.get(name, 0))


def _own_memory(process: psutil.Process) -> int:
    """Octets that are no copy of a file: SQLite maps the database, which the system lets go of."""
    with suppress(OSError):
        rollup = Path(f"/proc/{process.pid}/smaps_rollup").read_text("ascii")
        return 1024 * sum(map(int, re.findall(r"Pss_(?:Anon|Shmem): +(\d+)", rollup)))
    return 0


# The people of the other event


def _take_part(
    api: str, links: list[str], seconds: float, console: str, organizer: str
) -> tuple[list[tuple[float, str, int]], int]:
    """How long each answer took, to what, with its status; and how many names were taken.

    `organizer`: the key of one who looks at the event's screens meanwhile.
    """
    until, people = time.monotonic() + seconds, iter(links)
    seen: list[tuple[float, str, int]] = []
    submitted: list[str] = []

    def ask(client: httpx.Client, method: str, path: str, **more: Any) -> httpx.Response | None:
        before = time.monotonic()
        answer = None
        with suppress(httpx.HTTPError):
            answer = client.request(method, path, **more)
        seen.append((time.monotonic() - before, path, 0 if answer is None else answer.status_code))
        time.sleep(random.uniform(0.3, 1))
        return answer

    def one_after_the_other() -> None:
        with httpx.Client(base_url=api, timeout=60, verify=False) as client:
            for link in itertools.chain(iter(lambda: next(people, ""), ""), itertools.cycle(links)):
                ask(client, "GET", "/certificate", params={"token": link})
                ask(client, "GET", "/api/getUserInfo", params={"token": link})
                for name in ("Ana", "Ana Li", "Ana Lima"):
                    ask(client, "POST", "/api/preview", json={"token": link, "name": name})
                    if time.monotonic() > until:
                        return
                if link not in submitted:
                    body = {"token": link, "name": "Ana Lima"}
                    answer = ask(client, "POST", "/api/submitUserInfo", json=body)
                    if answer is not None and answer.is_success and answer.json()["code"] == 0:
                        submitted.append(link)

    threads = [threading.Thread(target=one_after_the_other) for _ in range(PEOPLE)]
    looks = (console, organizer, until, seen)
    threads.append(threading.Thread(target=_look_at_screens, args=looks))
    threads += [
        threading.Thread(target=_verify, args=(api, f"198.51.100.{number}", until, seen))
        for number in (1, 2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen, len(submitted)


def _verify(api: str, network: str, until: float, seen: list[tuple[float, str, int]]) -> None:
    """Somebody in a network of their own, who is shown certificates on paper."""
    photo = small_photo("https://elsewhere.example/", 0, 0)
    came = {"X-Forwarded-For": network}
    # The certificates that this process trusts may be gone, see `attackers.attack`.
    with httpx.Client(base_url=api, timeout=60, headers=came, verify=False) as client:
        while time.monotonic() < until:
            before, status = time.monotonic(), 0
            with suppress(httpx.HTTPError):
                sent = {"file": ("photo.jpg", photo)}
                status = client.post("/verify/file", files=sent).status_code
            seen.append((time.monotonic() - before, "/verify/file", status))
            time.sleep(random.uniform(3, 6))


def _look_at_screens(
    console: str, organizer: str, until: float, seen: list[tuple[float, str, int]]
) -> None:
    cookie = cookie_of(console, organizer)
    while time.monotonic() < until:
        before, end = time.monotonic(), ""
        with suppress(OSError, WebSocketException), tab(console, cookie) as connection:
            connection.send(look())
            end = next(runs_of(connection), "")
        status = 200 if end == "FINISHED_SUCCESSFULLY" else 0
        seen.append((time.monotonic() - before, "screen", status))
        time.sleep(random.uniform(0.3, 1))


def _have_left(scene: Scene) -> bool:
    time.sleep(0.5)
    return not any(mail.state in _ON_ITS_WAY for mail in _mails(scene))


def _lost(scene: Scene, submitted: int) -> int:
    """Mails that have not left, or are said to have and did not arrive, and certificates without a
    mail. Who submits a name before the invitation has left gets none, which is as it should be."""
    arrived = Counter(scene.sink.recipients())
    mails = _mails(scene)
    sent = Counter(mail.address for mail in mails if mail.state is MailState.SENT)
    certificates = sum(mail.kind == CERTIFICATE.name for mail in mails)
    return (
        sum(mail.state in _ON_ITS_WAY for mail in mails)
        + (sent - arrived).total()
        + max(0, submitted - certificates)
    )


def _mails(scene: Scene) -> Sequence[Mail]:
    with scene.database.reading() as session:
        return session.scalars(select(Mail).where(Mail.event_id == scene.event_id)).all()
