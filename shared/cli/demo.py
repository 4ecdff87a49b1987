"""`certs demo`: each organizer's story, unattended, with the real API, worker and mailbox."""

import os
import re
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from shared import events
from shared.acts.sample_event import SampleEvent, make
from shared.acts.send import send
from shared.certificates.issuing.drawing import read_rehearsed
from shared.cli.supervisor import answers, program
from shared.events.installation import Installation
from shared.events.naming import end_of_check
from shared.events.opening import open_installation
from shared.language import translate
from shared.mail import rehearsal
from shared.settings import Settings
from shared.storage.models import Naming, RehearsalMail, Status, Volunteer, now
from shared.storage.private_files import private_folder, write_private
from shared.volunteers.lists.column_mapping import EMAIL, NAME
from shared.volunteers.lists.list_line import Values
from shared.volunteers.people.progress import STATUS_NAMES

NAMES = (
    "王小明", "欧阳娜娜", "𠮷田太郎", "さくら 山本", "김민준", "Ana María Núñez",
    "Zoë Brontë-O’Neill", "Nguyễn Thị Phượng", "Łukasz Żółkiewski", "Дмитрий Шостакович",
    "Ελένη Παπαδοπούλου", "محمد عبد الله", "فرهاد مهدوی", "שָׁלוֹם כֹּהֵן", "प्रिया शर्मा",
    "রবীন্দ্রনাথ ঠাকুর", "தமிழ்ச்செல்வி", "ณัฐวุฒิ ปิ่นเกล้า", "សុខ សុភា", "မောင်မောင်",
    "ნინო ქავთარაძე", "Անահիտ Սարգսյան", "አበበ ቢቂላ", "José 吉田 محمد",
    "Maximiliane Alexandra von und zu Hohenstein-Wallersdorf",
)  # fmt: skip
# Names of people who are listed under another name, and correct it.
_LISTED_AS = {"Maximiliane Alexandra von und zu Hohenstein-Wallersdorf": "Maxi Hohenstein"}
_A_WEEK = timedelta(days=7)
_PATIENCE = 100.0


@dataclass(frozen=True)
class _Story:
    """An organizer's starting point: who decides the names, and each person's name by address."""

    title: str
    naming: Naming
    people: dict[str, str]

    def entries(self) -> list[str | Values]:
        """Return the list, with names if the organizer knows them."""
        if self.naming is Naming.ASK:
            return list(self.people)
        return [
            {EMAIL: address, NAME: _LISTED_AS.get(name, name)}
            for address, name in self.people.items()
        ]

    def entered(self) -> dict[str, str]:
        """Return the names, by address, that people enter on the page behind their link."""
        return {
            address: name
            for address, name in self.people.items()
            if self.naming is Naming.ASK or name in _LISTED_AS
        }


def _people(first: int, last: int) -> dict[str, str]:
    return {f"volunteer{i}@example.org": NAMES[i - 1] for i in range(first, last + 1)}


_STORIES = (
    _Story("Ask everybody for their name", Naming.ASK, _people(1, 9)),
    _Story("Names known: mail now", Naming.ISSUE, _people(10, 17)),
    _Story("Names known: check first", Naming.CHECK, _people(18, 25)),
)
# The stories, by the ids of their events.
_Played = dict[int, _Story]


def run_demo(settings: Settings) -> int:
    """Run the demo; return 0 only if every certificate is in the rehearsal mailbox."""
    installation = open_installation(settings)
    played = {_set_up(installation, story): story for story in _STORIES}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    print("Sending to 25 volunteers in three events …", flush=True)
    with _service("worker", port), _service("api", port):
        _wait(lambda: answers(f"http://127.0.0.1:{port}/health"), "the API")
        mailed = _play(installation, played, port)
    paths = _save_certificates(installation, played)
    _print_table(installation, played, paths)
    installation.database.close()
    return 0 if mailed and len(paths) == len(NAMES) else 1


def _set_up(installation: Installation, story: _Story) -> int:
    """Make an event with its certificate and its list, and return its id."""
    settings = installation.settings
    wanted = SampleEvent(
        # The name has the time, to tell runs apart; the sheet does not print it.
        name=f"Demo {now():%Y-%m-%d %H:%M:%S}: {story.title}",
        organization="Harbour Friends",
        entries=story.entries(),
        naming=story.naming,
        on_sheet="Harbour Run",
        until=now().date() + _A_WEEK,
    )
    return make(installation, wanted, settings.default_language, settings.home_zone)


