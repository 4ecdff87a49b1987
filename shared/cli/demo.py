"""`certs demo`: the whole job, unattended, through the real API, worker and rehearsal mailbox."""

import json
import os
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from shared import events
from shared.certificates import designs
from shared.cli.supervisor import program
from shared.events.installation import Installation, open_installation
from shared.language import preferred_language, translate
from shared.mail.queue import invitations
from shared.mail.rehearsal import mailbox
from shared.rendering.sample import draw_sample_template
from shared.settings import Settings
from shared.storage.models import Event, RehearsalMail, Status, Volunteer, now
from shared.storage.private_files import private_folder, write_private
from shared.volunteers import list_parser, roster
from shared.volunteers.progress import STATUS_NAMES

NAMES = (
    "王小明", "欧阳娜娜", "𠮷田太郎", "さくら 山本", "김민준", "Ana María Núñez",
    "Zoë Brontë-O’Neill", "Nguyễn Thị Phượng", "Łukasz Żółkiewski", "Дмитрий Шостакович",
    "Ελένη Παπαδοπούλου", "محمد عبد الله", "فرهاد مهدوی", "שָׁלוֹם כֹּהֵן", "प्रिया शर्मा",
    "রবীন্দ্রনাথ ঠাকুর", "தமிழ்ச்செல்வி", "ณัฐวุฒิ ปิ่นเกล้า", "សុខ សុភា", "မောင်မောင်",
    "ნინო ქავთარაძე", "Անահիտ Սարգսյան", "አበበ ቢቂላ", "José 吉田 محمد",
    "Maximiliane Alexandra von und zu Hohenstein-Wallersdorf",
)  # fmt: skip
_PATIENCE = 120.0


def run_demo(settings: Settings) -> int:
    """Returns 0 only if every certificate lies in the rehearsal mailbox."""
    installation = open_installation(settings)
    event_id = _set_up(installation)
    port = _free_port()
    print("Inviting 25 volunteers …", flush=True)
    with _service("worker", port), _service("api", port):
        _wait(lambda: _answers(port), "the API")
        _wait(lambda: len(_mails(installation, event_id)) >= len(NAMES), "the invitations")
        print("Opening their links and submitting their names …", flush=True)
        _submit_names(installation, event_id, port)
        mailed = _wait(lambda: _all_mailed(installation, event_id), "the certificates")
    paths = _save_certificates(installation, event_id)
    _print_table(installation, event_id, paths)
    installation.database.close()
    return 0 if mailed and len(paths) == len(NAMES) else 1


def _set_up(installation: Installation) -> int:
    language = preferred_language(os.environ.get("LANG", "").partition(".")[0], otherwise="en")
    addresses = "\n".join(f"volunteer{i + 1}@example.org" for i in range(len(NAMES)))
    with installation.database.writing() as session:
        event, _ = events.create_event(
            session, name=f"Demo {now():%Y-%m-%d %H:%M:%S}", language=language
        )
        events.update_organization(event, name="Harbour Friends", website="https://example.org")
        designs.set_template(session, event, draw_sample_template(language))
        roster.add_volunteers(session, event, list_parser.parse(addresses))
        invitations.queue_invitations(session, installation.seal, event)
        return event.id


@contextmanager
def _service(name: str, port: int) -> Iterator[None]:
    """A process of ours for the time of the demo, beside any that run already."""
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


def _submit_names(installation: Installation, event_id: int, port: int) -> None:
    """Each volunteer opens the link of their own mail."""
    links = {
        mail.recipient: mailbox.parse(installation.seal, mail).link
        for mail in _mails(installation, event_id)
    }
    for number, name in enumerate(NAMES, start=1):
        link = urlsplit(links[f"volunteer{number}@example.org"])
        token = parse_qs(link.query)["token"][0]
        answer = _post(port, "/api/submitUserInfo", {"token": token, "name": name})
        if answer["code"] != 0:
            print(f"  {name}: {answer['message']}", flush=True)


def _all_mailed(installation: Installation, event_id: int) -> bool:
    with installation.database.reading() as session:
        statuses = session.scalars(select(Volunteer.status).where(Volunteer.event_id == event_id))
        return all(status == Status.MAILED for status in statuses)


def _save_certificates(installation: Installation, event_id: int) -> dict[str, Path]:
    """Write the pictures that came by mail; recipient → file."""
    folder = installation.settings.data_dir / "demo" / str(event_id)
    private_folder(folder.parent)
    private_folder(folder)
    paths = {}
    for mail in _mails(installation, event_id):
        for attachment in mailbox.parse(installation.seal, mail).attachments:
            number = re.sub(r"\D", "", mail.recipient)
            paths[mail.recipient] = folder / f"{int(number):02d}{Path(attachment.name).suffix}"
            write_private(paths[mail.recipient], attachment.content)
    return paths


def _print_table(installation: Installation, event_id: int, paths: dict[str, Path]) -> None:
    with installation.database.reading() as session:
        event = session.get_one(Event, event_id)
        table = Table("Number", "Address", "Name", "Status", "Certificate", title=event.name)
        of_event = select(Volunteer).where(Volunteer.event_id == event_id)
        rows = session.scalars(of_event.order_by(Volunteer.id))
        for row in rows.all():
            status = f"{row.status.value} {translate(STATUS_NAMES[row.status], 'en')}"
            path = str(paths.get(row.email, "–"))
            table.add_row(row.number, row.email, row.name, status, path)
    # Paths stay whole for copying, however narrow the terminal is.
    Console(width=max(Console().width, 150)).print(table)
    print(f"{len(paths)} of {len(NAMES)} certificates arrived in the rehearsal mailbox.")


def _mails(installation: Installation, event_id: int) -> list[RehearsalMail]:
    with installation.database.reading() as session:
        return mailbox.mailbox(session, event_id, page_size=1000)


def _wait(is_done: Callable[[], bool], what: str) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while not is_done():
        if time.monotonic() > deadline:
            print(f"Waited {_PATIENCE:.0f} s for {what} in vain.", flush=True)
            return False
        time.sleep(0.2)
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _post(port: int, path: str, body: dict[str, str]) -> dict[str, object]:
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        result: dict[str, object] = json.load(answer)
        return result
