"""Processes that are stuck under Python's lock, and others that only wait."""

import os
import re
import threading
import time
from pathlib import Path

from shared import liveness
from shared.events.installation import Installation
from shared.mail.queue.attempts import Claimed
from shared.worker import composing
from tests.support.command_process import run


def get_stuck(data_dir: Path) -> None:
    """As a pattern that goes through all ways to divide a text: for years."""
    _watch(data_dir)
    with liveness.working_on("mail 7"):
        re.match("(a+)+$", "a" * 60 + "b")


def wait_long(data_dir: Path) -> None:
    """As for a database that does not answer."""
    _watch(data_dir)
    threading.Event().wait(5)


def work_and_get_stuck(environment: dict[str, str], address: str) -> None:
    """`certs worker`, which is stuck as soon as it composes a mail to `address`."""
    compose = composing.compose

    def stuck_on_one(installation: Installation, task: Claimed) -> bytes:
        if task.address == address:
            re.match("(a+)+$", "a" * 60 + "b")
        return compose(installation, task)

    composing.compose = stuck_on_one
    liveness.SIGN_SECONDS = 0.2
    run(["worker"], environment, Path.cwd())


def _watch(data_dir: Path) -> None:
    os.environ["CERTS_SILENCE_SECONDS"], liveness.SIGN_SECONDS = "2", 0.2
    liveness.begin("worker", data_dir)
    liveness.watch_by_thread()
    time.sleep(1)