def _play(installation: Installation, played: _Played, port: int) -> bool:
    """Play all stories at once, from sending to the last certificate; return whether all were
    mailed."""
    for event_id in played:
        send(installation, event_id)

    def reached(event_id: int) -> set[str]:
        return {mail.recipient for mail in _mails(installation, event_id)}

    def all_reached() -> bool:
        return all(reached(event) >= story.people.keys() for event, story in played.items())

    _wait(all_reached, "the first mail to everybody")
    print("Some open their links: to say their names, or to correct them …", flush=True)
    for event_id, story in played.items():
        # Let each person open the link in their mail.
        links = {
            mail.recipient: rehearsal.parse(installation.seal, mail).link
            for mail in _mails(installation, event_id)
        }
        for address, name in story.entered().items():
            body = {"token": parse_qs(urlsplit(links[address]).query)["token"][0], "name": name}
            url = f"http://127.0.0.1:{port}/api/submitUserInfo"
            answer = httpx2.post(url, json=body, timeout=30, trust_env=False).json()
            if answer["code"] != 0:
                print(f"  {name}: {answer['message']}", flush=True)
    print("The day until which names could be checked is over …", flush=True)
    for event_id, story in played.items():
        if story.naming is Naming.CHECK:
            # Move the last day into the past instead of waiting for a week. The
            # worker issues by itself, as always.
            with installation.database.writing() as session:
                event = events.event_for_change(session, event_id)
                event.names_until = now().date() - _A_WEEK
                event.issue_at = end_of_check(event)

    def all_mailed() -> bool:
        of_demo = select(Volunteer.status).where(Volunteer.event_id.in_(played))
        with installation.database.reading() as session:
            return all(status == Status.MAILED for status in session.scalars(of_demo))

    return _wait(all_mailed, "the certificates")


@contextmanager
def _service(name: str, port: int) -> Iterator[None]:
    """Run one of our services while the block lasts, beside any that already run."""
    environment = os.environ | {"API_PORT": str(port), "LOG_LEVEL": "WARNING"}
    process = subprocess.Popen([*program(), name], env=environment, start_new_session=True)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _save_certificates(installation: Installation, played: _Played) -> dict[str, Path]:
    """Write mailed files into a folder for each event; return the pictures' paths by recipient."""
    paths: dict[str, Path] = {}
    for event_id in played:
        folder = installation.settings.data_dir / "demo" / str(event_id)
        private_folder(folder.parent)
        private_folder(folder)
        for mail in _mails(installation, event_id):
            with installation.database.reading() as session:
                read = read_rehearsed(session, installation.settings, installation.seal, mail)
            for attachment in read.attachments:
                number = int(re.sub(r"\D", "", mail.recipient))
                file = folder / f"{number:02d}{Path(attachment.name).suffix}"
                # The picture comes first, a PDF after it.
                paths.setdefault(mail.recipient, file)
                write_private(file, attachment.content)
    return paths


def _print_table(installation: Installation, played: _Played, paths: dict[str, Path]) -> None:
    table = Table("Story", "Number", "Address", "Name", "Status", "Certificate", title="Demo")
    with installation.database.reading() as session:
        for event_id, story in played.items():
            of_event = select(Volunteer).where(Volunteer.event_id == event_id)
            for row in session.scalars(of_event.order_by(Volunteer.id)).all():
                status = f"{row.status.value} {translate(STATUS_NAMES[row.status], 'en')}"
                path = str(paths.get(row.email, "–"))
                table.add_row(story.title, row.number, row.email, row.name, status, path)
            table.add_section()
    # Wider than any line, so that paths stay whole for copying in a narrow terminal.
    Console(width=1000).print(table)
    print(f"{len(paths)} of {len(NAMES)} certificates arrived in the rehearsal mailbox.")


def _mails(installation: Installation, event_id: int) -> list[RehearsalMail]:
    with installation.database.reading() as session:
        return rehearsal.mailbox(session, event_id, page_size=1000)


def _wait(is_done: Callable[[], bool], what: str) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while not is_done():
        if time.monotonic() > deadline:
            print(f"Waited {_PATIENCE:.0f} s for {what} in vain.", flush=True)
            return False
        time.sleep(0.2)
    return True
