"""An installation at work for as long as one wants: `python -m tests.faults.soak --minutes 60`.

`certs up` with a list that grows, invitations and certificates that leave, people who look, type
and submit, organizers who sign in and open every screen, and a service that is killed every two
minutes, one after the other. Printed are the memory of each service in MB (PSS, with the processes
in which it reads files), every minute, and in the end the answers by status and what became of the
mails.
"""

import argparse
import itertools
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import psutil
from sqlalchemy import func, select
from websockets.exceptions import WebSocketException

from shared.storage.models import Mail, MailState, Volunteer
from tests.benchmarks.streamlit_client import Tab
from tests.faults.__main__ import KINDS
from tests.faults.scene import Scene
from tests.faults.under_attack import Running, served
from tests.support import factories
from tests.support.console_server import free_port
from tests.support.mailing import wait_until
from tests.support.smtp_sink import SmtpSink

PEOPLE, ADDED, RESTART_SECONDS = 4, 15, 120
# MB, of all services together.
MOST_MEMORY = 800
SCREENS = (
    *("overview", "certificate", "volunteers", "messages", "account", "mailbox", "send", "team"),
    *("log", "settings", "organization", "events", "sessions"),
)
_OWNER = "owner-token-of-the-faults"
_TROUBLES = (httpx.HTTPError, WebSocketException, OSError, TimeoutError)


class Soak:
    """Everybody at work, each in a thread, until `stop`."""

    def __init__(self, scene: Scene, api: str, console: str, running: Running) -> None:
        self._scene, self._api, self._console, self._running = scene, api, console, running
        self.answers: Counter[tuple[str, int]] = Counter()
        self.stop = threading.Event()
        self._numbers = itertools.count()

    def begin(self) -> None:
        work = [self._organize, self._look, self._restart, *[self._take_part] * PEOPLE]
        for one in work:
            threading.Thread(target=self._again_and_again, args=(one,), daemon=True).start()

    def _again_and_again(self, work: Callable[[], None]) -> None:
        while not self.stop.is_set():
            try:
                work()
            except _TROUBLES:
                self.stop.wait(1)

    def _ask(self, client: httpx.Client, method: str, path: str, **more: object) -> httpx.Response:
        name = f"{method} {path.partition('?')[0]}"
        try:
            answer = client.request(method, path, **more)  # type: ignore[arg-type]
        except httpx.HTTPError:
            self.answers[name, 0] += 1
            raise
        self.answers[name, answer.status_code] += 1
        return answer

    def _organize(self) -> None:
        with httpx.Client(base_url=self._api, timeout=60) as client:
            one = {"token": _OWNER, "event": self._scene.event_id}
            new = [f"soak{next(self._numbers)}@example.org" for _ in range(ADDED)]
            self._ask(client, "POST", "/api/addUserData", json={**one, "email": new})
            self._ask(client, "POST", "/api/email", json={**one, "action": "send"})
        self.stop.wait(5)

    def _take_part(self) -> None:
        of_event = Volunteer.event_id == self._scene.event_id
        with self._scene.database.reading() as session:
            some = select(Volunteer.token).where(of_event, Volunteer.token.is_not(None))
            sealed = session.scalars(some.order_by(func.random()).limit(1)).first()
        if sealed is None:
            return
        token = self._scene.installation.seal.open_token(sealed)
        with httpx.Client(base_url=self._api, timeout=60) as client:
            self._ask(client, "GET", f"/certificate?token={token}")
            self._ask(client, "GET", f"/api/getUserInfo?token={token}")
            for name in ("Ana", "Ana Li", "Ana Lima"):
                said = {"token": token, "name": name}
                self._ask(client, "POST", "/api/preview", json=said)
                self.stop.wait(0.5)
            self._ask(client, "POST", "/api/submitUserInfo", json=said)

    def _look(self) -> None:
        """Whoever signs in opens one screen after the other."""
        for screen in SCREENS:
            address = f"{self._console}/{screen}?event={self._scene.event_id}"
            try:
                with Tab(address, _OWNER) as tab:
                    tab.run()
            except _TROUBLES:
                self.answers[f"screen {screen}", 0] += 1
                raise
            self.answers[f"screen {screen}", 200] += 1
            if self.stop.wait(2):
                return

    def _restart(self) -> None:
        for name in ("worker", "api", "console"):
            if self.stop.wait(RESTART_SECONDS):
                return
            with suppress(psutil.Error):
                self._running.service(name).kill()

    def fate(self) -> tuple[str, int]:
        """What became of the mails, by what is stored and what arrived; how many were lost."""
        arrived = Counter(self._scene.sink.message_ids())
        with self._scene.database.reading() as session:
            mails = session.execute(select(Mail.message_id, Mail.state, Mail.maybe_duplicate)).all()
        states = Counter(state for _, state, _ in mails)
        lost = sum(state is MailState.SENT and not arrived[id] for id, state, _ in mails)
        doubled = sum(count - 1 for count in arrived.values())
        flagged = sum(flag for *_, flag in mails)
        told = ", ".join(f"{count} {state}" for state, count in sorted(states.items()))
        return (
            f"{told}; {lost} lost, {doubled} arrived twice, {flagged} flagged as perhaps twice",
            lost,
        )

    def is_at_rest(self) -> bool:
        time.sleep(0.5)
        with self._scene.database.reading() as session:
            left = select(func.count()).where(Mail.state.in_((MailState.QUEUED, MailState.SENDING)))
            return not session.scalar(left)


def soak(folder: Path, database_url: str, minutes: float) -> bool:
    """Whether it held: no mail was lost, and the memory of all services together stayed within."""
    with ExitStack() as stack:
        sink = stack.enter_context(SmtpSink())
        scene = Scene(folder, database_url, sink, 20, timeout=5)
        factories.design(scene.database, scene.event_id, factories.sample_picture())
        api, console = (f"http://127.0.0.1:{free_port()}" for _ in range(2))
        running = Running(stack.enter_context(served(scene, api, console)))
        work = Soak(scene, api, console, running)
        work.begin()
        began = time.monotonic()
        while (passed := time.monotonic() - began) < minutes * 60:
            running.look()
            now = ", ".join(f"{name} {size:.0f}" for name, size in sorted(running.now.items()))
            print(f"{passed / 60:5.1f} min  {sum(running.now.values()):5.0f} MB: {now}", flush=True)
            time.sleep(min(60, minutes * 6))
        work.stop.set()
        # A killed worker has its mails in hand until its lease ends, after ten minutes.
        wait_until(work.is_at_rest, 900)
        most = ", ".join(f"{name} {size:.0f}" for name, size in sorted(running.memory.items()))
        print(f"most: {most} MB, {running.most:.0f} together; {running.ends} restarts")
        for (name, status), count in sorted(work.answers.items()):
            print(f"{count:7} {status:3} {name}")
        told, lost = work.fate()
        print(told)
        scene.database.close()
        return not lost and running.most <= MOST_MEMORY


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--database", choices=KINDS, default="SQLite")
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="certs-soak-") as place,
        KINDS[wanted.database](Path(place)) as new_database,
    ):
        held = soak(Path(place), new_database(), wanted.minutes)
    sys.exit(0 if held else 1)
