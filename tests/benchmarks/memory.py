"""How much memory and disk `certs serve` takes: when it has started, and after every screen.

`python -m tests.benchmarks.memory 1000` prints them for a list of so many people (1,000). Shared
pages count once (PSS), so the processes can be added up.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx
import psutil
from playwright.sync_api import sync_playwright

from console.app import SCREENS
from shared.events.opening import open_installation
from shared.settings import Settings
from shared.storage.models import Event, Status
from tests.support.browser import CHROMIUM, QUIET
from tests.support.console_server import free_port
from tests.support.crowds import crowd
from tests.support.factories import sample_picture, set_picture

TOKEN = "token-of-the-measurement"
# After which nothing more is imported or drawn.
QUIET_SECONDS = 12


def main(people: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            _env_file=None, data_dir=Path(folder), admin_token=TOKEN, api_port=free_port()
        )
        installation = open_installation(settings)
        with installation.database.writing() as session:
            set_picture(session, session.get_one(Event, 1), sample_picture())
        crowd(
            installation.database,
            people,
            queued=False,
            event_id=1,
            more=lambda place: {"status": Status.NEW},
        )
        installation.database.close()
        environment = os.environ | {
            "DATA_DIR": folder,
            "DATABASE_URL": "",
            "ADMIN_TOKEN": TOKEN,
            "API_PORT": str(settings.api_port),
        }
        certs = Path(sys.executable).with_name("certs")
        address = f"http://127.0.0.1:{settings.api_port}"
        with subprocess.Popen([certs, "serve"], env=environment) as running:
            try:
                _wait_for(f"{address}/health")
                time.sleep(QUIET_SECONDS)
                _report("started", running.pid)
                _open_all(f"{address}/console")
                time.sleep(QUIET_SECONDS)
                _report("after every screen", running.pid)
            finally:
                running.terminate()
        stored = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
        print(f"{people:,} people: {stored / 1e6:.1f} MB stored")


def _wait_for(address: str) -> None:
    for _ in range(600):
        try:
            if httpx.get(address).is_success:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("it did not start")


def _open_all(console: str) -> None:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=CHROMIUM, args=QUIET, chromium_sandbox=False
        )
        page = chromium.new_page(viewport={"width": 1280, "height": 800}, locale="en-GB")
        page.set_default_timeout(120_000)
        page.request.post(f"{console}/signin", form={"token": TOKEN, "next": ""}, max_redirects=0)
        for screen in SCREENS:
            page.goto(f"{console}/{screen}?event=1")
            page.get_by_role("heading", level=1).first.wait_for()
            page.wait_for_timeout(2_000)
        chromium.close()


def _report(when: str, supervisor: int) -> None:
    family = [psutil.Process(supervisor), *psutil.Process(supervisor).children(recursive=True)]
    parts = {}
    for one in family:
        name = " ".join(one.cmdline()[-2:]).rpartition("/")[2]
        parts[name] = one.memory_full_info().pss / 1e6
    told = ", ".join(f"{name} {size:.0f}" for name, size in parts.items())
    print(f"{when}: {sum(parts.values()):.0f} MB ({told})", flush=True)


if __name__ == "__main__":
    main(*(int(size) for size in sys.argv[1:] or ["1000"]))
