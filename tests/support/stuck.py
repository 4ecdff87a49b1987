"""Processes that are stuck under Python's lock, and others that only wait."""

import os
import re
import threading
import time
from pathlib import Path

from shared import liveness


def get_stuck(data_dir: Path) -> None:
    """As a pattern that goes through all ways to divide a text: for years."""
    _watch(data_dir)
    re.match("(a+)+$", "a" * 60 + "b")


def wait_long(data_dir: Path) -> None:
    """As for a database that does not answer."""
    _watch(data_dir)
    threading.Event().wait(5)


def _watch(data_dir: Path) -> None:
    os.environ["CERTS_SILENCE_SECONDS"], liveness.SIGN_SECONDS = "2", 0.2
    liveness.begin("worker", data_dir)
    liveness.watch_by_thread()
    time.sleep(1)
